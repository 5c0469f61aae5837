"""Sending files for an item: the question stays open for several files and albums, until Selesai."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import STAY, Next
from handlers.steps.step_4_evidence.common import ITEM, REPLACES, drafted_item, leave
from handlers.steps.step_4_evidence.items import list_screen
from handlers.turn import Turn
from handlers.uploads import Upload
from sop.actions import evidence
from sop.actions.sent_files import SentFile, trouble_with
from sop.evidence import Item, is_link
from sop.outgoing import Choice
from sop.refusals import DialogueClosed


def begin_upload(turn: Turn) -> Next:
    """*Kirim berkas*: whatever comes now is for this item."""
    return _begin(turn, pressed(turn).id, "evidence/ask_file")


def begin_link(turn: Turn) -> Next:
    """*Daftarkan tautan*: the same, explained for links."""
    return _begin(turn, pressed(turn).id, "evidence/ask_link")


def begin_replace(turn: Turn) -> Next:
    """*Ganti*: the next file takes the place of this one, which stays in the history."""
    file_id = pressed(turn).id
    item = turn.uow.evidence.of_file(file_id)
    return _begin(turn, item.id, "evidence/ask_replacement", replaces=file_id, filename=item.file(file_id).filename)


def _begin(turn: Turn, item_id: str, template: str, *, replaces: str = "", **facts: Any) -> Next:
    task, item = evidence.may_change(turn.uow, turn.acting, item_id)
    turn.begin(task.id)
    turn.draft[ITEM], turn.draft[REPLACES] = item.id, replaces
    largest = turn.office.office.largest_file_mb
    turn.say(
        template, [[_done(turn)]], code=item.code, title=item.title, formats=item.formats, largest=largest, **facts
    )
    return "evidence.upload"


def take_file(turn: Turn) -> Next:
    """A file for the chosen item. Its bytes are fetched meanwhile; one word for a whole album."""
    upload = _upload(turn)
    item_id = drafted_item(turn)
    if refuse_size(turn, upload, item_id):
        return STAY
    item = turn.act(evidence.add_file, item_id, sent_file(turn, upload), replaces=_replaced(turn, item_id))
    turn.draft[REPLACES] = ""
    being_stored(turn, upload, item, [[_done(turn)]])
    return STAY


def being_stored(turn: Turn, upload: Upload, item: Item, rows: list[list[Choice]]) -> None:
    """The first word on a file: it has come, and is being kept. The result follows when it is (arrivals)."""
    turn.say(
        "evidence/being_stored",
        rows,
        key=f"storing:{upload.album}:{turn.user_id}" if upload.album else "",
        filename=upload.filename,
        album=bool(upload.album),
        photo=upload.kind == "photo",
        code=item.code,
        title=item.title,
    )


def refuse_size(turn: Turn, upload: Upload, item_id: str = "") -> bool:
    """Say why a file cannot be taken, with a way out; whether there is such a reason."""
    trouble = trouble_with(turn.uow, upload.size)
    if not trouble:
        return False
    largest = turn.office.office.largest_file_mb
    rows = [[Choice("evidence.link", item_id)]] if trouble == "large" and item_id else []
    facts: dict[str, Any] = {
        "filename": upload.filename,
        "size": upload.size,
        "largest": largest,
        "linkable": bool(rows),
    }
    turn.say(f"evidence/too_{trouble}", rows, **facts)
    return True


def sent_file(turn: Turn, upload: Upload) -> SentFile:
    """The upload in the words of the rules."""
    return SentFile(
        upload.file_id,
        upload.filename,
        upload.mime,
        upload.size,
        turn.chat_id,
        album=upload.album,
        caption=upload.caption,
    )


def take_link(turn: Turn) -> Next:
    """Words while files are awaited: a link is registered, anything else explained."""
    item_id = drafted_item(turn)
    link = turn.text.strip()
    if not is_link(link):
        turn.say("evidence/not_a_link", [[_done(turn)]])
        return STAY
    item = turn.act(evidence.add_link, item_id, link, replaces=_replaced(turn, item_id))
    turn.draft[REPLACES] = ""
    turn.say("evidence/link_added", [[_done(turn)]], link=link, code=item.code, title=item.title)
    return STAY


def done(turn: Turn) -> Next:
    """*Selesai*: back to the list."""
    template, rows, facts = list_screen(turn, pressed(turn).id, "0")
    turn.show(template, rows, **facts)
    return leave(turn)


def _done(turn: Turn) -> Choice:
    return Choice("evidence.done", turn.subject, style="success")


def _replaced(turn: Turn, item_id: str) -> str:
    """The file that the next one stands for, unless it has been withdrawn meanwhile."""
    wanted = str(turn.draft.get(REPLACES, ""))
    item = turn.uow.evidence.get(item_id)
    return wanted if any(f.id == wanted for f in item.current_files) else ""


def _upload(turn: Turn) -> Upload:
    if turn.upload is None:
        raise DialogueClosed
    return turn.upload
