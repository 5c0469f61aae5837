"""Office time: minutes in office hours, working days, weeks (sop.md, "Office time").

All instants are UTC; the office thinks in WIB (Asia/Jakarta, UTC+7, no daylight saving). Working days leave out
weekends, national holidays and cuti bersama (package `holidays`) and days that the office adds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

import holidays

from sop.definition import Duration
from sop.office_calendar import DayHours, OfficeCalendar

WIB = ZoneInfo("Asia/Jakarta")
# Longer than any run of days off; a calendar without a working day in it is a mistake, not a reason to search for ever.
_SEARCH_DAYS = 120


class NoWorkingDay(Exception):
    """The calendar has no working day in 120 days after the date named."""


@lru_cache(maxsize=64)
def _national(year: int) -> dict[date, str]:
    """Hari libur nasional and cuti bersama of a year, with their names ("(perkiraan)" where not fixed yet)."""
    found = holidays.country_holidays("ID", years=year, categories=("public", "government"), language="id")
    return dict(found.items())


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of open office time (UTC)."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of the stretch."""
        return int((self.end - self.start).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far a tenggat is away: working days (or minutes when it is today), or by how much it has passed.

    *minutes* are of office time, rounded up.
    """

    late: bool
    working_days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a tenggat is what it is: the stretches counted (minutes) or the days passed over with their reason."""

    start: datetime
    due: datetime
    spans: tuple[Span, ...]
    skipped: tuple[tuple[date, str], ...]


class Calendar:
    """The office's calendar. Immutable; answers depend on the arguments only."""

    def __init__(self, office: OfficeCalendar) -> None:
        self._periods = office.periods
        self._added = {d.day: d.reason for d in office.added_days_off}
        self._removed = {d.day for d in office.removed_days_off}

    def why_off(self, day: date) -> str | None:
        """Why *day* (WIB) is no working day, in words; None for a working day."""
        if day in self._added:
            return self._added[day]
        if self._hours(day) is None:
            return "akhir pekan"
        if day in self._removed:
            return None
        return _national(day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on *day* (WIB)."""
        return self.why_off(day) is None

    def _hours(self, day: date) -> DayHours | None:
        """Hours of the newest period that covers the day."""
        covering = [p for p in self._periods if p.valid_from <= day and (p.valid_until is None or day <= p.valid_until)]
        if not covering:
            return None
        return max(covering, key=lambda p: p.valid_from).days.get(day.weekday())

    def spans(self, day: date) -> tuple[Span, ...]:
        """Open stretches of a day: before and after the break; none on a day off."""
        hours = self._hours(day)
        if hours is None or not self.is_working_day(day):
            return ()
        parts = ((hours.opens, hours.pause_from), (hours.pause_until, hours.closes))
        return tuple(Span(_at(day, a), _at(day, b)) for a, b in parts if a < b)

    def opening(self, day: date) -> datetime:
        """When the office opens on a working day."""
        return self.spans(day)[0].start

    def closing(self, day: date) -> datetime:
        """When the office closes on a working day."""
        return self.spans(day)[-1].end

    def working_days_from(self, day: date) -> Iterator[date]:
        """Working days from *day* on (itself included if it is one).

        Raises:
            NoWorkingDay: none in 120 days.
        """
        gap = 0
        while True:
            if self.is_working_day(day):
                gap = 0
                yield day
            else:
                gap += 1
                if gap > _SEARCH_DAYS:
                    raise NoWorkingDay(day.isoformat())
            day += timedelta(days=1)

    def next_working_day(self, day: date) -> date:
        """The first working day after *day*."""
        return next(self.working_days_from(day + timedelta(days=1)))

    def previous_working_day(self, day: date) -> date:
        """The last working day before *day*."""
        for back in range(1, _SEARCH_DAYS):
            before = day - timedelta(days=back)
            if self.is_working_day(before):
                return before
        raise NoWorkingDay(day.isoformat())

    def due(self, start: datetime, duration: Duration) -> datetime:
        """The moment at which *duration* has passed after *start*.

        Minutes count inside office hours. N working days end at the close of office of the N-th working day after the
        day of receipt. A week is the same weekday next week, moved to the next working day when it is none; it ends at
        the close of office.
        """
        if duration.office_minutes is not None:
            return self.advance(start, timedelta(minutes=duration.office_minutes))
        today = start.astimezone(WIB).date()
        if duration.working_days is not None:
            days = self.working_days_from(today + timedelta(days=1))
            for _ in range(duration.working_days - 1):
                next(days)
            return self.closing(next(days))
        assert duration.weeks is not None  # exactly one is given
        return self.closing(next(self.working_days_from(today + timedelta(weeks=duration.weeks))))

    def _open_from(self, start: datetime) -> Iterator[Span]:
        for day in self.working_days_from(start.astimezone(WIB).date()):
            for span in self.spans(day):
                if span.end > start:
                    yield Span(max(span.start, start), span.end)

    def advance(self, start: datetime, left: timedelta) -> datetime:
        """The moment at which *left* of office time has passed after *start*."""
        for span in self._open_from(start):
            length = span.end - span.start
            if left <= length:
                return span.start + left
            left -= length
        raise AssertionError("the stretches never end")

    def open_time(self, start: datetime, end: datetime) -> timedelta:
        """Office time between two instants."""
        total = timedelta(0)
        day, last = start.astimezone(WIB).date(), end.astimezone(WIB).date()
        while day <= last:
            for span in self.spans(day):
                total += max(timedelta(0), min(span.end, end) - max(span.start, start))
            day += timedelta(days=1)
        return total

    def shift(self, due: datetime, paused_from: datetime, paused_until: datetime) -> datetime:
        """*due* moved by the office time that passed during a pause.

        A tenggat that had passed when the pause began has no time left to give back: it stays.
        """
        if paused_from >= due:
            return due
        pause = self.open_time(paused_from, paused_until)
        if pause <= timedelta(0):
            return due
        return self.advance(paused_until, self.open_time(paused_from, due))

    def remaining(self, now: datetime, due: datetime) -> Remaining:
        """How far *due* is away from *now*, in working days and in office minutes."""
        late = now > due
        first, second = (due, now) if late else (now, due)
        a, b = first.astimezone(WIB).date(), second.astimezone(WIB).date()
        days = sum(1 for n in range(1, (b - a).days + 1) if self.is_working_day(a + timedelta(days=n)))
        # A minute that has begun counts: a fresh card of 30 minutes says 30, and 0 means that nothing is left.
        return Remaining(late, days, ceil(self.open_time(first, second) / timedelta(minutes=1)))

    def explain(self, start: datetime, duration: Duration) -> Explained:
        """The data behind a tenggat, for "Kenapa tanggal ini?"."""
        due = self.due(start, duration)
        spans: list[Span] = []
        if duration.office_minutes is not None:
            for span in self._open_from(start):
                spans.append(Span(span.start, min(span.end, due)))
                if span.end >= due:
                    break
        first, last = start.astimezone(WIB).date(), due.astimezone(WIB).date()
        between = (first + timedelta(days=n) for n in range((last - first).days + 1))
        skipped = tuple((d, why) for d in between if (why := self.why_off(d)) is not None)
        return Explained(start, due, tuple(spans), skipped)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, WIB).astimezone(UTC)
