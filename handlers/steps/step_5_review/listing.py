"""The lists of the review: agencies with their counts, the items of one, an item with its files."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from handlers.evidence_facts import file_line, in_rows, item_facts, item_line, say_file
from handlers.lists import PAGE, Page, page_of, pressed, turning
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop.actions import evidence, review
from sop.actions.reopening import reopenable
from sop.cycle import Cycle, Task, TaskState
from sop.evidence import Item, ItemState
from sop.naming import opd_of
from sop.outgoing import Choice

AGAIN = "u"  # arg: the verdict that stands is to be changed
FILES_AT_ONCE = 10
_CYCLES = 8

Screen = tuple[str, list[list[Choice]], dict[str, Any]]


def leave(turn: Turn) -> Next:
    """Going elsewhere in the review closes its open question."""
    if turn.state.startswith("review."):
        turn.forget_draft()
        return END
    return STAY


def review_command(turn: Turn) -> Next:
    """/periksa"""
    review.require_reviewer(turn.uow, turn.acting)
    cycles = [c for c in turn.uow.cycles.current() if _tasks(c)]
    if not cycles:
        turn.say("review/nothing_yet", [[Choice("tasks.mine")]])
    elif len(cycles) == 1:
        template, rows, facts = opds_screen(turn, cycles[0], "0")
        turn.say(template, rows, **facts)
    else:
        rows = [
            [Choice("review.list", c.id, "0", label_key="review.cycle", label={"cycle": c.name})]
            for c in cycles[:_CYCLES]
        ]
        turn.say("review/which_cycle", rows)
    return leave(turn)


def _tasks(cycle: Cycle) -> tuple[Task, ...]:
    """The newest pass of the collection for each agency."""
    step = evidence.collection_step(cycle)
    found = (cycle.latest(step.key, opd) for opd in cycle.opds) if step else ()
    return tuple(t for t in found if t is not None)


# --- agencies


def show_opds(turn: Turn) -> Next:
    """A page of the agencies; without a page number it comes as a message of its own (from a card)."""
    review.require_reviewer(turn.uow, turn.acting)
    press = pressed(turn)
    template, rows, facts = opds_screen(turn, turn.uow.cycles.get(press.id), press.arg)
    (turn.show if press.arg else turn.say)(template, rows, **facts)
    return leave(turn)


def opds_screen(turn: Turn, cycle: Cycle, wanted: str) -> Screen:
    """Every agency with what waits, what is settled and what is owed; those with something to review come first."""
    by_opd: dict[str, list[Item]] = {}
    for item in turn.uow.evidence.of_cycle(cycle.id):
        by_opd.setdefault(item.opd, []).append(item)
    lines = [_counted(turn, cycle, task, by_opd.get(task.opd or "", [])) for task in _tasks(cycle)]
    lines.sort(key=lambda line: line["waiting"] == 0)
    page: Page[dict[str, Any]] = page_of(lines, wanted)
    buttons = [
        Choice("review.opd", line["task"], "0", label={"opd": line["short"], "waiting": line["waiting"]})
        for line in page.items
    ]
    rows = [*in_rows(buttons), *turning(page, "review.list", cycle.id)]
    owing = [t for t in _tasks(cycle) if t.open]
    if owing:
        rows.append([Choice("review.close", cycle.id, style="danger")])
    facts = {
        "cycle": cycle.name,
        "opds": list(page.items),
        "waiting": sum(line["waiting"] for line in lines),
        "handed_over": sum(1 for t in _tasks(cycle) if t.state is TaskState.DONE),
        "closed": sum(1 for t in _tasks(cycle) if t.state is TaskState.CLOSED),
        **page.facts,
    }
    return "review/opds", rows, facts


def _counted(turn: Turn, cycle: Cycle, task: Task, items: Sequence[Item]) -> dict[str, Any]:
    opd = opd_of(turn.uow, cycle, task.opd)
    waiting = sum(1 for i in items if i.to_review)
    states = Counter(i.state for i in items if not i.to_review)
    return {
        "task": task.id,
        "opd": opd.name,
        "short": opd.short,
        "state": task.state.value,
        "waiting": waiting,
        "empty": states[ItemState.NONE],
        "repair": states[ItemState.REPAIR],
        "accepted": states[ItemState.ACCEPTED] + states[ItemState.DECLARED_ABSENT],
        "rejected": states[ItemState.REJECTED],
        "total": len(items),
    }


# --- the items of one agency


def show_opd(turn: Turn) -> Next:
    """The items of an agency."""
    press = pressed(turn)
    template, rows, facts = opd_screen(turn, press.id, press.arg)
    turn.show(template, rows, **facts)
    return leave(turn)


def opd_screen(turn: Turn, task_id: str, wanted: str, *, just: dict[str, str] | None = None) -> Screen:
    """The items of an agency with their states. *just*: code and state of what has just been judged."""
    review.require_reviewer(turn.uow, turn.acting)
    cycle, task, items = evidence.task_of(turn.uow, turn.acting, task_id)
    page = page_of(items, wanted)
    buttons = [Choice("review.item", i.id, label_key="review.item_row", label=item_line(i)) for i in page.items]
    rows = [*in_rows(buttons), *turning(page, "review.opd", task.id)]
    waiting = sum(1 for i in items if i.to_review)
    if waiting:
        rows.append([Choice("review.rest", task.id, label={"count": waiting})])
    if reopenable(cycle, task):
        rows.append([Choice("review.reopen", task.id)])
    rows.append([Choice("review.list", cycle.id, "0", label_key="review.to_opds")])
    facts = _counted(turn, cycle, task, items) | {
        "cycle": cycle.name,
        "items": [item_line(i) for i in page.items],
        "just": just,
        "page": page.number + 1,
        "pages": page.pages,
    }
    return "review/opd", rows, facts


# --- one item


def show_item(turn: Turn) -> Next:
    """An item with its files and the verdicts."""
    press = pressed(turn)
    template, rows, facts = item_screen(turn, press.id, again=press.arg == AGAIN)
    turn.show(template, rows, **facts)
    return leave(turn)


def item_screen(turn: Turn, item_id: str, *, again: bool = False, just: dict[str, str] | None = None) -> Screen:
    """What was asked, what came, and the verdicts. *just*: code and state of what has just been judged."""
    review.require_reviewer(turn.uow, turn.acting)
    cycle, task, item = evidence.look(turn.uow, turn.acting, item_id)
    files = item.current_files
    judging = item.to_review or again
    facts: dict[str, Any] = item_facts(item) | {
        "opd": opd_of(turn.uow, item.cycle, item.opd).name,
        "cycle": cycle.name,
        "current": [file_line(n, f) for n, f in enumerate(files[:PAGE], 1)],
        "more": max(0, len(files) - PAGE),
        "judging": judging,
        "handed_over": not task.open,
        "just": just,
    }
    return "review/item", _item_rows(task, item, judging, AGAIN if again else ""), facts


def _item_rows(task: Task, item: Item, judging: bool, arg: str) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    if any(f.state == "tersimpan" for f in item.current_files):
        rows.append([Choice("review.files", item.id, style="primary", label={"count": len(item.current_files)})])
    if judging:
        key = "review.ok_absent" if item.explanation else ""
        rows.append([Choice("review.ok", item.id, arg, style="success", label_key=key)])
        rows.append([Choice("review.repair", item.id, arg), Choice("review.reject", item.id, arg, style="danger")])
    elif item.state is not ItemState.NONE:
        rows.append([Choice("review.item", item.id, AGAIN, label_key="review.again")])
    rows.append([Choice("review.opd", task.id, "0", label_key="review.to_items")])
    return rows


def send_files(turn: Turn) -> Next:
    """The stored files of an item, as they were sent."""
    review.require_reviewer(turn.uow, turn.acting)
    _, _, item = evidence.look(turn.uow, turn.acting, pressed(turn).id)
    ready = [f for f in item.current_files if f.state == "tersimpan"]
    for file in ready[:FILES_AT_ONCE]:
        say_file(turn, item, file)
    # The files push the screen up and away: the verdict comes after them, where the eye is.
    template, rows, facts = item_screen(turn, item.id)
    turn.say(template, rows, **facts)
    return leave(turn)
