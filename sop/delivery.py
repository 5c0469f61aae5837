"""How sent letters reach an OPD: to every focal point, also to one who joins later (SOP step 3, expedition list).

Below sop/actions and sop/notices, which both need it; nothing is told from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sop.cycle import Cycle, Floor, planned
from sop.definition import Step
from sop.letters import Delivery, Letter, LetterState
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import Paper, UnitOfWork


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The batas waktu of the OPDs: as *printed* in the letter, and the one that holds (UTC); *target_at* holds too."""

    printed: datetime | None
    target_at: datetime | None
    due_at: datetime

    @property
    def later(self) -> bool:
        """Whether the letter names an earlier date than the one that holds, because it was sent late (SOP step 4)."""
        return self.printed is not None and self.printed < self.due_at


def receiving_step(cycle: Cycle) -> Step:
    """The step per OPD, whose actors receive the letters."""
    return next(s for s in cycle.sop.steps if s.each)


def sent_letters(uow: UnitOfWork, cycle: Cycle) -> tuple[Letter, ...]:
    """The letters of a cycle that have gone out."""
    return tuple(
        letter
        for letter in uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds)
        if letter.state is LetterState.SENT
    )


def newest_replacement(letters: Sequence[Letter]) -> str:
    """Id of the letter that took another's place last, of those given; empty when none did."""
    found = [letter for letter in letters if letter.replaces and letter.sent_at]
    return max(found, key=lambda letter: (letter.sent_at, letter.id)).id if found else ""


def out_of_reach(uow: UnitOfWork, cycle: Cycle, roles: Sequence[str], now: datetime) -> tuple[str, ...]:
    """The agencies of a cycle in which the bot can write to nobody of these *roles* (those that speak for one)."""
    speaking = [role for role in roles if cycle.sop.actors[role].one_of is not None]
    return tuple(
        opd
        for opd in (cycle.opds if speaking else ())
        if not any(h.person.reachable for role in speaking for h in uow.people.holders(role, opd, now))
    )


def focal_points(uow: UnitOfWork, cycle: Cycle, opd: str, now: datetime) -> tuple[Acting, ...]:
    """Who receives letters for an OPD by bot: everybody in its role whom Telegram lets us write to."""
    return tuple(h for h in uow.people.holders(receiving_step(cycle).actor, opd, now) if h.person.reachable)


def printed_deadline(uow: UnitOfWork, letters: tuple[Letter, ...]) -> Floor | None:
    """Target and batas waktu as they stand in the letter: the OPDs' tenggat is never earlier."""
    for letter in letters:
        paper = uow.papers.get(letter.final_paper) if letter.final_paper else None
        if paper and paper.context.get("limit"):
            target = paper.context.get("target")
            return Floor(
                datetime.fromisoformat(target) if target else None, datetime.fromisoformat(paper.context["limit"])
            )
    return None


def deadlines(uow: UnitOfWork, cycle: Cycle, letters: tuple[Letter, ...], opd: str, now: datetime) -> Deadlines:
    """The tenggat of an OPD: of its task, or, before the sending, the one that a sending now would bring."""
    floor = printed_deadline(uow, letters)
    task = cycle.latest(receiving_step(cycle).key, opd)
    if task and task.due_at:
        target, due = task.target_at, task.due_at
    else:
        target, due = planned(receiving_step(cycle), now, time=uow.time, floor=floor)
    return Deadlines(floor.due_at if floor else None, target, due)


def deliver(uow: UnitOfWork, cycle: Cycle, letters: tuple[Letter, ...], opd: str, now: datetime) -> bool:
    """Enter the OPD in the expedition list and send to its focal points; False when it has none to be reached."""
    people = focal_points(uow, cycle, opd, now)
    delivery = Delivery(uow.new_id(), cycle.id, opd, "bot" if people else "manual", now)
    uow.letters.deliver(delivery)
    for person in people:
        send_to_focal_point(uow, cycle, letters, delivery, person.id, now=now)
    return bool(people)


