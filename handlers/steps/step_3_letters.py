"""Step 3, the letters: the Sekretariat's card, and the sending to the OPDs."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.letter_copies import letter_facts, next_act, to_card
from handlers.lists import pressed
from handlers.registry import STAY, ButtonAction, CardView, Dialogue, Next
from handlers.turn import Turn
from sop.actions import letter_sending, letters
from sop.actions.disposition_sheet import Sheet, sheet_of
from sop.actions.letter_sending import Outlook
from sop.actions.letters import LetterView
from sop.cycle import Cycle, Task
from sop.letters import LetterState
from sop.naming import opd_of
from sop.outgoing import Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork

ROLE = frozenset({"sekretariat"})
NAMED = 6  # OPDs named in a message; of the others the number


# --- the card ---


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """The letters with their state, what is still missing, and what can be done now."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    views = [
        letters.view_of(uow, cycle, task_id, letter)
        for letter in uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds)
    ]
    sheet = sheet_of(uow, cycle)
    params = task_params(uow, cycle, task, now) | {
        "opds": len(cycle.opds),
        "letters": [letter_facts(v) for v in views],
        "ready": _all_signed(views),
        "disposition": _disposition(sheet) if sheet else None,
    }
    return CardView("card/letters", params, _card_choices(cycle, task, views, sheet))


def _disposition(sheet: Sheet) -> dict[str, Any]:
    says = sheet.says
    return {"urgency": says.urgency, "security": says.security, "agenda_number": says.agenda_number or ""}


def _all_signed(views: list[LetterView]) -> bool:
    return bool(views) and all(v.letter.state is LetterState.SIGNED for v in views)


def _card_choices(cycle: Cycle, task: Task, views: list[LetterView], sheet: Sheet | None) -> Rows:
    """The next act of each letter first; the sending when all are signed; then looking, then the way back."""
    rows: list[tuple[Choice, ...]] = []
    if _all_signed(views):
        rows.append((Choice("letters.send", task.id, style="success"),))
    rows += [(next_act(task.id, v),) for v in views if v.letter.state is not LetterState.SIGNED]
    rows += [(Choice("letters.look", task.id, v.letter.id, label={"title": v.title}),) for v in views]
    if sheet:
        rows.append((Choice("agenda.ask", task.id, label={"again": bool(sheet.says.agenda_number)}),))
    back = (Choice("step.return", task.id, style="danger"),) if "return" in cycle.step_of(task).acts else ()
    rows.append((*back, Choice("step.why", task.id)))
    return tuple(rows)


# --- sending ---


def ask_send(turn: Turn) -> Next:
    """Say what the sending will do, and ask once more: it cannot be taken back."""
    task_id = pressed(turn).id
    ahead = turn.act(letter_sending.outlook, task_id)
    rows = [
        [Choice("letters.send_yes", task_id, style="success", label={"opds": len(ahead.cycle.opds)})],
        [Choice("letters.send_no", task_id)],
    ]
    turn.say("letters/ask_send", rows, **_outlook(turn, ahead))
    return STAY


def send(turn: Turn) -> Next:
    """Send the letters to every OPD."""
    done = turn.act(letter_sending.send_letters, pressed(turn).id)
    rows = [[Choice("letters.list", done.cycle.id, "bawah", style="primary")], [Choice("letters.print", done.cycle.id)]]
    turn.show("letters/sent", rows, **_outlook(turn, done))
    return STAY


def not_yet(turn: Turn) -> Next:
    """Not now: everything stays as it is."""
    turn.show("letters/not_sent", [list(to_card(pressed(turn).id))])
    return STAY


def _outlook(turn: Turn, ahead: Outlook) -> dict[str, Any]:
    by_hand = [opd_of(turn.uow, ahead.cycle, opd).name for opd in ahead.by_hand]
    return {
        "cycle": ahead.cycle.name,
        "opds": len(ahead.cycle.opds),
        "by_bot": len(ahead.by_bot),
        "by_hand": len(by_hand),
        "by_hand_names": by_hand[:NAMED],
        "target_at": ahead.deadlines.target_at,
        "due_at": ahead.deadlines.due_at,
        "printed_at": ahead.deadlines.printed if ahead.deadlines.later else None,
    }


DIALOGUE = Dialogue(
    "letters",
    buttons=(
        ButtonAction("letters.send", ask_send, ROLE),
        ButtonAction("letters.send_yes", send, ROLE),
        ButtonAction("letters.send_no", not_yet, ROLE),
    ),
    card=card,
)
