"""Files that came without an item being chosen (SOP step 4): recognised by a code, or kept until one is chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sop import events
from sop import evidence as ev
from sop.actions.evidence import EVIDENCE, add_file, open_now, own_tasks, take_held
from sop.actions.evidence_arrivals import settle
from sop.actions.sent_files import SentFile, require_size
from sop.cycle import Cycle, Signed, Task
from sop.evidence import Item
from sop.people import Acting
from sop.ports import Incoming, UnitOfWork
from sop.refusals import NothingThere
from sop.telling import tell

PENDING = "evidence_pending"  # purpose of a file that waits for its item; the target is the person who sent it
DROPPED = "evidence_dropped"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: it is in an *item*, or *pending* until its sender says where it belongs."""

    item: Item | None
    pending: Incoming | None = None


def open_tasks(uow: UnitOfWork, who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    """The collections for which *who* may send files now."""
    return tuple((c, t) for c, t in own_tasks(uow, who) if open_now(c, t))


def open_items(uow: UnitOfWork, who: Acting) -> tuple[Item, ...]:
    """Every item that *who* may still put a file into."""
    found = []
    for cycle, task in open_tasks(uow, who):
        found += [i for i in uow.evidence.of_opd(cycle.id, task.opd or "") if i.changeable]
    return tuple(found)


def take(uow: UnitOfWork, who: Acting, sent: SentFile, *, now: datetime) -> Taken:
    """Take a file that nobody asked for at this moment. Its caption or name may say where it belongs; a caption counts
    for the whole album, also for what came before it.

    Raises:
        BadInput: too large or empty. NothingThere: nothing is collected from this person now.
    """
    items = open_items(uow, who)
    if not items:
        raise NothingThere(what="tugas")
    require_size(uow, sent)
    album = uow.files.of_album(who.id, sent.album)
    captions = [str(i.facts.get("caption", "")) for i in album]
    item = _named(items, [sent.caption, sent.filename, *captions])
    if item is not None:
        item = add_file(uow, who, item.id, sent, now=now)
        if _named(items, [sent.caption]) is not None:
            for sibling in album:
                if sibling.purpose == PENDING:
                    _place(uow, who, item.id, sibling, now)
        return Taken(item)
    held = sent.expected(
        uow.new_id(),
        purpose=PENDING,
        target=who.id,
        by_person=who.id,
        album=sent.album,
        facts={"caption": sent.caption[:200]},
    )
    uow.files.expect(held)
    return Taken(None, held)


def _named(items: tuple[Item, ...], texts: Iterable[str]) -> Item | None:
    """The item that the first text with a code names; none when several agencies are asked for that code."""
    codes = {i.code for i in items}
    for text in texts:
        code = ev.code_in(text, codes)
        if code:
            found = [i for i in items if i.code == code]
            return found[0] if len(found) == 1 else None
    return None


def pending(uow: UnitOfWork, who: Acting) -> tuple[Incoming, ...]:
    """What this person has sent that still belongs nowhere, the oldest first."""
    return uow.files.held(PENDING, who.id)


def placed(uow: UnitOfWork, who: Acting, incoming_id: str) -> tuple[Incoming, Item | None]:
    """A file of this person, with the item that it has been put into.

    Raises:
        NothingThere: no such file of this person, it was laid aside, or it could not be fetched.
    """
    found = uow.files.incoming(incoming_id)
    if found is None or found.by_person != who.id or found.state == "failed":
        raise NothingThere(what="berkas")
    if found.purpose == EVIDENCE:
        return found, uow.evidence.of_file(found.target)
    if found.purpose != PENDING:
        raise NothingThere(what="berkas")
    return found, None


def assign(uow: UnitOfWork, who: Acting, incoming_id: str, item_id: str, *, now: datetime) -> Item:
    """Put a kept file where its sender says; one that has been put somewhere already stays there.

    Raises:
        NothingThere: see `placed`. NotYours, AlreadyDecided, NotNow: the item cannot take it.
    """
    held, item = placed(uow, who, incoming_id)
    return item or _place(uow, who, item_id, held, now)


def assign_rest(uow: UnitOfWork, who: Acting, incoming_id: str, item_id: str, *, now: datetime) -> tuple[Item, int]:
    """Put a kept file and everything else of its album that is still kept into one item. Returns how many.

    Raises:
        NothingThere: see `placed`. NotYours, AlreadyDecided, NotNow: the item cannot take them.
    """
    first, item = placed(uow, who, incoming_id)
    rest = [i for i in uow.files.of_album(who.id, first.album) if i.purpose == PENDING] if first.album else [first]
    rest = [i for i in rest if i.state != "failed" and i.purpose == PENDING]
    for held in rest:
        item = _place(uow, who, item_id, held, now)
    return item or uow.evidence.get(item_id), len(rest)


def _place(uow: UnitOfWork, who: Acting, item_id: str, held: Incoming, now: datetime) -> Item:
    item, file = take_held(uow, who, item_id, held, now=now)
    stored = uow.files.stored(held.sha256) if held.state == "stored" else None
    if stored is not None:
        item = settle(uow, item, file, held, stored, now)
    return item


def drop(uow: UnitOfWork, who: Acting, incoming_id: str, *, now: datetime) -> Incoming:
    """Lay a kept file aside: it was no evidence. Its bytes stay in the archive.

    Raises:
        NothingThere: see `placed`; or it has been put into an item.
    """
    held, item = placed(uow, who, incoming_id)
    if item is not None:
        raise NothingThere(what="berkas")
    uow.files.redirect(held.id, DROPPED, who.id)
    happened = events.FileDropped(incoming=held.id, filename=held.filename)
    tell(uow, Signed(who.id, who.name, "", ""), now, happened)
    return held
