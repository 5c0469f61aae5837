"""Telegram's limits: about 30 messages a second over all chats, 1 a second in a chat, 20 a minute in a group.

A chat rests from the *end* of a call, not from its start: the server counts somewhere in between, and so never
sees two of ours too close together, however slow the network is.
"""

from collections import deque
from datetime import datetime, timedelta

OVERALL = timedelta(seconds=1 / 28)
PER_CHAT = timedelta(seconds=1.02)
GROUP_COUNT = 20
GROUP_SPAN = timedelta(seconds=60.1)
TOGETHER = timedelta(seconds=5)

Place = int | str
"""A chat by number, or a lane without one (a toast, a menu)."""


class Pacer:
    """Says when a place, and all together, may be written to again. Moments are the clock's (UTC)."""

    def __init__(self) -> None:
        self._overall: datetime | None = None
        self._resting: dict[Place, datetime] = {}
        self._groups: dict[Place, deque[datetime]] = {}
        self._refused: tuple[Place, datetime] | None = None

    def overall_wait(self, now: datetime) -> float:
        """Seconds until the next message may leave, to whomever."""
        return max(0.0, (self._overall - now).total_seconds()) if self._overall else 0.0

    def wait(self, place: Place, now: datetime) -> float:
        """Seconds until this place may be written to."""
        until = self._resting.get(place)
        if until is None or until <= now:
            self._resting.pop(place, None)
            return 0.0
        return (until - now).total_seconds()

    def leaves(self, now: datetime) -> None:
        """A message leaves now: the next one a little later, evenly."""
        self._overall = max(now, self._overall or now) + OVERALL

    def arrived(self, chat: int, now: datetime) -> None:
        """A call to this chat has ended."""
        self._rest(chat, now + PER_CHAT)
        if chat < 0:
            times = self._groups.setdefault(chat, deque(maxlen=GROUP_COUNT))
            times.append(now)
            if len(times) == GROUP_COUNT:
                self._rest(chat, times[0] + GROUP_SPAN)

    def refused(self, place: Place, seconds: float, now: datetime) -> None:
        """A 429: this place rests as long as it says; two places at a time mean that it is meant for all."""
        until = now + timedelta(seconds=seconds + 0.1)
        self._rest(place, until)
        other, self._refused = self._refused, (place, now)
        if other is not None and other[0] != place and now - other[1] < TOGETHER:
            self._overall = max(until, self._overall or until)

    def later(self, place: Place, seconds: float, now: datetime) -> None:
        """A passing error: this place rests a while, so that its messages keep their order."""
        self._rest(place, now + timedelta(seconds=seconds))

    def _rest(self, place: Place, until: datetime) -> None:
        self._resting[place] = max(until, self._resting.get(place, until))
