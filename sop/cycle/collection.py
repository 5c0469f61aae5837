"""What is particular to a step per OPD: closing it without some, and giving one back for repair (SOP steps 4, 5)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.deciding import go_on
from sop.cycle.model import Cycle, Events, NewId, OfficeTime, Signed, TaskState, put, require_active
from sop.cycle.opening import open_task
from sop.refusals import Incomplete, NothingThere, NotNow


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
        cycle = put(cycle, closed)
        told.append(
            events.TaskClosedWithout(
                cycle=cycle.id, task=task.id, step=task.step, opd=task.opd, reason=reason, by=by.to_json()
            )
        )
    cycle, more = go_on(cycle, cycle.sop.step(step_key), time=time, ids=ids, now=now)
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
    cycle, told = open_task(
        cycle, cycle.sop.step(step_key), opd, time=time, ids=ids, now=now, reason=reason, returned_by=by
    )
    task = cycle.latest(step_key, opd)
    assert task is not None  # just opened
    # A repair has its own, shorter time: the limit of the whole step counted from now would be too long.
    task = replace(task, target_at=None, due_at=floor_due)
    shown = tuple(
        replace(e, due_at=floor_due, target_at=None) if isinstance(e, events.ClockStarted) else e for e in told
    )
    return put(cycle, task), shown


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
