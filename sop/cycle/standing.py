"""A clock that stands by the work's own nature: a break, a second sitting, a paper away for a signature (SOP 6, 7)."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.clock import go_on_counting, pause
from sop.cycle.deciding import authorise
from sop.cycle.model import Cycle, Events, OfficeTime, Standing, put, require_active
from sop.people import Acting
from sop.refusals import NotNow


def stand_still(cycle: Cycle, task_id: str, why: Standing, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """Stop the clock of a task. A break may turn into an adjournment; nothing of the wait is counted.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        NotNow (`jam_berhenti`, `di_sekda`): it stands for this reason already.
    """
    task, _ = authorise(cycle, task_id, who)
    if task.standing is why:
        raise NotNow(state="di_sekda" if why is Standing.SIGNATURE else "jam_berhenti")
    stopped = pause(replace(task, standing=why, standing_since=now), now)
    told = events.ClockStands(cycle=cycle.id, task=task.id, step=task.step, why=why.value)
    return put(cycle, stopped), (told,)


def run_again(cycle: Cycle, task_id: str, who: Acting, *, time: OfficeTime, now: datetime) -> tuple[Cycle, Events]:
    """Let the clock of a task go on; its tenggat moves by the office time of the wait.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`. NotNow (`jam_berjalan`): it does not stand.
    """
    task, _ = authorise(cycle, task_id, who)
    if task.standing is Standing.NO:
        raise NotNow(state="jam_berjalan")
    return waited_for(cycle, task_id, time=time, now=now)


def waited_for(cycle: Cycle, task_id: str, *, time: OfficeTime, now: datetime) -> tuple[Cycle, Events]:
    """What a clock stood for has come, whoever brought it (a signed paper whose bearer has left the role since).

    Raises:
        NotNow: the cycle does not run.
    """
    require_active(cycle)
    task = cycle.task(task_id)
    why = task.standing.value
    task = replace(task, standing=Standing.NO, standing_since=None)
    moved: Events = ()
    if task.question is None:
        task, moved = go_on_counting(cycle, task, why, time=time, now=now)
    told = events.ClockRuns(cycle=cycle.id, task=task.id, step=task.step, why=why)
    return put(cycle, task), (told, *moved)


def must_begin_by(cycle: Cycle, task_id: str, moment: datetime, who: Acting) -> tuple[Cycle, Events]:
    """Before its clock runs, the tenggat of a task is *moment*: the meeting that has been scheduled (SOP step 6).

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`. NotNow (`rapat_dimulai`): the clock runs already.
    """
    task, _ = authorise(cycle, task_id, who)
    if task.clock_started_at is not None:
        raise NotNow(state="rapat_dimulai")
    return still_begins_at(cycle, task_id, moment)


def still_begins_at(cycle: Cycle, task_id: str, moment: datetime) -> tuple[Cycle, Events]:
    """A date that people have agreed on holds: a suspension has not moved it, whoever ends the suspension."""
    task = cycle.task(task_id)
    told = events.DeadlineSet(cycle=cycle.id, task=task.id, due_at=moment)
    return put(cycle, replace(task, due_at=moment)), (told,)
