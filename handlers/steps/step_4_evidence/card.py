"""The task card of step 4: what is asked, how much of it is there, by when."""

from datetime import datetime

from handlers.cards import task_params
from handlers.evidence_facts import item_line
from handlers.registry import CardView
from sop.evidence import filled, still_open
from sop.outgoing import Choice
from sop.people import Acting
from sop.ports import UnitOfWork

SHOWN = 8  # items on the card; the rest is in the list


def build(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """Items with their states; when not all fit, those that need something come first."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    items = uow.evidence.of_opd(cycle.id, task.opd or "")
    owed = still_open(items)
    shown = items if len(items) <= SHOWN else (*owed, *(i for i in items if i not in owed))[:SHOWN]
    params = task_params(uow, cycle, task, now) | {
        "items": [item_line(i) for i in shown],
        "more": len(items) - len(shown),
        "filled": filled(items),
        "total": len(items),
    }
    upload = Choice("evidence.upload", task.id, style="success" if owed else "")
    hand_over = Choice("evidence.hand_over", task.id, style="" if owed else "success")
    rest = (Choice("evidence.list", task.id), Choice("evidence.ask_team", task.id))
    rows = ((upload,), rest, (hand_over,)) if owed else ((hand_over,), (upload, *rest[:1]), rest[1:])
    return CardView("card/evidence", params, (*rows, (Choice("step.why", task.id),)))
