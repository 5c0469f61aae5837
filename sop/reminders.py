"""Reminder ladders: when a task is looked at (half time, the working day before, due, each day overdue)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sop.definition import Rung
from sop.people import Settings
from sop.worktime import WIB, Calendar

SIGNATURE = "signature"  # rung of a task whose paper is away for a signature (SOP step 7)
QUESTION = "question"  # rung of a task that waits for the answer to a question
_TOO_CLOSE = timedelta(hours=2)  # of office time
_AFTER_OPENING = timedelta(minutes=30)  # people arrive, then the phone rings


@dataclass(frozen=True, slots=True)
class Moment:
    """A planned reminder (UTC)."""

    rung: str
    at: datetime


def plan(
    ladder: Iterable[Rung],
    *,
    started: datetime,
    target: datetime | None,
    due: datetime,
    now: datetime,
    calendar: Calendar,
) -> tuple[Moment, ...]:
    """The moments of a task that lie after *now* (and so after its beginning); of the overdue ones only the next.

    Reminders that would fall before the task began are dropped; two at the same moment count once, the later rung wins.
    With a *target* the due rung falls there too, as `target`.
    """
    found: dict[datetime, Moment] = {}
    for rung in ladder:
        for moment in _moments(rung, started=started, target=target, due=due, now=now, calendar=calendar):
            if moment.at > max(now, started):
                found[moment.at] = moment
    # Half time is a nudge: right beside the reminder of the day before it would only be noise.
    before = [m for m in found.values() if m.rung.startswith("before_")]
    kept = [m for m in found.values() if m.rung != "half" or not any(_beside(m, b, calendar) for b in before)]
    return tuple(sorted(kept, key=lambda m: m.at))


def _beside(one: Moment, other: Moment, calendar: Calendar) -> bool:
    first, second = sorted((one.at, other.at))
    return calendar.open_time(first, second) < _TOO_CLOSE


def _moments(
    rung: Rung,
    *,
    started: datetime,
    target: datetime | None,
    due: datetime,
    now: datetime,
    calendar: Calendar,
) -> Iterable[Moment]:
    if rung.kind == "half":
        yield Moment(rung.key, calendar.advance(started, calendar.open_time(started, due) / 2))
    elif rung.kind == "before":
        day = due.astimezone(WIB).date()
        for _ in range(rung.days):
            day = calendar.previous_working_day(day)
        yield Moment(rung.key, calendar.opening(day) + _AFTER_OPENING)
    elif rung.kind == "due":
        if target is not None and target < due:
            yield Moment("target", target)
        yield Moment(rung.key, due)
    else:
        yield Moment(rung.key, next_overdue(max(due, now), calendar))


def next_overdue(after: datetime, calendar: Calendar) -> datetime:
    """Half an hour after opening on the next working day after *after*."""
    return calendar.opening(calendar.next_working_day(after.astimezone(WIB).date())) + _AFTER_OPENING


def not_in_quiet_hours(at: datetime, settings: Settings, default_from: str, default_until: str) -> datetime:
    """*at*, or the end of the person's quiet hours when it falls into them (HH.MM in WIB, may span midnight)."""
    begin = _clock(settings.quiet_from or default_from)
    end = _clock(settings.quiet_until or default_until)
    local = at.astimezone(WIB)
    if begin == end:
        return at
    spans_midnight = begin > end
    inside = (local.time() >= begin or local.time() < end) if spans_midnight else begin <= local.time() < end
    if not inside:
        return at
    day = local.date() + timedelta(days=1) if spans_midnight and local.time() >= begin else local.date()
    return datetime.combine(day, end, WIB).astimezone(at.tzinfo)


def _clock(text: str) -> time:
    hours, minutes = text.split(".")
    return time(int(hours), int(minutes))
