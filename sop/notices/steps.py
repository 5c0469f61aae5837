"""What follows from the work in the steps."""

from datetime import datetime

from sop import events
from sop.notices.common import group_line, refresh, tell_roles
from sop.notices.hearing import hears
from sop.ports import UnitOfWork


@hears(events.PreparationChanged)
def _prepared(uow: UnitOfWork, event: events.PreparationChanged, now: datetime) -> None:
    """The checklist stands on the card of everybody in the team."""
    cycle = uow.cycles.get(event.cycle)
    for task in cycle.open_tasks(cycle.sop.steps[0].key):
        refresh(uow, cycle, task.id, now)


@hears(events.LettersSent)
def _letters_sent(uow: UnitOfWork, event: events.LettersSent, now: datetime) -> None:
    params = {"cycle": uow.cycles.get(event.cycle).name, "by_bot": event.by_bot, "by_hand": event.by_hand, "at": now}
    group_line(uow, "group/letters_sent", params, key=f"group:letters_sent:{event.letters[0]}")


@hears(events.LettersVoided)
def _letters_voided(uow: UnitOfWork, event: events.LettersVoided, now: datetime) -> None:
    """Whoever keeps the agenda must strike the numbers out there too."""
    params = {"cycle": uow.cycles.get(event.cycle).name, "numbers": list(event.numbers), "reason": event.reason}
    tell_roles(uow, (event.role,), "letters_void", params, now, key=f"void:{event.cycle}:{now.isoformat()}")
