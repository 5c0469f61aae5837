"""What a return of the meeting's step does to its sitting (SOP step 6). Below sop/actions/cycles.py, which returns."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop import meeting as sittings
from sop.convening import INVITATION, MEETING, tell_called_off
from sop.cycle import Cycle
from sop.letters import LetterState
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
    sequence = last.sequence + 1 if last.told else last.sequence
    uow.meetings.save(sittings.put(meeting, replace(last, letter=letter, sequence=sequence)))
    happened = events.MeetingCalledOff(cycle=cycle.id, sitting=last.number, starts_at=last.starts_at, why="kembali")
    tell(uow, None, now, happened)
