"""What the actor of a task can decide: hand it over, or return it."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.clock import Floor
from sop.cycle.model import (
    Cycle,
    CycleState,
    Events,
    NewId,
    OfficeTime,
    Signed,
    Task,
    TaskState,
    put,
    require_active,
    require_text,
    signed,
)
from sop.cycle.opening import open_step
from sop.definition import Step
from sop.people import Acting
from sop.refusals import AlreadyDecided, BadInput, Incomplete, NotNow


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
    if cycle.step_of(task).acknowledged_by and task.acknowledged_at is None:
        raise Incomplete(act="hand_over", missing=("diketahui",))
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
    cycle, more = go_on(put(cycle, ended), cycle.step_of(task), time=time, ids=ids, now=now, floor=floor)
    return cycle, (told, *more)


def go_on(
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
    cycle, more = open_step(cycle, later[0], time=time, ids=ids, now=now, floor=floor)
    return cycle, (completed, *more)


def authorise_superior(cycle: Cycle, task_id: str, who: Acting) -> tuple[Task, Signed]:
    """That *who* is the superior to whom this task is reported, or the substitute, and that it is open.

    Raises:
        NotYours: the SOP names somebody else, or nobody. AlreadyDecided: the task has ended. NotNow: the cycle stands.
    """
    task = cycle.task(task_id)
    by = signed(cycle.sop, who, who.acts_as(cycle.step_of(task).acknowledged_by))
    require_active(cycle)
    if not task.open:
        decided_by = task.decided_by.title if task.decided_by else ""
        raise AlreadyDecided(by=decided_by, at=task.decided_at, outcome=task.state.value)
    return task, by


def authorise_return(cycle: Cycle, task_id: str, who: Acting) -> tuple[Task, Signed]:
    """That *who* may return this task: its actor, or the superior once it has been reported (SOP step 7).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`. NotNow (`belum_dilaporkan`): nothing was reported yet.
    """
    step = cycle.step_of(cycle.task(task_id))
    if not step.acknowledged_by or who.capacity(step.actor) or not who.capacity(step.acknowledged_by):
        return authorise(cycle, task_id, who)
    task, by = authorise_superior(cycle, task_id, who)
    if task.reported_at is None:
        raise NotNow(state="belum_dilaporkan")
    return task, by


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
    conveys: str = "",
) -> tuple[Cycle, Events]:
    """Send the cycle back to an earlier step, where the SOP allows it; data is kept, a new tenggat begins.

    *conveys*: the title of somebody without an account whose decision *who* writes down.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise_return`.
        BadInput: no reason given, or the SOP has no such way back.
    """
    task, by = authorise_return(cycle, task_id, who)
    by = replace(by, conveys=conveys)
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
    cycle, more = open_step(
        put(cycle, ended),
        cycle.sop.step(to_step),
        time=time,
        ids=ids,
        now=now,
        reason=reason,
        returned_by=by,
    )
    return cycle, (told, *more)
