"""The official files that the team uploads in step 1 (blank formulir evaluasi, Surat Edaran Setda)."""

from dataclasses import replace
from datetime import datetime

from sop import cycle as rules
from sop import events
from sop.actions.cycles import change
from sop.actions.letter_papers import official_papers
from sop.actions.preparation import OFFICIAL, sheet_of, to_prepare
from sop.actions.sent_files import SentFile, require_size
from sop.cycle import signed
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import AlreadyDecided, BadInput, NothingThere


def expect_official_file(
    uow: UnitOfWork, who: Acting, task_id: str, kind: str, sent: SentFile, *, now: datetime
) -> None:
    """Take an official file; its bytes follow.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `to_prepare`. NothingThere: no such official paper.
        BadInput: a sound or a film, larger than Telegram lets a bot fetch, or empty.
    """
    cycle = to_prepare(uow, who, task_id, now=now)
    if kind not in official_papers(cycle):
        raise NothingThere(what="naskah")
    if sent.mime.startswith(("audio/", "video/")):
        raise BadInput(field="file", problem="type", value=sent.filename)
    require_size(uow, sent)
    uow.files.expect(sent.expected(uow.new_id(), purpose=OFFICIAL, target=f"{task_id}|{kind}", by_person=who.id))


def official_file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """An official file (blank formulir, Surat Edaran) is stored: it replaces the one before, and can be seen.

    The letter names its enclosures, so the drafts count as not seen any more.

    Raises:
        AlreadyDecided: the preparation has been handed over meanwhile; what the Kabid has is not exchanged.
    """
    task_id, _, kind = incoming.target.partition("|")
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    if not task.open:
        by = task.decided_by.title if task.decided_by else ""
        raise AlreadyDecided(by=by, at=task.decided_at, outcome=task.state.value)
    before = uow.papers.of_cycle(cycle.id, kind=kind)
    for old in before:
        uow.papers.replace(old.id)
    paper_kind = cycle.sop.papers[kind]
    uow.papers.register_upload(
        kind,
        stored,
        title=paper_kind.title,
        filename=incoming.filename,
        audience=paper_kind.audience,
        cycle=cycle.id,
        made_by=incoming.by_person,
        now=now,
    )
    sheet = sheet_of(cycle)
    skipped = tuple(k for k in sheet.skipped_papers if k != kind)
    sheet = replace(sheet, previewed=False, skipped_papers=skipped).drafted(incoming.by_person)
    happened = events.PreparationChanged(
        cycle=cycle.id, before={kind: [p.filename for p in before]}, after={kind: [incoming.filename]}
    )
    sender = uow.people.get(incoming.by_person, now)
    capacity = sender.capacity(cycle.step_of(task).actor, task.opd) if sender else None
    by_whom = signed(cycle.sop, sender, capacity) if sender and capacity else None
    change(uow, cycle, by_whom, now, lambda c: (rules.with_sheet(c, sheet.to_json()), (happened,)))
