"""The files of this OPD: all of them by item, one on a screen of its own, the history (/berkas)."""

from typing import Any

from handlers.evidence_facts import file_line, in_rows
from handlers.lists import PAGE, page_of, pressed, turning
from handlers.registry import STAY, Next
from handlers.steps.step_4_evidence.common import leave, the_task
from handlers.steps.step_4_evidence.items import IN_PLACE, after_change
from handlers.turn import Turn
from sop.actions import evidence
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice


def files_command(turn: Turn) -> Next:
    """/berkas"""
    found = the_task(turn, "evidence.files")
    if found is not None:
        _list(turn, found[1].id, "")
    return leave(turn)


def show_files(turn: Turn) -> Next:
    """A page of all files that count, by item."""
    press = pressed(turn)
    _list(turn, press.id, press.arg)
    return leave(turn)


def _list(turn: Turn, task_id: str, wanted: str) -> None:
    cycle, task, items = evidence.task_of(turn.uow, turn.acting, task_id)
    page = page_of([(i, f) for i in items for f in i.current_files], wanted)
    first = page.number * PAGE + 1
    rows = in_rows([Choice("evidence.file", f.id, label={"n": n}) for n, (_, f) in enumerate(page.items, first)])
    rows += turning(page, "evidence.files", task.id)
    rows.append([Choice("evidence.list", task.id, label_key="evidence.to_list")])
    lines = [file_line(n, f) | {"code": i.code, "title": i.title} for n, (i, f) in enumerate(page.items, first)]
    facts: dict[str, Any] = {
        "opd": opd_of(turn.uow, cycle, task.opd).name,
        "cycle": cycle.name,
        "files": lines,
        "writable": evidence.open_now(cycle, task),
        "size": sum(f.size for i in items for f in i.current_files),
        **page.facts,
    }
    if wanted:
        turn.show("evidence/files", rows, **facts)
    else:
        turn.say("evidence/files", rows, **facts)


def show_file(turn: Turn) -> Next:
    """One file: what it is, and what can be done with it."""
    file_id = pressed(turn).id
    found = turn.uow.evidence.of_file(file_id)
    cycle, task, item = evidence.look(turn.uow, turn.acting, found.id)
    file = item.file(file_id)
    rows: list[list[Choice]] = []
    if file.state == "tersimpan":
        rows.append([Choice("evidence.see", file.id, style="primary")])
    if evidence.open_now(cycle, task) and item.changeable and file.current:
        rows.append([Choice("evidence.replace", file.id), Choice("evidence.withdraw", file.id, style="danger")])
    rows.append(
        [Choice("evidence.history", item.id), Choice("evidence.item", item.id, IN_PLACE, label={"code": item.code})]
    )
    turn.show("evidence/file", rows, code=item.code, title=item.title, **file_line(0, file))
    return leave(turn)


def send_file(turn: Turn) -> Next:
    """The stored file itself, as it was sent."""
    item, file = turn.act(evidence.see_file, pressed(turn).id)
    facts: dict[str, Any] = {
        "code": item.code,
        "title": item.title,
        "version": file.version,
        "at": file.uploaded_at,
        "by": file.uploader_name,
    }
    if file.link:
        turn.say("evidence/link_sent", link=file.link, **facts)
    else:
        turn.say("evidence/file_sent", attachment=Attachment(file.filename, file.sha256), **facts)
    return STAY


def show_history(turn: Turn) -> Next:
    """Every version of an item's files, the withdrawn ones too, the newest first."""
    press = pressed(turn)
    _, _, item = evidence.look(turn.uow, turn.acting, press.id)
    page = page_of(tuple(reversed(item.files)), press.arg)
    first = page.number * PAGE + 1
    rows = in_rows([Choice("evidence.file", f.id, label={"n": n}) for n, f in enumerate(page.items, first)])
    rows += turning(page, "evidence.history", item.id)
    rows.append([Choice("evidence.item", item.id, IN_PLACE, label={"code": item.code})])
    lines = [file_line(n, f) for n, f in enumerate(page.items, first)]
    turn.show("evidence/history", rows, code=item.code, title=item.title, files=lines, **page.facts)
    return leave(turn)


def ask_withdraw(turn: Turn) -> Next:
    """Ask once more before a file is withdrawn."""
    file_id = pressed(turn).id
    item = turn.uow.evidence.of_file(file_id)
    evidence.may_change(turn.uow, turn.acting, item.id)
    rows = [
        [
            Choice("evidence.withdraw_yes", file_id, style="danger"),
            Choice("evidence.file", file_id, label_key="evidence.keep"),
        ]
    ]
    turn.show("evidence/withdraw", rows, code=item.code, filename=item.file(file_id).filename)
    return leave(turn)


def withdraw(turn: Turn) -> Next:
    """Withdraw the file; the item shows what is left."""
    item = turn.act(evidence.withdraw, pressed(turn).id)
    turn.toast("evidence/withdrawn", code=item.code)
    return after_change(turn, item.id)
