"""What several hearings do: refresh cards, plan reminders, write a line to the groups, tell a role."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from sop.cycle import Cycle, Standing, Task
from sop.definition import Step
from sop.naming import opd_of
from sop.outgoing import Choice, Message, Priority, ToGroup, ToPerson
from sop.ports import UnitOfWork
from sop.reminders import QUESTION, SIGNATURE, next_overdue, plan


def give_open_tasks(uow: UnitOfWork, person: str, now: datetime) -> None:
    """Send a person the cards of every open task that they may act on now."""
    who = uow.people.get(person, now)
    if who is None:
        return
    for cycle in uow.cycles.current():
        for task in cycle.open_tasks():
            if any(who.capacity(role, task.opd) for role in cycle.readers(task)):
                uow.outbox.refresh_card(task.id, [person], loud=True)


def refresh_role(uow: UnitOfWork, role: str, opd: str | None, persons: list[str], now: datetime) -> None:
    """The cards of a role at these persons; also those of a cancelled cycle, which may be reopened."""
    for cycle in uow.cycles.all():
        for task in cycle.open_tasks():
            if role in cycle.readers(task) and opd in (None, task.opd):
                uow.outbox.refresh_card(task.id, persons)


def refresh(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    task = cycle.task(task_id)
    persons = {h.id for role in cycle.readers(task) for h in uow.people.holders(role, task.opd, now)}
    uow.outbox.refresh_card(task_id, sorted(persons))


def refresh_later(uow: UnitOfWork, cycle: Cycle, now: datetime, *, loud: bool = False) -> None:
    """The cards of what comes after a step per OPD show what that step holds: a repair runs beside them (SOP step 5).

    *loud*: nothing is awaited from the agencies any more, so that it is the turn of these cards again.
    """
    collected = max((s.number for s in cycle.sop.steps if s.each), default=0)
    for task in cycle.open_tasks():
        if cycle.step_of(task).number > collected > 0:
            holders = uow.people.holders(cycle.step_of(task).actor, task.opd, now)
            uow.outbox.refresh_card(task.id, [h.id for h in holders], loud=loud)


def ended(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    """Somebody has decided: reminders stop, every copy of the card shows it, open questions about it are closed."""
    uow.reminders.drop(task_id)
    uow.dialogues.close_for_subject(task_id)
    refresh(uow, cycle, task_id, now)


def replan(uow: UnitOfWork, cycle: Cycle, task_id: str, now: datetime) -> None:
    task: Task = cycle.task(task_id)
    running = cycle.state.value == "berjalan" and task.open
    step = cycle.step_of(task)
    if running and task.standing is Standing.SIGNATURE and step.signature_reminder:
        uow.reminders.replan(task_id, [(SIGNATURE, uow.time.due(now, step.signature_reminder))])
        return
    if running and task.question:
        uow.reminders.replan(task_id, [(QUESTION, next_overdue(now, uow.time))])
        return
    if not running or task.paused_at is not None or task.due_at is None:
        uow.reminders.drop(task_id)
        return
    moments = plan(
        step.remind,
        started=task.clock_started_at or task.opened_at,
        target=task.target_at,
        due=task.due_at,
        now=now,
        calendar=uow.time,
    )
    uow.reminders.replan(task_id, [(m.rung, m.at) for m in moments])


def sending_step(cycle: Cycle) -> Step | None:
    """The step that ends with the sending of letters to the OPDs (SOP step 3), if this SOP has one."""
    before = (step for step, following in pairwise(cycle.sop.steps) if following.each)
    return next(before, None) if cycle.sop.letters_to_opds else None


def group_line(uow: UnitOfWork, template: str, params: dict[str, Any], *, key: str) -> None:
    """One line for each bound group (once where one group serves two teams); never evidence or personal data."""
    places = {(group.chat, group.thread): group.purpose for group in reversed(uow.groups.all())}
    for purpose in sorted(places.values()):
        line = Message(ToGroup(purpose), template, params, loud=False, priority=Priority.BULK, key=f"{key}:{purpose}")
        uow.outbox.add(line)


def tell_roles(
    uow: UnitOfWork,
    roles: tuple[str, ...],
    template: str,
    params: dict[str, Any],
    now: datetime,
    *,
    key: str,
    choices: tuple[tuple[Choice, ...], ...] = (),
    but: str = "",
) -> None:
    for person in {h.id for role in roles for h in uow.people.holders(role, None, now)} - {but}:
        uow.outbox.add(Message(ToPerson(person), template, params, choices=choices, key=f"{key}:{person}"))


def opd_name(uow: UnitOfWork, opd: str | None, cycle: Cycle | None = None) -> str:
    """An agency in words; as the cycle knows it, where one is at hand."""
    if cycle is not None:
        return opd_of(uow, cycle, opd).name
    return uow.office.opd(opd).name if opd else ""
