"""The card of step 8: the check-list of what the document contains."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.registry import CardView
from sop.actions import publishing as actions
from sop.actions.publishing import Contents
from sop.outgoing import Choice
from sop.paperwork_document import WORDS
from sop.paperwork_result import summary
from sop.people import Acting
from sop.ports import UnitOfWork

Row = tuple[Choice, ...]


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """Each step with its papers, there or not; then what can be done."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    settled = stale_or_closed(uow, cycle, task, who, now)
    if settled is not None:
        return settled
    seen = actions.contents(uow, cycle, task)
    params = task_params(uow, cycle, task, now) | facts(seen)
    rows: list[Row] = [] if seen.blocking or seen.under_way else [(Choice("publish.ask", task.id, style="success"),)]
    if seen.found is not None and not seen.under_way:
        rows.append((Choice("publish.preview", task.id), Choice("publish.words", task.id)))
    back = (Choice("step.return", task.id, style="danger"),) if "return" in cycle.step_of(task).acts else ()
    rows.append((*back, Choice("step.why", task.id)))
    return CardView("card/publish", params, tuple(rows))


def facts(seen: Contents) -> dict[str, Any]:
    """The check-list in words, and the result (None while values are missing)."""
    kinds = seen.cycle.sop.papers
    return {
        "checks": [
            {
                "number": check.step.number,
                "step": check.step.title,
                "count": check.count,
                "missing": [kinds[k].title for k in check.missing],
            }
            for check in seen.checks
        ],
        "result": summary(seen.found) if seen.found else None,
        "blocking": [kinds[k].title if k in kinds else k for k in seen.blocking if k != "rapat"],
        "without_meeting": "rapat" in seen.blocking,
        "under_way": seen.under_way,
        "lacking": [kinds[k].title for k in seen.missing],
        "written": sum(1 for part in WORDS if seen.words.get(part)),
    }