def send_to_focal_point(
    uow: UnitOfWork,
    cycle: Cycle,
    letters: tuple[Letter, ...],
    delivery: Delivery,
    person: str,
    *,
    now: datetime,
    again: str = "",
) -> None:
    """The signed letters, then one message with the button Diterima (if nobody has received them yet).

    Once per person; *again* is a mark under which they are sent once more.
    """
    for letter in letters:
        paper = uow.papers.get(letter.signed_paper)
        assert paper is not None  # a letter is sent only when it is signed
        uow.outbox.add(
            Message(
                ToPerson(person),
                "letter",
                {"title": paper.title, "dated": letter.dated, "cycle": cycle.name},
                attachment=Attachment(filename=paper.filename, paper=paper.id),
                loud=False,
                key=f"letter:{letter.id}:{person}{again}",
            )
        )
    if delivery.received_at is None:
        uow.outbox.add(received_question(uow, cycle, letters, delivery, person, now=now, again=again))


def received_question(
    uow: UnitOfWork,
    cycle: Cycle,
    letters: tuple[Letter, ...],
    delivery: Delivery,
    person: str,
    *,
    now: datetime,
    again: str,
) -> Message:
    """The message with the button Diterima. The button names the newest replacement among the letters that hold:
    one that was pressed under a letter before says nothing of this one."""
    newest = newest_replacement(sent_letters(uow, cycle))
    holds = deadlines(uow, cycle, letters, delivery.opd, now)
    return Message(
        ToPerson(person),
        "letter_received_question",
        {
            "cycle": cycle.name,
            "opd": opd_of(uow, cycle, delivery.opd).name,
            "letters": [
                {"title": cycle.sop.papers[letter.kind].title, "number": letter.number, "dated": letter.dated}
                for letter in letters
            ],
            "due_at": holds.due_at,
            "printed_at": holds.printed if holds.later else None,
        },
        choices=((Choice("letters.received", delivery.id, newest, style="success"),),),
        key=f"letters_received_question:{delivery.id}:{person}{again}",
    )


def send_again(
    uow: UnitOfWork,
    cycle: Cycle,
    delivery: Delivery,
    people: Sequence[Acting],
    *,
    now: datetime,
    again: str = "",
) -> Delivery:
    """Send to focal points after the sending; an OPD that was to get them by hand is now served by bot."""
    letters = sent_letters(uow, cycle)
    for person in people:
        send_to_focal_point(uow, cycle, letters, delivery, person.id, now=now, again=again)
    if delivery.channel == "manual" and delivery.received_at is None:
        delivery = replace(delivery, channel="bot", delivered_at=now)
        uow.letters.deliver(delivery)
    return delivery


def deliver_to_newcomer(uow: UnitOfWork, person: str, now: datetime) -> None:
    """Whoever joins an OPD (also as a substitute) after the sending gets its letters and what goes along with them."""
    who = uow.people.get(person, now)
    if who is None:
        return
    for cycle in uow.cycles.current():
        letters = sent_letters(uow, cycle)
        if not letters:
            continue
        mine = who.opds(receiving_step(cycle).actor)
        for delivery in uow.letters.deliveries(cycle.id):
            if delivery.opd in mine:
                send_again(uow, cycle, delivery, [who], now=now)
                for paper in enclosures(uow, cycle, delivery.opd):
                    uow.outbox.add(paper_message(paper, person, cycle))


def enclosures(uow: UnitOfWork, cycle: Cycle, opd: str) -> tuple[Paper, ...]:
    """The papers that go along to an OPD (blank formulir, Surat Edaran), in the order of the step's kelengkapan."""
    wanted = [need.paper for need in receiving_step(cycle).needs if need.paper]
    found = [p for p in uow.papers.of_cycle(cycle.id) if p.kind in wanted and p.opd in (None, opd)]
    return tuple(sorted(found, key=lambda p: wanted.index(p.kind)))


def paper_message(paper: Paper, person: str, cycle: Cycle) -> Message:
    """A paper of the kelengkapan, once to each person; it waits until it is printed."""
    return Message(
        to=ToPerson(person),
        template="paper",
        params={"title": paper.title, "cycle": cycle.name},
        attachment=Attachment(filename=paper.filename, paper=paper.id),
        loud=False,
        after=(paper.id,) if paper.state == "queued" else (),
        key=f"paper:{paper.id}:{person}",
    )
