"""What happens when a reminder is due: is something still owed, and by whom; and the next rung of the overdue ones."""

from datetime import datetime

from sop import events
from sop.actions import digest, substitution
from sop.cycle import Cycle, CycleState, Standing, Task
from sop.evidence import still_open
from sop.naming import opd_of
from sop.outgoing import Choice, Message, ToPerson
from sop.overview import drafter_role
from sop.people import Acting
from sop.ports import Reminder, UnitOfWork
from sop.refusals import NothingThere
from sop.reminders import QUESTION, SIGNATURE, next_overdue, not_in_quiet_hours
from sop.telling import tell

HELD = "held:"  # prefix of what a reminder row looks at: a reminder that waits for the end of quiet hours


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
        elif reminder.task.startswith(digest.SUBJECT):
            digest.send_digest(uow, reminder.task, now=now)
        elif reminder.task.startswith(HELD):
            _remind_after_quiet(uow, reminder, now)
        else:
            _remind(uow, reminder, now)
    return len(due)


def _due_task(uow: UnitOfWork, task_id: str, rung: str) -> tuple[Cycle, Task] | None:
    """The task of a reminder, if something is still owed at this rung."""
    try:
        cycle = uow.cycles.of_task(task_id)
    except NothingThere:
        return None
    task = cycle.task(task_id)
    return (cycle, task) if _still_due(cycle, task, rung) else None


def _remind_after_quiet(uow: UnitOfWork, reminder: Reminder, now: datetime) -> None:
    """What was held back for somebody's quiet hours goes out only if it is still true, and still theirs."""
    task_id, _, person = reminder.task.removeprefix(HELD).partition(":")
    found = _due_task(uow, task_id, reminder.rung)
    if found is None:
        return
    for owing in _owing(uow, *found, now):
        if owing.id == person:
            _write(uow, *found, owing, reminder, now)


def _remind(uow: UnitOfWork, reminder: Reminder, now: datetime) -> None:
    found = _due_task(uow, reminder.task, reminder.rung)
    if found is None:
        return
    cycle, task = found
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
    """One reminder to one person: now, in the digest of the morning, or looked at again after their quiet hours."""
    settings = uow.people.settings(person.id)
    quiet = uow.office.office.quiet
    at = not_in_quiet_hours(now, settings, quiet.default_from, quiet.default_until)
    if settings.digest:
        digest.plan_digest(uow, person.id, at)
    elif at > now:
        uow.reminders.replan(f"{HELD}{task.id}:{person.id}", [(reminder.rung, at)])
    elif task.question:
        uow.outbox.add(_question(cycle, task, person, now))
    else:
        uow.outbox.add(_reminder(uow, cycle, task, person, reminder, now))


def _reminder(uow: UnitOfWork, cycle: Cycle, task: Task, person: Acting, reminder: Reminder, now: datetime) -> Message:
    step = cycle.step_of(task)
    items = uow.evidence.of_opd(cycle.id, task.opd) if task.opd else ()
    left = uow.time.remaining(now, task.due_at) if task.due_at else None
    return Message(
        to=ToPerson(person.id),
        template="reminder",
        params={
            "rung": reminder.rung,
            "number": step.number,
            "steps": len(cycle.sop.steps),
            "step": step.title,
            "cycle": cycle.name,
            "opd": opd_of(uow, cycle, task.opd).name,
            "target_at": task.target_at,
            "due_at": task.due_at,
            "late": bool(left and left.late) and task.standing is Standing.NO,
            "since": task.standing_since,
            "to_begin": step.clock == "on_meeting" and task.clock_started_at is None,
            "scheduled": uow.meetings.of_cycle(cycle.id).of_task(task.id) is not None,
            "days": left.working_days if left else 0,
            "minutes": left.minutes if left else 0,
            "missing": [i.code for i in still_open(items)],
            "total": len(items),
        },
        choices=((Choice("step.card", task.id, style="primary"),),),
        key=f"reminder:{task.id}:{reminder.rung}:{reminder.at.isoformat()}:{person.id}",
    )


def _question(cycle: Cycle, task: Task, person: Acting, now: datetime) -> Message:
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
    )
