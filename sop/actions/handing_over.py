"""*Serahkan* (SOP step 4): the OPD hands its evidence to Tim SPBE Diskominfo, and gets a Tanda Terima."""

from datetime import datetime

from sop import cycle as rules
from sop import evidence as ev
from sop import papers, paperwork
from sop.actions.cycles import change
from sop.actions.issuing import issue
from sop.cycle import Cycle, Task
from sop.naming import opd_of
from sop.outgoing import Attachment, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete, NothingThere


def hand_over(uow: UnitOfWork, who: Acting, task_id: str, *, despite_missing: bool = False, now: datetime) -> Cycle:
    """The OPD hands its evidence over; a Tanda Terima is printed.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
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
        late=lateness(uow, task, now),
        now=now,
    )
    for earlier in uow.papers.of_cycle(cycle.id, kind="tanda_terima", opd=task.opd):
        uow.papers.replace(earlier.id)  # of a pass before a repair; it stays in the history
    receipt = issue(uow, cycle, "tanda_terima", context, made_by=who.id, owner=task.id, opd=task.opd, now=now)
    for holder in uow.people.holders(cycle.step_of(task).actor, task.opd, now):
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


def lateness(uow: UnitOfWork, task: Task, now: datetime) -> papers.Late | None:
    """How late a hand-over is now; None within the batas waktu."""
    if task.due_at is None or now <= task.due_at:
        return None
    return papers.Late(limit=task.due_at, working_days=uow.time.remaining(now, task.due_at).working_days)


def _send_receipt(uow: UnitOfWork, cycle: Cycle, receipt: str, person: str, opd: str) -> None:
    paper = uow.papers.get(receipt)
    assert paper is not None  # just requested
    uow.outbox.add(
        Message(
            ToPerson(person),
            "receipt",
            {"opd": opd_of(uow, cycle, opd).name, "cycle": cycle.name},
            attachment=Attachment(filename=paper.filename, paper=receipt),
            after=(receipt,),
            key=f"receipt:{receipt}:{person}",
        )
    )
