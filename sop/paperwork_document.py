"""From a whole cycle to the context of its Dokumen Evaluasi (SOP step 8)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sop import papers as paper
from sop.cycle import Cycle, Task, TaskState
from sop.definition import Step
from sop.evidence import Item, ItemState
from sop.instrument import Instrument
from sop.letters import Letter, LetterState
from sop.office import Bundle
from sop.paperwork import facts, kop, legal_basis, look, sentences, signature
from sop.paperwork_result import follow_ups, meetings, result_facts
from sop.ports import Paper
from sop.result import Outcome
from sop.worktime import WIB, Calendar

Printed = TypeVar("Printed")
WORDS = ("background", "scope", "conclusion")  # what the team may add to the standing text


def dokumen_evaluasi(
    bundle: Bundle,
    cycle: Cycle,
    found: Outcome,
    *,
    items: Sequence[Item],
    papers: Sequence[Paper],
    printed: Sequence[Paper],
    letters: Sequence[Letter],
    words: Mapping[str, str],
    calendar: Calendar,
    final: bool,
    now: datetime,
) -> paper.DokumenEvaluasi:
    """The book of a cycle; a draft until it is published. *papers* are those that hold, *printed* all that ever
    came out of the press, *words* the team's own.
    """
    office, day = bundle.office, now.astimezone(WIB).date()
    maker, head = (office.signatory(key, day) for key in (office.report_signatory, office.letter_signatory))
    letterhead = head.letterhead if head else next(iter(office.letterheads))
    ready, own = final and maker is not None and head is not None, sentences(bundle, cycle, "dokumen_evaluasi")
    return paper.DokumenEvaluasi(
        state=paper.SIAP_TANDA_TANGAN if ready else paper.RANCANGAN,
        kop=kop(office, letterhead),
        cycle=facts(bundle, cycle),
        unit=office.letterheads[letterhead].office,
        place=office.place,
        date=day if ready else None,
        prepared_by=signature(maker, office.team),
        approved_by=signature(head, office.name),
        legal_basis=legal_basis(bundle, cycle),
        steps=_steps(cycle, calendar, now if final else None),
        opds=tuple(_opd(bundle, cycle, opd, [i for i in items if i.opd == opd]) for opd in cycle.opds),
        meetings=meetings(found),
        result=result_facts(found),
        attendance=tuple(
            paper.AttendanceLine(name=a.name, office=a.agency or a.post, recorded_at=a.at) for a in found.attendees
        ),
        decisions=found.meeting.decisions,
        follow_ups=follow_ups(found),
        papers=_papers(bundle, papers, letters),
        method=_method(found.instrument),
        team=_team(printed),
        evidence=_evidence(bundle, items),
        annexes=_annexes(bundle, printed, letters),
        opening=own.opening or None,
        closing=own.closing or None,
        background=words.get("background") or None,
        scope=words.get("scope") or None,
        conclusion=words.get("conclusion") or None,
        look=replace(look(office), paper="A4"),
    )


def _steps(cycle: Cycle, calendar: Calendar, published: datetime | None) -> tuple[paper.StepRun, ...]:
    """Every step as planned from the opening by the SOP's times, and as it went; the last ends with *published*."""
    rows, start = [], cycle.opened_at
    for step in cycle.sop.steps:
        due = calendar.due(start, step.limit)
        tasks = [t for t in cycle.tasks if t.step == step.key]
        ended = None if any(t.open for t in tasks) else max((t.decided_at for t in tasks if t.decided_at), default=None)
        if step is cycle.sop.steps[-1]:
            ended = published
        rows.append(
            paper.StepRun(
                number=step.number,
                activity=step.activity,
                actor=cycle.sop.role_name(step.actor),
                planned_start=_day(start),
                planned_end=_day(due),
                started=_day(min((t.opened_at for t in tasks), default=None)),
                ended=_day(ended),
                note=_note(step, tasks),
            )
        )
        start = due
    return tuple(rows)


def _note(step: Step, tasks: Sequence[Task]) -> str | None:
    """How often the work was given back, in the step or from it."""
    returned = sum(1 for t in tasks if t.state is TaskState.RETURNED)
    repaired = sum(1 for t in tasks if step.each and t.pass_no > 1)
    said = [f"{returned} kali dikembalikan"] if returned else []
    said += [f"{repaired} kali perbaikan"] if repaired else []
    return ", ".join(said) or None


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(WIB).date() if moment else None


