"""Files from Telegram to the disk: streamed, by content hash, looked at, told in the transaction that settles them."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.inspecting import Findings, inspect
from bot.log import belonging
from bot.trouble import report
from bot.verdict import understand
from bot.worker import Pause
from sop.ports import Incoming, StoredFile
from sop.verification import PURPOSE
from storage.content import Arriving, ContentStore
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork

IN_FLIGHT = 4
PATIENCE = 6  # attempts
INSPECT_SECONDS = 30.0
PIECE = 256 * 1024
_TIMEOUT = httpx.Timeout(20.0, read=60.0)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FetchingHooks:
    """What follows, in the transaction that settles the file.

    Reasons of a failure: ``too_big``, ``empty``, ``gone`` (Telegram does not know the file any more), ``unavailable``
    (given up after several attempts) and ``unexpected`` (our mistake). What the bytes turned out to be stands in
    `incoming.facts`: mime, pages, agrees (name and bytes), active (names of active content in a PDF).
    """

    file_arrived: Callable[[SqlUnitOfWork, Incoming, StoredFile, datetime], None]
    file_failed: Callable[[SqlUnitOfWork, Incoming, str, datetime], None]


class Unfetchable(Exception):
    """Final for this file; *reason* as in `FetchingHooks`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fetching:
    """A `bot.worker.Source`. *limit*: the largest file in bytes. Call `start()` before, `close()` after."""

    def __init__(
        self, database: Database, clock: Clock, bot: Bot, content: ContentStore, hooks: FetchingHooks, limit: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._content = content
        self._hooks = hooks
        self._limit = limit
        self._http = httpx.AsyncClient(timeout=_TIMEOUT)

    async def start(self) -> None:
        """Free what a killed process had in hand, and its half files."""
        self._content.clear_arriving()
        await self._database.run(lambda uow: uow.files.release())

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def claim(self) -> Incoming | Pause:
        """The next file."""
        now = self._clock.now()
        return await self._database.run(lambda uow: uow.files.claim(now) or Pause(due=uow.files.next_at(now)))

    async def work(self, job: Incoming) -> None:
        """Fetch, look, settle."""
        with belonging(f"file {job.id}"):
            try:
                stored, findings = await self._fetch(job)
                await self._database.run(lambda uow: self._arrived(uow, job, stored, findings))
            except Unfetchable as final:
                await self._fail(job, final.reason)
            except (TelegramError, httpx.HTTPError, OSError) as passing:
                await self._later(job, passing)
            except Exception as error:
                await self._broken(job, error)

    # --- bytes

    async def _fetch(self, job: Incoming) -> tuple[StoredFile, Findings | None]:
        """The bytes, kept and looked into; or their hash alone, with nothing found and nothing kept."""
        if job.size > self._limit:
            raise Unfetchable("too_big")
        with self._content.receive() as arriving:
            await self._download(await self._link(job), arriving)
            if arriving.size == 0:
                raise Unfetchable("empty")
            if job.purpose == PURPOSE:  # somebody only asks whether it is genuine: the hash is all that is taken
                sha256, size = arriving.digest()
                return StoredFile(sha256, size, job.mime), None
            sha256, size = await asyncio.to_thread(arriving.keep)
        findings = await self._inspect(self._content.path(sha256), job.filename)
        return StoredFile(sha256, size, findings.mime, findings.pages), findings

    async def _inspect(self, path: Path, filename: str) -> Findings:
        try:
            async with asyncio.timeout(INSPECT_SECONDS):
                return await asyncio.to_thread(inspect, path, filename)
        except TimeoutError:
            log.warning("a file is too intricate to look inside")
            return inspect(path, filename, inside=False)

    async def _link(self, job: Incoming) -> str:
        """A link that holds an hour (with the token in it), or a path on the disk of a local Bot API server."""
        try:
            file = await self._bot.get_file(job.telegram_file_id)
        except (BadRequest, Forbidden) as error:
            words = error.message.lower()
            raise Unfetchable("too_big" if "too big" in words else "gone") from error
        if not file.file_path:
            raise Unfetchable("gone")
        return file.file_path

    async def _download(self, link: str, arriving: Arriving) -> None:
        if link.startswith("/"):
            await asyncio.to_thread(self._copy, Path(link), arriving)
            return
        async with self._http.stream("GET", link) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                raise Unfetchable("gone")
            answer.raise_for_status()
            async for piece in answer.aiter_bytes(PIECE):
                self._take(arriving, piece)

    def _copy(self, path: Path, arriving: Arriving) -> None:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                self._take(arriving, piece)

    def _take(self, arriving: Arriving, piece: bytes) -> None:
        """The size that was told is a claim; the bytes are counted."""
        if arriving.size + len(piece) > self._limit:
            raise Unfetchable("too_big")
        arriving.write(piece)

    # --- ends

    def _arrived(self, uow: SqlUnitOfWork, job: Incoming, stored: StoredFile, findings: Findings | None) -> None:
        if findings is None:
            self._hooks.file_arrived(uow, job, stored, self._clock.now())
            return
        uow.files.note(job.id, findings.facts())
        uow.files.settle(job.id, state="stored", stored=stored)
        incoming = uow.files.incoming(job.id) or replace(job, state="stored", sha256=stored.sha256)
        self._hooks.file_arrived(uow, incoming, uow.files.stored(stored.sha256) or stored, self._clock.now())

    async def _fail(self, job: Incoming, reason: str) -> None:
        log.info("given up: %s", reason)
        try:
            await self._database.run(lambda uow: self._failed(uow, job, reason))
        except Exception as error:
            await self._broken(job, error, tell=False)

    def _failed(self, uow: SqlUnitOfWork, job: Incoming, reason: str) -> None:
        uow.files.settle(job.id, state="failed")
        self._hooks.file_failed(uow, uow.files.incoming(job.id) or job, reason, self._clock.now())

    async def _later(self, job: Incoming, error: Exception) -> None:
        attempts = await self._database.run(lambda uow: uow.files.attempts(job.id))
        if attempts >= PATIENCE:
            log.warning("given up after %s attempts: %s", attempts, type(error).__name__)
            await self._fail(job, "unavailable")
            return
        seconds = understand(error).seconds if isinstance(error, RetryAfter) else 0.0
        until = self._clock.now() + timedelta(seconds=max(seconds, 2.0**attempts))
        await self._database.run(lambda uow: uow.files.postpone(job.id, until, type(error).__name__))

    async def _broken(self, job: Incoming, error: Exception, *, tell: bool = True) -> None:
        """A mistake of ours: the bytes are safe, the file is settled as failed, somebody is told."""

        def settle(uow: SqlUnitOfWork) -> None:
            now = self._clock.now()
            uow.files.settle(job.id, state="failed")
            report(uow, "file", f"{job.purpose} {job.id}: {error}", now, error=error)

        await self._database.run(settle)
        if tell:
            try:
                await self._database.run(
                    lambda uow: self._hooks.file_failed(
                        uow, uow.files.incoming(job.id) or job, "unexpected", self._clock.now()
                    )
                )
            except Exception:
                log.exception("the failure of a file could not be told")
