"""What each kind of letter says in its present state: rancangan before it has a number, siap tanda tangan after."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from sop import cycle as rules
from sop import papers, paperwork, paperwork_meeting
from sop.actions.statement_papers import MEMO, STATEMENT, memo_context, statement_context
from sop.convening import roles_invited
from sop.cycle import Cycle
from sop.delivery import receiving_step
from sop.letters import Letter
from sop.ports import UnitOfWork
from sop.preparation import Preparation

Builder = Callable[[UnitOfWork, Cycle, Letter, str, datetime], papers.Context]


def official_papers(cycle: Cycle) -> dict[str, str]:
    """The official files that the team uploads, kind → title: papers of the SOP that nobody prints (no template)."""
    wanted = dict.fromkeys(n.paper for s in cycle.sop.steps for n in s.needs if n.paper)
    return {k: cycle.sop.papers[k].title for k in wanted if not cycle.sop.papers[k].template}


def _invitation(uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime) -> papers.Context:
    """Surat Undangan, with the meeting of the preparation."""
    sheet = changed_sheet(cycle, letter)
    return paperwork.surat_undangan(uow.definition_of(cycle), cycle, sheet, letter, now)


def changed_sheet(cycle: Cycle, letter: Letter) -> Preparation:
    """The material of step 1, with what a letter that replaces says otherwise of the meeting."""
    sheet = Preparation.from_json(dict(cycle.sheet))
    if not letter.changes or sheet.meeting is None:
        return sheet
    meeting = replace(
        sheet.meeting,
        day=date.fromisoformat(letter.changes["day"]),
        clock=time.fromisoformat(letter.changes["clock"]),
        place=letter.changes["place"],
    )
    return replace(sheet, meeting=meeting)


def _data_request(uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime) -> papers.Context:
    """Surat Permohonan Data; the batas waktu is computed when the letter is numbered (sop.md, step 4)."""
    deadlines = None
    if letter.number:
        collecting = next(s for s in cycle.sop.steps if s.each)
        deadlines = rules.planned(collecting, now, time=uow.time) if not letter.replaces else _holding(uow, cycle, now)
    enclosures = tuple(p.title for k in official_papers(cycle) for p in uow.papers.of_cycle(cycle.id, kind=k))
    return paperwork.surat_permohonan_data(
        uow.definition_of(cycle),
        cycle,
        uow.evidence.of_cycle(cycle.id),
        letter,
        bot_name=bot_name,
        enclosures=enclosures,
        deadlines=deadlines,
        now=now,
    )


def _holding(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[datetime | None, datetime]:
    """Target and batas waktu that the OPDs have already: the latest, so that a new letter undercuts nobody."""
    step = receiving_step(cycle)
    tasks = [t for t in cycle.tasks if t.step == step.key and t.pass_no == 1]  # a repair has a time of its own
    latest = max(tasks, key=lambda t: t.due_at or t.opened_at, default=None)
    if latest is None or latest.due_at is None:
        return rules.planned(step, now, time=uow.time)
    return latest.target_at, latest.due_at


def _meeting_invitation(uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime) -> papers.Context:
    """Undangan Rapat, with the sitting that it belongs to (SOP step 6)."""
    sittings = uow.meetings.of_cycle(cycle.id).sittings
    sitting = next((s for s in sittings if s.letter == letter.id), sittings[-1])
    ends_at = uow.time.due(sitting.starts_at, next(s for s in cycle.sop.steps if letter.kind in s.produces).limit)
    return paperwork_meeting.undangan_rapat(
        uow.definition_of(cycle), cycle, letter, sitting, ends_at, roles_invited(cycle), now
    )


BUILDERS: Mapping[str, Builder] = {
    "surat_undangan": _invitation,
    "surat_permohonan_data": _data_request,
    STATEMENT: statement_context,
    MEMO: memo_context,
    "undangan_rapat": _meeting_invitation,
}


def letter_context(uow: UnitOfWork, cycle: Cycle, letter: Letter, *, bot_name: str, now: datetime) -> papers.Context:
    """The context of a letter in its present state; *bot_name* for the way in which data is handed over."""
    context = BUILDERS[letter.kind](uow, cycle, letter, bot_name, now)
    if letter.replaces and isinstance(context, papers.SuratUndangan | papers.SuratPermohonanData):
        old = uow.letters.get(letter.replaces)
        assert old.dated is not None  # it went out
        return replace(context, replaces=papers.Replaced(number=old.number, date=old.dated))
    return context
