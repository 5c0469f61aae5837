"""Where a cycle stands, and what waits for whom: read from the cycle, nothing is changed (/tugas, /status)."""

from dataclasses import dataclass
from datetime import datetime

from sop.cycle import Cycle, CycleState, Task, TaskState
from sop.definition import Step
from sop.people import Acting
from sop.ports import Draft, UnitOfWork
from sop.refusals import NothingThere
from sop.worktime import Calendar, Remaining

SEE_STATUS = "see_status"  # permission: the whole table, with dates and who is awaited


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits for somebody; *left* is None while no tenggat runs.

    *answer*: not for its own actor, but for those who are to answer its open question (*Tanya dulu*).
    """

    cycle: Cycle
    step: Step
    task: Task
    left: Remaining | None
    answer: bool = False

    @property
    def role(self) -> str:
        """The role whose act is awaited."""
        return drafter_role(self.cycle) if self.answer else self.cycle.awaits(self.task)


def to_read(uow: UnitOfWork) -> tuple[Cycle, ...]:
    """The cycles that a command shows: those that are not over; else the completed ones, newest first."""
    return uow.cycles.current() or past(uow)


def past(uow: UnitOfWork) -> tuple[Cycle, ...]:
    """The completed cycles, newest first: all of them stays readable."""
    return tuple(c for c in uow.cycles.all() if c.state is CycleState.COMPLETED)


def drafter_role(cycle: Cycle) -> str:
    """The role that drafted, and so is asked by *Tanya dulu*."""
    return cycle.sop.steps[0].actor


def waiting_for(uow: UnitOfWork, who: Acting, now: datetime) -> tuple[Waiting, ...]:
    """Every open task that *who* may act on today, and every question to be answered; the most urgent first."""
    found = []
    for cycle in uow.cycles.current():
        found += [w for w in _waiting(uow.time, cycle, now) if who.capacity(w.role, w.task.opd)]
        found += [w for w in _unanswered(cycle) if who.capacity(w.role)]
    return tuple(sorted(found, key=_urgency))


def _unanswered(cycle: Cycle) -> list[Waiting]:
    """The questions for which a clock stands; while the whole cycle does, nobody is asked for anything."""
    asked = [t for t in cycle.open_tasks() if t.question and cycle.state is CycleState.ACTIVE]
    return [Waiting(cycle, cycle.step_of(t), t, None, answer=True) for t in asked]


def still_owing(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[Waiting, ...]:
    """The open tasks of the step that every agency does for itself (SOP step 4), the most urgent first."""
    each = {s.key for s in cycle.sop.steps if s.each}
    return tuple(sorted((w for w in _waiting(uow.time, cycle, now) if w.step.key in each), key=_urgency))


def _waiting(time: Calendar, cycle: Cycle, now: datetime) -> list[Waiting]:
    return [Waiting(cycle, cycle.step_of(t), t, left_of(time, t, t.due_at, now)) for t in cycle.open_tasks()]


def left_of(time: Calendar, task: Task, due: datetime | None, now: datetime) -> Remaining | None:
    """How far a tenggat of a task is away; of one whose clock stands, as it was when it was stopped."""
    return time.remaining(task.paused_at or now, due) if due else None


def _urgency(waiting: Waiting) -> tuple[bool, bool, float, int, str]:
    """Questions first: somebody else's clock stands for them."""
    due = waiting.task.due_at
    return (
        not waiting.answer,
        due is None,
        due.timestamp() if due else 0.0,
        waiting.step.number,
        waiting.task.opd or "",
    )


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of the table of a cycle.

    *state*: `terbuka` (somebody works on it), `selesai`, `dikembalikan` (waits for an earlier step), `belum`.
    *done* of *total* count the agencies in a step that each does for itself (0 of 0 otherwise). *planned* is the end
    by the SOP's times counted from the opening of the cycle; *ended_at* when it really ended.
    """

    step: Step
    state: str
    pass_no: int
    done: int
    total: int
    planned: datetime
    started_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None  # the first tenggat still running
    left: Remaining | None
    paused: bool


def table_of(uow: UnitOfWork, cycle: Cycle, now: datetime) -> tuple[StepView, ...]:
    """The steps of a cycle in their order, planned and actual."""
    views, start, waiting_before = [], cycle.opened_at, False
    for step in cycle.sop.steps:
        planned = uow.time.due(start, step.limit)
        views.append(_view(uow.time, cycle, step, planned, waiting_before, now))
        start = planned
        waiting_before = waiting_before or (not step.each and bool(cycle.open_tasks(step.key)))
    return tuple(views)


def _view(time: Calendar, cycle: Cycle, step: Step, planned: datetime, waiting_before: bool, now: datetime) -> StepView:
    who_for: tuple[str | None, ...] = cycle.opds if step.each else (None,)
    latest = [t for t in (cycle.latest(step.key, opd) for opd in who_for) if t is not None]
    state = _state(latest, waiting_before)
    running = [(t.due_at, t) for t in latest if t.open and t.due_at]
    due_at, first = min(running, key=lambda pair: pair[0], default=(None, None))
    ended = [t.decided_at for t in latest if t.decided_at]
    return StepView(
        step=step,
        state=state,
        pass_no=max((t.pass_no for t in latest), default=0),
        done=sum(1 for t in latest if not t.open) if step.each else 0,
        total=len(who_for) if step.each else 0,
        planned=planned,
        started_at=min((t.opened_at for t in latest), default=None),
        ended_at=max(ended) if state == "selesai" and ended else None,
        due_at=due_at,
        left=left_of(time, first, due_at, now) if first else None,
        paused=any(t.open and t.paused_at for t in latest),
    )


def _state(latest: list[Task], waiting_before: bool) -> str:
    if any(t.open for t in latest):
        return "terbuka"
    if any(t.state is TaskState.RETURNED for t in latest):
        return "dikembalikan"
    # What was done before an earlier step came back has to be done again.
    return "selesai" if latest and not waiting_before else "belum"


def sees_everything(cycle: Cycle, who: Acting) -> bool:
    """Whether *who* sees the whole table and who still owes; an agency sees where the cycle stands, and its own."""
    speaks_for_agency = {key for key, actor in cycle.sop.actors.items() if actor.one_of}
    return bool((who.roles - speaks_for_agency) & set(cycle.sop.may(SEE_STATUS)))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that a person has begun to type: for an open task, or on a subject of its own (*task* is None)."""

    draft: Draft
    task: Waiting | None


def unfinished(uow: UnitOfWork, who: Acting, now: datetime) -> tuple[Unfinished, ...]:
    """What *who* has begun and not finished, the newest first; what belongs to a decided task is left out."""
    mine = {w.task.id: w for w in waiting_for(uow, who, now) if not w.answer}
    found = []
    for draft in uow.dialogues.drafts(who.person.telegram_id):
        task = mine.get(draft.subject)
        if task is not None or not _is_task(uow, draft.subject):
            found.append(Unfinished(draft, task))
    return tuple(found)


def _is_task(uow: UnitOfWork, subject: str) -> bool:
    try:
        uow.cycles.of_task(subject)
    except NothingThere:
        return False
    return True
