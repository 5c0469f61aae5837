"""Acts of step 4 (OPD): send, replace, withdraw, declare, hand over; and the review by Tim SPBE Diskominfo."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sop import cycle as rules
from sop import events, paperwork
from sop import evidence as ev
from sop.actions.cycles import by_permission, change
from sop.actions.preparation import issue
from sop.cycle import Cycle, Signed, Task
from sop.definition import Duration
from sop.evidence import EvidenceFile, Item, ItemState
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import BadInput, Incomplete, NothingThere, NotNow
from sop.telling import tell


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came in chat; *size* in bytes as Telegram says, name and mime as the sender claims."""

    telegram_file_id: str
    filename: str
    mime: str
    size: int
    chat: int
    album: str = ""


def _own(uow: UnitOfWork, who: Acting, item_id: str) -> tuple[Cycle, Task, Item, Signed]:
    """The item with the open task it belongs to, which *who* may act on.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: no such item.
    """
    item = uow.evidence.get(item_id)
    cycle = uow.cycles.get(item.cycle)
    step = next(s for s in cycle.sop.steps if s.each)
    task = cycle.latest(step.key, item.opd)
    if task is None:
        who.acts_as(step.actor, item.opd)
        raise NotNow(state="belum_dikirim")
    _, by = rules.authorise(cycle, task.id, who)
    return cycle, task, item, by


def add_file(uow: UnitOfWork, who: Acting, item_id: str, sent: SentFile, *, replaces: str = "", now: datetime) -> Item:
    """Take a file for an item; its bytes follow (a worker fetches them). *replaces*: the version that it stands for.

    Raises:
        BadInput: larger than Telegram lets a bot fetch; nothing is lost, the person is told what to do.
    """
    cycle, task, item, by = _own(uow, who, item_id)
    largest = uow.office.office.largest_file_mb * 1024 * 1024
    if sent.size > largest:
        raise BadInput(field="file", problem="large", value=f"{sent.filename}|{sent.size}")
    if sent.size == 0:
        raise BadInput(field="file", problem="empty", value=sent.filename)
    if replaces:
        item = _withdraw(uow, cycle, item, replaces, by, now)
    file = EvidenceFile(
        uow.new_id(), sent.filename, sent.size, now, who.id, who.name, incoming=uow.new_id(), mime=sent.mime
    )
    item = ev.add_file(item, file)
    uow.evidence.save(item)
    uow.files.expect(
        Incoming(
            file.incoming,
            sent.telegram_file_id,
            sent.filename,
            sent.mime,
            sent.size,
            "evidence",
            file.id,
            who.id,
            sent.chat,
            sent.album,
        )
    )
    happened = events.EvidenceAdded(
        cycle=cycle.id,
        opd=item.opd,
        item=item.id,
        code=item.code,
        file=file.id,
        filename=sent.filename,
        size=sent.size,
    )
    tell(uow, by, now, happened)
    _refresh(uow, cycle, task, now)
    return item


def add_link(uow: UnitOfWork, who: Acting, item_id: str, link: str, *, now: datetime) -> Item:
    """Register a link to a file in shared storage (too large for Telegram), or to a page that is evidence itself.

    Raises:
        BadInput: not an http(s) address.
    """
    cycle, task, item, by = _own(uow, who, item_id)
    link = link.strip()
    if not link.startswith(("https://", "http://")) or " " in link or len(link) > 500:
        raise BadInput(field="link", problem="form", value=link[:80])
    digest = hashlib.sha256(link.encode()).hexdigest()
    file = EvidenceFile(
        uow.new_id(), link, 0, now, who.id, who.name, link=link, sha256=digest, mime="text/uri-list", state="tersimpan"
    )
    item = ev.add_file(item, file)
    uow.evidence.save(item)
    happened = events.EvidenceAdded(
        cycle=cycle.id, opd=item.opd, item=item.id, code=item.code, file=file.id, filename=link, size=0
    )
    tell(uow, by, now, happened)
    _refresh(uow, cycle, task, now)
    return item


