"""The clock of a task: when it starts, stands still and goes on."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import events
from sop.cycle.model import Cycle, CycleState, Events, OfficeTime, Task, put
from sop.definition import Step


@dataclass(frozen=True, slots=True)
class Floor:
    """The earliest tenggat that may come out (SOP step 4: a date printed in a letter is not undercut)."""

    target_at: datetime | None
    due_at: datetime


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
    held = now if task.held or cycle.state is not CycleState.ACTIVE else None
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
    return put(cycle, task), (started,)


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


def pause(task: Task, now: datetime) -> Task:
    return replace(task, paused_at=task.paused_at or now)


def go_on_counting(cycle: Cycle, task: Task, why: str, *, time: OfficeTime, now: datetime) -> tuple[Task, Events]:
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
