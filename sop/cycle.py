"""A cycle: one run of the eight steps, and what may happen to its tasks.

`definition.Step` says what may happen, `Task` what did: a returned step is a second task (pass 2) of the same step.
Every decision is a pure function: state in, state and events out, or a typed refusal. Times are UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sop import events
from sop.definition import Duration, Sop, Step
from sop.people import Acting, Capacity
from sop.refusals import AlreadyDecided, BadInput, Incomplete, NothingThere, NotNow

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


@dataclass(frozen=True, slots=True)
class Signed:
    """Who did something and in which capacity, as recorded in rows, papers and sentences.

    *title* is the role in words, with the substitution ("Plh. Kabid Penyelenggaraan E-Government").
    """

    person: str
    name: str
    role: str
    title: str
    opd: str | None = None
    substitution: str = ""
    for_name: str = ""

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


# --- opening ---


def open_cycle(
    sop: Sop,
    *,
    id: str,
    name: str,
    year: int,
    definition: str,
    instrument: str,
    opds: tuple[str, ...],
    by: Signed,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
) -> tuple[Cycle, Events]:
    """Begin a run of the SOP; its first step falls to its actor at once."""
    if not opds:
        raise BadInput(field="opds", problem="empty")
    cycle = Cycle(id, name, year, sop, definition, instrument, opds, now, by)
    opened = events.CycleOpened(cycle=id, name=name, year=year, definition=definition, instrument=instrument)
    cycle, more = _open_step(cycle, sop.steps[0], time=time, ids=ids, now=now)
    return cycle, (opened, *more)


def _open_step(
    cycle: Cycle,
    step: Step,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
    reason: str = "",
    returned_by: Signed | None = None,
    floor: "Floor | None" = None,
) -> tuple[Cycle, Events]:
    """Open the tasks of a step: one, or one per agency that is asked."""
    who_for: tuple[str | None, ...] = cycle.opds if step.each else (None,)
    told: list[events.Event] = []
    for opd in who_for:
        cycle, more = _open_task(
            cycle, step, opd, time=time, ids=ids, now=now, reason=reason, returned_by=returned_by, floor=floor
        )
        told.extend(more)
    return cycle, tuple(told)


@dataclass(frozen=True, slots=True)
class Floor:
    """The earliest tenggat that may come out (SOP step 4: a date printed in a letter is not undercut)."""

    target_at: datetime | None
    due_at: datetime


def _open_task(
    cycle: Cycle,
    step: Step,
    opd: str | None,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
    reason: str = "",
    returned_by: Signed | None = None,
    floor: Floor | None = None,
) -> tuple[Cycle, Events]:
    previous = cycle.latest(step.key, opd)
    task = Task(
        ids(),
        step.key,
        previous.pass_no + 1 if previous else 1,
        opd,
        now,
        came_back=reason,
        came_back_from=returned_by,
    )
    told: list[events.Event] = [
        events.TaskOpened(
            cycle=cycle.id,
            task=task.id,
            step=step.key,
            opd=opd,
            pass_no=task.pass_no,
            reason=reason,
            returned_by=returned_by.title if returned_by else "",
        )
    ]
    cycle = replace(cycle, tasks=(*cycle.tasks, task))
    if step.clock != "on_delivery":
        cycle, more = start_clock(cycle, task.id, time=time, now=now, floor=floor)
        told.extend(more)
    return cycle, tuple(told)


# --- the clock ---


def start_clock(
    cycle: Cycle, task_id: str, *, time: OfficeTime, now: datetime, floor: Floor | None = None
) -> tuple[Cycle, Events]:
    """Let the time of a task count from *now*. A clock that runs already is left alone (a card delivered twice).

    While the cycle stands still or a question is open, the clock is set but held: nothing of the wait is counted.
    """
    task = cycle.task(task_id)
    if not task.open or task.clock_started_at is not None:
        return cycle, ()
    target_at, due_at = planned(cycle.step_of(task), now, time=time, floor=floor)
    held = now if task.question or cycle.state is not CycleState.ACTIVE else None
    task = replace(task, clock_started_at=now, target_at=target_at, due_at=due_at, paused_at=held)
    started = events.ClockStarted(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        started_at=now,
        target_at=target_at,
        due_at=due_at,
    )
    return _put(cycle, task), (started,)


def planned(
    step: Step, start: datetime, *, time: OfficeTime, floor: Floor | None = None
) -> tuple[datetime | None, datetime]:
    """Target and batas waktu of a step that begins at *start*; never before *floor*."""
    target = time.due(start, step.target) if step.target else None
    due = time.due(start, step.limit)
    if floor:
        due = max(due, floor.due_at)
        if target and floor.target_at:
            target = max(target, floor.target_at)
    return target, due


def _pause(task: Task, now: datetime) -> Task:
    return replace(task, paused_at=task.paused_at or now)


def _resume(cycle: Cycle, task: Task, why: str, *, time: OfficeTime, now: datetime) -> tuple[Task, Events]:
    """Move the tenggat by the office time of the pause."""
    if task.paused_at is None:
        return task, ()
    begun, before = task.paused_at, task.due_at
    target = time.shift(task.target_at, begun, now) if task.target_at else None
    due = time.shift(before, begun, now) if before else None
    moved: Events = ()
    if due != before:
        moved = (events.DeadlineMoved(cycle=cycle.id, task=task.id, before=before, after=due, why=why),)
    return replace(task, paused_at=None, target_at=target, due_at=due), moved


# --- deciding ---


def authorise(cycle: Cycle, task_id: str, who: Acting) -> tuple[Task, Signed]:
    """That *who* may act on this task now; with the record of the capacity.

    Raises:
        NotYours: neither holder of the step's role nor substitute today.
        AlreadyDecided: somebody acted first; carries who and when.
        NotNow: the cycle is suspended, cancelled or completed.
    """
    task = cycle.task(task_id)
    step = cycle.step_of(task)
    capacity = who.acts_as(step.actor, task.opd)
    require_active(cycle)
    if not task.open:
        raise AlreadyDecided(
            by=task.decided_by.title if task.decided_by else "",
            at=task.decided_at,
            outcome=task.state.value,
        )
    return task, signed(cycle.sop, who, capacity)


def require_active(cycle: Cycle) -> None:
    """That the cycle runs.

    Raises:
        NotNow: it does not.
    """
    if cycle.state is not CycleState.ACTIVE:
        raise NotNow(state=cycle.state.value, reason=cycle.state_reason)


def hand_over(
    cycle: Cycle,
    task_id: str,
    who: Acting,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
    papers: tuple[str, ...] = (),
    note: str = "",
    instructions: tuple[str, ...] = (),
    floor: Floor | None = None,
) -> tuple[Cycle, Events]:
    """The task has reached its output; when all tasks of the step have ended, the next step falls to its actor.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        Incomplete: a question to the drafter is still open, or an agency still has its material for repair.
    """
    task, by = authorise(cycle, task_id, who)
    if task.question:
        raise Incomplete(act="hand_over", missing=("jawaban",))
    keys = [s.key for s in cycle.sop.steps]
    before = keys[: keys.index(task.step)]
    if owing := tuple(t.opd or t.step for t in cycle.open_tasks() if t.step in before):
        raise Incomplete(act="hand_over", missing=owing)
    ended = replace(task, state=TaskState.DONE, decided_at=now, decided_by=by, note=note, instructions=instructions)
    told = events.TaskHandedOver(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        by=by.to_json(),
        papers=papers,
        note=note,
        instructions=instructions,
    )
    cycle, more = _go_on(_put(cycle, ended), cycle.step_of(task), time=time, ids=ids, now=now, floor=floor)
    return cycle, (told, *more)


def _go_on(
    cycle: Cycle, step: Step, *, time: OfficeTime, ids: NewId, now: datetime, floor: Floor | None = None
) -> tuple[Cycle, Events]:
    """Open the next step when this one has no open task left and no later step is already running (a late repair)."""
    if cycle.open_tasks(step.key):
        return cycle, ()
    position = [s.key for s in cycle.sop.steps].index(step.key)
    later = cycle.sop.steps[position + 1 :]
    if any(cycle.open_tasks(s.key) for s in later):
        return cycle, ()
    completed = events.StepCompleted(cycle=cycle.id, step=step.key, pass_no=cycle.passes(step.key))
    if not later:
        done = replace(cycle, state=CycleState.COMPLETED)
        return done, (completed, events.CycleCompleted(cycle=cycle.id))
    cycle, more = _open_step(cycle, later[0], time=time, ids=ids, now=now, floor=floor)
    return cycle, (completed, *more)


def return_task(
    cycle: Cycle,
    task_id: str,
    to_step: str,
    reason: str,
    who: Acting,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
) -> tuple[Cycle, Events]:
    """Send the cycle back to an earlier step, where the SOP allows it; data is kept, a new tenggat begins.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        BadInput: no reason given, or the SOP has no such way back.
    """
    task, by = authorise(cycle, task_id, who)
    if to_step not in cycle.step_of(task).returns_to:
        raise BadInput(field="return", problem="not_allowed", value=to_step)
    require_text(reason, "reason")
    ended = replace(task, state=TaskState.RETURNED, decided_at=now, decided_by=by, note=reason)
    told = events.TaskReturned(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        to_step=to_step,
        reason=reason,
        by=by.to_json(),
    )
    cycle, more = _open_step(
        _put(cycle, ended),
        cycle.sop.step(to_step),
        time=time,
        ids=ids,
        now=now,
        reason=reason,
        returned_by=by,
    )
    return cycle, (told, *more)


def ask(cycle: Cycle, task_id: str, text: str, to_person: str, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """*Tanya dulu*: ask the drafter; the clock of the task stands until the answer (SOP step 2).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        BadInput: the question is empty or too long, or the SOP has no question in this step.
        Incomplete: an earlier question is still open.
    """
    task, by = authorise(cycle, task_id, who)
    if "ask" not in cycle.step_of(task).acts:
        raise BadInput(field="question", problem="not_allowed")
    require_text(text, "question")
    if task.question:
        raise Incomplete(act="ask", missing=("jawaban",))
    question = Question(text, now, by, to_person)
    cycle = _put(cycle, _pause(replace(task, questions=(*task.questions, question)), now))
    asked = events.QuestionAsked(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        question=text,
        asked_by=by.title,
        asker=who.id,
        to_person=to_person,
    )
    return cycle, (asked,)


def open_question(cycle: Cycle, task_id: str, who: Acting, by_role: str) -> tuple[Question, Signed]:
    """The question of a task that waits for an answer of *by_role*, with the record of the capacity.

    Raises:
        NotYours: not in *by_role*.
        AlreadyDecided: the question was answered, or the task decided.
        NotNow: the cycle does not run.
    """
    task = cycle.task(task_id)
    by = signed(cycle.sop, who, who.acts_as(by_role))
    require_active(cycle)
    if task.question is None or not task.open:
        last = next((q for q in reversed(task.questions) if not q.beside), None)
        answered_by = last.answered_by.title if last and last.answered_by else ""
        raise AlreadyDecided(by=answered_by, at=last.answered_at if last else None, outcome="dijawab")
    return task.question, by


def answer(
    cycle: Cycle, task_id: str, text: str, who: Acting, by_role: str, *, time: OfficeTime, now: datetime
) -> tuple[Cycle, Events]:
    """Answer the open question of a task; anybody in the drafter's role may (the person may have been replaced).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `open_question`.
        BadInput: the answer is empty or too long.
    """
    task = cycle.task(task_id)
    asked, by = open_question(cycle, task_id, who, by_role)
    require_text(text, "answer")
    closed = replace(asked, answer=text, answered_at=now, answered_by=by)
    task = replace(task, questions=(*(q for q in task.questions if q is not asked), closed))
    task, moved = _resume(cycle, task, "question", time=time, now=now)
    told = events.QuestionAnswered(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        question=asked.text,
        answer=text,
        answered_by=by.title,
        asker=asked.asked_by.person,
    )
    return _put(cycle, task), (told, *moved)


def close_without(
    cycle: Cycle,
    reasons: Mapping[str, str],
    by: Signed,
    step_key: str,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
) -> tuple[Cycle, Events]:
    """Close a step per OPD although some have not handed over, with a recorded reason for each (SOP step 4).

    *reasons* maps the id of every open task of the step to its reason. The caller has checked the permission.

    Raises:
        NotNow: the cycle does not run, or the step has nothing open.
        Incomplete: a reason is missing; names the agencies.
    """
    require_active(cycle)
    open_now = cycle.open_tasks(step_key)
    if not open_now:
        raise NotNow(state="langkah_selesai")
    missing = tuple(t.opd or t.id for t in open_now if not reasons.get(t.id, "").strip())
    if missing:
        raise Incomplete(act="close_without", missing=missing)
    told: list[events.Event] = []
    for task in open_now:
        reason = reasons[task.id]
        closed = replace(task, state=TaskState.CLOSED, decided_at=now, decided_by=by, note=reason)
        cycle = _put(cycle, closed)
        told.append(
            events.TaskClosedWithout(
                cycle=cycle.id, task=task.id, step=task.step, opd=task.opd, reason=reason, by=by.to_json()
            )
        )
    cycle, more = _go_on(cycle, cycle.sop.step(step_key), time=time, ids=ids, now=now)
    return cycle, (*told, *more)


def reopen_for_repair(
    cycle: Cycle,
    step_key: str,
    opd: str,
    reason: str,
    by: Signed,
    due_at: datetime,
    *,
    time: OfficeTime,
    ids: NewId,
    now: datetime,
) -> tuple[Cycle, Events]:
    """Give an agency that has handed over its task back, for the items *perlu perbaikan*; the others are untouched.

    The batas waktu is the later of its old one and *due_at*. An agency that still has its task keeps it.

    Raises:
        NotNow: the cycle does not run, or the material has already gone past the review (SOP steps 4 and 5 only).
    """
    require_active(cycle)
    latest = cycle.latest(step_key, opd)
    if latest is None:
        raise NothingThere(what="tugas")
    if latest.open:
        return cycle, ()
    require_reviewable(cycle, step_key)
    floor_due = max(due_at, latest.due_at or due_at)
    cycle, told = _open_task(
        cycle, cycle.sop.step(step_key), opd, time=time, ids=ids, now=now, reason=reason, returned_by=by
    )
    task = cycle.latest(step_key, opd)
    assert task is not None  # just opened
    # A repair has its own, shorter time: the limit of the whole step counted from now would be too long.
    task = replace(task, target_at=None, due_at=floor_due)
    shown = tuple(
        replace(e, due_at=floor_due, target_at=None) if isinstance(e, events.ClockStarted) else e for e in told
    )
    return _put(cycle, task), shown


def require_reviewable(cycle: Cycle, step_key: str) -> None:
    """That what a step per OPD collected can still be judged: in that step and the next (SOP steps 4 and 5).

    Raises:
        NotNow: the cycle does not run, or the material has already gone on to the meeting.
    """
    require_active(cycle)
    keys = [s.key for s in cycle.sop.steps]
    # The newest pass counts: a meeting that was held once and then sent back is no longer ahead of the review.
    beyond = [cycle.latest(k) for k in keys[keys.index(step_key) + 2 :]]
    if any(t is not None and t.state is not TaskState.RETURNED for t in beyond):
        raise NotNow(state="sudah_rapat")


# --- the cycle as a whole ---


def suspend(cycle: Cycle, reason: str, *, now: datetime) -> tuple[Cycle, Events]:
    """Stop all clocks, with a reason. The caller has checked the permission.

    Raises:
        NotNow: it does not run.
        BadInput: no reason.
    """
    require_active(cycle)
    require_text(reason, "reason")
    tasks = tuple(_pause(t, now) if t.open and t.clock_started_at else t for t in cycle.tasks)
    stopped = replace(cycle, state=CycleState.SUSPENDED, state_reason=reason, tasks=tasks)
    return stopped, (events.CycleSuspended(cycle=cycle.id, reason=reason),)


def resume(cycle: Cycle, reason: str, *, time: OfficeTime, now: datetime) -> tuple[Cycle, Events]:
    """Let the clocks go on; every tenggat moves by the office time of the suspension.

    Raises:
        NotNow: it is not suspended.
    """
    if cycle.state is not CycleState.SUSPENDED:
        raise NotNow(state=cycle.state.value, reason=cycle.state_reason)
    return _run_again(cycle, events.CycleResumed(cycle=cycle.id, reason=reason), time=time, now=now)


def cancel(cycle: Cycle, reason: str, *, now: datetime) -> tuple[Cycle, Events]:
    """Give the cycle up, with a reason; it can be reopened.

    Raises:
        NotNow: it is cancelled or completed.
        BadInput: no reason.
    """
    if cycle.state not in (CycleState.ACTIVE, CycleState.SUSPENDED):
        raise NotNow(state=cycle.state.value, reason=cycle.state_reason)
    require_text(reason, "reason")
    tasks = tuple(_pause(t, now) if t.open and t.clock_started_at else t for t in cycle.tasks)
    given_up = replace(cycle, state=CycleState.CANCELLED, state_reason=reason, tasks=tasks)
    return given_up, (events.CycleCancelled(cycle=cycle.id, reason=reason),)


def reopen(cycle: Cycle, reason: str, *, time: OfficeTime, now: datetime) -> tuple[Cycle, Events]:
    """Take a cancelled cycle up again where it stood.

    Raises:
        NotNow: it is not cancelled.
        BadInput: no reason.
    """
    if cycle.state is not CycleState.CANCELLED:
        raise NotNow(state=cycle.state.value, reason=cycle.state_reason)
    require_text(reason, "reason")
    return _run_again(cycle, events.CycleReopened(cycle=cycle.id, reason=reason), time=time, now=now)


def _run_again(cycle: Cycle, what: events.Event, *, time: OfficeTime, now: datetime) -> tuple[Cycle, Events]:
    told: list[events.Event] = [what]
    tasks: list[Task] = []
    for task in cycle.tasks:
        going = task
        if task.open and task.question is None:
            going, moved = _resume(cycle, task, "suspension", time=time, now=now)
            told.extend(moved)
        tasks.append(going)
    return replace(cycle, state=CycleState.ACTIVE, state_reason="", tasks=tuple(tasks)), tuple(told)


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


def _put(cycle: Cycle, task: Task) -> Cycle:
    return replace(cycle, tasks=tuple(task if t.id == task.id else t for t in cycle.tasks))
