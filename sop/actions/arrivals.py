"""What the workers bring back: a file is stored or could not be fetched, a paper is printed, a card was delivered."""

from datetime import datetime

from sop import cycle as rules
from sop.actions import (
    closing,
    evidence_arrivals,
    letters,
    official_files,
    publishing,
    rosters,
    score_sheets,
    signed_papers,
    verifying,
)
from sop.actions.cycles import change
from sop.outgoing import Choice, Message, Priority, ToPerson
from sop.ports import Incoming, Paper, StoredFile, UnitOfWork
from sop.refusals import Refused
from sop.scoring import Phase
from sop.verification import PURPOSE


def file_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """Bytes are kept (or only hashed, for `/cek`): hand them to the act that expected them, and tell the sender.

    What the rules refuse now (the task was decided meanwhile) is told to the sender; the bytes stay in the archive.
    """
    if incoming.purpose == PURPOSE:
        verifying.file_arrived(uow, incoming, stored, now=now)
        return
    params: dict[str, object] = {
        "filename": incoming.filename,
        "size": stored.size,
        "purpose": incoming.purpose,
        "at": now,
    }
    try:
        with uow.savepoint():  # an act that is refused half-way has written nothing
            answer = _hand_on(uow, incoming, stored, now)
    except Refused as refused:
        _tell_sender(uow, incoming, f"refusals/{refused.template}", refused.facts(), ())
        return
    if answer is not None:
        _tell_sender(uow, incoming, "file_stored", params, answer)


def _hand_on(
    uow: UnitOfWork, incoming: Incoming, stored: StoredFile, now: datetime
) -> tuple[tuple[Choice, ...], ...] | None:
    """Let the act take the file that it expected; the buttons of the answer, or None where the act itself answers."""
    if incoming.purpose == "evidence":
        evidence_arrivals.file_arrived(uow, incoming, stored, now=now)
        return None
    if incoming.purpose in ("evidence_pending", "evidence_dropped"):
        return None  # kept; its sender has been asked where it belongs, or has laid it aside
    if incoming.purpose == "official":
        official_files.official_file_arrived(uow, incoming, stored, now=now)
        return ((Choice("prepare.open", incoming.target.partition("|")[0], style="primary"),),)
    if incoming.purpose == "signed_letter":
        letters.signed_copy_arrived(uow, incoming, stored, now=now)
        closing.back_from_signature(uow, incoming, now=now)
        task_id, _, letter_id = incoming.target.partition("|")
        if uow.letters.get(letter_id).replaces:
            return ((Choice("replace.one", letter_id, style="primary", label_key="replace.back"),),)
        return ((Choice("step.card", task_id, style="primary"),),)
    if incoming.purpose == signed_papers.PURPOSE:
        cycle = signed_papers.copy_arrived(uow, incoming, stored, now=now)
        return ((Choice("docs.cycle", cycle.id, "0", style="primary", label_key="docs.back"),),)
    if incoming.purpose == rosters.PURPOSE:
        return ((Choice("people.import_check", incoming.id, style="primary"),),)
    if incoming.purpose == score_sheets.PURPOSE:
        checked = "score.check" if score_sheets.phase_of(incoming) is Phase.MEETING else "fill.check"
        return ((Choice(checked, incoming.id, style="primary", label_key="indicator.check"),),)
    return ()


def file_failed(uow: UnitOfWork, incoming: Incoming, reason: str, *, now: datetime) -> None:
    """The file could not be fetched: it does not count; the sender is told what to do. *reason* is a key."""
    if incoming.purpose == PURPOSE:
        verifying.file_failed(uow, incoming, reason)
        return
    choices: tuple[tuple[Choice, ...], ...] = ()
    if incoming.purpose == "evidence":
        item = evidence_arrivals.file_failed(uow, incoming, now=now)
        choices = ((Choice("evidence.item", item.id, style="primary", label={"code": item.code}),),)
    params = {"filename": incoming.filename, "size": incoming.size, "reason": reason}
    _tell_sender(uow, incoming, "file_failed", params, choices)


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


def paper_printed(uow: UnitOfWork, paper: Paper, *, now: datetime) -> None:
    """A paper is there: a document that was to be published goes out now (SOP step 8)."""
    if paper.kind == publishing.BOOK:
        publishing.printed(uow, paper, now=now)


def paper_failed(uow: UnitOfWork, paper: Paper, *, now: datetime) -> None:
    """A paper could not be printed: whoever had it made hears so, and can have it printed again."""
    if paper.kind == publishing.BOOK and publishing.not_printed(uow, paper, now=now):
        return
    if paper.made_by:
        again = Choice("docs.print_again", paper.id, style="primary")
        params = {"title": paper.title}
        key = f"paper_failed:{paper.id}:{now.isoformat()}"
        uow.outbox.add(Message(ToPerson(paper.made_by), "paper_failed", params, choices=((again,),), key=key))


def card_delivered(uow: UnitOfWork, task_id: str, *, now: datetime) -> None:
    """The first card of a task has reached somebody: clocks that start at delivery start now (SOP step 2)."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    if cycle.step_of(task).clock == "on_delivery" and task.open and task.clock_started_at is None:
        change(uow, cycle, None, now, lambda c: rules.start_clock(c, task_id, time=uow.time, now=now))
