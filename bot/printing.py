"""Papers that are queued: rendered by the press, kept by content hash, told in the transaction that settles it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.clock import Clock
from bot.inspecting import inspect
from bot.log import belonging
from bot.trouble import report
from bot.worker import Pause
from sop.outgoing import Choice
from sop.ports import Paper, StoredFile
from storage.content import ContentStore
from storage.database import Database
from storage.papers import MAX_ATTEMPTS
from storage.unit_of_work import SqlUnitOfWork

log = logging.getLogger(__name__)

PaperSettled = Callable[[SqlUnitOfWork, Paper, datetime], None]
"""uow, the paper as it is now, now: in the transaction that settles it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What follows from a paper that is printed, and from one that could not be."""

    printed: PaperSettled
    failed: PaperSettled


class Press(Protocol):
    """Makes a PDF (`bot.printing_press.Press`)."""

    async def render(self, kind: str, context: dict[str, Any]) -> bytes:
        """The bytes of a document; raises when it cannot be made."""


class Printing:
    """A `bot.worker.Source`. Call `start()` before."""

    def __init__(self, database: Database, clock: Clock, press: Press, content: ContentStore, settled: Settled) -> None:
        self._database = database
        self._clock = clock
        self._press = press
        self._content = content
        self._settled = settled

    async def start(self) -> None:
        """Free what a killed process had in hand, and try anew what could not be printed before."""
        await self._database.run(lambda uow: (uow.papers.release(), uow.papers.retry()))

    async def claim(self) -> Paper | Pause:
        """The next paper."""
        now = self._clock.now()
        return await self._database.run(lambda uow: uow.papers.claim(now) or Pause(due=uow.papers.next_at(now)))

    async def work(self, job: Paper) -> None:
        """Print, keep, settle."""
        with belonging(f"paper {job.id}"):
            try:
                stored = await self._print(job)
                await self._database.run(lambda uow: self._printed(uow, job, stored))
            except Exception as error:
                caught = error
                await self._database.run(lambda uow: self._not_printed(uow, job, caught))

    async def _print(self, job: Paper) -> StoredFile:
        data = await self._press.render(job.kind, job.context)
        sha256, size = await asyncio.to_thread(self._content.put, data)
        found = await asyncio.to_thread(inspect, self._content.path(sha256), job.filename)
        return StoredFile(sha256, size, found.mime, found.pages)

    def _printed(self, uow: SqlUnitOfWork, job: Paper, stored: StoredFile) -> None:
        uow.papers.printed(job.id, stored)
        self._settled.printed(uow, uow.papers.get(job.id) or job, self._clock.now())

    def _not_printed(self, uow: SqlUnitOfWork, job: Paper, error: Exception) -> None:
        now, attempts = self._clock.now(), uow.papers.attempts(job.id)
        if attempts < MAX_ATTEMPTS:
            log.warning("not printed (attempt %s): %s", attempts, error)
            uow.papers.postpone(job.id, now + timedelta(seconds=5.0 * attempts), str(error))
            return
        uow.papers.failed(job.id, str(error))
        self._settled.failed(uow, uow.papers.get(job.id) or job, now)
        after = uow.papers.get(job.id) or job
        again = ((Choice("docs.print_again", job.id, style="primary"),),) if after.state == "failed" else ()
        report(uow, "paper", f"{job.title} ({job.kind}): {error}", now, error=error, choices=again)
