"""What follows when a cycle is suspended, cancelled, taken up again or completed."""

from datetime import datetime

from sop import events
from sop.delivery import deliver_to_newcomer
from sop.notices.common import group_line, refresh, replan
from sop.notices.hearing import hears
from sop.outgoing import Message, ToPerson
from sop.ports import UnitOfWork


@hears(events.CycleOpened)
def _opened(uow: UnitOfWork, event: events.CycleOpened, now: datetime) -> None:
    """The groups hear that it began; whose turn it is, the card of the first task tells."""
    cycle = uow.cycles.get(event.cycle)
    first = cycle.sop.steps[0]
    params = {
        "cycle": cycle.name,
        "opds": len(cycle.opds),
        "number": first.number,
        "step": first.title,
        "actor": cycle.sop.role_name(first.actor),
        "at": now,
    }
    group_line(uow, "group/cycle_opened", params, key=f"group:cycle_opened:{cycle.id}")


@hears(events.CycleSuspended)
def _suspended(uow: UnitOfWork, event: events.CycleSuspended, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_suspended", event.reason, now)


@hears(events.CycleResumed)
def _resumed(uow: UnitOfWork, event: events.CycleResumed, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_resumed", event.reason, now)


@hears(events.CycleCancelled)
def _cancelled(uow: UnitOfWork, event: events.CycleCancelled, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_cancelled", event.reason, now)


@hears(events.CycleReopened)
def _reopened(uow: UnitOfWork, event: events.CycleReopened, now: datetime) -> None:
    """Whoever came to an agency while the cycle was given up gets the letters that they missed."""
    _cycle_changed(uow, event.cycle, "cycle_reopened", event.reason, now)
    cycle = uow.cycles.get(event.cycle)
    asked = [t for t in cycle.open_tasks() if cycle.step_of(t).each]
    for person in sorted({h.id for t in asked for h in uow.people.holders(cycle.step_of(t).actor, t.opd, now)}):
        deliver_to_newcomer(uow, person, now)


@hears(events.CycleCompleted)
def _completed(uow: UnitOfWork, event: events.CycleCompleted, now: datetime) -> None:
    _cycle_changed(uow, event.cycle, "cycle_completed", "", now)


def _cycle_changed(uow: UnitOfWork, cycle_id: str, template: str, reason: str, now: datetime) -> None:
    """Everybody who has an open task hears it; cards and reminders follow the state."""
    cycle = uow.cycles.get(cycle_id)
    concerned: set[str] = set()
    for task in cycle.open_tasks():
        replan(uow, cycle, task.id, now)
        refresh(uow, cycle, task.id, now)
        concerned |= {h.id for role in cycle.readers(task) for h in uow.people.holders(role, task.opd, now)}
    params = {"cycle": cycle.name, "reason": reason, "at": now}
    for person in sorted(concerned):
        uow.outbox.add(
            Message(ToPerson(person), template, params, key=f"{template}:{cycle.id}:{now.isoformat()}:{person}")
        )
    group_line(uow, f"group/{template}", params, key=f"group:{template}:{cycle.id}:{now.isoformat()}")
