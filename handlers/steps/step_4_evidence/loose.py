"""Files sent without choosing an item first: recognised by their code, or kept while their sender is asked."""

from dataclasses import replace
from typing import Any

from handlers.evidence_facts import in_rows, item_line
from handlers.lists import page_of, pressed, turning
from handlers.registry import STAY, Next
from handlers.steps.step_4_evidence.common import CHOICES
from handlers.steps.step_4_evidence.sending import being_stored, refuse_size, sent_file
from handlers.turn import Turn
from sop.actions import evidence, loose_files
from sop.cycle import Task
from sop.evidence import Item, still_open
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.ports import Incoming
from sop.refusals import NothingThere

SUGGESTED = 3  # items offered at once


def take_loose_upload(turn: Turn) -> Next:
    """A file that answers no question of ours, from somebody who speaks for an agency."""
    upload = turn.upload
    if upload is None:
        return STAY
    if not loose_files.open_tasks(turn.uow, turn.acting):
        turn.say("evidence/nothing_open", [[Choice("tasks.mine")]], filename=upload.filename)
        return STAY
    if refuse_size(turn, upload):
        return STAY
    taken = turn.act(loose_files.take, sent_file(turn, upload))
    if taken.item is not None:
        choice = Choice("evidence.item", taken.item.id, label={"code": taken.item.code})
        being_stored(turn, upload, taken.item, [[choice]])
    elif taken.pending is not None:
        _ask_about(turn, taken.pending)
    return STAY


def _ask_about(turn: Turn, held: Incoming) -> None:
    """Ask where it belongs. The files of an album are asked for one after another: its first asks for all."""
    waiting = loose_files.pending(turn.uow, turn.acting)
    album = [i for i in waiting if i.album and i.album == held.album] or [held]
    template, rows, facts = _question(turn, album[0], album=len(album))
    turn.say(template, rows, key=f"where:{held.album}:{turn.user_id}" if held.album else "", **facts)


def ask_next(turn: Turn) -> Next:
    """The next file that still belongs nowhere."""
    _next(turn)
    return STAY


def _next(turn: Turn, placed: Item | None = None) -> None:
    """In the place of the question just answered: the next one, or that nothing is left. *placed*: the last answer."""
    waiting = loose_files.pending(turn.uow, turn.acting)
    if not waiting:
        facts = {"code": placed.code if placed else "", "title": placed.title if placed else ""}
        rows = [[Choice("evidence.item", placed.id, label={"code": placed.code})]] if placed else []
        turn.show("evidence/all_placed", [*rows, [Choice("tasks.mine")]], **facts)
        return
    album = [i for i in waiting if i.album and i.album == waiting[0].album]
    template, rows_, facts_ = _question(turn, waiting[0], album=len(album) or 1, placed=placed)
    turn.show(template, rows_, **facts_)


def _question(
    turn: Turn, held: Incoming, *, album: int = 1, placed: Item | None = None
) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    tasks = loose_files.open_tasks(turn.uow, turn.acting)
    drop = [Choice("evidence.drop", held.id, style="danger")]
    facts: dict[str, Any] = {
        "filename": held.filename,
        "size": held.size,
        "album": album,
        "waiting": len(loose_files.pending(turn.uow, turn.acting)),
        "placed": placed.code if placed else "",
        "photo": held.filename.startswith("photo-"),
        "opds": len(tasks),
    }
    if len(tasks) > 1:
        rows = [
            [
                Choice(
                    "evidence.assign_opd",
                    held.id,
                    task.id,
                    label_key="evidence.choose_opd",
                    label={"opd": opd_of(turn.uow, cycle, task.opd).short, "cycle": cycle.name},
                )
            ]
            for cycle, task in tasks[:CHOICES]
        ]
        return "evidence/which_item", [*rows, drop], facts
    rows = _suggestions(turn, held, [t for _, t in tasks])
    if placed is not None:
        label = {"code": placed.code, "count": album}
        rows.insert(0, [Choice("evidence.assign_rest", held.id, placed.id, style="success", label=label)])
    return "evidence/which_item", [*rows, drop], facts


def _suggestions(turn: Turn, held: Incoming, tasks: list[Task]) -> list[list[Choice]]:
    """The items that still need something, else the first ones; and the way to all others."""
    items = [i for t in tasks for i in _changeable(turn, t)]
    first = (still_open(tuple(items)) or tuple(items))[:SUGGESTED]
    rows = [[Choice("evidence.assign", held.id, i.id, label=item_line(i))] for i in first]
    if len(items) > len(first) and tasks:
        rows.append([Choice("evidence.assign_list", held.id, f"{tasks[0].id}.0")])
    return rows


def _changeable(turn: Turn, task: Task) -> list[Item]:
    cycle = turn.uow.cycles.of_task(task.id)
    return [i for i in turn.uow.evidence.of_opd(cycle.id, task.opd or "") if i.changeable]


def choose_opd(turn: Turn) -> Next:
    """Of several agencies this one: now the item."""
    press = pressed(turn)
    return _list(turn, press.id, press.arg, "0")


def choose_item(turn: Turn) -> Next:
    """*Butir lain*: a page of everything that can take a file."""
    press = pressed(turn)
    task_id, _, page = press.arg.partition(".")
    return _list(turn, press.id, task_id, page)


def _list(turn: Turn, incoming_id: str, task_id: str, wanted: str) -> Next:
    held, item = loose_files.placed(turn.uow, turn.acting, incoming_id)
    if item is not None:
        return _already(turn, held, item)
    cycle, task, _ = evidence.task_of(turn.uow, turn.acting, task_id)
    if not evidence.open_now(cycle, task):
        raise NothingThere(what="tugas")
    page = page_of(_changeable(turn, task), wanted)
    buttons = [
        Choice("evidence.assign", held.id, i.id, label_key="evidence.assign_row", label=item_line(i))
        for i in page.items
    ]
    # The buttons of `turning` know the number only; here they carry the task too.
    pages = [
        [replace(c, arg=f"{task_id}.{c.arg}") for c in row] for row in turning(page, "evidence.assign_list", held.id)
    ]
    rows = [*in_rows(buttons), *pages]
    rows.append([Choice("evidence.drop", held.id, style="danger")])
    lines = [item_line(i) for i in page.items]
    turn.show("evidence/which_of_all", rows, filename=held.filename, items=lines, **page.facts)
    return STAY


def assign(turn: Turn) -> Next:
    """It belongs to this item."""
    press = pressed(turn)
    held, item = loose_files.placed(turn.uow, turn.acting, press.id)
    if item is not None:
        return _already(turn, held, item)
    _next(turn, turn.act(loose_files.assign, press.id, press.arg))
    return STAY


def assign_rest(turn: Turn) -> Next:
    """This file and the rest of its album belong to the item of the one before."""
    press = pressed(turn)
    item, _ = turn.act(loose_files.assign_rest, press.id, press.arg)
    _next(turn, item)
    return STAY


def drop(turn: Turn) -> Next:
    """It was no evidence."""
    held = turn.act(loose_files.drop, pressed(turn).id)
    turn.toast("evidence/dropped", filename=held.filename)
    _next(turn)
    return STAY


def _already(turn: Turn, held: Incoming, item: Item) -> Next:
    rows = [[Choice("evidence.item", item.id, label={"code": item.code})]]
    turn.show("evidence/already_placed", rows, filename=held.filename, code=item.code, title=item.title)
    return STAY
