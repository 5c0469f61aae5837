"""*Buka kembali*: an agency gets its collection back after it has handed over or was closed (SOP, return 6 → 5)."""

from datetime import datetime

from sop import cycle as rules
from sop import events
from sop.actions.cycles import by_permission, change
from sop.actions.evidence import step_of, task_of
from sop.cycle import Cycle, Events, Signed, Task
from sop.definition import Duration
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import NotNow

REOPEN = "close_collection"  # who may close may open again


def reopenable(cycle: Cycle, task: Task) -> bool:
    """Whether the collection of this agency could be opened again now, by somebody who may."""
    try:
        _require(cycle, task)
    except NotNow:
        return False
    return True


def _require(cycle: Cycle, task: Task) -> None:
    rules.require_reviewable(cycle, step_of(cycle).key)
    latest = cycle.latest(task.step, task.opd)
    if latest is None or latest.open:
        raise NotNow(state="masih_terbuka")


def to_reopen(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> tuple[Cycle, Task, Signed, datetime]:
    """Before a reason is typed: the task, the record of *who*, and the tenggat that the agency would get.

    Raises:
        NotYours: no permission. NothingThere: no such task. NotNow: the cycle does not run, the material is with the
            city team, or the collection of this agency is open.
    """
    by = by_permission(uow, who, REOPEN)
    cycle, task, _ = task_of(uow, who, task_id)
    _require(cycle, task)
    return cycle, task, by, uow.time.due(now, Duration(working_days=uow.office.office.repair_working_days))


def reopen_collection(uow: UnitOfWork, who: Acting, task_id: str, reason: str, *, now: datetime) -> Cycle:
    """Open the collection of one agency again, with a reason that it reads on its card; the others are untouched.

    Raises:
        NotYours, NothingThere, NotNow: see `to_reopen`. BadInput: no reason, or too long.
    """
    cycle, task, by, due_at = to_reopen(uow, who, task_id, now=now)
    rules.require_text(reason, "reason")
    words, opd = reason.strip(), task.opd or ""

    def decide(c: Cycle) -> tuple[Cycle, Events]:
        after, told = rules.reopen_for_repair(
            c, task.step, opd, words, by, due_at, time=uow.time, ids=uow.new_id, now=now
        )
        return after, (events.CollectionReopened(cycle=c.id, opd=opd, reason=words), *told)

    return change(uow, cycle, by, now, decide)
