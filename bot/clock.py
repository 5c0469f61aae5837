"""The time. The only module that reads the wall clock; everybody else is told `now`."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

Subscriber = Callable[[], None]


class Clock(Protocol):
    """What the process needs of time."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait for so many seconds of this clock."""

    def subscribe(self, callback: Subscriber) -> None:
        """Call *callback* whenever somebody moves the time; it may be called from any thread and must not wait."""


class SystemClock:
    """The time of the machine. Nobody moves it, so subscribers are never called."""

    def now(self) -> datetime:
        """The present instant, aware, UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait in real time."""
        await asyncio.sleep(seconds)

    def subscribe(self, callback: Subscriber) -> None:
        """Nothing to tell: this clock only runs."""


class MovableClock:
    """A clock that stands where it was set, for the rehearsal and the tests. Safe to move from several threads.

    With *warp* a sleep moves the time itself, so that pacing and backoff cost no real time; without it a sleep ends
    when somebody has moved the time far enough.
    """

    def __init__(self, start: datetime, *, warp: bool = True) -> None:
        if start.tzinfo is None:
            raise ValueError(f"naive datetime: {start!r}")
        self._now = start.astimezone(UTC)
        self._warp = warp
        self._lock = threading.Lock()
        self._subscribers: list[Subscriber] = []

    def now(self) -> datetime:
        """What it was set to."""
        with self._lock:
            return self._now

    def subscribe(self, callback: Subscriber) -> None:
        """Call *callback* after each move, in the thread that moved."""
        with self._lock:
            self._subscribers.append(callback)

    def move_to(self, moment: datetime) -> None:
        """Set the time. Raises ValueError for a naive value or one in the past of this clock."""
        if moment.tzinfo is None:
            raise ValueError(f"naive datetime: {moment!r}")
        with self._lock:
            if moment < self._now:
                raise ValueError("time does not go back")
            self._now = moment.astimezone(UTC)
        self._tell()

    def advance(self, delta: timedelta) -> None:
        """Move the time forward by *delta*; raises ValueError for a negative one."""
        if delta < timedelta():
            raise ValueError("time does not go back")
        with self._lock:
            self._now += delta
        self._tell()

    async def sleep(self, seconds: float) -> None:
        """With warp: let others run once, then move the time by *seconds*; else wait until it was moved so far."""
        if self._warp:
            await asyncio.sleep(0)
            self.advance(timedelta(seconds=max(seconds, 0)))
            return
        await self._until(self.now() + timedelta(seconds=seconds))

    async def _until(self, moment: datetime) -> None:
        loop, moved = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(moved.set)

        self.subscribe(wake)
        try:
            while self.now() < moment:
                moved.clear()
                if self.now() < moment:
                    await moved.wait()
        finally:
            with self._lock:
                self._subscribers.remove(wake)

    def _tell(self) -> None:
        with self._lock:
            subscribers = tuple(self._subscribers)
        for callback in subscribers:
            callback()
