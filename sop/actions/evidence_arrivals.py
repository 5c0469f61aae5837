"""What follows when the bytes of evidence are kept, or could not be fetched: the item, and one word to the sender."""

from datetime import datetime, timedelta

from sop import events
from sop import evidence as ev
from sop.actions.evidence import EVIDENCE, collection_step, open_now
from sop.evidence import EvidenceFile, Item
from sop.outgoing import Choice, Message, Priority, ToPerson
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.telling import tell

# The files of an album come as messages of their own: wait a moment for its next one, and say one word for all.
ALBUM_PAUSE = timedelta(seconds=2)


def file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """The bytes of a file are kept; its sender hears it, once for an album."""
    item = settle(uow, uow.evidence.of_file(incoming.target), incoming.target, incoming, stored, now)
    _tell(uow, incoming, item, now)


def settle(uow: UnitOfWork, item: Item, file_id: str, incoming: Incoming, stored: StoredFile, now: datetime) -> Item:
    """Enter what was stored. The same bytes count once in an item; in another item of the OPD they count there too."""
    item = ev.settle_file(
        item,
        file_id,
        state="tersimpan",
        size=stored.size,
        sha256=stored.sha256,
        mime=stored.mime,
        pages=stored.pages,
    )
    twin = uow.evidence.twin(item.cycle, item.opd, stored.sha256, file_id)
    if twin is not None:
        there, file = twin
        kept = there.id != item.id
        if not kept:
            item = ev.drop_file(item, file_id, now=now)
        facts = {"filename": file.filename, "code": there.code, "at": file.uploaded_at, "kept": kept}
        uow.files.note(incoming.id, {"twin": facts})
    uow.evidence.save(item)
    happened = events.EvidenceStored(
        cycle=item.cycle, opd=item.opd, item=item.id, file=file_id, state="tersimpan", sha256=stored.sha256
    )
    tell(uow, None, now, happened)
    return item


def file_failed(uow: UnitOfWork, incoming: Incoming, *, now: datetime) -> Item:
    """The bytes of a file could not be fetched: it does not count; what it was to replace counts again."""
    item = uow.evidence.of_file(incoming.target)
    replaced = str(incoming.facts.get("replaces", ""))
    if replaced:
        item = ev.bring_back(item, replaced)
    item = ev.settle_file(item, incoming.target, state="gagal")
    uow.evidence.save(item)
    happened = events.EvidenceStored(cycle=item.cycle, opd=item.opd, item=item.id, file=incoming.target, state="gagal")
    tell(uow, None, now, happened)
    return item


def _tell(uow: UnitOfWork, incoming: Incoming, item: Item, now: datetime) -> None:
    incoming = uow.files.incoming(incoming.id) or incoming  # with what has been noted since
    album = uow.files.of_album(incoming.by_person, incoming.album) or (incoming,)
    message = Message(
        ToPerson(incoming.by_person),
        "evidence_stored",
        _summary(uow, album, now) | _standing(uow, item),
        choices=_choices(uow, item, album),
        loud=False,
        priority=Priority.ANSWER,
        key=f"evidence_stored:{incoming.album}:{incoming.by_person}" if incoming.album else f"stored:{incoming.id}",
        not_before=now + ALBUM_PAUSE if incoming.album else None,
    )
    if not uow.outbox.add(message):  # the word for this album has been said: one more straggler
        single = _summary(uow, (incoming,), now) | _standing(uow, item)
        uow.outbox.add(
            Message(
                message.to,
                message.template,
                single,
                message.choices,
                loud=False,
                priority=Priority.ANSWER,
                key=f"stored:{incoming.id}",
            )
        )


def _summary(uow: UnitOfWork, album: tuple[Incoming, ...], now: datetime) -> dict[str, object]:
    """What became of the files that were sent together."""
    stored: list[tuple[Item, EvidenceFile, Incoming]] = []
    for sent in album:
        if sent.purpose == EVIDENCE and sent.state == "stored":
            item = uow.evidence.of_file(sent.target)
            stored.append((item, item.file(sent.target), sent))
    twins = [{"name": f.filename, "of": i.facts["twin"]} for _, f, i in stored if "twin" in i.facts]
    first = stored[0] if stored else None
    return {
        "count": len(stored),
        "size": sum(f.size for _, f, _ in stored),
        "items": [
            {"code": code, "title": title, "files": sum(1 for i, _, _ in stored if i.code == code)}
            for code, title in dict.fromkeys((i.code, i.title) for i, _, _ in stored)
        ],
        "filename": first[1].filename if first else "",
        "pages": first[1].pages if first else None,
        "twins": twins,
        "odd": [f.filename for _, f, i in stored if i.facts.get("agrees") is False],
        "on_the_way": sum(1 for i in album if i.purpose == EVIDENCE and i.state == "waiting"),
        "failed": sum(1 for i in album if i.state == "failed"),
        "unplaced": sum(1 for i in album if i.purpose == "evidence_pending" and i.state != "failed"),
        "at": now,
    }


def _standing(uow: UnitOfWork, item: Item) -> dict[str, object]:
    items = uow.evidence.of_opd(item.cycle, item.opd)
    return {"filled": ev.filled(items), "total": len(items), "open_codes": [i.code for i in ev.still_open(items)]}


def _choices(uow: UnitOfWork, item: Item, album: tuple[Incoming, ...]) -> tuple[tuple[Choice, ...], ...]:
    cycle = uow.cycles.get(item.cycle)
    step = collection_step(cycle)
    task = cycle.latest(step.key, item.opd) if step else None
    rows: list[tuple[Choice, ...]] = []
    if any(i.purpose == "evidence_pending" and i.state != "failed" for i in album):
        rows.append((Choice("evidence.pending", style="success"),))
    rows.append((Choice("evidence.item", item.id, label={"code": item.code}),))
    if task is not None:
        rows[-1] = (*rows[-1], Choice("evidence.list", task.id))
        if open_now(cycle, task) and not ev.still_open(uow.evidence.of_opd(item.cycle, item.opd)):
            rows.append((Choice("evidence.hand_over", task.id, style="success"),))
    return tuple(rows)
