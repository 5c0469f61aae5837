"""Who attends the meeting: by a tap of their own, or written down by Tim SPBE Kota (SOP step 6)."""

from dataclasses import dataclass
from datetime import datetime

from sop import convening, events
from sop import meeting as sittings
from sop.actions.meeting_state import found, keep, told
from sop.cycle import Cycle, Signed, require_active, signed
from sop.meeting import Attendee, Meeting, Sitting
from sop.meeting_words import read_guests
from sop.people import Acting, Capacity
from sop.ports import UnitOfWork
from sop.refusals import NothingThere, NotNow, NotYours
from sop.telling import tell


@dataclass(frozen=True, slots=True)
class Presence:
    """The list of a sitting: who is there, and who of the invited is not."""

    cycle: Cycle
    meeting: Meeting
    sitting: Sitting
    present: tuple[Attendee, ...]
    absent: tuple[Acting, ...]


def presence(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Presence:
    """The list of the newest sitting that has begun.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NotNow (`sidang_belum_dimulai`): none has begun.
    """
    here = found(uow, who, task_id)
    sitting = _sitting(here.meeting)
    present = here.meeting.at(sitting.number)
    there = {a.person for a in present}
    everybody = sorted(convening.invited(uow, here.cycle, now), key=lambda p: p.name.casefold())
    return Presence(here.cycle, here.meeting, sitting, present, tuple(p for p in everybody if p.id not in there))


def _sitting(meeting: Meeting) -> Sitting:
    if meeting.held is None:
        raise NotNow(state="sidang_belum_dimulai")
    return meeting.held


def attend(uow: UnitOfWork, who: Acting, cycle_id: str, sitting: int, *, now: datetime) -> Attendee:
    """*Hadir*, by a tap of one's own.

    Raises:
        NotYours: not invited. NotNow: the cycle does not run; or see `meeting.attend`.
    """
    cycle = uow.cycles.get(cycle_id)
    step = convening.meeting_step(cycle)
    capacity = convening.capacity(cycle, who)
    if capacity is None or step is None:
        raise NotYours(role=step.actor if step else "")
    require_active(cycle)
    meeting = uow.meetings.of_cycle(cycle_id)
    attendee = _attendee(uow, cycle, who, capacity, sitting, None, now)
    if not cycle.open_tasks(step.key):
        raise NotNow(state="sidang_selesai")
    return _write(uow, cycle, meeting, attendee, signed(cycle.sop, who, capacity), now)


def write_guests(uow: UnitOfWork, who: Acting, task_id: str, text: str, *, now: datetime) -> tuple[Attendee, ...]:
    """Guests without an account, one a line; those who stand on the list already are passed over.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `presence`. BadInput: see `read_guests`.
    """
    here = found(uow, who, task_id)
    number = _sitting(here.meeting).number
    meeting, written = here.meeting, []
    for name, post, agency in read_guests(text):
        guest = Attendee(uow.new_id(), number, name, post, agency, now, by=here.by)
        try:
            meeting = sittings.attend(meeting, guest)
        except NotNow as refused:
            if refused.state != "sudah_hadir":
                raise
            continue
        written.append(guest)
    if written:
        keep(uow, meeting)
        told(uow, here, now, *(_recorded(here.cycle, guest) for guest in written))
    return tuple(written)


def write_down(uow: UnitOfWork, who: Acting, task_id: str, person: str, *, now: datetime) -> Attendee:
    """Somebody invited who has no phone at hand.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `presence` and `meeting.attend`. NothingThere: not invited.
    """
    here = found(uow, who, task_id)
    there = uow.people.get(person, now)
    capacity = convening.capacity(here.cycle, there) if there else None
    if there is None or capacity is None:
        raise NothingThere(what="peserta")
    number = _sitting(here.meeting).number
    attendee = _attendee(uow, here.cycle, there, capacity, number, here.by, now)
    return _write(uow, here.cycle, here.meeting, attendee, here.by, now)


def strike(uow: UnitOfWork, who: Acting, task_id: str, attendee: str, *, now: datetime) -> Attendee:
    """Take somebody off the list again.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: nobody of this id.
    """
    here = found(uow, who, task_id)
    gone = next((a for a in here.meeting.attendees if a.id == attendee), None)
    keep(uow, sittings.strike(here.meeting, attendee))
    assert gone is not None  # `strike` has found it
    told(uow, here, now, events.AttendanceStruck(cycle=here.cycle.id, sitting=gone.sitting, name=gone.name))
    return gone


def _attendee(
    uow: UnitOfWork, cycle: Cycle, who: Acting, capacity: Capacity, sitting: int, by: Signed | None, now: datetime
) -> Attendee:
    """Somebody with an account: post and agency follow from the role (the city's team has no agency of its own)."""
    office = uow.definition_of(cycle).office
    step = convening.meeting_step(cycle)
    if capacity.opd:
        agency = uow.office.opd(capacity.opd).name
    else:
        agency = office.city if step and capacity.role == step.actor else office.name
    post = signed(cycle.sop, who, capacity).title
    return Attendee(uow.new_id(), sitting, who.name, post, agency, now, person=who.id, by=by)


def _write(uow: UnitOfWork, cycle: Cycle, meeting: Meeting, attendee: Attendee, by: Signed, now: datetime) -> Attendee:
    keep(uow, sittings.attend(meeting, attendee))
    tell(uow, by, now, _recorded(cycle, attendee))
    return attendee


def _recorded(cycle: Cycle, attendee: Attendee) -> events.AttendanceRecorded:
    return events.AttendanceRecorded(
        cycle=cycle.id,
        sitting=attendee.sitting,
        person=attendee.person,
        name=attendee.name,
        agency=attendee.agency,
    )