def withdraw(uow: UnitOfWork, who: Acting, file_id: str, *, now: datetime) -> Item:
    """Take a file back; it stays in the history."""
    found = uow.evidence.of_file(file_id)
    cycle, task, item, by = _own(uow, who, found.id)
    item = _withdraw(uow, cycle, item, file_id, by, now)
    uow.evidence.save(item)
    _refresh(uow, cycle, task, now)
    return item


def _withdraw(uow: UnitOfWork, cycle: Cycle, item: Item, file_id: str, by: Signed, now: datetime) -> Item:
    after = ev.withdraw_file(item, file_id, now=now)
    name = next(f.filename for f in item.files if f.id == file_id)
    happened = events.EvidenceWithdrawn(cycle=cycle.id, opd=item.opd, item=item.id, file=file_id, filename=name)
    tell(uow, by, now, happened)
    return after


def declare_absent(uow: UnitOfWork, who: Acting, item_id: str, explanation: str, *, now: datetime) -> Item:
    """The OPD has nothing of this item, with an explanation."""
    cycle, task, item, by = _own(uow, who, item_id)
    item = ev.declare_absent(item, explanation)
    uow.evidence.save(item)
    happened = events.EvidenceDeclaredAbsent(
        cycle=cycle.id, opd=item.opd, item=item.id, code=item.code, explanation=item.explanation
    )
    tell(uow, by, now, happened)
    _refresh(uow, cycle, task, now)
    return item


def file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> tuple[Item, str]:
    """The bytes of a file are kept. Returns the item and, when they are known already, the twin's name and code."""
    item = uow.evidence.of_file(incoming.target)
    item = ev.settle_file(
        item, incoming.target, state="tersimpan", sha256=stored.sha256, mime=stored.mime, pages=stored.pages
    )
    uow.evidence.save(item)
    happened = events.EvidenceStored(
        cycle=item.cycle, opd=item.opd, item=item.id, file=incoming.target, state="tersimpan", sha256=stored.sha256
    )
    tell(uow, None, now, happened)
    twin = uow.evidence.twin(item.cycle, item.opd, stored.sha256, incoming.target)
    return item, f"{twin[1].filename} ({twin[0].code})" if twin else ""


def file_failed(uow: UnitOfWork, incoming: Incoming, *, now: datetime) -> Item:
    """The bytes of a file could not be fetched: it does not count, and the item is open again."""
    item = ev.settle_file(uow.evidence.of_file(incoming.target), incoming.target, state="gagal")
    uow.evidence.save(item)
    happened = events.EvidenceStored(cycle=item.cycle, opd=item.opd, item=item.id, file=incoming.target, state="gagal")
    tell(uow, None, now, happened)
    return item


