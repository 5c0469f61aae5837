"""When the office works: hours by weekday and period, its own days off (office/calendar.yaml)."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from sop.definition import Frozen


def _clock(value: object) -> object:
    """A time as people write it, 07.30 or 07:30. Without quotation marks YAML makes another number of it."""
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"'{value}' tidak terbaca sebagai jam; tulis \"07.30\" dengan tanda kutip")
    return time(int(found[1]), int(found[2]))


_CLOCK = re.compile(r"([01]\d|2[0-3])[.:]([0-5]\d)(?::00)?")  # with seconds: as a kept version of the office has it
Clock = Annotated[time, BeforeValidator(_clock)]
ClockText = Annotated[str, BeforeValidator(lambda value: f"{_clock(value):%H.%M}")]


class DayHours(Frozen):
    """Office hours of a weekday in WIB; *pause_from*/*pause_until* is the break."""

    opens: Clock
    closes: Clock
    pause_from: Clock
    pause_until: Clock

    @model_validator(mode="after")
    def _in_order(self) -> "DayHours":
        if not self.opens <= self.pause_from <= self.pause_until <= self.closes or self.opens == self.closes:
            raise ValueError("hours must run opens ≤ pause_from ≤ pause_until ≤ closes")
        return self


class HoursPeriod(Frozen):
    """Office hours for a period (Ramadan, for instance). Weekdays 0 = Monday; a weekday left out is no working day."""

    name: str
    valid_from: date
    valid_until: date | None = None
    days: Mapping[int, DayHours]


class LocalDay(Frozen):
    """A day that the office adds to or removes from the national days off."""

    day: date
    reason: str


class OfficeCalendar(Frozen):
    """office/calendar.yaml."""

    periods: tuple[HoursPeriod, ...]
    added_days_off: tuple[LocalDay, ...] = ()
    removed_days_off: tuple[LocalDay, ...] = ()

    def problems(self) -> list[str]:
        """Periods that cover nothing, and a calendar in which time would end."""
        found: list[str] = []
        for i, period in enumerate(self.periods):
            at = f"periods[{i}] ({period.name})"
            if period.valid_until and period.valid_until < period.valid_from:
                found.append(f"{at}: valid_until {period.valid_until} lies before valid_from {period.valid_from}")
            found.extend(
                f"{at}: unknown weekday {d}; known: 0 (Senin) to 6 (Minggu)" for d in period.days if d not in range(7)
            )
        if not any(p.valid_until is None and p.days for p in self.periods):
            found.append(
                "periods: one period must have office hours and no valid_until, so that every deadline has an end"
            )
        return found
