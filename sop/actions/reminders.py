"""What happens when a reminder is due: is something still owed, and by whom; and the next rung of the overdue ones."""

from datetime import datetime

from sop import events
from sop.actions import substitution
from sop.cycle import Cycle, CycleState, Standing, Task
from sop.evidence import still_open
from sop.outgoing import Choice, Message, ToPerson
from sop.overview import drafter_role
from sop.people import Acting
from sop.ports import Reminder, UnitOfWork
from sop.refusals import NothingThere
from sop.reminders import QUESTION, SIGNATURE, next_overdue, not_in_quiet_hours
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
    if not _still_due(cycle, task, reminder.rung):
        return
    owing = _owing(uow, cycle, task, now)
    for person in owing:
        _write(uow, cycle, task, person, reminder, now)
    _plan_next(uow, cycle, task, now)
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


def _still_due(cycle: Cycle, task: Task, rung: str) -> bool:
    """Whether something is still owed at this rung: also while a question or a signature is what is waited for."""
    if not task.open or cycle.state is not CycleState.ACTIVE:
        return False
    if rung == QUESTION:
        return task.question is not None
    away = rung == SIGNATURE and task.standing is Standing.SIGNATURE
    return task.due_at is not None and (task.paused_at is None or away)


def _owing(uow: UnitOfWork, cycle: Cycle, task: Task, now: datetime) -> tuple[Acting, ...]:
    """Those whose act is awaited: an answer is the drafter's role's, whoever the question was put to."""
    if task.question:
        return uow.people.holders(drafter_role(cycle), None, now)
    return uow.people.holders(cycle.awaits(task), task.opd, now)


def _plan_next(uow: UnitOfWork, cycle: Cycle, task: Task, now: datetime) -> None:
    """The next of those that come again until the work is done."""
    step = cycle.step_of(task)
    if task.question:
        uow.reminders.replan(task.id, [(QUESTION, next_overdue(now, uow.time))])
    elif task.standing is Standing.SIGNATURE and step.signature_reminder:
        uow.reminders.replan(task.id, [(SIGNATURE, uow.time.due(now, step.signature_reminder))])
    elif any(r.kind == "each_after" for r in step.remind) and task.due_at and now >= task.due_at:
        uow.reminders.replan(task.id, [("each_after", next_overdue(now, uow.time))])


def _write(uow: UnitOfWork, cycle: Cycle, task: Task, person: Acting, reminder: Reminder, now: datetime) -> None:
    settings = uow.people.settings(person.id)
    quiet = uow.office.office.quiet
    at = not_in_quiet_hours(now, settings, quiet.default_from, quiet.default_until)
    if settings.digest:
        _digest(uow, person, at, now)
        return
    held = at if at > now else None
    if task.question:
        uow.outbox.add(_question(cycle, task, person, now, held))
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
            not_before=held,
        )
    )


def _question(cycle: Cycle, task: Task, person: Acting, now: datetime, held: datetime | None) -> Message:
    """*Tanya dulu* still waits for an answer."""
    asked, step = task.question, cycle.step_of(task)
    assert asked is not None  # what the reminder is about
    return Message(
        to=ToPerson(person.id),
        template="question_waits",
        params={
            "question": asked.text,
            "by": asked.asked_by.title,
            "asked_at": asked.asked_at,
            "step": step.title,
            "number": step.number,
            "cycle": cycle.name,
        },
        choices=((Choice("step.answer", task.id, style="primary"),),),
        key=f"question_waits:{task.id}:{now.isoformat()}:{person.id}",
        not_before=held,
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
