"""From the result of a cycle to the contexts of its papers: form, nota dinas, Berita Acara (SOP step 7)."""

from datetime import date, datetime
from typing import Any

from sop import papers as paper
from sop.cycle import Cycle, Signed, TaskState
from sop.index import Group, two_places
from sop.instrument import Aspect, Domain, Indicator
from sop.letters import Letter
from sop.numbering import number_gap
from sop.office import Bundle, Signatory
from sop.paperwork import facts, kop, legal_basis, look, recorded, sentences, signature
from sop.result import Outcome
from sop.scoring import Score
from sop.worktime import WIB


def result_facts(found: Outcome) -> paper.ResultFacts:
    """The whole result: every indicator with value, level, evidence and words; indices as they were computed."""
    instrument = found.instrument
    groups = {g.code: g for g in (*found.result.domains, *found.result.aspects)}
    aspects = [a.code for d in instrument.domains for a in d.aspects]
    return paper.ResultFacts(
        index_name=instrument.index_name,
        index=found.result.index,
        predicate=found.result.predicate,
        lowest=instrument.scale.minimum,
        highest=instrument.scale.maximum,
        fractional=instrument.scale.fractional,
        domains=tuple(_domain(n, d, found, groups, aspects) for n, d in enumerate(instrument.domains, 1)),
        dissent=tuple(paper.DifferingOpinion(by=d.who, words=d.words) for d in found.meeting.dissent),
    )


def _domain(
    number: int, domain: Domain, found: Outcome, groups: dict[str, Group], aspects: list[str]
) -> paper.DomainLine:
    return paper.DomainLine(
        number=number,
        name=domain.name or None,
        weight=domain.weight,
        index=groups[domain.code].index,
        aspects=tuple(_aspect(aspects.index(a.code) + 1, a, found, groups) for a in domain.aspects),
    )


def _aspect(number: int, aspect: Aspect, found: Outcome, groups: dict[str, Group]) -> paper.AspectLine:
    return paper.AspectLine(
        number=number,
        name=aspect.name,
        weight=aspect.weight,
        index=groups[aspect.code].index,
        indicators=tuple(_indicator(i, found) for i in aspect.indicators),
    )


def _indicator(indicator: Indicator, found: Outcome) -> paper.IndicatorLine:
    score, instrument = found.scores[indicator.code], found.instrument
    waiting = indicator.code in found.result.waiting
    value = instrument.scale.minimum if score.holds is None else score.holds
    given = score.scored_at if score.final is None else score.completed_at
    level = next((lv.name for lv in instrument.levels[indicator.levels] if lv.level == value), None)
    return paper.IndicatorLine(
        number=indicator.number,
        name=indicator.name,
        weight=indicator.weight,
        value=value,
        level=None if waiting else level,
        service=score.service or None,
        external=indicator.external or None,
        waiting=waiting,
        explanation=score.explanation or score.note or None,
        evidence=found.evidence.get(indicator.code, ()),
        improvement=score.improvement or None,
        source=None if waiting else _source(indicator, score),
        given_on=given.astimezone(WIB).date() if given and not waiting else None,
    )


def _source(indicator: Indicator, score: Score) -> str | None:
    """Who gave the value: the ministry, the meeting, or whoever completed the form."""
    by = score.scored_by if score.final is None else score.completed_by
    return indicator.external or (by.title if by else None)


def meetings(found: Outcome) -> tuple[paper.HeldMeeting, ...]:
    """The sittings as they were held."""
    return tuple(
        paper.HeldMeeting(
            starts_at=s.began_at, ends_at=s.ended_at, place=s.place, present=len(found.meeting.at(s.number))
        )
        for s in found.sittings
        if s.began_at and s.ended_at
    )


def follow_ups(found: Outcome) -> tuple[paper.AgreedAction, ...]:
    """What the meeting agreed on."""
    return tuple(paper.AgreedAction(what=f.what, who=f.who, due=f.by_when) for f in found.follow_ups)


def _reporter(bundle: Bundle, day: date) -> Signatory | None:
    return bundle.office.signatory(bundle.office.report_signatory, day)


def _head(bundle: Bundle, signer: Signatory | None) -> paper.Kop:
    office = bundle.office
    return kop(office, signer.letterhead if signer else next(iter(office.letterheads)))


def formulir_terisi(
    bundle: Bundle, cycle: Cycle, found: Outcome, *, final: bool, now: datetime
) -> paper.FormulirTerisi:
    """The completed form; a draft until it is reported."""
    day = now.astimezone(WIB).date()
    signer = _reporter(bundle, day)
    ready = final and signer is not None
    return paper.FormulirTerisi(
        state=paper.SIAP_TANDA_TANGAN if ready else paper.RANCANGAN,
        kop=_head(bundle, signer),
        cycle=facts(bundle, cycle),
        result=result_facts(found),
        place=bundle.office.place,
        date=day if ready else None,
        signature=signature(signer, bundle.office.team),
        look=look(bundle.office),
    )


