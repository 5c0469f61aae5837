"""What the workers bring back: a file is stored or could not be fetched, a paper is printed, a card was delivered."""

from datetime import datetime

from sop import cycle as rules
from sop.actions import evidence, letters, preparation
from sop.actions.cycles import change
from sop.evidence import Item
from sop.outgoing import Choice, Message, Priority, ToPerson
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import Refused


def file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """Bytes are kept: hand them to the act that expected them, and tell the sender.

    What the rules refuse now (the task was decided meanwhile) is told to the sender; the bytes stay in the archive.
    """
    params: dict[str, object] = {
        "filename": incoming.filename,
        "size": stored.size,
        "purpose": incoming.purpose,
        "at": now,
    }
    choices: tuple[tuple[Choice, ...], ...] = ()
    try:
        if incoming.purpose == "evidence":
            item, twin = evidence.file_arrived(uow, incoming, stored, now=now)
            _evidence_summary(uow, incoming, item, twin, now)
            return
        if incoming.purpose == "official":
            preparation.official_file_arrived(uow, incoming, stored, now=now)
            choices = ((Choice("prepare.open", incoming.target.partition("|")[0], style="primary"),),)
        elif incoming.purpose == "signed_letter":
            letters.signed_copy_arrived(uow, incoming, stored, now=now)
            choices = ((Choice("letters.open", incoming.target.partition("|")[0], style="primary"),),)
    except Refused as refused:
        _tell_sender(uow, incoming, f"refusals/{refused.template}", refused.facts(), ())
        return
    _tell_sender(uow, incoming, "file_stored", params, choices)


def file_failed(uow: UnitOfWork, incoming: Incoming, reason: str, *, now: datetime) -> None:
    """The file could not be fetched: it does not count; the sender is told what to do. *reason* is a key."""
    choices: tuple[tuple[Choice, ...], ...] = ()
    if incoming.purpose == "evidence":
        item = evidence.file_failed(uow, incoming, now=now)
        choices = ((Choice("evidence.item", item.id, style="primary"),),)
    params = {"filename": incoming.filename, "size": incoming.size, "reason": reason}
    _tell_sender(uow, incoming, "file_failed", params, choices)


def _evidence_summary(uow: UnitOfWork, incoming: Incoming, item: Item, twin: str, now: datetime) -> None:
    """One summary for an album (replaced while it waits), one receipt for a single file."""
    cycle = uow.cycles.get(item.cycle)
    files = [f for i in uow.evidence.of_opd(item.cycle, item.opd) for f in i.files]
    album = [
        f
        for f in files
        if incoming.album and (found := uow.files.incoming(f.incoming)) is not None and found.album == incoming.album
    ] or [f for f in files if f.id == incoming.target]
    step = next(s for s in cycle.sop.steps if s.each)
    task = cycle.latest(step.key, item.opd)
    rows = [[Choice("evidence.item", item.id), Choice("evidence.list", task.id if task else "")]]
    if task and task.open:
        rows.append([Choice("evidence.hand_over", task.id, style="success")])
    uow.outbox.add(
        Message(
            ToPerson(incoming.by_person),
            "evidence_stored",
            {
                "count": len(album),
                "stored": sum(1 for f in album if f.state == "tersimpan"),
                "size": sum(f.size for f in album),
                "filename": incoming.filename,
                "code": item.code,
                "title": item.title,
                "twin": twin,
                "at": now,
            },
            choices=tuple(tuple(r) for r in rows),
            loud=False,
            priority=Priority.ANSWER,
            key=f"evidence_stored:{incoming.album}:{item.id}:{len(album)}"
            if incoming.album
            else f"stored:{incoming.id}",
        )
    )


def _tell_sender(
    uow: UnitOfWork,
    incoming: Incoming,
    template: str,
    params: dict[str, object],
    choices: tuple[tuple[Choice, ...], ...],
) -> None:
    uow.outbox.add(
        Message(
            ToPerson(incoming.by_person),
            template,
            params,
            choices=choices,
            priority=Priority.ANSWER,
            key=f"arrival:{incoming.id}",
        )
    )


def card_delivered(uow: UnitOfWork, task_id: str, *, now: datetime) -> None:
    """The first card of a task has reached somebody: clocks that start at delivery start now (SOP step 2)."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    if cycle.step_of(task).clock == "on_delivery" and task.open and task.clock_started_at is None:
        change(uow, cycle, None, now, lambda c: rules.start_clock(c, task_id, time=uow.time, now=now))
