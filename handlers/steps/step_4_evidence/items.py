"""What is asked of this OPD: the list, and one item on a screen of its own."""

from typing import Any

from handlers.cards import task_params
from handlers.evidence_facts import file_line, in_rows, item_facts, item_line
from handlers.lists import PAGE, page_of, pressed, turning
from handlers.registry import Next
from handlers.steps.step_4_evidence.common import leave, the_task
from handlers.turn import Turn
from sop.actions import evidence
from sop.cycle import Task
from sop.evidence import Item, filled, still_open
from sop.naming import opd_of
from sop.outgoing import Choice

IN_PLACE = "l"  # arg of evidence.item from a screen that it may take the place of


def upload_command(turn: Turn) -> Next:
    """/unggah"""
    found = the_task(turn, "evidence.list")
    if found is None:
        return leave(turn)
    return _say_list(turn, found[1].id)


def upload(turn: Turn) -> Next:
    """The usual act from the card: straight to the item when one is left, else the list."""
    _, task, items = evidence.task_of(turn.uow, turn.acting, pressed(turn).id)
    owed = still_open(items)
    if len(owed) == 1:
        return say_item(turn, owed[0].id)
    return _say_list(turn, task.id)


def show_list(turn: Turn) -> Next:
    """A page of the list; without a page number it comes as a message of its own (from a card, from a receipt)."""
    press = pressed(turn)
    if not press.arg:
        return _say_list(turn, press.id)
    template, rows, facts = list_screen(turn, press.id, press.arg)
    turn.show(template, rows, **facts)
    return leave(turn)


def _say_list(turn: Turn, task_id: str) -> Next:
    template, rows, facts = list_screen(turn, task_id, "0")
    turn.say(template, rows, **facts)
    return leave(turn)


def list_screen(turn: Turn, task_id: str, wanted: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    """The list: what is asked, in which state, and a button for each."""
    cycle, task, items = evidence.task_of(turn.uow, turn.acting, task_id)
    page = page_of(items, wanted)
    buttons = [
        Choice("evidence.item", i.id, IN_PLACE, label_key="evidence.item_row", label=item_line(i)) for i in page.items
    ]
    rows = [*in_rows(buttons), *turning(page, "evidence.list", task.id)]
    writable = evidence.open_now(cycle, task)
    if writable:
        style = "" if still_open(items) else "success"
        rows.append([Choice("evidence.hand_over", task.id, style=style)])
    facts: dict[str, Any] = task_params(turn.uow, cycle, task, turn.now) | {
        "items": [item_line(i) for i in page.items],
        "filled": filled(items),
        "total": len(items),
        "page": page.number + 1,
        "pages": page.pages,
        "writable": writable,
        "task_state": task.state.value,
    }
    return "evidence/list", rows, facts


def show_item(turn: Turn) -> Next:
    """One item: in the place of the list it was chosen from, or as a message of its own."""
    press = pressed(turn)
    if press.arg != IN_PLACE:
        return say_item(turn, press.id)
    template, rows, facts = item_screen(turn, press.id)
    turn.show(template, rows, **facts)
    return leave(turn)


def say_item(turn: Turn, item_id: str) -> Next:
    """One item as a message of its own."""
    template, rows, facts = item_screen(turn, item_id)
    turn.say(template, rows, **facts)
    return leave(turn)


def item_screen(turn: Turn, item_id: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    """What is asked, what is there, what is wrong with it, and what can be done."""
    cycle, task, item = evidence.look(turn.uow, turn.acting, item_id)
    writable = evidence.open_now(cycle, task) and item.changeable
    files = item.current_files
    facts: dict[str, Any] = item_facts(item) | {
        "opd": opd_of(turn.uow, cycle, item.opd).name,
        "cycle": cycle.name,
        "current": [file_line(n, f) for n, f in enumerate(files[:PAGE], 1)],
        "more": max(0, len(files) - PAGE),
        "writable": writable,
        "handed_over": not task.open,
    }
    return "evidence/item", _item_rows(task, item, writable), facts


def _item_rows(task: Task, item: Item, writable: bool) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    if writable:
        rows.append([Choice("evidence.send", item.id, style="success")])
    shown = item.current_files[:PAGE]
    rows += in_rows([Choice("evidence.file", f.id, label={"n": n}) for n, f in enumerate(shown, 1)])
    if writable:
        rows.append([Choice("evidence.link", item.id), Choice("evidence.absent", item.id)])
        rows.append([Choice("evidence.ask_team", task.id, item.id)])
    if len(item.files) > len(shown):
        rows.append([Choice("evidence.history", item.id)])
    rows.append([Choice("evidence.list", task.id, "0", label_key="evidence.back")])
    return rows


def after_change(turn: Turn, item_id: str) -> Next:
    """The item again, in place, after something about it has changed."""
    template, rows, facts = item_screen(turn, item_id)
    turn.show(template, rows, **facts)
    return leave(turn)
