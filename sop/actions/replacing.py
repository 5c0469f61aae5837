"""After the sending: a letter is replaced by a new one with a number of its own, or revoked (SOP step 3, sop.md).

The letter that went out stays readable, marked. Numbering and signing of the new one: letters.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sop import cycle as rules
from sop import events
from sop.actions.codes import end_codes
from sop.actions.cycles import by_permission
from sop.actions.expedition import print_expedition
from sop.actions.issuing import issue, replace_papers
from sop.actions.letter_papers import changed_sheet, letter_context
from sop.actions.letters import REPLACE, SIGNED_COPY, LetterView, view_of
from sop.cycle import Cycle, Signed, require_active, with_sheet
from sop.delivery import focal_points, received_question, receiving_step, sent_letters
from sop.letters import OVER, Letter, LetterState, begin_replacement, read_reason, revoke, take_place
from sop.naming import opd_of
from sop.outgoing import Attachment, Message, ToPerson
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.preparation import Meeting, check_meeting
from sop.refusals import NothingThere, NotNow
from sop.telling import tell
from sop.verification import Validity


@dataclass(frozen=True, slots=True)
class Sent:
    """The letters of a cycle that hold, with what is being prepared in the place of one of them."""

    cycle: Cycle
    letters: tuple[Letter, ...]
    coming: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A letter that is to take the place of *old*. *task*: the ended one of step 3, under which it is numbered."""

    cycle: Cycle
    old: Letter
    view: LetterView
    task: str
    meeting: Meeting | None


@dataclass(frozen=True, slots=True)
class Reached:
    """Who was told: OPDs by bot, and those to be told by hand (their names)."""

    cycle: Cycle
    old: Letter
    by_bot: int
    by_hand: tuple[str, ...]


# --- looking ---


def sent(uow: UnitOfWork, who: Acting, cycle_id: str, *, now: datetime) -> Sent:
    """The letters that can be replaced or revoked.

    Raises:
        NotYours: no permission. NotNow: the cycle does not run. NothingThere: nothing was sent.
    """
    by_permission(uow, who, REPLACE)
    cycle = uow.cycles.get(cycle_id)
    require_active(cycle)
    found = sent_letters(uow, cycle)
    if not found:
        raise NothingThere(what="surat")
    return Sent(cycle, found, coming(uow, cycle))


def can_replace(uow: UnitOfWork, who: Acting, cycle: Cycle) -> bool:
    """Whether to show the way to it: a courtesy, for `sent` decides."""
    allowed = any(who.capacity(role) for role in uow.office.sop.may(REPLACE))
    return allowed and cycle.state is rules.CycleState.ACTIVE and bool(sent_letters(uow, cycle))


def coming(uow: UnitOfWork, cycle: Cycle) -> tuple[Letter, ...]:
    """The letters that are being prepared in the place of one that went out."""
    return tuple(x for x in uow.letters.of_cycle(cycle.id) if x.replaces and x.state is not LetterState.SENT)


