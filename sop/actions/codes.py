"""Codes on numbered papers: given when the paper is printed, ended when it holds no more (sop/verification.py)."""

from dataclasses import replace
from datetime import datetime

from sop import papers
from sop.actions.issuing import issue
from sop.cycle import Cycle
from sop.letters import Letter
from sop.ports import UnitOfWork
from sop.verification import Validity, Verification, link_of, new_code, show_code

Lettered = papers.SuratUndangan | papers.SuratPermohonanData | papers.UndanganRapat
Numbered = Lettered | papers.NotaDinas | papers.BeritaAcara


def issue_verifiable(
    uow: UnitOfWork,
    cycle: Cycle,
    letter: Letter,
    context: papers.Context,
    *,
    bot_name: str,
    made_by: str,
    now: datetime,
) -> str:
    """Print a letter with its number, under a code of its own; the code of an earlier printing is `diganti`.

    A draft, and a paper that still lacks a signer, get no code: nothing can be said of them yet. The paper's id.
    """
    code = new_code()
    marked = _marked(context, code, bot_name)
    paper = issue(
        uow, cycle, letter.kind, context if marked is None else marked, made_by=made_by, owner=letter.id, now=now
    )
    end_codes(uow, letter.id, Validity.REPLACED, now=now)
    if marked is not None and letter.dated is not None:
        found = Verification(
            code=code,
            letter=letter.id,
            cycle=cycle.id,
            title=cycle.sop.papers[letter.kind].title,
            number=letter.number,
            dated=letter.dated,
            subject=_subject(marked),
            issuer=_issuer(marked.sekda if isinstance(marked, papers.BeritaAcara) else marked.signature),
            paper=paper,
            issued_at=now,
        )
        uow.verifications.add(found)
    return paper


def _marked(context: papers.Context, code: str, bot_name: str) -> Numbered | None:
    if not isinstance(context, Numbered) or context.state == papers.RANCANGAN:
        return None
    mark = papers.VerificationMark(code=show_code(code), link=link_of(bot_name, code), bot=f"@{bot_name}")
    return replace(context, verification=mark)


def _subject(marked: Numbered) -> str:
    """Its *hal*; a Berita Acara has a title instead, and is about its cycle."""
    if isinstance(marked, papers.BeritaAcara):
        return marked.cycle.name
    return marked.hal if isinstance(marked, papers.NotaDinas) else marked.head.hal


def _issuer(signature: papers.Signature) -> str:
    title = f"{signature.acting} {signature.title}" if signature.acting else signature.title
    return f"a.n. {signature.on_behalf_of}, {title}" if signature.on_behalf_of else title


def end_codes(uow: UnitOfWork, letter: str, standing: Validity, *, now: datetime) -> None:
    """The papers of a letter hold no more."""
    for found in uow.verifications.of_letter(letter):
        if not found.ended:
            uow.verifications.save(found.end(standing, now))


def signed_copy_came(uow: UnitOfWork, letter: str, paper: str, *, now: datetime) -> None:
    """The signed copy of a letter is there: from now on the paper is in force."""
    for found in uow.verifications.of_letter(letter):
        if not found.ended:
            uow.verifications.save(found.signed(paper, now))
