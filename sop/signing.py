"""Whose signature a kind of letter usually bears; who really signs is chosen when the letter is numbered."""

from sop.office import Office


def usual_signatory(office: Office, kind: str) -> str:
    """Key of the usual signatory of a *kind* of letter (a key of the SOP's papers).

    The invitation of step 6 and the Berita Acara of step 7 may have signers of their own; the letters' one otherwise.
    """
    own = {
        "undangan_rapat": office.meeting_signatory,
        "berita_acara": next(iter(office.statement_signatories), ""),
        "nota_dinas": office.report_signatory,
    }
    return own.get(kind) or office.letter_signatory


def signers_are_set(office: Office, kind: str) -> bool:
    """Whether nobody is to choose who signs a *kind* of letter: the office has set it, or it is whose report it is."""
    return kind == "nota_dinas" or (kind == "berita_acara" and bool(office.statement_signatories))
