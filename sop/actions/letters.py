"""Acts of step 3: number, sign, send, receive (SOP step 3, Sekretariat Dinas and every OPD)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sop import cycle as rules
from sop import events, paperwork
from sop.actions.cycles import by_permission, change
from sop.actions.preparation import issue, letter_context, sheet_of
from sop.cycle import Cycle, Floor, Signed, signed
from sop.letters import Delivery, Letter, LetterState, attach_signed, give_number, send
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import Incoming, StoredFile, UnitOfWork
from sop.refusals import AlreadyDecided, NothingThere
from sop.telling import tell
from sop.worktime import WIB


@dataclass(frozen=True, slots=True)
class GiveNumber:
    """Number, date (WIB) and signatory of a letter, as the agenda officer has given them."""

    letter: str
    number: str
    dated: date
    signatory: str


def number_letter(
    uow: UnitOfWork, who: Acting, task_id: str, command: GiveNumber, *, bot_name: str, now: datetime
) -> Letter:
    """Record a letter's number and print the final PDF (siap tanda tangan); the batas waktu is computed now.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        BadInput: form or date of the number, taken in that year and unit, or a signatory unknown on the date.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    before = _letter(uow, cycle, command.letter)
    office = uow.definition_of(cycle).office
    if office.signatory(command.signatory, command.dated) is None:
        raise NothingThere(what="penanda_tangan")
    letter = give_number(before, command.number, command.dated, command.signatory, by, today=now.astimezone(WIB).date())
    uow.letters.save(letter)  # the database refuses a number that is taken
    context = letter_context(uow, cycle, sheet_of(cycle), letter, bot_name=bot_name, now=now)
    for old in uow.papers.of_cycle(cycle.id, kind=letter.kind):
        uow.papers.replace(old.id)
    letter = replace(
        letter, final_paper=issue(uow, cycle, letter.kind, context, made_by=who.id, owner=letter.id, now=now)
    )
    uow.letters.save(letter)
    happened = events.LetterNumbered(
        cycle=cycle.id,
        letter=letter.id,
        kind=letter.kind,
        before=before.number,
        number=letter.number,
        dated=command.dated,
    )
    tell(uow, by, now, happened)
    uow.outbox.refresh_card(task_id, [h.id for h in uow.people.holders(by.role, None, now)])
    return letter


def _letter(uow: UnitOfWork, cycle: Cycle, letter_id: str) -> Letter:
    letter = uow.letters.get(letter_id)
    if letter.cycle != cycle.id:
        raise NothingThere(what="surat")
    return letter


def suggest_number(uow: UnitOfWork, letter: Letter, *, now: datetime) -> str:
    """The next number by the office's pattern, as a suggestion only: the serial belongs to the agenda officer."""
    day = now.astimezone(WIB).date()
    return paperwork.suggested_number(uow.office.office, uow.letters.used_numbers(letter.unit, day.year), day)


def signed_copy_arrived(uow: UnitOfWork, incoming: Incoming, stored: StoredFile, *, now: datetime) -> None:
    """A signed scan (or externally signed file) is stored: it is the letter from now on, byte for byte.

    Raises:
        NotNow: the letter has no number yet or has been sent meanwhile.
    """
    task_id, _, letter_id = incoming.target.partition("|")
    cycle = uow.cycles.of_task(task_id)
    letter = _letter(uow, cycle, letter_id)
    about = cycle.sop.papers[letter.kind]
    for old in uow.papers.of_cycle(cycle.id, kind=letter.kind):
        uow.papers.replace(old.id)
    paper_id = uow.papers.register_upload(
        letter.kind,
        stored,
        title=f"{about.title} Nomor {letter.number}",
        filename=incoming.filename,
        audience=about.audience,
        cycle=cycle.id,
        owner=letter.id,
        made_by=incoming.by_person,
        now=now,
    )
    uow.letters.save(attach_signed(letter, paper_id))
    happened = events.LetterSigned(
        cycle=cycle.id, letter=letter.id, kind=letter.kind, number=letter.number, sha256=stored.sha256
    )
    person = uow.people.get(incoming.by_person, now)
    task = cycle.task(task_id)
    role = cycle.step_of(task).actor
    capacity = person.capacity(role) if person else None
    tell(uow, signed(cycle.sop, person, capacity) if person and capacity else None, now, happened)
    uow.outbox.refresh_card(task_id, [h.id for h in uow.people.holders(role, None, now)])


