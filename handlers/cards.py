"""The task card: from the state of a task to template, parameters and buttons. One living card per task and person."""

from datetime import datetime
from typing import Any

from handlers.registry import CardView
from sop.cycle import Cycle, Signed, Task, TaskState, planned
from sop.naming import opd_of
from sop.overview import left_of
from sop.people import Acting
from sop.ports import UnitOfWork


def task_params(uow: UnitOfWork, cycle: Cycle, task: Task, now: datetime) -> dict[str, Any]:
    """What every card and step message says of a task: where we are, whose, by when (macros in `_macros.html`).

    A clock that starts when the card is delivered (SOP step 2) has no tenggat yet: the card shows the one it gets now.
    """
    step = cycle.step_of(task)
    target, due = task.target_at, task.due_at
    if task.open and due is None:
        target, due = planned(step, now, time=uow.time)
    left = left_of(uow.time, task, due, now)
    return {
        "number": step.number,
        "steps": len(cycle.sop.steps),
        "step": step.title,
        "activity": step.activity,
        "cycle": cycle.name,
        "opd": opd_of(uow, cycle, task.opd).name,
        "pass_no": task.pass_no,
        "target_at": target,
        "due_at": due,
        "late": bool(left and left.late),
        "days": left.working_days if left else 0,
        "minutes": left.minutes if left else 0,
        "paused": task.paused_at is not None,
        "cycle_state": cycle.state.value,
        "cycle_reason": cycle.state_reason,
        "question": task.question.text if task.question else "",
        "came_back": task.came_back,
        "came_back_from": task.came_back_from.decided_by if task.came_back_from else "",
        "came_back_recorded_by": recorder(task.came_back_from),
        "returnable": "return" in step.acts,
    }


def recorder(by: Signed | None) -> str:
    """Who wrote a decision down that was somebody else's; empty where it was their own."""
    return by.title if by and by.conveys else ""


def stale_or_closed(uow: UnitOfWork, cycle: Cycle, task: Task, who: Acting, now: datetime) -> CardView | None:
    """The card of a task that this person can no longer act on, or None while they can.

    After a decision: what came of it, who, when, what next. After a change of roles: whose it is now.
    """
    params = task_params(uow, cycle, task, now)
    if not task.open:
        nexts = [t for t in cycle.open_tasks() if t.step != task.step]
        following = cycle.step_of(nexts[0]) if nexts else None
        params |= {
            "outcome": task.state.value,
            "by": task.decided_by.decided_by if task.decided_by else "",
            "recorded_by": recorder(task.decided_by),
            "by_name": task.decided_by.name if task.decided_by else "",
            "at": task.decided_at,
            "disposed": cycle.step_of(task).dialogue == "dispose",
            "note": task.note,
            "output": cycle.step_of(task).output,
            "next_step": following.title if following and task.state is TaskState.DONE else "",
            "next_actor": cycle.sop.role_name(following.actor) if following else "",
        }
        return CardView("card/decided", params, open=False)
    if not any(who.capacity(role, task.opd) for role in cycle.readers(task)):
        params["role"] = cycle.sop.role_name(cycle.awaits(task))
        return CardView("card/not_yours", params, open=False)
    if cycle.state.value != "berjalan":
        return CardView("card/halted", params, open=True)
    return None
