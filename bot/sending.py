"""The dispatcher: rows of the outbox to Telegram, in order, within its limits, each once where that is possible.

The claim commits `sending` before the call, and `sent` right after it. Between the two lies the only window in which
a killed process or a lost answer leaves open whether a message arrived.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from telegram.error import TelegramError

from bot.clock import Clock
from bot.courier import Courier, Sent
from bot.log import belonging
from bot.outcomes import Outcomes
from bot.pacing import PER_CHAT, Pacer, Place
from bot.preparing import MENU, TOAST, Hooks, Job, Nobody, place_of, prepare
from bot.verdict import Meaning, Verdict, understand
from bot.worker import Pause
from storage.database import Database, is_passing
from storage.dispatch import SEND, Outgoing
from storage.unit_of_work import SqlUnitOfWork

T = TypeVar("T")

IN_FLIGHT = 16
PATIENCE = 10  # attempts at a message that the server refuses for a passing reason
LONGEST_BACKOFF = 60.0  # seconds by the clock
LONGEST_OUTAGE = 30.0  # real seconds between two tries at a server that cannot be reached
SETTLE_PAUSES = (0.1, 0.5, 2.0, 10.0)  # real seconds, when the database is busy

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pass:
    """One look at the outbox: lanes that cannot go, and why."""

    resting: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        return self.resting | self.held


class Sending:
    """A `bot.worker.Source`: `Worker("sending", Sending(...), clock, limit=IN_FLIGHT)`. Call `start()` before."""

    def __init__(self, database: Database, clock: Clock, courier: Courier, hooks: Hooks, bot_id: int) -> None:
        self._database = database
        self._clock = clock
        self._courier = courier
        self._hooks = hooks
        self._bot_id = bot_id
        self._outcomes = Outcomes(hooks, bot_id)
        self._pacer = Pacer()
        self._busy: set[Place] = set()
        self._uploading: set[tuple[str, str]] = set()
        self._failures = 0  # how often in a row the server could not be reached
        self._outage = 0.0

    async def start(self) -> None:
        """Settle what was in the air when the last process ended."""
        await self._database.run(lambda uow: self._outcomes.recover(uow, self._clock.now()))

    # --- claim

    async def claim(self) -> Job | Pause:
        """The next row that may go now; its `sending` is committed."""
        if self._outage:
            outage, self._outage = self._outage, 0.0
            return Pause(real=outage)
        now = self._clock.now()
        wait = self._pacer.overall_wait(now)
        if wait > 0:
            return Pause(clock=wait)
        found = await self._database.run(lambda uow: self._take(uow, now))
        if isinstance(found, Job):
            self._busy.add(found.place)
            if found.file is not None and found.file.file_id is None:
                self._uploading.add((found.file.sha256, found.file.filename))
            if found.call not in (TOAST, MENU):
                self._pacer.leaves(now)
        return found

    def _take(self, uow: SqlUnitOfWork, now: datetime) -> Job | Pause:
        look, waits = _Pass(), [float("inf")]
        while rows := uow.outbox.candidates(now, but=look.all):
            for row in rows:
                if row.lane in look.all:
                    continue
                job = self._take_row(uow, row, now, look, waits)
                if job is not None:
                    return job
        wait = min(waits)
        return Pause(clock=None if wait == float("inf") else wait, due=uow.outbox.next_at(now))

    def _take_row(
        self, uow: SqlUnitOfWork, row: Outgoing, now: datetime, look: _Pass, waits: list[float]
    ) -> Job | None:
        try:
            place, *_ = place_of(uow, row, now)
            if place in self._busy:
                look.held.add(row.lane)
                return None
            wait = self._pacer.wait(place, now)
            if wait > 0:
                look.resting.add(row.lane)
                waits.append(wait)
                return None
            with uow.savepoint():
                job = prepare(uow, row, now, self._hooks, self._bot_id)
        except Nobody as reason:
            uow.outbox.end(row.id, "dropped", str(reason), now)
            return None
        except Exception as error:
            self._outcomes.set_aside(uow, row, error, now)
            return None
        if job.file and job.file.file_id is None and (job.file.sha256, job.file.filename) in self._uploading:
            look.held.add(row.lane)  # it is being uploaded for somebody else: then it goes by file_id
            return None
        return job if uow.outbox.claim(row.id, job.call, now) else None

    # --- work

    async def work(self, job: Job) -> None:
        """Send it and settle it."""
        with belonging(f"outbox {job.row.id}"):
            try:
                await self._send(job)
            except Exception as error:
                caught = error
                await self._settle(lambda uow, now: self._outcomes.set_aside(uow, job.row, caught, now))
            finally:
                self._let_go(job)

    async def _send(self, job: Job) -> None:
        try:
            sent = await self._courier.carry(
                job, instead=lambda: self._instead(job), between=lambda done: self._between(job, done)
            )
        except TelegramError as error:
            await self._undelivered(job, understand(error), error)
            return
        self._failures = 0
        await self._sent(job, sent)

    async def _sent(self, job: Job, sent: Sent) -> None:
        await self._settle(lambda uow, now: self._outcomes.sent(uow, job, sent, now))

    async def _instead(self, job: Job) -> None:
        """A new message goes where an edit was impossible; from here on it must not be repeated blindly."""
        await self._settle(lambda uow, now: uow.outbox.calling(job.row.id, SEND))
        await self._clock.sleep(PER_CHAT.total_seconds())

    async def _between(self, job: Job, done: int) -> None:
        await self._settle(lambda uow, now: uow.outbox.progress(job.row.id, done))
        await self._clock.sleep(PER_CHAT.total_seconds())

    async def _undelivered(self, job: Job, verdict: Verdict, error: TelegramError) -> None:
        now, attempts = self._clock.now(), job.row.attempts + 1
        log.info("not delivered (attempt %s): %s: %s", attempts, verdict.meaning, error.message)
        if verdict.meaning is Meaning.WAIT:
            self._pacer.refused(job.place, verdict.seconds, now)
        elif verdict.meaning is Meaning.OUTAGE:
            self._unreached(error)
        else:
            self._failures = 0
            if self._outcomes.passes(job, verdict, attempts, PATIENCE):
                self._pacer.later(job.place, min(2.0 ** min(attempts, 10), LONGEST_BACKOFF), now)
        await self._settle(lambda uow, at: self._outcomes.undelivered(uow, job, verdict, attempts, PATIENCE, at))

    def _unreached(self, error: TelegramError) -> None:
        if not self._outage:
            self._failures += 1
            self._outage = min(0.25 * 2.0 ** min(self._failures, 10), LONGEST_OUTAGE)
            log.warning("Telegram cannot be reached (%s); next try in %.1f seconds", error.message, self._outage)

    def _let_go(self, job: Job) -> None:
        if isinstance(job.place, int):
            self._pacer.arrived(job.place, self._clock.now())
        self._busy.discard(job.place)
        if job.file is not None:
            self._uploading.discard((job.file.sha256, job.file.filename))

    async def _settle(self, work: Callable[[SqlUnitOfWork, datetime], T]) -> T:
        """Write down how it went; a busy database is waited for, because forgetting it would send twice."""
        for pause in SETTLE_PAUSES:
            try:
                return await self._database.run(lambda uow: work(uow, self._clock.now()))
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("the database is busy: %s", error)
                await asyncio.sleep(pause)
        return await self._database.run(lambda uow: work(uow, self._clock.now()))
