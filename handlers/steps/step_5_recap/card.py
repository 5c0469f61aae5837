"""The task card of step 5: the recap in numbers, what is still in the way, by when."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.registry import CardView
from handlers.steps.step_5_recap.facts import NOTE, numbers
from sop.actions import recap as actions
from sop.cycle import Cycle, Task
from sop.outgoing import Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.recap import Recap


def build(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """How many agencies and items stand where; what comes first depends on what is left to do."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    settled = stale_or_closed(uow, cycle, task, who, now)
    if settled is not None:
        return settled
    found = actions.recap_of(uow, cycle)
    typed = str(uow.dialogues.draft(who.person.telegram_id, task_id).values.get(NOTE, ""))
    counted = numbers(uow.definition_of(cycle), found)
    params: dict[str, Any] = task_params(uow, cycle, task, now) | counted | {"typed": typed}
    return CardView("card/recap", params, _choices(cycle, task, found))


def _choices(cycle: Cycle, task: Task, found: Recap) -> Rows:
    """The usual act first: the review while something waits for it, then the hand-over."""
    first = "review" if found.total.unjudged or found.owing else "hand_over"
    review = Choice("review.list", cycle.id, label_key="recap.review", style="success" if first == "review" else "")
    hand_over = Choice("recap.hand_over", task.id, style="success" if first == "hand_over" else "")
    show = Choice("recap.show", cycle.id)
    note = (Choice("recap.note", task.id), Choice("step.why", task.id))
    if first == "review":
        return ((review, show), (hand_over,), note)
    return ((hand_over,), (review, show), note)
