"""Step 3 after the sending: an OPD taps Diterima; the Sekretariat sees who has not, sends again, records by hand."""

from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import expedition as actions
from sop.actions.expedition import Expedition, Line
from sop.actions.replacing import can_replace, coming
from sop.cycle import Cycle, CycleState, Task
from sop.delivery import sent_letters
from sop.letters import Delivery
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice, Rows
from sop.refusals import AlreadyDecided

ROLE = frozenset({"sekretariat"})
_BELOW = "bawah"  # extra of a button whose message stays as it is: it is the record of an act


# --- /surat ---


def letters(turn: Turn) -> Next:
    """What there is to do with letters: the cards of open tasks, else the expedition lists."""
    turn.acting.any_of(turn.office.sop.may("record_delivery"))
    cycles = turn.uow.cycles.current()
    tasks = [t for c in cycles for t in c.open_tasks() if _is_mine(turn, c, t)]
    for task in tasks:
        turn.uow.outbox.refresh_card(task.id, [turn.acting.id], loud=True)
    sent = [c for c in turn.uow.cycles.all() if _sent(turn, c)]
    current = [c for c in sent if c in cycles] or sent[:1]
    for cycle in () if tasks else current:
        found = turn.act(actions.expedition, cycle.id)
        turn.say("letters/expedition", _expedition_choices(turn, found), **_expedition(turn, found))
    if not tasks and not current:
        turn.say("letters/none", waiting=[_waiting(c) for c in cycles[:3]])
    return STAY


def _is_mine(turn: Turn, cycle: Cycle, task: Task) -> bool:
    step = cycle.step_of(task)
    return step.dialogue == "letters" and turn.acting.capacity(step.actor, task.opd) is not None


def _sent(turn: Turn, cycle: Cycle) -> bool:
    return cycle.state is not CycleState.CANCELLED and bool(turn.uow.letters.deliveries(cycle.id))


def _waiting(cycle: Cycle) -> dict[str, Any]:
    task = next(iter(cycle.open_tasks()), None)
    step = cycle.step_of(task) if task else None
    return {
        "cycle": cycle.name,
        "number": step.number if step else 0,
        "step": step.title if step else "",
        "actor": cycle.sop.role_name(step.actor) if step else "",
    }


# --- the expedition list ---


def show_list(turn: Turn) -> Next:
    """How many have received, and what can be done for the others."""
    found = turn.act(actions.expedition, pressed(turn).id)
    answer = turn.say if pressed(turn).arg == _BELOW else turn.show
    answer("letters/expedition", _expedition_choices(turn, found), **_expedition(turn, found))
    return STAY


def _expedition(turn: Turn, found: Expedition) -> dict[str, Any]:
    by_hand = [d for d in found.pending if d.channel == "manual"]
    return {
        "cycle": found.cycle.name,
        "numbers": [letter.number for letter in found.letters],
        "total": len(found.deliveries),
        "received": len(found.deliveries) - len(found.pending),
        "by_bot": len(found.pending) - len(by_hand),
        "by_hand": len(by_hand),
        "sent_at": min(d.sent_at for d in found.deliveries),
        "coming": len(coming(turn.uow, found.cycle)),
        "now": turn.now,
    }


def _expedition_choices(turn: Turn, found: Expedition) -> Rows:
    cycle_id, waiting = found.cycle.id, len(found.pending)
    rows: list[tuple[Choice, ...]] = []
    if waiting:
        rows.append((Choice("letters.pending", cycle_id, "0", style="primary", label={"count": waiting}),))
    rows.append((Choice("letters.print", cycle_id),))
    if can_replace(turn.uow, turn.acting, found.cycle):
        rows.append((Choice("replace.sent", cycle_id),))
    return tuple(rows)


def show_pending(turn: Turn) -> Next:
    """The OPDs that have not received, a page at a time."""
    cycle_id = pressed(turn).id
    found = turn.act(actions.expedition, cycle_id)
    page = page_of(found.pending, pressed(turn).arg)
    rows = [[_opd_choice(turn, found.cycle, d)] for d in page.items]
    rows += [*turning(page, "letters.pending", cycle_id), [Choice("letters.list", cycle_id)]]
    turn.show("letters/pending", rows, cycle=found.cycle.name, now=turn.now, **page.facts)
    return STAY


