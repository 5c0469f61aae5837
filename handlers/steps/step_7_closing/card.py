"""The cards of step 7: the team's check-list, and the superior's card with one tap."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.registry import CardView
from sop.actions import closing as actions
from sop.actions.closing import Closing
from sop.actions.statement_papers import STATEMENT
from sop.cycle import Cycle, Standing, Task
from sop.letters import LetterState
from sop.outgoing import Choice
from sop.paperwork_result import summary
from sop.people import Acting
from sop.ports import UnitOfWork

TEAM, SUPERIOR = frozenset({"tim_diskominfo"}), frozenset({"kabid"})
Row = tuple[Choice, ...]


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """The superior's card while (or when only) they have a say in it, else the team's."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    settled = stale_or_closed(uow, cycle, task, who, now)
    if settled is not None:
        return settled
    step, found = cycle.step_of(task), actions.look(uow, cycle, task)
    params = task_params(uow, cycle, task, now) | facts(found)
    waits = task.reported_at is not None and task.acknowledged_at is None
    superior = bool(step.acknowledged_by and who.capacity(step.acknowledged_by))
    if superior and (waits or not who.capacity(step.actor)):
        return CardView("card/acknowledge", params, _superior_choices(task))
    return CardView("card/closing", params, _team_choices(cycle, found))


def facts(found: Closing) -> dict[str, Any]:
    """What the cards and answers of this step say; the result is None while values are missing."""
    cycle, task, letter = found.cycle, found.task, found.statement
    superior = cycle.step_of(task).acknowledged_by
    return {
        "total": found.total,
        "filled": found.total - len(found.missing),
        "missing": list(found.missing[:6]),
        "more": max(0, len(found.missing) - 6),
        "result": summary(found.found) if found.found else None,
        "superior": cycle.sop.role_name(superior) if superior else "",
        "reported_at": task.reported_at,
        "reported_by": task.reported_by.title if task.reported_by else "",
        "acknowledged_at": task.acknowledged_at,
        "acknowledged_by": task.acknowledged_by.title if task.acknowledged_by else "",
        "statement": cycle.sop.papers[STATEMENT].title,
        "state": letter.state.value if letter else "",
        "letter_number": letter.number if letter else "",
        "dated": letter.dated if letter else None,
        "away_since": task.standing_since if task.standing is Standing.SIGNATURE else None,
        "arriving": found.arriving,
    }


def _superior_choices(task: Task) -> tuple[Row, ...]:
    back = Choice("step.return", task.id, style="danger")
    if task.acknowledged_at is not None:
        return ((back,),)  # the Sekda may still want a change, and may say so to the superior
    return ((Choice("closing.ack", task.id, style="success"),), (back, Choice("step.why", task.id)))


def _team_choices(cycle: Cycle, found: Closing) -> tuple[Row, ...]:
    """The next act first; then looking, then the way back."""
    task = found.task
    rows = _next_rows(found)
    last: Row = (Choice("step.why", task.id),)
    if "return" in cycle.step_of(task).acts:
        last = (_return(found), *last)
    return (*rows, last)


def _return(found: Closing) -> Choice:
    """The way back; while the paper is with the Sekda it is the Sekda who gives it back."""
    key = "closing.sekda_returns" if found.task.standing is Standing.SIGNATURE else ""
    return Choice("step.return", found.task.id, style="danger", label_key=key)


def _next_rows(found: Closing) -> tuple[Row, ...]:
    task = found.task
    if task.reported_at is None:
        form = Choice("form.open", task.id, style="success" if found.missing else "")
        report = Choice("closing.report", task.id, style="success", label={"to": _superior_name(found)})
        return ((form,),) if found.missing else ((report,), (form,))
    if task.acknowledged_at is None:
        return ((Choice("form.open", task.id, label_key="closing.look_form"),), *_memo_rows(found))
    return (*statement_rows(found), *_memo_rows(found))


def _memo_rows(found: Closing) -> tuple[Row, ...]:
    """The nota dinas may get its number at any time after the report; nothing waits for it."""
    memo = found.memo
    if memo is None:
        return ()
    if memo.state is LetterState.DRAFT:
        return ((Choice("letters.number", found.task.id, memo.id, label_key="closing.number_memo"),),)
    return ((Choice("letters.look", found.task.id, memo.id, label_key="closing.look_memo"),),)


def _superior_name(found: Closing) -> str:
    role = found.cycle.step_of(found.task).acknowledged_by
    actor = found.cycle.sop.actors.get(role)
    return (actor.short or actor.name) if actor else role


def statement_rows(found: Closing) -> tuple[Row, ...]:
    """What can be done with the Berita Acara now."""
    task, letter = found.task, found.statement
    if letter is None:
        return ()
    if letter.state is LetterState.DRAFT:
        number = Choice("letters.number", task.id, letter.id, style="success", label_key="closing.number")
        return ((number,), (Choice("closing.draft", task.id),))
    look = Choice("letters.look", task.id, letter.id, label_key="closing.look")
    if letter.state is LetterState.SIGNED:
        return ((Choice("closing.finish", task.id, style="success"),), (look,))
    upload = Choice("letters.upload", task.id, letter.id, style="success", label_key="letters.upload_signed")
    if task.standing is Standing.SIGNATURE:
        return ((upload,), (look,))
    return ((Choice("closing.to_sekda", task.id, style="success"),), (upload,), (look,))