def _opd(bundle: Bundle, cycle: Cycle, opd: str, items: Sequence[Item]) -> paper.OpdRun:
    each = {s.key for s in cycle.sop.steps if s.each}
    mine = [t for t in cycle.tasks if t.step in each and t.opd == opd]
    done = [t.decided_at for t in mine if t.state is TaskState.DONE and t.decided_at]
    closed = next((t.note for t in reversed(mine) if t.state is TaskState.CLOSED), None)
    return paper.OpdRun(
        opd=bundle.opd(opd).name,
        asked=len(items),
        answered=sum(1 for i in items if i.state is not ItemState.NONE),
        handed_over_at=done[-1] if done else None,
        closed_reason=closed,
    )


def _never_went_out(letter: Letter) -> bool:
    """Not signed yet; or it was to take the place of another, and has not been sent."""
    unsigned = letter.state in (LetterState.DRAFT, LetterState.NUMBERED)
    return unsigned or (bool(letter.replaces) and letter.sent_at is None)


def _papers(bundle: Bundle, papers: Sequence[Paper], letters: Sequence[Letter]) -> tuple[paper.PaperLine, ...]:
    known = {letter.id: letter for letter in letters}
    lines = []
    for made in papers:
        letter = known.get(made.owner)
        if letter is not None and bundle.sop.papers[letter.kind].numbered and _never_went_out(letter):
            continue  # it never went out, so it is no paper of the cycle
        title = f"{made.title} {bundle.opd(made.opd).name}" if made.opd else made.title
        if letter is not None:
            title = made.title.removesuffix(f" Nomor {letter.number}")  # it has a column of its own
        lines.append(
            paper.PaperLine(
                title=title,
                number=(letter.number or None) if letter else None,
                date=(letter.dated if letter else None) or _day(made.created_at),
            )
        )
    return tuple(lines)


def _method(instrument: Instrument) -> paper.Method:
    return paper.Method(
        levels=tuple(
            paper.LevelLine(
                measure=instrument.level_titles.get(measure), level=one.level, name=one.name, gist=one.gist or None
            )
            for measure, levels in instrument.levels.items()
            for one in levels
        ),
        predicates=tuple(paper.PredicateLine(name=p.name, minimum=p.minimum) for p in instrument.predicates),
    )


def _evidence(bundle: Bundle, items: Sequence[Item]) -> tuple[paper.EvidenceLine, ...]:
    """Every file that counts, by code and agency, as it can be compared with what is kept."""
    agencies = [opd.key for opd in bundle.opd_list.opds]
    codes = list(dict.fromkeys(item.code for item in items))
    return tuple(
        paper.EvidenceLine(
            code=item.code,
            item=item.title,
            opd=bundle.opd(item.opd).name,
            file=file.filename or file.link,
            sha256=None if file.link else file.sha256 or None,
            received_at=file.uploaded_at,
        )
        for item in sorted(items, key=lambda i: (codes.index(i.code), _place(agencies, i.opd)))
        for file in item.current_files
    )


def _place(agencies: Sequence[str], opd: str) -> int:
    return agencies.index(opd) if opd in agencies else len(agencies)


def _latest(printed: Sequence[Paper], kind: type[Printed], name: str) -> Printed | None:
    """The paper of a kind as it was printed last; also one whose place a signed copy has taken."""
    found = [paper.from_json(name, p.context) for p in printed if p.kind == name and p.context]
    return next((one for one in reversed(found) if isinstance(one, kind)), None)


def _team(printed: Sequence[Paper]) -> tuple[paper.TeamMember, ...]:
    """The team as the laporan persiapan named it."""
    report = _latest(printed, paper.LaporanPersiapan, "laporan_persiapan")
    return report.team if report else ()


def _annexes(bundle: Bundle, printed: Sequence[Paper], letters: Sequence[Letter]) -> paper.Annexes:
    """The papers that the book carries, as the office chose. A letter that never went out is none of them."""
    carried = [p for p in printed if p.kind in bundle.office.book_papers]
    out = [letter.id for letter in letters if not _never_went_out(letter)]
    of_letters = {owner: [p for p in carried if p.owner == owner] for owner in out}
    sent = [p for mine in of_letters.values() for p in mine]
    invitations = (_latest(mine, paper.UndanganRapat, "undangan_rapat") for mine in of_letters.values())
    return paper.Annexes(
        form=_latest(carried, paper.FormulirTerisi, "formulir_terisi"),
        recap=_latest(carried, paper.Rekapitulasi, "rekapitulasi"),
        invitations=tuple(one for one in invitations if one),
        attendance=_latest(carried, paper.DaftarHadir, "daftar_hadir"),
        minutes=_latest(carried, paper.Notula, "notula"),
        statement=_latest(sent, paper.BeritaAcara, "berita_acara"),
    )
