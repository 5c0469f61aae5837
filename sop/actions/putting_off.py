"""What becomes of the date of a meeting when its task is returned or the cycle stands (SOP step 6).

Below sop/actions/cycles.py, which returns, suspends and takes up again.
"""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop import meeting as sittings
from sop.convening import INVITATION, MEETING, tell_called_off, tell_date
from sop.cycle import Cycle
from sop.letters import LetterState
from sop.meeting import Sitting
from sop.ports import UnitOfWork
from sop.telling import tell


def put_off(uow: UnitOfWork, cycle: Cycle, task_id: str, reason: str, *, now: datetime) -> None:
    """What a return of the meeting's step means: a sitting that is being held ends, one ahead loses its date.

    Its letter is the draft that the return has made of it. Nothing is told of a date that nobody had.
    """
    if cycle.step_of(cycle.task(task_id)).dialogue != MEETING:
        return
    meeting = uow.meetings.of_cycle(cycle.id)
    last = meeting.of_task(task_id)
    if last is None or last.ended_at is not None:
        return
    if last.running:
        uow.meetings.save(sittings.end(meeting, task_id, now=now))
        tell(uow, None, now, events.SittingEnded(cycle=cycle.id, sitting=last.number, goes_on=True))
        return
    tell_called_off(uow, cycle, last, why="kembali", reason=reason, now=now)
    drafts = [x for x in uow.letters.of_cycle(cycle.id, (INVITATION,)) if x.state is LetterState.DRAFT]
    letter = next((x.id for x in drafts), last.letter)
    _next_sequence(uow, cycle, replace(last, letter=letter))
    happened = events.MeetingCalledOff(cycle=cycle.id, sitting=last.number, starts_at=last.starts_at, why="kembali")
    tell(uow, None, now, happened)


def ahead(uow: UnitOfWork, cycle: Cycle) -> tuple[Sitting, ...]:
    """The sittings of open tasks that have a date and have not begun (one at most, in our SOP)."""
    meeting = uow.meetings.of_cycle(cycle.id)
    tasks = [t for t in cycle.open_tasks() if cycle.step_of(t).dialogue == MEETING]
    found = (meeting.of_task(t.id) for t in tasks)
    return tuple(s for s in found if s is not None and s.began_at is None)


def tell_stopped(uow: UnitOfWork, cycle: Cycle, *, why: str, reason: str, now: datetime) -> None:
    """The cycle is suspended or cancelled (*why*, a key of the template): take its coming sitting out of calendars."""
    for sitting in ahead(uow, cycle):
        tell_called_off(uow, cycle, sitting, why=why, reason=reason, now=now)
        _next_sequence(uow, cycle, sitting)


def tell_taken_up(uow: UnitOfWork, cycle: Cycle, *, now: datetime) -> None:
    """The cycle runs again: a date that is still to come holds, and whoever had it gets it back."""
    for sitting in ahead(uow, cycle):
        if sitting.told and sitting.starts_at > now:
            again = _next_sequence(uow, cycle, sitting)
            meeting = uow.meetings.of_cycle(cycle.id)
            uow.meetings.save(tell_date(uow, cycle, meeting, again, taken_up=True, now=now))


def _next_sequence(uow: UnitOfWork, cycle: Cycle, sitting: Sitting) -> Sitting:
    """What calendars are told next supersedes what they were told before (RFC 5545)."""
    after = replace(sitting, sequence=sitting.sequence + 1) if sitting.told else sitting
    uow.meetings.save(sittings.put(uow.meetings.of_cycle(cycle.id), after))
    return after
