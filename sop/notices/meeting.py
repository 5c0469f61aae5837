"""What follows from the meeting: dates and their changes, the sitting, the list, the notula (SOP step 6)."""

from datetime import datetime

from sop import events
from sop.convening import ask_attendance, meeting_step
from sop.cycle import Cycle
from sop.notices.common import group_line, refresh
from sop.notices.hearing import hears
from sop.ports import UnitOfWork


def _refresh(uow: UnitOfWork, cycle: Cycle, now: datetime) -> None:
    step = meeting_step(cycle)
    for task in cycle.open_tasks(step.key) if step else ():
        refresh(uow, cycle, task.id, now)


@hears(events.MeetingScheduled)
def _scheduled(uow: UnitOfWork, event: events.MeetingScheduled, now: datetime) -> None:
    """The groups hear the date; a date that has not changed is no news."""
    cycle = uow.cycles.get(event.cycle)
    _refresh(uow, cycle, now)
    if event.before == event.starts_at:
        return
    line = {
        "cycle": cycle.name,
        "sitting": event.sitting,
        "starts_at": event.starts_at,
        "place": event.place,
        "before": event.before,
    }
    key = f"group:meeting:{cycle.id}:{event.sitting}:{now.isoformat()}"
    group_line(uow, "group/meeting_scheduled", line, key=key)


@hears(events.MeetingCalledOff)
def _called_off(uow: UnitOfWork, event: events.MeetingCalledOff, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _refresh(uow, cycle, now)
    line = {"cycle": cycle.name, "sitting": event.sitting, "starts_at": event.starts_at, "why": event.why}
    group_line(uow, "group/meeting_called_off", line, key=f"group:meeting_off:{cycle.id}:{now.isoformat()}")


@hears(events.InvitationsSent)
def _sent(uow: UnitOfWork, event: events.InvitationsSent, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _refresh(uow, cycle, now)
    sitting = next(s for s in uow.meetings.of_cycle(cycle.id).sittings if s.number == event.sitting)
    line = {"cycle": cycle.name, "persons": event.receivers, "starts_at": sitting.starts_at}
    group_line(uow, "group/meeting_invited", line, key=f"group:meeting_invited:{event.letter}")


@hears(events.SittingBegan)
def _began(uow: UnitOfWork, event: events.SittingBegan, now: datetime) -> None:
    """Everybody invited is asked to tap Hadir."""
    cycle = uow.cycles.get(event.cycle)
    _refresh(uow, cycle, now)
    sitting = next(s for s in uow.meetings.of_cycle(cycle.id).sittings if s.number == event.sitting)
    ask_attendance(uow, cycle, sitting, now)
    line = {"cycle": cycle.name, "sitting": event.sitting, "at": now, "place": sitting.place}
    group_line(uow, "group/meeting_began", line, key=f"group:meeting_began:{cycle.id}:{event.sitting}")


@hears(events.SittingEnded)
def _ended(uow: UnitOfWork, event: events.SittingEnded, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    _refresh(uow, cycle, now)
    present = len(uow.meetings.of_cycle(cycle.id).at(event.sitting))
    line = {
        "cycle": cycle.name,
        "sitting": event.sitting,
        "at": now,
        "present": present,
        "goes_on": event.goes_on,
    }
    group_line(uow, "group/meeting_ended", line, key=f"group:meeting_ended:{cycle.id}:{event.sitting}")


@hears(events.AttendanceRecorded)
@hears(events.AttendanceStruck)
@hears(events.MinutesChanged)
def _list_changed(
    uow: UnitOfWork,
    event: events.AttendanceRecorded | events.AttendanceStruck | events.MinutesChanged,
    now: datetime,
) -> None:
    """The cards show the numbers; nobody is told."""
    _refresh(uow, uow.cycles.get(event.cycle), now)
