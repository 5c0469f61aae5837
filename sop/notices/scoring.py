"""What follows from the values of the indicators (SOP steps 6 and 7)."""

from datetime import datetime

from sop import events, scoring
from sop.cycle import Cycle
from sop.notices.common import group_line, refresh
from sop.notices.hearing import hears
from sop.ports import UnitOfWork


@hears(events.ScoreChanged)
def _score_changed(uow: UnitOfWork, event: events.ScoreChanged, now: datetime) -> None:
    """The cards count what is filled in: they change when something comes or goes, not when it is reworded."""
    if not any(bool(event.before.get(field)) != bool(value) for field, value in event.after.items()):
        return
    cycle = uow.cycles.get(event.cycle)
    for task in cycle.open_tasks():
        if task.opd is None:
            refresh(uow, cycle, task.id, now)
            if event.after.get("value") and not event.before.get("value"):
                _all_there(uow, cycle, task.id, now)


def _all_there(uow: UnitOfWork, cycle: Cycle, task: str, now: datetime) -> None:
    """One line for the groups when the last value has come; never a value."""
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    found = scoring.progress(instrument, scores)
    if not found.left:
        params = {"cycle": cycle.name, "total": found.total, "waiting": len(found.waiting), "at": now}
        group_line(uow, "group/scores_complete", params, key=f"group:scores:{task}")