def hand_over(uow: UnitOfWork, who: Acting, task_id: str, *, despite_missing: bool = False, now: datetime) -> Cycle:
    """*Serahkan*: the OPD hands its evidence to Tim SPBE Diskominfo; a Tanda Terima is printed.

    Raises:
        Incomplete: items are open and the person has not said that they know (*missing* are their codes), or a file
            is still on its way to the archive.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if task.opd is None:
        raise NothingThere(what="tugas")
    items = uow.evidence.of_opd(cycle.id, task.opd)
    if ev.being_stored(items):
        raise Incomplete(act="hand_over_evidence", missing=("berkas_diproses",))
    missing = tuple(i.code for i in ev.still_open(items))
    if missing and not despite_missing:
        raise Incomplete(act="hand_over_evidence", missing=missing)
    bundle = uow.definition_of(cycle)
    receivers = cycle.step_of(task).hands_over_to
    context = paperwork.tanda_terima(
        bundle,
        cycle,
        task.opd,
        items,
        code=task.id.upper(),
        by=by,
        account=f"akun Telegram nomor {who.person.telegram_id}",
        receiver=cycle.sop.role_name(receivers[0]) if receivers else bundle.office.team,
        now=now,
    )
    receipt = issue(uow, cycle, "tanda_terima", context, made_by=who.id, owner=task.id, opd=task.opd, now=now)
    step = cycle.step_of(task)
    for holder in uow.people.holders(step.actor, task.opd, now):
        _send_receipt(uow, cycle, receipt, holder.id, task.opd)
    note = f"Belum terisi: {', '.join(missing)}" if missing else ""
    return change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c, task_id, who, time=uow.time, ids=uow.new_id, now=now, papers=(receipt,), note=note
        ),
    )


def _send_receipt(uow: UnitOfWork, cycle: Cycle, receipt: str, person: str, opd: str) -> None:
    paper = uow.papers.get(receipt)
    assert paper is not None  # just requested
    uow.outbox.add(
        Message(
            ToPerson(person),
            "receipt",
            {"opd": uow.office.opd(opd).name, "cycle": cycle.name},
            attachment=Attachment(filename=paper.filename, paper=receipt),
            after=(receipt,),
            key=f"receipt:{receipt}:{person}",
        )
    )


def judge(uow: UnitOfWork, who: Acting, item_id: str, verdict: ItemState, reason: str, *, now: datetime) -> Item:
    """Accept an item, or send it back: then the OPD gets the reason, with a button that points at that item.

    An OPD that has handed over gets its task back for the repair; the other OPDs are untouched.

    Raises:
        NotYours: no permission. SameEyes: the reviewer uploaded it. BadInput: a reason is missing.
        NotNow: nothing to judge, or the material is past the review.
    """
    by = by_permission(uow, who, "review_evidence")
    before = uow.evidence.get(item_id)
    cycle = uow.cycles.get(before.cycle)
    rules.require_active(cycle)
    item = ev.judge(before, verdict, reason, by, four_eyes=uow.office.office.four_eyes.review, now=now)
    uow.evidence.save(item)
    happened = events.EvidenceJudged(
        cycle=cycle.id,
        opd=item.opd,
        item=item.id,
        code=item.code,
        before=before.state.value,
        after=item.state.value,
        reason=item.verdict_reason,
    )
    tell(uow, by, now, happened)
    if verdict is ItemState.REPAIR:
        _send_back(uow, cycle, item, by, now)
    else:
        _refresh_opd(uow, cycle, item.opd, now)
    return item


def _send_back(uow: UnitOfWork, cycle: Cycle, item: Item, by: Signed, now: datetime) -> None:
    step = next(s for s in cycle.sop.steps if s.each)
    due = uow.time.due(now, Duration(working_days=uow.office.office.repair_working_days))
    reason = f"{item.code}: {item.verdict_reason}"
    change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.reopen_for_repair(
            c, step.key, item.opd, reason, by, due, time=uow.time, ids=uow.new_id, now=now
        ),
    )
    task = uow.cycles.get(cycle.id).latest(step.key, item.opd)
    assert task is not None  # it was there or has just been opened
    for holder in uow.people.holders(step.actor, item.opd, now):
        uow.outbox.add(
            Message(
                ToPerson(holder.id),
                "item_returned",
                {
                    "number": step.number,
                    "steps": len(cycle.sop.steps),
                    "code": item.code,
                    "title": item.title,
                    "reason": item.verdict_reason,
                    "by": by.title,
                    "due_at": task.due_at,
                },
                choices=((Choice("evidence.item", item.id, style="primary"),),),
                key=f"item_returned:{item.id}:{now.isoformat()}:{holder.id}",
            )
        )
    _refresh_opd(uow, cycle, item.opd, now)


def _refresh_opd(uow: UnitOfWork, cycle: Cycle, opd: str, now: datetime) -> None:
    step = next(s for s in cycle.sop.steps if s.each)
    task = uow.cycles.get(cycle.id).latest(step.key, opd)
    if task is not None:
        _refresh(uow, cycle, task, now)


def _refresh(uow: UnitOfWork, cycle: Cycle, task: Task, now: datetime) -> None:
    """Every copy of the card shows the new count."""
    holders = uow.people.holders(cycle.step_of(task).actor, task.opd, now)
    uow.outbox.refresh_card(task.id, [h.id for h in holders])
