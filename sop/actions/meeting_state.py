"""What the acts of the meeting share: read it for somebody who may act, write it, refresh the cards (SOP step 6)."""

from datetime import datetime
from typing import NamedTuple

from sop import cycle as rules
from sop import events
from sop.actions.cycles import change
from sop.convening import MEETING, meeting_step
from sop.cycle import Cycle, Events, Signed, Standing, Task
from sop.meeting import Meeting
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import NothingThere
from sop.telling import tell


class Found(NamedTuple):
    """An open task of the meeting, its meeting, and who acts."""

    cycle: Cycle
    task: Task
    meeting: Meeting
    by: Signed


def found(uow: UnitOfWork, who: Acting, task_id: str) -> Found:
    """The meeting of an open task, for its actor.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise`. NothingThere: the task is of another kind.
    """
    cycle = uow.cycles.of_task(task_id)
    task, by = rules.authorise(cycle, task_id, who)
    if cycle.step_of(task).dialogue != MEETING:
        raise NothingThere(what="tindakan")
    return Found(cycle, task, uow.meetings.of_cycle(cycle.id), by)


def keep(uow: UnitOfWork, meeting: Meeting) -> Meeting:
    """Write a changed meeting and read it back with its new version."""
    uow.meetings.save(meeting)
    return uow.meetings.of_cycle(meeting.cycle)


def stand(uow: UnitOfWork, here: Found, who: Acting, why: Standing, now: datetime) -> None:
    """Let the clock stand; nothing where it stands for this reason, or has not begun in this pass."""
    if here.task.clock_started_at is not None and here.task.standing is not why:
        change(uow, here.cycle, here.by, now, lambda c: rules.stand_still(c, here.task.id, why, who, now=now))


def go_on(uow: UnitOfWork, here: Found, who: Acting, now: datetime) -> None:
    """Let the clock run: it begins, or goes on; nothing where it runs."""
    task_id = here.task.id

    def decide(cycle: Cycle) -> tuple[Cycle, Events]:
        if here.task.clock_started_at is None:
            return rules.start_clock(cycle, task_id, time=uow.time, now=now)
        return rules.run_again(cycle, task_id, who, time=uow.time, now=now)

    if here.task.clock_started_at is None or here.task.standing is not Standing.NO:
        change(uow, here.cycle, here.by, now, decide)


def refresh(uow: UnitOfWork, cycle: Cycle, now: datetime) -> None:
    """Every copy of the card of the open meeting, in place."""
    step = meeting_step(cycle)
    if step is not None:
        team = [h.id for h in uow.people.holders(step.actor, None, now)]
        for task in cycle.open_tasks(step.key):
            uow.outbox.refresh_card(task.id, team)


def told(uow: UnitOfWork, here: Found, now: datetime, *happened: events.Event) -> None:
    """Journal and hearings of what this person did."""
    tell(uow, here.by, now, *happened)
