"""The Lembar Disposisi after it was printed: the Sekretariat enters the number of its buku agenda (SOP step 3)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import cycle as rules
from sop import events, papers
from sop.actions.issuing import issue_anew
from sop.cycle import Cycle, Signed, Task
from sop.disposition import read_agenda_number
from sop.people import Acting
from sop.ports import Paper, UnitOfWork
from sop.refusals import NothingThere
from sop.telling import tell

SHEET = "lembar_disposisi"  # kind of paper
LETTERS = "letters"  # dialogue of the step in office/sop.yaml


@dataclass(frozen=True, slots=True)
class Sheet:
    """The Lembar Disposisi of a cycle as it stands, with what it says."""

    paper: Paper
    says: papers.LembarDisposisi


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of the number: *before* is what stood on the sheet, *number* what stands there now ("" for none)."""

    cycle: Cycle
    task: Task
    paper: str
    before: str
    number: str


def sheet_of(uow: UnitOfWork, cycle: Cycle) -> Sheet | None:
    """The newest Lembar Disposisi of a cycle; None before the first disposition."""
    for paper in reversed(uow.papers.of_cycle(cycle.id, kind=SHEET)):
        says = papers.from_json(SHEET, paper.context)
        assert isinstance(says, papers.LembarDisposisi)
        return Sheet(paper, says)
    return None


def agenda_number(uow: UnitOfWork, cycle: Cycle) -> str:
    """The number that stands on the sheet of a cycle, if one was entered: a further pass is about the same entry."""
    found = sheet_of(uow, cycle)
    return (found.says.agenda_number or "") if found else ""


def to_fill_in(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Sheet:
    """The sheet whose agenda number *who* may enter now, so that nobody types in vain.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: another kind of step, or no sheet yet.
    """
    return _mine(uow, who, task_id)[3]


def fill_in(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> Filled:
    """Record the number of the buku agenda and print the sheet anew with it; the same number again changes nothing.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_fill_in`. BadInput: see `read_agenda_number`.
    """
    return _put(uow, who, task_id, read_agenda_number(text), now)


def leave_open(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Filled:
    """Take a number back that was entered by mistake: the sheet has its gap again.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `to_fill_in`.
    """
    return _put(uow, who, task_id, "", now)


def _mine(uow: UnitOfWork, who: Acting, task_id: str) -> tuple[Cycle, Task, Signed, Sheet]:
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != LETTERS:
        raise NothingThere(what="tindakan")
    found = sheet_of(uow, cycle)
    if found is None:
        raise NothingThere(what="naskah")
    return cycle, task, by, found


def _put(uow: UnitOfWork, who: Acting, task_id: str, number: str, now: datetime) -> Filled:
    cycle, task, by, found = _mine(uow, who, task_id)
    before, paper = found.says.agenda_number or "", found.paper.id
    if number != before:
        context = replace(found.says, agenda_number=number or None)
        paper = issue_anew(uow, cycle, SHEET, context, made_by=who.id, owner=found.paper.owner, now=now)
        tell(uow, by, now, events.AgendaNumberEntered(cycle=cycle.id, before=before, number=number))
    return Filled(cycle, task, paper, before, number)