def nota_dinas(
    bundle: Bundle,
    cycle: Cycle,
    found: Outcome,
    *,
    note: str,
    final: bool,
    reported_at: datetime,
    acknowledged: tuple[Signed, datetime] | None = None,
) -> paper.NotaDinas:
    """The report to Kepala Dinas through the Kabid. *acknowledged*: the Kabid's tap, printed as what it is."""
    office, day = bundle.office, reported_at.astimezone(WIB).date()
    signer = _reporter(bundle, day)
    head = office.signatory(office.letter_signatory, day)
    through = office.signatory(office.disposition_signatory, day)
    ready = final and signer is not None
    return paper.NotaDinas(
        state=paper.SIAP_TANDA_TANGAN if ready else paper.RANCANGAN,
        kop=_head(bundle, signer),
        addressed_to=head.title if head else office.name,
        through=through.title if through else None,
        sender=signer.title if signer else office.team,
        number=None,
        number_gap=number_gap(office, "nota_dinas", day, signer.letterhead if signer else ""),
        numbered=office.numbering.memo_numbered,
        form=office.memo_form,
        closing=sentences(bundle, cycle, "nota_dinas").closing or None,
        date=day if ready else None,
        sifat=office.sifat_of("nota_dinas"),
        lampiran="1 (satu) berkas",
        hal=f"Laporan Hasil {cycle.name}",
        cycle=facts(bundle, cycle),
        meetings=meetings(found),
        result=result_facts(found),
        signature=signature(signer, office.team),
        tembusan=office.tembusan_of("nota_dinas"),
        note=note or None,
        acknowledged=(recorded("diketahui", *acknowledged),) if acknowledged else (),
        look=look(office),
    )


def berita_acara(
    bundle: Bundle,
    cycle: Cycle,
    found: Outcome,
    letter: Letter,
    *,
    papers_there: tuple[tuple[str, str], ...],
    notula_date: date | None,
    now: datetime,
) -> paper.BeritaAcara:
    """Berita Acara for the Sekda's signature; a draft until it is numbered.

    *papers_there*: kind and title of the papers that go along, in their order. *notula_date*: of the notula.
    """
    office, day = bundle.office, letter.dated or now.astimezone(WIB).date()
    keys = office.statement_signatories or (office.letter_signatory,)
    signers = [(key, office.signatory(key, day)) for key in keys]
    first = signers[0][1]
    ready = bool(letter.number) and all(s is not None for _, s in signers)
    closed = sum(1 for opd in cycle.opds if not _handed_over(cycle, opd))
    return paper.BeritaAcara(
        state=paper.SIAP_TANDA_TANGAN if ready else paper.RANCANGAN,
        kop=_head(bundle, first),
        number=letter.number or None,
        number_gap=number_gap(office, letter.kind, day, first.letterhead if first else ""),
        date=letter.dated,
        place=office.place,
        place_of_date=office.place,
        cycle=facts(bundle, cycle),
        legal_basis=legal_basis(bundle, cycle),
        opds=paper.OpdCount(asked=len(cycle.opds), handed_over=len(cycle.opds) - closed, closed=closed),
        meetings=meetings(found),
        attendance=len(found.attendees),
        result=result_facts(found),
        sekda=signature(first, keys[0]),
        chairs=tuple(signature(s, key) for key, s in signers[1:]),
        parties=tuple(_party(bundle, s, key) for key, s in signers[1:] or signers),  # who only acknowledges is none
        notula=next((title for kind, title in papers_there if kind == "notula"), None),
        notula_date=notula_date,
        follow_ups=follow_ups(found),
        attachments=tuple(title for _, title in papers_there),
        copies=office.statement_copies,
        look=look(office),
    )


def _party(bundle: Bundle, signer: Signatory | None, key: str) -> paper.Party:
    """Who signs, and where their office is: the first line of the address in its letterhead."""
    address = bundle.office.letterheads[signer.letterhead].address if signer else ()
    return paper.Party(signature=signature(signer, key), address=address[0] if address else None)


def _handed_over(cycle: Cycle, opd: str) -> bool:
    """Whether an agency handed over at least once; the others were closed with a reason."""
    each = {s.key for s in cycle.sop.steps if s.each}
    return any(t.state is TaskState.DONE for t in cycle.tasks if t.step in each and t.opd == opd)


def summary(found: Outcome) -> dict[str, Any]:
    """The result in the few values that a card or a message names: decimals of two places, half up."""
    return {
        "index_name": found.instrument.index_name,
        "index": two_places(found.result.index),
        "predicate": found.result.predicate,
        "provisional": found.result.provisional,
        "waiting": len(found.result.waiting),
        "indicators": len(found.instrument.indicators),
        "groups": [
            {"name": g.name, "index": two_places(g.index)}
            for g in (found.result.domains if found.instrument.domains[0].name else found.result.aspects)
        ],
        "improvements": sum(1 for s in found.scores.values() if s.improvement),
    }
