"""What happens when a reminder is due: is something still owed, and by whom; and the next rung of the overdue ones."""

from datetime import datetime

from sop import events
from sop.actions import substitution
from sop.cycle import Cycle, CycleState, Standing, Task
from sop.evidence import still_open
from sop.outgoing import Choice, Message, ToPerson
from sop.people import Acting
from sop.ports import Reminder, UnitOfWork
from sop.refusals import NothingThere
from sop.reminders import SIGNATURE, next_overdue, not_in_quiet_hours
from sop.telling import tell
from sop.worktime import WIB


def remind_all_due(uow: UnitOfWork, *, now: datetime) -> int:
    """Handle every reminder whose moment has come; after a pause each once, however late. Returns how many."""
    due = uow.reminders.due(now)
    # Several rungs of one task that came due while the bot was down become one reminder: the latest.
    latest = {r.task: r for r in due}
    for reminder in due:
        uow.reminders.done(reminder.id)
        if latest[reminder.task] is not reminder:
            continue
        if reminder.task.startswith(substitution.SUBJECT):
            substitution.turned(uow, reminder.task, now=now)
        else:
            _remind(uow, reminder, now)
    return len(due)


def _remind(uow: UnitOfWork, reminder: Reminder, now: datetime) -> None:
    try:
        cycle = uow.cycles.of_task(reminder.task)
    except NothingThere:
        return
    task = cycle.task(reminder.task)
    away = reminder.rung == SIGNATURE and task.standing is Standing.SIGNATURE
    if not task.open or cycle.state is not CycleState.ACTIVE or task.due_at is None:
        return
    if task.paused_at is not None and not away:
        return
    step = cycle.step_of(task)
    owing = uow.people.holders(cycle.awaits(task), task.opd, now)
    for person in owing:
        _write(uow, cycle, task, person, reminder, now)
    if away and step.signature_reminder:
        uow.reminders.replan(task.id, [(SIGNATURE, uow.time.due(now, step.signature_reminder))])
    elif any(r.kind == "each_after" for r in step.remind) and now >= task.due_at:
        uow.reminders.replan(task.id, [("each_after", next_overdue(now, uow.time))])
    fell = events.ReminderFell(
        cycle=cycle.id,
        task=task.id,
        step=task.step,
        opd=task.opd,
        rung=reminder.rung,
        due_at=task.due_at,
        receivers=tuple(p.id for p in owing),
    )
    tell(uow, None, now, fell)


def _write(uow: UnitOfWork, cycle: Cycle, task: Task, person: Acting, reminder: Reminder, now: datetime) -> None:
    settings = uow.people.settings(person.id)
    quiet = uow.office.office.quiet
    at = not_in_quiet_hours(now, settings, quiet.default_from, quiet.default_until)
    if settings.digest:
        _digest(uow, person, at, now)
        return
    step = cycle.step_of(task)
    items = uow.evidence.of_opd(cycle.id, task.opd) if task.opd else ()
    left = uow.time.remaining(now, task.due_at) if task.due_at else None
    uow.outbox.add(
        Message(
            to=ToPerson(person.id),
            template="reminder",
            params={
                "rung": reminder.rung,
                "number": step.number,
                "steps": len(cycle.sop.steps),
                "step": step.title,
                "cycle": cycle.name,
                "opd": uow.office.opd(task.opd).name if task.opd else "",
                "target_at": task.target_at,
                "due_at": task.due_at,
                "late": bool(left and left.late) and task.standing is Standing.NO,
                "since": task.standing_since,
                "days": left.working_days if left else 0,
                "minutes": left.minutes if left else 0,
                "missing": [i.code for i in still_open(items)],
                "total": len(items),
            },
            choices=((Choice("step.card", task.id, style="primary"),),),
            key=f"reminder:{task.id}:{reminder.rung}:{reminder.at.isoformat()}:{person.id}",
            not_before=at if at > now else None,
        )
    )


def _digest(uow: UnitOfWork, person: Acting, at: datetime, now: datetime) -> None:
    """One morning message instead of many: enqueued once a day, however many reminders fall."""
    morning = uow.time.opening(uow.time.next_working_day(at.astimezone(WIB).date()))
    today = at.astimezone(WIB).date()
    if uow.time.is_working_day(today) and at < uow.time.opening(today):
        morning = uow.time.opening(today)
    rows = []
    for cycle in uow.cycles.current():
        for task in cycle.open_tasks():
            step = cycle.step_of(task)
            if task.due_at and person.capacity(cycle.awaits(task), task.opd):
                rows.append(
                    {
                        "step": step.title,
                        "number": step.number,
                        "cycle": cycle.name,
                        "due_at": task.due_at,
                        "late": task.due_at < morning,  # it is read in the morning, not now
                    }
                )
    uow.outbox.add(
        Message(
            to=ToPerson(person.id),
            template="digest",
            params={"tasks": rows},
            choices=((Choice("tasks.mine", style="primary"),),),
            key=f"digest:{person.id}:{morning.date().isoformat()}",
            not_before=morning,
        )
    )
