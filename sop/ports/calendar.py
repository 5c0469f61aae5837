"""A meeting as an entry of people's calendars (RFC 5545)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One sitting. *uid* stays the same when it moves, *sequence* grows; times UTC; *stamp*: when it was written."""

    uid: str
    sequence: int
    summary: str
    description: str
    place: str
    starts_at: datetime
    ends_at: datetime
    stamp: datetime
    cancelled: bool = False
