"""The digest of the morning: one message instead of many reminders, made of what is owed when it is sent."""

from datetime import datetime

from sop.cycle import CycleState, Standing
from sop.outgoing import Choice, Message, ToPerson
from sop.overview import Waiting, waiting_for
from sop.ports import UnitOfWork
from sop.reminders import not_in_quiet_hours
from sop.worktime import WIB

SUBJECT = "digest:"  # prefix of what a reminder row looks at, where it is no task


def plan_digest(uow: UnitOfWork, person: str, at: datetime) -> None:
    """A digest in the morning of the next office day at or after *at*; once, however many reminders fall."""
    today = at.astimezone(WIB).date()
    morning = uow.time.opening(today) if uow.time.is_working_day(today) else None
    if morning is None or at >= morning:
        morning = uow.time.opening(uow.time.next_working_day(today))
    uow.reminders.replan(SUBJECT + person, [("digest", morning)])


def send_digest(uow: UnitOfWork, subject: str, *, now: datetime) -> None:
    """The planned digest, or nothing when nothing is owed any more; in quiet hours it waits for their end."""
    who = uow.people.get(subject.removeprefix(SUBJECT), now)
    if who is None:
        return
    quiet = uow.office.office.quiet
    at = not_in_quiet_hours(now, uow.people.settings(who.id), quiet.default_from, quiet.default_until)
    if at > now:
        uow.reminders.replan(subject, [("digest", at)])
        return
    owed = [w for w in waiting_for(uow, who, now) if _is_owed(w)]
    if owed:
        uow.outbox.add(
            Message(
                to=ToPerson(who.id),
                template="digest",
                params={"tasks": [_line(w, now) for w in owed]},
                choices=((Choice("tasks.mine", style="primary"),),),
                key=f"digest:{who.id}:{now.astimezone(WIB).date().isoformat()}",
            )
        )


def _is_owed(waiting: Waiting) -> bool:
    """What reminders are for: a tenggat that runs, an answer, a paper that is away for a signature."""
    task = waiting.task
    if waiting.cycle.state is not CycleState.ACTIVE:
        return False
    runs = task.due_at is not None and task.paused_at is None
    return waiting.answer or runs or task.standing is Standing.SIGNATURE


def _line(waiting: Waiting, now: datetime) -> dict[str, object]:
    task = waiting.task
    return {
        "step": waiting.step.title,
        "number": waiting.step.number,
        "cycle": waiting.cycle.name,
        "to_answer": waiting.answer,
        "signature": task.standing is Standing.SIGNATURE,
        "due_at": task.due_at,
        "late": task.due_at is not None and task.due_at < now,
    }
