"""Acts of step 3 after the sending: who has received the letters, by bot or by hand (expedition list)."""

from dataclasses import dataclass, replace
from datetime import datetime

from sop import events, paperwork
from sop.actions.cycles import by_permission
from sop.actions.issuing import issue_anew
from sop.cycle import Cycle, Signed, require_not_over, signed
from sop.delivery import focal_points, newest_replacement, receiving_step, send_again, sent_letters
from sop.letters import Delivery, Letter
from sop.naming import opd_of
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import AlreadyDecided, BadInput, NothingThere, NotNow
from sop.telling import tell

_PERMISSION = "record_delivery"


@dataclass(frozen=True, slots=True)
class Expedition:
    """The expedition list of a cycle as it stands."""

    cycle: Cycle
    letters: tuple[Letter, ...]
    deliveries: tuple[Delivery, ...]

    @property
    def pending(self) -> tuple[Delivery, ...]:
        """Those who have not received, who are to be served by hand first."""
        waiting = (d for d in self.deliveries if d.received_at is None)
        return tuple(sorted(waiting, key=lambda d: d.channel == "bot"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the expedition list, with the focal points who can be reached now."""

    cycle: Cycle
    delivery: Delivery
    people: tuple[Acting, ...]


def expedition(uow: UnitOfWork, who: Acting, cycle_id: str, *, now: datetime) -> Expedition:
    """The expedition list.

    Raises:
        NotYours: no permission. NothingThere: nothing has been sent.
    """
    by_permission(uow, who, _PERMISSION)
    cycle = uow.cycles.get(cycle_id)
    deliveries = uow.letters.deliveries(cycle_id)
    if not deliveries:
        raise NothingThere(what="ekspedisi")
    return Expedition(cycle, sent_letters(uow, cycle), deliveries)


def line(uow: UnitOfWork, who: Acting, delivery_id: str, *, now: datetime) -> Line:
    """One line of the list.

    Raises:
        NotYours: no permission. NothingThere: no such line.
    """
    by_permission(uow, who, _PERMISSION)
    delivery = uow.letters.delivery(delivery_id)
    cycle = uow.cycles.get(delivery.cycle)
    return Line(cycle, delivery, focal_points(uow, cycle, delivery.opd, now))


def send_once_more(uow: UnitOfWork, who: Acting, delivery_id: str, *, now: datetime) -> Line:
    """*Kirim ulang*: the letters go once more to every focal point of an OPD; two taps within a minute are one.

    Raises:
        NotYours: no permission. NotNow: the cycle is published. AlreadyDecided: the OPD has received them.
        BadInput: nobody of the OPD can be reached by bot.
    """
    by = by_permission(uow, who, _PERMISSION)
    found = line(uow, who, delivery_id, now=now)
    _require_waiting(found.cycle, found.delivery)
    if not found.people:
        raise BadInput(field="resend", problem="nobody", value=opd_of(uow, found.cycle, found.delivery.opd).name)
    minute = f":{now:%Y%m%d%H%M}"
    delivery = send_again(uow, found.cycle, found.delivery, found.people, now=now, again=minute)
    happened = events.LettersSentAgain(
        cycle=found.cycle.id, opd=delivery.opd, persons=tuple(p.id for p in found.people)
    )
    tell(uow, by, now, happened)
    return replace(found, delivery=delivery)


def confirm_received(
    uow: UnitOfWork, who: Acting, delivery_id: str, *, replacement: str = "", now: datetime
) -> Delivery:
    """An OPD taps Diterima. *replacement*: the newest one when the button was made, if there was any.

    Raises:
        NotYours: not a focal point of that OPD. NotNow: the cycle is published, or a letter has been replaced since
            (`surat_pengganti`). AlreadyDecided: a colleague was first.
    """
    delivery = uow.letters.delivery(delivery_id)
    cycle = uow.cycles.get(delivery.cycle)
    by = signed(cycle.sop, who, who.acts_as(receiving_step(cycle).actor, delivery.opd))
    _require_waiting(cycle, delivery)
    if newest_replacement(sent_letters(uow, cycle)) not in ("", replacement):
        raise NotNow(state="surat_pengganti")
    received = replace(delivery, received_at=now, received_by=who.name)
    return _record(uow, cycle, received, by, now)


def record_by_hand(uow: UnitOfWork, who: Acting, delivery_id: str, received_by: str, *, now: datetime) -> Delivery:
    """The Sekretariat records that the printed letters were handed over, and to whom.

    Raises:
        NotYours: no permission. NotNow: the cycle is published.
        AlreadyDecided: it is recorded already, or the OPD has tapped Diterima.
        BadInput: no name, or too long a one.
    """
    by = by_permission(uow, who, _PERMISSION)
    delivery = uow.letters.delivery(delivery_id)
    cycle = uow.cycles.get(delivery.cycle)
    _require_waiting(cycle, delivery)
    name = " ".join(received_by.split())
    if not 2 <= len(name) <= 80:
        raise BadInput(field="receiver", problem="length", value=name[:80])
    received = replace(
        delivery,
        channel="manual",
        delivered_at=now,
        received_at=now,
        received_by=name,
        recorded_by=by.title,
    )
    return _record(uow, cycle, received, by, now)


def _require_waiting(cycle: Cycle, delivery: Delivery) -> None:
    """Nothing is recorded of a published cycle, nor twice. Raises NotNow, AlreadyDecided."""
    require_not_over(cycle)
    if delivery.received_at:
        raise AlreadyDecided(by=delivery.received_by, at=delivery.received_at, outcome="diterima")


def _record(uow: UnitOfWork, cycle: Cycle, delivery: Delivery, by: Signed, now: datetime) -> Delivery:
    uow.letters.deliver(delivery)
    uow.dialogues.close_for_subject(delivery.id)  # a colleague may be asked for the name of the receiver
    happened = events.LetterReceived(
        cycle=cycle.id, opd=delivery.opd, channel=delivery.channel, received_by=delivery.received_by
    )
    tell(uow, by, now, happened)
    if all(d.received_at for d in uow.letters.deliveries(cycle.id)):
        print_expedition(uow, cycle.id, made_by=by.person, now=now)
    return delivery


def ask_expedition(uow: UnitOfWork, who: Acting, cycle_id: str, *, now: datetime) -> str:
    """*Cetak ekspedisi*: the list as it stands now, as a paper to wait for.

    Raises:
        NotYours: no permission. NothingThere: nothing has been sent. NotNow: the cycle is published; its list is kept.
    """
    require_not_over(expedition(uow, who, cycle_id, now=now).cycle)
    return print_expedition(uow, cycle_id, made_by=who.id, now=now)


def print_expedition(uow: UnitOfWork, cycle_id: str, *, made_by: str, now: datetime) -> str:
    """Print the expedition list as it stands now, in the place of the one before."""
    cycle = uow.cycles.get(cycle_id)
    letters = sent_letters(uow, cycle) or uow.letters.gone_out(cycle_id, cycle.sop.letters_to_opds)
    context = paperwork.ekspedisi(uow.definition_of(cycle), cycle, letters, uow.letters.deliveries(cycle_id), now)
    return issue_anew(uow, cycle, "ekspedisi", context, made_by=made_by, now=now)
