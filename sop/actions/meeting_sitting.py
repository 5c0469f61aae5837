"""A sitting as it is held: begin, break, go on, end (SOP step 6)."""

from datetime import datetime

from sop import cycle as rules
from sop import events
from sop import meeting as sittings
from sop.actions.cycles import change
from sop.actions.meeting_state import found, go_on, keep, told
from sop.cycle import Cycle, Standing
from sop.meeting import Sitting
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import NotNow


def begin(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Sitting:
    """*Mulai rapat*: the clock begins (or goes on, at a further sitting); everybody invited is asked to tap Hadir.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise` and `meeting.begin`.
    """
    here = found(uow, who, task_id)
    meeting = keep(uow, sittings.begin(here.meeting, task_id, now=now))
    go_on(uow, here, who, now)
    sitting = meeting.sittings[-1]
    told(uow, here, now, events.SittingBegan(cycle=here.cycle.id, sitting=sitting.number))
    return sitting


def rest(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """*Skors*: the clock stands until the sitting goes on.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.stand_still`. NotNow (`sidang_belum_dimulai`): none is held.
    """
    here = found(uow, who, task_id)
    last = here.meeting.of_task(task_id)
    if last is None or not last.running:
        raise NotNow(state="sidang_belum_dimulai")
    return change(uow, here.cycle, here.by, now, lambda c: rules.stand_still(c, task_id, Standing.BREAK, who, now=now))


def take_up(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Cycle:
    """*Lanjutkan*: the sitting goes on after its break, the clock too.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.run_again`. NotNow (`tanpa_jeda`): there is no break.
    """
    here = found(uow, who, task_id)
    if here.task.standing is not Standing.BREAK:
        raise NotNow(state="tanpa_jeda")
    return change(uow, here.cycle, here.by, now, lambda c: rules.run_again(c, task_id, who, time=uow.time, now=now))


def finish(uow: UnitOfWork, who: Acting, task_id: str, *, now: datetime) -> Sitting:
    """*Selesai rapat*: what is left is the notula; the clock goes on until it is confirmed.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `rules.authorise` and `meeting.end`.
    """
    here = found(uow, who, task_id)
    meeting = keep(uow, sittings.end(here.meeting, task_id, now=now))
    if here.task.standing is Standing.BREAK:
        go_on(uow, here, who, now)
    sitting = meeting.sittings[-1]
    told(uow, here, now, events.SittingEnded(cycle=here.cycle.id, sitting=sitting.number, goes_on=False))
    return sitting
