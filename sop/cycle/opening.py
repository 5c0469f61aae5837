"""Opening: a cycle, a step, a task."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.clock import Floor, start_clock
from sop.cycle.model import Cycle, Events, NewId, OfficeTime, Signed, Task, put
from sop.definition import Sop, Step
from sop.refusals import BadInput


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
    cycle, more = open_step(cycle, sop.steps[0], time=time, ids=ids, now=now)
    return cycle, (opened, *more)


def open_step(
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
        cycle, more = open_task(
            cycle, step, opd, time=time, ids=ids, now=now, reason=reason, returned_by=returned_by, floor=floor
        )
        told.extend(more)
    return cycle, tuple(told)


def open_task(
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
            returned_by=returned_by.decided_by if returned_by else "",
            recorded_by=returned_by.title if returned_by and returned_by.conveys else "",
        )
    ]
    cycle = replace(cycle, tasks=(*cycle.tasks, task))
    if step.clock == "on_meeting" and step.begin_within:
        due_at = time.due(now, step.begin_within)
        cycle = put(cycle, replace(task, due_at=due_at))
        told.append(events.DeadlineSet(cycle=cycle.id, task=task.id, due_at=due_at))
    elif step.clock != "on_delivery":
        cycle, more = start_clock(cycle, task.id, time=time, now=now, floor=floor)
        told.extend(more)
    return cycle, tuple(told)
