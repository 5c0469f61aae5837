"""Events about a cycle and its tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sop.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOpened(Event):
    """A run of the SOP began, with the definitions of that moment."""

    name: str
    year: int
    definition: str
    instrument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSuspended(Event):
    """All clocks stop."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleResumed(Event):
    """All clocks go on; deadlines moved by the office time of the suspension."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCancelled(Event):
    """The cycle was given up; it can be reopened."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleReopened(Event):
    """A cancelled cycle goes on where it stood."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCompleted(Event):
    """The last step was handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """A task falls to its actor. *returned_by*/*reason* when it came back rather than on.

    *recorded_by*: who has written the return down for somebody without an account.
    """

    task: str
    step: str
    opd: str | None
    pass_no: int
    reason: str = ""
    returned_by: str = ""
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Event):
    """The time of a task began to count."""

    task: str
    step: str
    opd: str | None
    started_at: datetime
    target_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """The deadline of a task changed; *why* is a key (question, suspension, sending, extension)."""

    task: str
    before: datetime | None
    after: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHandedOver(Event):
    """A task reached its output."""

    task: str
    step: str
    opd: str | None
    by: dict[str, Any]
    papers: tuple[str, ...] = ()
    note: str = ""
    instructions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReturned(Event):
    """A task was sent back to an earlier step, with a reason; its data stays."""

    task: str
    step: str
    opd: str | None
    to_step: str
    reason: str
    by: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """The holder of a task asked the drafter; the clock of the task stands."""

    task: str
    step: str
    question: str
    asked_by: str
    asker: str
    to_person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The drafter answered; the clock goes on."""

    task: str
    step: str
    question: str
    answer: str
    answered_by: str
    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClosedWithout(Event):
    """The task of an OPD was closed although it has not handed over, with the recorded reason."""

    task: str
    step: str
    opd: str | None
    reason: str
    by: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted(Event):
    """All tasks of a step have ended; the cycle goes on to the next."""

    step: str
    pass_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFell(Event):
    """A reminder was due and something is still owed; *rung* names its place on the ladder."""

    task: str
    step: str
    opd: str | None
    rung: str
    due_at: datetime | None
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSet(Event):
    """A task has a tenggat before its clock runs: the meeting must be scheduled, or begin, by then (SOP step 6)."""

    task: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStands(Event):
    """The clock of a task stands: a break, a second sitting, a paper that is away for a signature."""

    task: str
    step: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRuns(Event):
    """The clock of a task runs again after it stood."""

    task: str
    step: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReported(Event):
    """The work of a step was reported to the superior, who is to take note of it (SOP step 7)."""

    task: str
    step: str
    by: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAcknowledged(Event):
    """The superior has taken note of the report (SOP step 7)."""

    task: str
    step: str
    by: dict[str, Any]
