"""One loop for all that is slow: wait for a commit (or the sweep), claim, work, and tell when all is settled."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.clock import Clock
from storage.changes import Changed

J = TypeVar("J")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing to take now.

    *clock*: seconds by the clock after which something may go that waits for its turn (pacing).
    *real*: seconds of real time to leave the other side alone (it cannot be reached).
    *due*: the moment at which the next row may be taken; somebody else moves the clock there.
    """

    clock: float | None = None
    real: float | None = None
    due: datetime | None = None


class Source(Protocol[J]):
    """What a worker does."""

    async def claim(self) -> J | Pause:
        """Take one job; its claim is committed."""

    async def work(self, job: J) -> None:
        """Do it and settle it, whatever happens."""


class Worker(Generic[J]):
    """Runs a source with at most *limit* jobs in hand.

    *reads*: the tables that it finds its jobs in (`storage.changes`). *sweep*: seconds after which it looks unasked.
    """

    def __init__(
        self, name: str, source: Source[J], clock: Clock, *, reads: Changed, limit: int = 1, sweep: float = 5.0
    ) -> None:
        self.name = name
        self.reads = reads
        self._source = source
        self._clock = clock
        self._limit = limit
        self._sweep = sweep
        self._woken = asyncio.Event()
        self._settled = asyncio.Event()
        self._calls = 0  # how often it was woken, and the count at its last look that found nothing: alike, it rests
        self._rests_since: int | None = None
        self._hands: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False

    def wake(self) -> None:
        """Something was committed. From any thread."""
        self._calls += 1
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._woken.set)

    async def idle(self) -> None:
        """Wait until nothing is in hand and nothing can be taken at the clock's present time."""
        if self._rests_since == self._calls and not self._woken.is_set():
            return
        self._settled.clear()
        self._woken.set()
        await self._settled.wait()

    async def run(self) -> None:
        """Work until cancelled or stopped."""
        self._loop = asyncio.get_running_loop()
        self._clock.subscribe(self.wake)
        self._woken.set()
        try:
            while not self._stopping:
                await self._step()
        finally:
            for hand in self._hands:
                hand.cancel()

    async def stop(self, patience: float = 10.0) -> None:
        """Take nothing more and let what is in hand be finished, for *patience* real seconds at most."""
        self._stopping = True
        self._woken.set()
        if self._hands:
            await asyncio.wait(set(self._hands), timeout=patience)

    async def _step(self) -> None:
        while len(self._hands) >= self._limit:
            await asyncio.wait(self._hands, return_when=asyncio.FIRST_COMPLETED)
        self._woken.clear()
        self._rests_since, calls = None, self._calls
        try:
            found = await self._source.claim()
        except Exception:
            log.exception("%s: cannot claim", self.name)
            found = Pause(real=1.0)
        if isinstance(found, Pause):
            await self._rest(found, calls)
            return
        hand = asyncio.create_task(self._do(found), name=f"{self.name} job")
        self._hands.add(hand)

    async def _do(self, job: J) -> None:
        try:
            await self._source.work(job)
        except Exception:
            log.exception("%s: a job broke", self.name)
        finally:
            self._hands.discard(asyncio.current_task())
            self._woken.set()

    async def _rest(self, pause: Pause, calls: int) -> None:
        if self._woken.is_set():
            return
        if pause.real is not None:
            await asyncio.sleep(pause.real)
            self._woken.set()
            return
        if pause.clock is not None:
            await self._sleep(pause.clock)
            return
        if not self._hands:
            self._rests_since = calls
            self._settled.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._until(pause.due)):
                await self._woken.wait()

    async def _sleep(self, seconds: float) -> None:
        """Sleep by the clock, but get up when woken."""
        asleep = asyncio.ensure_future(self._clock.sleep(seconds))
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({asleep, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asleep.cancel()
            woken.cancel()

    def _until(self, due: datetime | None) -> float:
        if due is None:
            return self._sweep
        return max(0.02, min(self._sweep, (due - self._clock.now()).total_seconds()))
