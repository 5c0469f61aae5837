"""What a cycle is made of: the cycle, its tasks, and who signed for what. Times are UTC."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sop import events
from sop.definition import Duration, Sop, Step
from sop.people import Acting, Capacity
from sop.refusals import BadInput, NothingThere, NotNow

Events = tuple[events.Event, ...]

NewId = Callable[[], str]

LONGEST_TEXT = 600  # letters of a reason, a question or an answer: it stands on cards of 4096 with other things


class OfficeTime(Protocol):
    """What the rules need of the office calendar; all instants UTC."""

    def due(self, start: datetime, duration: Duration) -> datetime:
        """The moment at which *duration* of office time after *start* has passed."""

    def shift(self, due: datetime, paused_from: datetime, paused_until: datetime) -> datetime:
        """*due* moved by the office time that passed during a pause."""


class CycleState(StrEnum):
    """Where a cycle stands as a whole."""

    ACTIVE = "berjalan"
    SUSPENDED = "ditangguhkan"
    CANCELLED = "dibatalkan"
    COMPLETED = "selesai"


class TaskState(StrEnum):
    """Where a task stands. Only OPEN tasks can be acted upon."""

    OPEN = "terbuka"
    DONE = "diserahkan"
    RETURNED = "dikembalikan"
    CLOSED = "ditutup"


class Standing(StrEnum):
    """Why the clock of a task stands by itself (SOP steps 6 and 7)."""

    NO = ""
    BREAK = "jeda"  # of a sitting
    ADJOURNED = "sidang_lanjutan"  # until the next sitting
    SIGNATURE = "tanda_tangan"  # the Berita Acara is with the Sekda


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something and in which capacity, as recorded in rows, papers and sentences.

    *title* is the role in words, with the substitution ("Plh. Kabid Penyelenggaraan E-Government"). *conveys* is the
    title of somebody without an account whose decision this person has written down (the Sekda, SOP step 7).
    """

    person: str
    name: str
    role: str
    title: str
    opd: str | None = None
    substitution: str = ""
    for_name: str = ""
    conveys: str = ""

    @property
    def decided_by(self) -> str:
        """The title of whose decision it is: of the person, or of whom it was written down for."""
        return self.conveys or self.title

    def to_json(self) -> dict[str, Any]:
        """Plain values, for rows, events and message parameters."""
        return {
            "person": self.person,
            "name": self.name,
            "role": self.role,
            "title": self.title,
            "opd": self.opd,
            "substitution": self.substitution,
            "for_name": self.for_name,
            "conveys": self.conveys,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "Signed":
        """The inverse of `to_json`."""
        return Signed(**value)


def signed(sop: Sop, who: Acting, capacity: Capacity) -> Signed:
    """The record of *who* acting in *capacity*; an administrator has no column in the SOP and is called so."""
    actor = sop.actors.get(capacity.role)
    title = actor.name if actor else "Administrator"
    if capacity.substitution:
        title = f"{capacity.substitution} {title}"
    return Signed(who.id, who.name, capacity.role, title, capacity.opd, capacity.substitution, capacity.for_name)


@dataclass(frozen=True, slots=True)
class Question:
    """*Tanya dulu*: a question that stops the clock until it is answered.

    One *beside* the work (sop/side_questions.py) stops nothing; it has an *id*, and *about* says what it concerns.
    """

    text: str
    asked_at: datetime
    asked_by: Signed
    to_person: str
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: Signed | None = None
    id: str = ""
    about: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work that waits for one role (and, in a step per OPD, for one agency)."""

    id: str
    step: str
    pass_no: int
    opd: str | None
    opened_at: datetime
    state: TaskState = TaskState.OPEN
    clock_started_at: datetime | None = None
    target_at: datetime | None = None
    due_at: datetime | None = None
    paused_at: datetime | None = None
    came_back: str = ""  # the reason with which it was returned to this pass
    came_back_from: Signed | None = None
    decided_at: datetime | None = None
    decided_by: Signed | None = None
    note: str = ""  # reason of a return or closing, note of a hand-over
    instructions: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    standing: Standing = Standing.NO
    standing_since: datetime | None = None
    reported_at: datetime | None = None  # SOP step 7: reported to the superior
    reported_by: Signed | None = None
    acknowledged_at: datetime | None = None  # and taken note of
    acknowledged_by: Signed | None = None

    @property
    def held(self) -> bool:
        """Whether the clock stands for a reason of the task itself, suspension apart."""
        return self.question is not None or self.standing is not Standing.NO

    @property
    def open(self) -> bool:
        """Whether somebody can still act on it."""
        return self.state is TaskState.OPEN

    @property
    def question(self) -> Question | None:
        """The unanswered question that stops the clock, if any."""
        return next((q for q in self.questions if q.answered_at is None and not q.beside), None)


@dataclass(frozen=True, slots=True)
class Cycle:
    """One run of the SOP, with the definition it started with."""

    id: str
    name: str
    year: int
    sop: Sop
    definition: str  # hash of the definitions this cycle keeps
    instrument: str
    opds: tuple[str, ...]
    opened_at: datetime
    opened_by: Signed
    state: CycleState = CycleState.ACTIVE
    state_reason: str = ""
    tasks: tuple[Task, ...] = ()
    version: int = 0
    sheet: Mapping[str, Any] = field(default_factory=dict)  # what step 1 prepares: see sop/preparation.py

    def task(self, id: str) -> Task:
        """The task with this id.

        Raises:
            NothingThere: this cycle has no such task.
        """
        for task in self.tasks:
            if task.id == id:
                return task
        raise NothingThere(what="tugas")

    def step_of(self, task: Task) -> Step:
        """The definition of the step that *task* belongs to."""
        return self.sop.step(task.step)

    def readers(self, task: Task) -> tuple[str, ...]:
        """The roles that have a card of *task*: its actor, and the superior once it has been reported (SOP step 7)."""
        step = self.step_of(task)
        return (step.actor, step.acknowledged_by) if task.reported_at and step.acknowledged_by else (step.actor,)

    def awaits(self, task: Task) -> str:
        """The role whose act *task* waits for: its actor, or the superior while a report is not yet acknowledged."""
        step = self.step_of(task)
        reported = task.reported_at is not None and task.acknowledged_at is None
        return step.acknowledged_by if reported and step.acknowledged_by else step.actor

    def open_tasks(self, step: str | None = None) -> tuple[Task, ...]:
        """Tasks that still wait for somebody, of one step or of all."""
        return tuple(t for t in self.tasks if t.open and (step is None or t.step == step))

    def latest(self, step: str, opd: str | None = None) -> Task | None:
        """The newest pass of a step (for an agency)."""
        found = [t for t in self.tasks if t.step == step and (opd is None or t.opd == opd)]
        return found[-1] if found else None

    def passes(self, step: str) -> int:
        """How many passes of a step there have been."""
        return max((t.pass_no for t in self.tasks if t.step == step), default=0)


def require_active(cycle: Cycle) -> None:
    """That the cycle runs.

    Raises:
        NotNow: it does not.
    """
    if cycle.state is not CycleState.ACTIVE:
        raise NotNow(state=cycle.state.value, reason=cycle.state_reason)


def require_not_over(cycle: Cycle) -> None:
    """That the cycle is not completed: from then on it is read-only, also for what goes on beside the tasks.

    Raises:
        NotNow: it is.
    """
    if cycle.state is CycleState.COMPLETED:
        raise NotNow(state=cycle.state.value)


def require_text(text: str, field: str) -> None:
    """That somebody has written something that fits on a card.

    Raises:
        BadInput: nothing, or more than LONGEST_TEXT letters.
    """
    if not text.strip():
        raise BadInput(field=field, problem="empty")
    if len(text) > LONGEST_TEXT:
        raise BadInput(field=field, problem="long", value=str(LONGEST_TEXT))


def with_sheet(cycle: Cycle, sheet: Mapping[str, Any]) -> Cycle:
    """The cycle with the material of step 1 (sop/preparation.py)."""
    return replace(cycle, sheet=sheet)


def put(cycle: Cycle, task: Task) -> Cycle:
    return replace(cycle, tasks=tuple(task if t.id == task.id else t for t in cycle.tasks))