def in_force(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> tuple[Cycle, Letter, Signed]:
    """A letter that went out and holds, of a running cycle.

    Raises:
        NotYours: no permission. NotNow: the cycle does not run, the letter holds no more, or one that replaces
            it is being prepared (`pengganti_disiapkan`). NothingThere: no letter to the OPDs.
    """
    by = by_permission(uow, who, REPLACE)
    letter = uow.letters.get(letter_id)
    cycle = uow.cycles.get(letter.cycle)
    require_active(cycle)
    if letter.kind not in cycle.sop.letters_to_opds:
        raise NothingThere(what="surat")
    revoke(letter, "")  # refuses what has not been sent, or holds no more
    if any(x.replaces == letter.id for x in coming(uow, cycle)):
        raise NotNow(state="pengganti_disiapkan")
    return cycle, letter, by


def replacement(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> Replacement:
    """A letter that is being prepared in the place of another.

    Raises:
        NotYours: no permission. NotNow: the cycle does not run, or it has been sent. NothingThere: it replaces nothing.
    """
    by_permission(uow, who, REPLACE)
    letter = uow.letters.get(letter_id)
    if not letter.replaces:
        raise NothingThere(what="surat")
    cycle = uow.cycles.get(letter.cycle)
    require_active(cycle)
    if letter.state in OVER:
        raise NotNow(state=f"surat_{letter.state.value}")
    task = _task(cycle)
    meeting = changed_sheet(cycle, letter).meeting if letter.changes else None
    return Replacement(cycle, uow.letters.get(letter.replaces), view_of(uow, cycle, task, letter), task, meeting)


def _task(cycle: Cycle) -> str:
    """The newest pass of the step before the OPDs are asked: the one that ended with the sending."""
    number = receiving_step(cycle).number
    step = next(s for s in cycle.sop.steps if s.number == number - 1)
    task = cycle.latest(step.key)
    assert task is not None  # letters went out
    return task.id


def invites_to(uow: UnitOfWork, cycle: Cycle, letter: Letter) -> Meeting | None:
    """The meeting that a sent letter invites to; None for one that invites to none."""
    if letter.kind != "surat_undangan":
        return None
    return changed_sheet(cycle, letter).meeting


# --- a new one in its place ---


def prepare_replacement(
    uow: UnitOfWork,
    who: Acting,
    letter_id: str,
    reason: str,
    *,
    meeting: tuple[date, time, str] | None = None,
    bot_name: str,
    now: datetime,
) -> Letter:
    """*Ganti surat*: draft the letter anew; the one that went out holds until the new one is sent.

    *meeting*: day, clock (WIB) and place, where the invitation is to say otherwise.

    Raises:
        NotYours, NotNow, NothingThere: see `in_force`. BadInput: no reason, too long a one, or a meeting in the past.
    """
    cycle, old, by = in_force(uow, who, letter_id, now=now)
    reason = read_reason(reason)
    changes: dict[str, str] = {}
    if meeting is not None:
        day, clock, place = meeting
        check_meeting(day, clock, now)
        changes = {"day": day.isoformat(), "clock": clock.isoformat(timespec="minutes"), "place": place}
    letter = begin_replacement(old, uow.new_id(), reason, changes, now)
    uow.letters.add(letter)
    context = letter_context(uow, cycle, letter, bot_name=bot_name, now=now)
    drafted = replace(
        letter, draft_paper=issue(uow, cycle, letter.kind, context, made_by=who.id, owner=letter.id, now=now)
    )
    uow.letters.save(drafted)
    happened = events.ReplacementDrafted(
        cycle=cycle.id, letter=letter.id, kind=letter.kind, number=old.number, reason=letter.reason
    )
    tell(uow, by, now, happened)
    return drafted


def drop_replacement(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> Replacement:
    """*Urungkan*: the letter that went out goes on holding; a number of the new one is void.

    Raises:
        NotYours, NotNow, NothingThere: see `replacement`.
    """
    found = replacement(uow, who, letter_id, now=now)
    by = by_permission(uow, who, REPLACE)
    letter = found.view.letter
    uow.letters.save(replace(letter, state=LetterState.REPLACED))
    end_codes(uow, letter.id, Validity.VOID, now=now)
    replace_papers(uow, letter)
    happened = events.ReplacementDropped(
        cycle=found.cycle.id, letter=letter.id, kind=letter.kind, number=letter.number, holds=found.old.number
    )
    tell(uow, by, now, happened)
    return found


def ready_to_replace(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> tuple[Replacement, Reached]:
    """What sending the new letter would do, to be confirmed first.

    Raises:
        NotYours, NotNow, NothingThere: see `replacement`. Incomplete: it is not signed yet.
        NotNow (`berkas_diproses`): the signed copy is still on its way.
    """
    found = replacement(uow, who, letter_id, now=now)
    by = by_permission(uow, who, REPLACE)
    if uow.files.waiting_for(SIGNED_COPY, f"{found.task}|{letter_id}"):
        raise NotNow(state="berkas_diproses")
    take_place(found.old, found.view.letter, by, now=now)
    return found, _reached(uow, found.cycle, found.old, now)


def send_replacement(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> Reached:
    """*Kirim pengganti*: the new letter goes to the same OPDs, and says which it replaces; each is asked for Diterima.

    Raises:
        NotYours, NotNow, NothingThere, Incomplete: see `ready_to_replace`.
    """
    found, reached = ready_to_replace(uow, who, letter_id, now=now)
    cycle, by = found.cycle, by_permission(uow, who, REPLACE)
    old, new = take_place(found.old, found.view.letter, by, now=now)
    uow.letters.save(old)
    uow.letters.save(new)
    end_codes(uow, old.id, Validity.REPLACED, now=now)
    replace_papers(uow, old)
    if new.changes:
        meeting = changed_sheet(cycle, new).to_json()["meeting"]
        uow.cycles.save(with_sheet(cycle, {**cycle.sheet, "meeting": meeting}))
        cycle = uow.cycles.get(cycle.id)
    for delivery in uow.letters.deliveries(cycle.id):
        _deliver_anew(uow, cycle, old, new, delivery.opd, now)
    print_expedition(uow, cycle.id, made_by=who.id, now=now)
    happened = events.LetterReplaced(
        cycle=cycle.id,
        letter=new.id,
        kind=new.kind,
        before=old.number,
        number=new.number,
        reason=new.reason,
        by_bot=reached.by_bot,
        by_hand=len(reached.by_hand),
    )
    tell(uow, by, now, happened)
    return reached


def _deliver_anew(uow: UnitOfWork, cycle: Cycle, old: Letter, new: Letter, opd: str, now: datetime) -> None:
    """The expedition list begins anew for this OPD: what was received is the letter before (the journal has it)."""
    before = next(d for d in uow.letters.deliveries(cycle.id) if d.opd == opd)
    people = focal_points(uow, cycle, opd, now)
    delivery = replace(
        before,
        channel="bot" if people else "manual",
        sent_at=now,
        delivered_at=None,
        received_at=None,
        received_by="",
        recorded_by="",
    )
    uow.letters.deliver(delivery)
    uow.dialogues.close_for_subject(delivery.id)  # somebody may be asked for the receiver of the letter before
    for person in people:
        _send(uow, cycle, old, new, person)
        question = received_question(uow, cycle, (new,), delivery, person.id, now=now, again=f":{new.id}")
        uow.outbox.add(question)


def _send(uow: UnitOfWork, cycle: Cycle, old: Letter, new: Letter, person: Acting) -> None:
    paper = uow.papers.get(new.signed_paper)
    assert paper is not None  # it is sent only when it is signed
    params = _facts(cycle, old) | {"new_number": new.number, "new_dated": new.dated, "reason": new.reason}
    uow.outbox.add(
        Message(
            ToPerson(person.id),
            "letter_replaced",
            params,
            attachment=Attachment(filename=paper.filename, paper=paper.id),
            loud=False,
            key=f"letter:{new.id}:{person.id}",
        )
    )


def _facts(cycle: Cycle, letter: Letter) -> dict[str, object]:
    return {
        "title": cycle.sop.papers[letter.kind].title,
        "number": letter.number,
        "dated": letter.dated,
        "cycle": cycle.name,
    }


def _reached(uow: UnitOfWork, cycle: Cycle, old: Letter, now: datetime) -> Reached:
    opds = [d.opd for d in uow.letters.deliveries(cycle.id)]
    by_hand = tuple(opd_of(uow, cycle, o).name for o in opds if not focal_points(uow, cycle, o, now))
    return Reached(cycle, old, len(opds) - len(by_hand), by_hand)


# --- nothing in its place ---


def ready_to_revoke(uow: UnitOfWork, who: Acting, letter_id: str, *, now: datetime) -> Reached:
    """Whom a revocation would reach, to be confirmed first. Raises: see `in_force`."""
    cycle, letter, _ = in_force(uow, who, letter_id, now=now)
    return _reached(uow, cycle, letter, now)


def revoke_letter(uow: UnitOfWork, who: Acting, letter_id: str, reason: str, *, now: datetime) -> Reached:
    """*Batalkan surat*: it holds no more; everybody whom the bot sent it to hears why. The OPDs' tasks go on.

    Raises:
        NotYours, NotNow, NothingThere: see `in_force`. BadInput: no reason, or too long a one.
    """
    cycle, letter, by = in_force(uow, who, letter_id, now=now)
    reason = read_reason(reason)
    reached = _reached(uow, cycle, letter, now)
    uow.letters.save(revoke(letter, reason))
    end_codes(uow, letter.id, Validity.VOID, now=now)
    replace_papers(uow, letter)
    params = _facts(cycle, letter) | {"reason": reason}
    persons = {p.id for d in uow.letters.deliveries(cycle.id) for p in focal_points(uow, cycle, d.opd, now)}
    for person in sorted(persons):
        key = f"letter_revoked:{letter.id}:{person}"
        uow.outbox.add(Message(ToPerson(person), "letter_revoked", params, key=key))
    print_expedition(uow, cycle.id, made_by=who.id, now=now)
    happened = events.LetterRevoked(
        cycle=cycle.id, letter=letter.id, kind=letter.kind, number=letter.number, reason=reason
    )
    tell(uow, by, now, happened)
    return reached
