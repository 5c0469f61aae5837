"""The alarm clock: APScheduler wakes the bot for the next due reminder. Reminders themselves are rows.

Nothing that matters lives in the scheduler: after a restart the next row is planned anew, and what came due in between
is handled once (sop/actions/reminders.py). A sweep is the safety net.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock, SystemClock
from sop.actions.reminders import remind_all_due
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork

SWEEP_SECONDS = 300
PULSE_SECONDS = 30


class Reminding:
    """Use: `run()` as a task; `wake()` after a commit or when the clock was moved; `idle()` in tests.

    *connected* says whether people reach the bot: while they do not, the pulse stands.
    """

    def __init__(self, database: Database, clock: Clock, connected: Callable[[], bool]) -> None:
        self._database = database
        self._clock = clock
        self._connected = connected
        self._bell = asyncio.Event()
        self._quiet = asyncio.Event()
        # Late is better than never, and once is enough: the rows know what is due.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def wake(self) -> None:
        """Something may have become due, or a plan may have changed."""
        self._quiet.clear()
        self._bell.set()

    async def run(self) -> None:
        """Serve until cancelled."""
        self._scheduler.start()
        self._scheduler.add_job(self.wake, IntervalTrigger(seconds=SWEEP_SECONDS, timezone=UTC), id="sweep")
        self._scheduler.add_job(self._beat, IntervalTrigger(seconds=PULSE_SECONDS, timezone=UTC), id="pulse")
        try:
            while True:
                self._bell.clear()
                upcoming = await self._handle_due()
                self._set_alarm(upcoming)
                if not self._bell.is_set():
                    self._quiet.set()
                await self._bell.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    async def idle(self) -> None:
        """Return when nothing is due at the clock's now."""
        await self._quiet.wait()

    async def _beat(self) -> None:
        if self._connected():
            now = self._clock.now()
            await self._database.run(lambda uow: uow.pulse.beat(now))

    async def _handle_due(self) -> datetime | None:
        """Handle what is due, a batch a transaction; returns when the next one falls."""
        while True:
            now = self._clock.now()

            def work(uow: SqlUnitOfWork, now: datetime = now) -> tuple[int, datetime | None]:
                return remind_all_due(uow, now=now), uow.reminders.next_at()

            handled, upcoming = await self._database.run(work)
            if not handled:
                return upcoming

    def _set_alarm(self, upcoming: datetime | None) -> None:
        if upcoming is None:
            return
        # The scheduler reads the real clock; ours may be a moved one, so only the distance counts.
        distance = max(upcoming - self._clock.now(), timedelta(0))
        self._scheduler.add_job(
            self.wake, DateTrigger(SystemClock().now() + distance, timezone=UTC), id="next", replace_existing=True
        )
