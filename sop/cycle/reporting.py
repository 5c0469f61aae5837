"""The report to the superior, who takes note of it before the step can end (SOP step 7)."""

from dataclasses import replace
from datetime import datetime

from sop import events
from sop.cycle.deciding import authorise, authorise_superior
from sop.cycle.model import Cycle, Events, Signed, Task, put
from sop.people import Acting
from sop.refusals import AlreadyDecided, NotNow


def report(cycle: Cycle, task_id: str, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """Report the work of a step to its superior. The clock goes on.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise`.
        NotNow (`tanpa_laporan`, `sudah_dilaporkan`): the SOP asks for no report here, or it has been made.
    """
    task, by = authorise(cycle, task_id, who)
    if not cycle.step_of(task).acknowledged_by:
        raise NotNow(state="tanpa_laporan")
    if task.reported_at is not None:
        raise NotNow(state="sudah_dilaporkan")
    told = events.TaskReported(cycle=cycle.id, task=task.id, step=task.step, by=by.to_json())
    return put(cycle, replace(task, reported_at=now, reported_by=by)), (told,)


def authorise_acknowledgement(cycle: Cycle, task_id: str, who: Acting) -> tuple[Task, Signed]:
    """That *who* may take note of the report of this task now.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise_superior`.
        AlreadyDecided (`diketahui`): somebody took note of it; carries who and when.
        NotNow (`belum_dilaporkan`): nothing has been reported yet.
    """
    task, by = authorise_superior(cycle, task_id, who)
    if task.acknowledged_by is not None:
        raise AlreadyDecided(by=task.acknowledged_by.title, at=task.acknowledged_at, outcome="diketahui")
    if task.reported_at is None:
        raise NotNow(state="belum_dilaporkan")
    return task, by


def acknowledge(cycle: Cycle, task_id: str, who: Acting, *, now: datetime) -> tuple[Cycle, Events]:
    """Take note of the report (*mengetahui*), in one tap.

    Raises:
        NotYours, AlreadyDecided, NotNow: see `authorise_acknowledgement`.
    """
    task, by = authorise_acknowledgement(cycle, task_id, who)
    told = events.ReportAcknowledged(cycle=cycle.id, task=task.id, step=task.step, by=by.to_json())
    return put(cycle, replace(task, acknowledged_at=now, acknowledged_by=by)), (told,)
