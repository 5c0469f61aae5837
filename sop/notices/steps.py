"""What follows from the work in the steps."""

from datetime import datetime

from sop import events
from sop.notices.common import group_line, refresh, sending_step, tell_roles
from sop.notices.hearing import hears
from sop.ports import UnitOfWork


@hears(events.PreparationChanged)
def _prepared(uow: UnitOfWork, event: events.PreparationChanged, now: datetime) -> None:
    """The checklist stands on the card of everybody in the team."""
    cycle = uow.cycles.get(event.cycle)
    for task in cycle.open_tasks(cycle.sop.steps[0].key):
        refresh(uow, cycle, task.id, now)


@hears(events.AgendaNumberEntered)
def _agenda_number(uow: UnitOfWork, event: events.AgendaNumberEntered, now: datetime) -> None:
    """It stands on the card of everybody in the Sekretariat."""
    cycle = uow.cycles.get(event.cycle)
    for task in cycle.open_tasks():
        refresh(uow, cycle, task.id, now)


@hears(events.LetterNumbered)
def _letter_numbered(uow: UnitOfWork, event: events.LetterNumbered, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    params = {
        "cycle": cycle.name,
        "title": cycle.sop.papers[event.kind].title,
        "number": event.number,
        "dated": event.dated,
        "again": bool(event.before),
    }
    key = f"group:numbered:{event.letter}:{event.number}:{event.dated.isoformat()}"
    group_line(uow, "group/letter_numbered", params, key=key)


@hears(events.LettersSent)
def _letters_sent(uow: UnitOfWork, event: events.LettersSent, now: datetime) -> None:
    """One line for the sending and for the step that ends with it."""
    cycle = uow.cycles.get(event.cycle)
    step, by = sending_step(cycle), uow.letters.get(event.letters[0]).sent_by
    params = {
        "cycle": cycle.name,
        "number": step.number if step else 0,
        "step": step.title if step else "",
        "by": by.title if by else "",
        "by_bot": event.by_bot,
        "by_hand": event.by_hand,
        "at": now,
    }
    group_line(uow, "group/letters_sent", params, key=f"group:letters_sent:{event.letters[0]}")


@hears(events.LetterReplaced)
def _letter_replaced(uow: UnitOfWork, event: events.LetterReplaced, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    params = {
        "cycle": cycle.name,
        "title": cycle.sop.papers[event.kind].title,
        "before": event.before,
        "number": event.number,
        "by_bot": event.by_bot,
        "by_hand": event.by_hand,
        "at": now,
    }
    group_line(uow, "group/letter_replaced", params, key=f"group:letter_replaced:{event.letter}")


@hears(events.LetterRevoked)
def _letter_revoked(uow: UnitOfWork, event: events.LetterRevoked, now: datetime) -> None:
    cycle = uow.cycles.get(event.cycle)
    params = {
        "cycle": cycle.name,
        "title": cycle.sop.papers[event.kind].title,
        "number": event.number,
        "at": now,
    }
    group_line(uow, "group/letter_revoked", params, key=f"group:letter_revoked:{event.letter}")


@hears(events.LettersVoided)
def _letters_voided(uow: UnitOfWork, event: events.LettersVoided, now: datetime) -> None:
    """Whoever keeps the agenda must strike the numbers out there too."""
    params = {
        "cycle": uow.cycles.get(event.cycle).name,
        "titles": list(event.titles),
        "numbers": list(event.numbers),
        "reason": event.reason,
    }
    tell_roles(uow, (event.role,), "letters_void", params, now, key=f"void:{event.cycle}:{now.isoformat()}")
