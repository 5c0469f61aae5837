"""Acts of step 4 on the items of an OPD: send, replace, withdraw, declare absent; and who may look at them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sop import cycle as rules
from sop import events
from sop import evidence as ev
from sop.actions.sent_files import SentFile, require_size
from sop.cycle import Cycle, CycleState, Signed, Task, signed
from sop.definition import Step
from sop.evidence import EvidenceFile, Item
from sop.overview import past
from sop.people import Acting
from sop.ports import Incoming, UnitOfWork
from sop.refusals import BadInput, NothingThere, NotNow, NotYours
from sop.telling import tell
from sop.visibility import may_see_evidence

EVIDENCE = "evidence"  # dialogue of the step in office/sop.yaml, and purpose of a file that belongs to an item


# --- where the work is


def collection_step(cycle: Cycle) -> Step | None:
    """The step in which every agency is asked for evidence (SOP step 4); an SOP may have none."""
    return next((s for s in cycle.sop.steps if s.each and s.dialogue == EVIDENCE), None)


def step_of(cycle: Cycle) -> Step:
    """The same. Raises NothingThere for an SOP without."""
    step = collection_step(cycle)
    if step is None:
        raise NothingThere(what="tugas")
    return step


def own_tasks(uow: UnitOfWork, who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    """The newest pass of the collection for every agency that *who* speaks for, in every cycle that is not over."""
    return _spoken_for(uow.cycles.current(), who)


def past_tasks(uow: UnitOfWork, who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    """The same of the completed cycles, newest first: what was sent stays readable."""
    return _spoken_for(past(uow), who)


def _spoken_for(cycles: Iterable[Cycle], who: Acting) -> tuple[tuple[Cycle, Task], ...]:
    found = []
    for cycle in cycles:
        step = collection_step(cycle)
        if step is None:
            continue
        for opd in who.opds(step.actor):
            task = cycle.latest(step.key, opd)
            if task is not None:
                found.append((cycle, task))
    return tuple(found)


def open_now(cycle: Cycle, task: Task) -> bool:
    """Whether the agency may still change what it has sent."""
    return task.open and cycle.state is CycleState.ACTIVE


def task_of(uow: UnitOfWork, who: Acting, task_id: str) -> tuple[Cycle, Task, tuple[Item, ...]]:
    """A task of the collection with its items, to look at.

    Raises:
        NothingThere: no such task. NotYours: *who* may not see this agency's evidence.
    """
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    if task.opd is None:
        raise NothingThere(what="tugas")
    _require_sight(cycle, who, task.opd)
    return cycle, task, uow.evidence.of_opd(cycle.id, task.opd)


def look(uow: UnitOfWork, who: Acting, item_id: str) -> tuple[Cycle, Task, Item]:
    """An item with the task it belongs to, to look at.

    Raises:
        NothingThere: no such item. NotYours: *who* may not see it. NotNow: it has not been asked for yet.
    """
    item = uow.evidence.get(item_id)
    cycle = uow.cycles.get(item.cycle)
    _require_sight(cycle, who, item.opd)
    task = cycle.latest(step_of(cycle).key, item.opd)
    if task is None:
        raise NotNow(state="belum_dikirim")
    return cycle, task, item


def _require_sight(cycle: Cycle, who: Acting, opd: str) -> None:
    step = step_of(cycle)
    if who.capacity(step.actor, opd) is None and not may_see_evidence(cycle, who, opd):
        raise NotYours(role=step.actor)


def see_file(uow: UnitOfWork, who: Acting, file_id: str, *, now: datetime) -> tuple[Item, EvidenceFile]:
    """A stored file for somebody who asks for it, old versions too; written down.

    Raises:
        NothingThere, NotYours, NotNow: see `look`. BadInput: its bytes are not there (yet).
    """
    cycle, _, item = look(uow, who, uow.evidence.of_file(file_id).id)
    file = item.file(file_id)
    if file.state != "tersimpan":
        raise BadInput(field="file", problem="storing" if file.state == "diproses" else "lost", value=file.filename)
    if not file.link:
        seen = events.PaperSeen(cycle=cycle.id, paper=file.id, title=f"{item.code} {file.filename}", person=who.id)
        tell(uow, _reader(cycle, who, item.opd), now, seen)
    return item, file


def _reader(cycle: Cycle, who: Acting, opd: str) -> Signed:
    for role in cycle.sop.actors:
        held = who.capacity(role, opd if cycle.sop.actors[role].one_of else None)
        if held is not None:
            return signed(cycle.sop, who, held)
    return Signed(who.id, who.name, "", "")


# --- acts


def _own(uow: UnitOfWork, who: Acting, item_id: str) -> tuple[Cycle, Task, Item, Signed]:
    """The item with the open task it belongs to, which *who* may act on.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: no such item.
    """
    item = uow.evidence.get(item_id)
    cycle = uow.cycles.get(item.cycle)
    step = step_of(cycle)
    task = cycle.latest(step.key, item.opd)
    if task is None:
        who.acts_as(step.actor, item.opd)
        raise NotNow(state="belum_dikirim")
    _, by = rules.authorise(cycle, task.id, who)
    return cycle, task, item, by


def may_change(uow: UnitOfWork, who: Acting, item_id: str) -> tuple[Task, Item]:
    """An item before something is asked about it, so that nobody types in vain.

    Raises:
        NotYours, AlreadyDecided, NothingThere: see `_own`. NotNow: also when it has a final verdict.
    """
    _, task, item, _ = _own(uow, who, item_id)
    if not item.changeable:
        raise NotNow(state=f"butir_{item.state.name.lower()}")
    return task, item


def add_file(uow: UnitOfWork, who: Acting, item_id: str, sent: SentFile, *, replaces: str = "", now: datetime) -> Item:
    """Take a file for an item; its bytes follow (a worker fetches them). *replaces*: the version that it stands for.

    Raises:
        BadInput: larger than Telegram lets a bot fetch, or empty; the person is told what to do.
        NotYours, AlreadyDecided, NotNow, NothingThere: see `_own`.
    """
    cycle, task, item, by = _own(uow, who, item_id)
    require_size(uow, sent)
    file = EvidenceFile(
        uow.new_id(), sent.filename, sent.size, now, who.id, who.name, incoming=uow.new_id(), mime=sent.mime
    )
    item = _take(uow, cycle, task, item, file, by, now, replaces)
    uow.files.expect(
        sent.expected(
            file.incoming,
            purpose=EVIDENCE,
            target=file.id,
            by_person=who.id,
            album=sent.album,
            facts={"replaces": replaces, "caption": sent.caption[:200], **sent.facts},
        )
    )
    return item


def take_held(uow: UnitOfWork, who: Acting, item_id: str, held: Incoming, *, now: datetime) -> tuple[Item, str]:
    """Put a file that is kept already (or on its way) into an item; returns the id of its entry too.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `_own`.
    """
    cycle, task, item, by = _own(uow, who, item_id)
    file = EvidenceFile(uow.new_id(), held.filename, held.size, now, who.id, who.name, incoming=held.id, mime=held.mime)
    item = _take(uow, cycle, task, item, file, by, now, "")
    uow.files.redirect(held.id, EVIDENCE, file.id)
    return item, file.id


def _take(
    uow: UnitOfWork,
    cycle: Cycle,
    task: Task,
    item: Item,
    file: EvidenceFile,
    by: Signed,
    now: datetime,
    replaces: str,
) -> Item:
    happened: list[events.Event] = []
    if replaces:
        old = item.file(replaces)
        item = ev.replace_file(item, replaces, file, now=now)
        happened.append(
            events.EvidenceWithdrawn(cycle=cycle.id, opd=item.opd, item=item.id, file=replaces, filename=old.filename)
        )
    else:
        item = ev.add_file(item, file)
    uow.evidence.save(item)
    happened.append(
        events.EvidenceAdded(
            cycle=cycle.id,
            opd=item.opd,
            item=item.id,
            code=item.code,
            file=file.id,
            filename=file.filename,
            size=file.size,
        )
    )
    tell(uow, by, now, *happened)
    refresh(uow, cycle, task, now)
    return item


def add_link(uow: UnitOfWork, who: Acting, item_id: str, link: str, *, replaces: str = "", now: datetime) -> Item:
    """Register a link to a file in shared storage (too large for Telegram), or to a page that is evidence itself.

    Raises:
        BadInput: not an http(s) address.
    """
    cycle, task, item, by = _own(uow, who, item_id)
    link = link.strip()
    if not ev.is_link(link):
        raise BadInput(field="link", problem="form", value=link[:80])
    digest = hashlib.sha256(link.encode()).hexdigest()
    file = EvidenceFile(
        uow.new_id(), link, 0, now, who.id, who.name, link=link, sha256=digest, mime="text/uri-list", state="tersimpan"
    )
    if not replaces and any(f.link == link for f in item.current_files):
        return item
    return _take(uow, cycle, task, item, file, by, now, replaces)


def withdraw(uow: UnitOfWork, who: Acting, file_id: str, *, now: datetime) -> Item:
    """Take a file back; it stays in the history.

    Raises:
        NotYours, AlreadyDecided, NotNow, NothingThere: see `_own`. BadInput: it was withdrawn before.
    """
    found = uow.evidence.of_file(file_id)
    cycle, task, item, by = _own(uow, who, found.id)
    return _withdraw(uow, cycle, task, item, (file_id,), by, now)


def withdraw_all(uow: UnitOfWork, who: Acting, item_id: str, *, now: datetime) -> Item:
    """Take every file of an item back, before it is declared absent."""
    cycle, task, item, by = _own(uow, who, item_id)
    return _withdraw(uow, cycle, task, item, tuple(f.id for f in item.current_files), by, now)


def _withdraw(
    uow: UnitOfWork, cycle: Cycle, task: Task, item: Item, files: tuple[str, ...], by: Signed, now: datetime
) -> Item:
    for id in files:
        name = item.file(id).filename
        item = ev.withdraw_file(item, id, now=now)
        happened = events.EvidenceWithdrawn(cycle=cycle.id, opd=item.opd, item=item.id, file=id, filename=name)
        tell(uow, by, now, happened)
    uow.evidence.save(item)
    refresh(uow, cycle, task, now)
    return item


def declare_absent(uow: UnitOfWork, who: Acting, item_id: str, explanation: str, *, now: datetime) -> Item:
    """The OPD has nothing of this item, with an explanation."""
    cycle, task, item, by = _own(uow, who, item_id)
    item = ev.declare_absent(item, explanation)
    uow.evidence.save(item)
    happened = events.EvidenceDeclaredAbsent(
        cycle=cycle.id, opd=item.opd, item=item.id, code=item.code, explanation=item.explanation
    )
    tell(uow, by, now, happened)
    refresh(uow, cycle, task, now)
    return item


def refresh(uow: UnitOfWork, cycle: Cycle, task: Task, now: datetime) -> None:
    """Every copy of the card shows the new count."""
    holders = uow.people.holders(cycle.step_of(task).actor, task.opd, now)
    uow.outbox.refresh_card(task.id, [h.id for h in holders])