def _opd_choice(turn: Turn, cycle: Cycle, delivery: Delivery) -> Choice:
    label = {"opd": opd_of(turn.uow, cycle, delivery.opd).short, "by_hand": delivery.channel == "manual"}
    return Choice("letters.opd", delivery.id, label=label)


def show_opd(turn: Turn) -> Next:
    """One line of the list, with what can be done for this OPD."""
    found = turn.act(actions.line, pressed(turn).id)
    turn.show("letters/opd", _line_choices(found), **_line(turn, found))
    return STAY


def _line(turn: Turn, found: Line) -> dict[str, Any]:
    delivery = found.delivery
    return {
        "cycle": found.cycle.name,
        "opd": opd_of(turn.uow, delivery.cycle, delivery.opd).name,
        "channel": delivery.channel,
        "sent_at": delivery.delivered_at or delivery.sent_at,
        "received_at": delivery.received_at,
        "received_by": delivery.received_by,
        "recorded_by": delivery.recorded_by,
        "people": len(found.people),
    }


def _line_choices(found: Line) -> Rows:
    delivery = found.delivery
    rows: list[tuple[Choice, ...]] = []
    if delivery.received_at is None:
        by_hand = Choice("letters.by_hand", delivery.id, style="success" if not found.people else "")
        again = Choice("letters.again", delivery.id, style="success")
        rows += [(again,), (by_hand,)] if found.people else [(by_hand,)]
    rows.append((Choice("letters.pending", found.cycle.id, "0", label_key="letters.back_to_pending"),))
    return tuple(rows)


def send_again(turn: Turn) -> Next:
    """Send the letters once more to this OPD."""
    found = turn.act(actions.send_once_more, pressed(turn).id)
    turn.show("letters/sent_again", _line_choices(found), at=turn.now, **_line(turn, found))
    return STAY


def print_list(turn: Turn) -> Next:
    """The expedition list as PDF."""
    cycle_id = pressed(turn).id
    paper = turn.act(actions.ask_expedition, cycle_id)
    cycle = turn.uow.cycles.get(cycle_id)
    turn.say("letters/expedition_paper", attachment=Attachment(paper=paper), cycle=cycle.name, at=turn.now)
    return STAY


# --- by hand ---


def ask_receiver(turn: Turn) -> Next:
    """Who has taken the printed letters?"""
    found = turn.act(actions.line, pressed(turn).id)
    if found.delivery.received_at:
        raise AlreadyDecided(by=found.delivery.received_by, at=found.delivery.received_at, outcome="diterima")
    turn.begin(found.delivery.id)
    turn.say("letters/ask_receiver", opd=opd_of(turn.uow, found.cycle, found.delivery.opd).name)
    return "letters.receiver"


def take_receiver(turn: Turn) -> Next:
    """The name: the delivery is recorded."""
    delivery = turn.act(actions.record_by_hand, turn.subject, turn.text)
    found = turn.act(actions.expedition, delivery.cycle)
    turn.say(
        "letters/recorded_by_hand",
        _expedition_choices(turn, found),
        opd=opd_of(turn.uow, delivery.cycle, delivery.opd).name,
        received_by=delivery.received_by,
        at=turn.now,
        total=len(found.deliveries),
        received=len(found.deliveries) - len(found.pending),
    )
    return END


# --- Diterima ---


def received(turn: Turn) -> Next:
    """A focal point confirms: the question becomes its answer."""
    delivery = turn.act(actions.confirm_received, pressed(turn).id, replacement=pressed(turn).arg)
    cycle = turn.uow.cycles.get(delivery.cycle)
    numbers = [letter.number for letter in sent_letters(turn.uow, cycle)]
    turn.show(
        "letters/received",
        cycle=cycle.name,
        opd=opd_of(turn.uow, delivery.cycle, delivery.opd).name,
        numbers=numbers,
        received_by=delivery.received_by,
        at=delivery.received_at,
    )
    return STAY


DIALOGUE = Dialogue(
    "letters_delivery",
    commands=(Command("surat", letters, ROLE),),
    buttons=(
        ButtonAction("letters.list", show_list, ROLE),
        ButtonAction("letters.pending", show_pending, ROLE),
        ButtonAction("letters.opd", show_opd, ROLE),
        ButtonAction("letters.again", send_again, ROLE),
        ButtonAction("letters.by_hand", ask_receiver, ROLE),
        ButtonAction("letters.print", print_list, ROLE),
        ButtonAction("letters.received", received, frozenset({"opd"})),
    ),
    states=(State("letters.receiver", on_text=take_receiver),),
)
