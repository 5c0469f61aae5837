"""The cycle as a whole: suspend, resume, cancel, reopen."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.clock import go_on_counting, pause
from sop.cycle.model import Cycle, CycleState, Events, OfficeTime, Task, require_active, require_text
from sop.refusals import NotNow


def suspend(cycle: Cycle, reason: str, *, now: datetime) -> tuple[Cycle, Events]:
    """Stop all clocks, with a reason. The caller has checked the permission.

    Raises:
        NotNow: it does not run.
        BadInput: no reason.
    """
    require_active(cycle)
    require_text(reason, "reason")
    tasks = _all_paused(cycle, now)
    stopped = replace(cycle, state=CycleState.SUSPENDED, state_reason=reason, tasks=tasks)
    return stopped, (events.CycleSuspended(cycle=cycle.id, reason=reason),)


def _all_paused(cycle: Cycle, now: datetime) -> tuple[Task, ...]:
    """Every tenggat stands: of clocks that run, and of what must begin by a day (a meeting to be scheduled)."""
    return tuple(pause(t, now) if t.open and t.due_at else t for t in cycle.tasks)


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
    tasks = _all_paused(cycle, now)
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
        if task.open and not task.held:
            going, moved = go_on_counting(cycle, task, "suspension", time=time, now=now)
            told.extend(moved)
        tasks.append(going)
    return replace(cycle, state=CycleState.ACTIVE, state_reason="", tasks=tuple(tasks)), tuple(told)
