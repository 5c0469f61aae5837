"""What each kind of letter says in its present state: rancangan before it has a number, siap tanda tangan after."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sop import cycle as rules
from sop import papers, paperwork, paperwork_meeting
from sop.actions.statement_papers import STATEMENT, statement_context
from sop.convening import roles_invited
from sop.cycle import Cycle
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
    sheet = Preparation.from_json(dict(cycle.sheet))
    return paperwork.surat_undangan(uow.definition_of(cycle), cycle, sheet, letter, now)


def _data_request(uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime) -> papers.Context:
    """Surat Permohonan Data; the batas waktu is computed when the letter is numbered (sop.md, step 4)."""
    deadlines = None
    if letter.number:
        collecting = next(s for s in cycle.sop.steps if s.each)
        deadlines = rules.planned(collecting, now, time=uow.time)
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
    "undangan_rapat": _meeting_invitation,
}


def letter_context(uow: UnitOfWork, cycle: Cycle, letter: Letter, *, bot_name: str, now: datetime) -> papers.Context:
    """The context of a letter in its present state; *bot_name* for the way in which data is handed over."""
    return BUILDERS[letter.kind](uow, cycle, letter, bot_name, now)