def send_letters(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """*Kirim ke semua OPD*: deliver to every focal point, list those with no account, start the OPDs' clocks.

    The batas waktu printed in the letter is not undercut; if the SOP's time ends later because the sending came later,
    the later date holds and the OPDs are told with their card (sop.md, step 4).

    Raises:
        Incomplete: a letter is not signed yet. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
    """
    cycle = uow.cycles.of_task(task_id)
    _, by = rules.authorise(cycle, task_id, who)
    letters = send(uow.letters.of_cycle(cycle.id), by, now=now)
    for letter in letters:
        uow.letters.save(letter)
    by_hand = [opd for opd in cycle.opds if not _deliver(uow, cycle, letters, opd, now)]
    happened = events.LettersSent(
        cycle=cycle.id,
        letters=tuple(letter.id for letter in letters),
        by_bot=len(cycle.opds) - len(by_hand),
        by_hand=len(by_hand),
    )
    tell(uow, by, now, happened)
    floor = _printed_deadline(uow, letters)
    after = change(
        uow,
        cycle,
        by,
        now,
        lambda c: rules.hand_over(
            c,
            task_id,
            who,
            time=uow.time,
            ids=uow.new_id,
            now=now,
            papers=tuple(letter.signed_paper for letter in letters),
            floor=floor,
        ),
    )
    print_expedition(uow, cycle.id, made_by=who.id, now=now)
    return after


def _printed_deadline(uow: UnitOfWork, letters: tuple[Letter, ...]) -> Floor | None:
    for letter in letters:
        paper = uow.papers.get(letter.final_paper) if letter.final_paper else None
        if paper and paper.context.get("limit"):
            target = paper.context.get("target")
            return Floor(
                datetime.fromisoformat(target) if target else None, datetime.fromisoformat(paper.context["limit"])
            )
    return None


def _deliver(uow: UnitOfWork, cycle: Cycle, letters: tuple[Letter, ...], opd: str, now: datetime) -> bool:
    """Send the letters to every focal point of an OPD; False when it has none who can be reached."""
    role = next(s.actor for s in cycle.sop.steps if s.each)
    holders = [h for h in uow.people.holders(role, opd, now) if h.person.reachable]
    delivery = Delivery(uow.new_id(), cycle.id, opd, "bot" if holders else "manual", now)
    uow.letters.deliver(delivery)
    for holder in holders:
        send_to_focal_point(uow, cycle, letters, delivery, holder.id)
    return bool(holders)


def send_to_focal_point(
    uow: UnitOfWork, cycle: Cycle, letters: tuple[Letter, ...], delivery: Delivery, person: str
) -> None:
    """The signed letters, then one message with the button Diterima."""
    for letter in letters:
        paper = uow.papers.get(letter.signed_paper)
        assert paper is not None  # a letter is sent only when it is signed
        uow.outbox.add(
            Message(
                ToPerson(person),
                "letter",
                {"title": paper.title, "number": letter.number, "dated": letter.dated, "cycle": cycle.name},
                attachment=Attachment(filename=paper.filename, paper=paper.id),
                loud=False,
                key=f"letter:{letter.id}:{person}",
            )
        )
    uow.outbox.add(
        Message(
            ToPerson(person),
            "letter_received_question",
            {
                "cycle": cycle.name,
                "opd": uow.office.opd(delivery.opd).name,
                "letters": [{"number": letter.number, "dated": letter.dated} for letter in letters],
            },
            choices=((Choice("letters.received", delivery.id, style="success"),),),
            key=f"letters_received_question:{delivery.id}:{person}",
        )
    )


def confirm_received(uow: UnitOfWork, who: Acting, delivery_id: str, *, now: datetime) -> Delivery:
    """An OPD taps Diterima.

    Raises:
        NotYours: not a focal point of that OPD. AlreadyDecided: a colleague was first.
    """
    delivery = uow.letters.delivery(delivery_id)
    cycle = uow.cycles.get(delivery.cycle)
    role = next(s.actor for s in cycle.sop.steps if s.each)
    by = signed(cycle.sop, who, who.acts_as(role, delivery.opd))
    if delivery.received_at:
        raise AlreadyDecided(by=delivery.received_by, at=delivery.received_at, outcome="diterima")
    received = replace(delivery, received_at=now, received_by=who.name, delivered_at=delivery.delivered_at or now)
    return _record(uow, cycle, received, by, now)


def record_by_hand(uow: UnitOfWork, who: Acting, delivery_id: str, received_by: str, *, now: datetime) -> Delivery:
    """The Sekretariat records that the printed letters were handed over, and to whom."""
    by = by_permission(uow, who, "record_delivery")
    delivery = uow.letters.delivery(delivery_id)
    cycle = uow.cycles.get(delivery.cycle)
    if delivery.received_at:
        raise AlreadyDecided(by=delivery.received_by, at=delivery.received_at, outcome="diterima")
    received = replace(
        delivery,
        channel="manual",
        delivered_at=now,
        received_at=now,
        received_by=received_by.strip()[:80],
        recorded_by=by.title,
    )
    return _record(uow, cycle, received, by, now)


def _record(uow: UnitOfWork, cycle: Cycle, delivery: Delivery, by: Signed, now: datetime) -> Delivery:
    uow.letters.deliver(delivery)
    happened = events.LetterReceived(
        cycle=cycle.id, opd=delivery.opd, channel=delivery.channel, received_by=delivery.received_by
    )
    tell(uow, by, now, happened)
    if all(d.received_at for d in uow.letters.deliveries(cycle.id)):
        print_expedition(uow, cycle.id, made_by=by.person, now=now)
    return delivery


def print_expedition(uow: UnitOfWork, cycle_id: str, *, made_by: str, now: datetime) -> str:
    """Print the expedition list as it stands now, in the place of the one before."""
    cycle = uow.cycles.get(cycle_id)
    context = paperwork.ekspedisi(
        uow.definition_of(cycle), cycle, uow.letters.of_cycle(cycle_id), uow.letters.deliveries(cycle_id), now
    )
    for old in uow.papers.of_cycle(cycle_id, kind="ekspedisi"):
        uow.papers.replace(old.id)
    return issue(uow, cycle, "ekspedisi", context, made_by=made_by, now=now)


def back_to_draft(uow: UnitOfWork, cycle: Cycle) -> None:
    """A step before the sending has the letters again: numbers are void, drafts are made anew (SOP step 3 return)."""
    for letter in uow.letters.of_cycle(cycle.id):
        if letter.state in (LetterState.NUMBERED, LetterState.SIGNED):
            uow.letters.save(replace(letter, state=LetterState.DRAFT, number="", dated=None, signed_paper=""))
