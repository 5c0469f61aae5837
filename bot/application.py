"""The one wiring file: settings, clock and office in, a running bot out. The rehearsal and the tests use it too."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot import fetching, menus
from bot.clock import Clock
from bot.courier import Courier
from bot.fetching import Fetching, FetchingHooks
from bot.intake import Intake, Polling
from bot.preparing import Hooks
from bot.printing import Printing, Settled
from bot.printing_press import Press
from bot.progress import Progress
from bot.reminding import Reminding
from bot.sending import Sending
from bot.settings import PROJECT, Settings
from bot.turns import Turns
from bot.webhook import Webhook
from bot.wording import Wording
from bot.worker import Worker
from handlers.cards import stale_or_closed
from handlers.registry import CardView, Registry
from handlers.table import make_table
from sop.actions import arrivals, people
from sop.office import Bundle
from sop.outgoing import Receiver, ToGroup, ToPerson
from sop.ports import UnitOfWork
from storage import changes
from storage.content import ContentStore
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork

TEMPLATES = PROJECT / "templates"
CONNECTIONS = 32  # httpx slows down beyond this many in flight

log = logging.getLogger(__name__)
AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class NoToken(Exception):
    """There is nothing to serve without a token."""

    def __init__(self) -> None:
        super().__init__("TELEGRAM_TOKEN belum diisi. Isi di .env (lihat README), atau jalankan gladi tanpa token.")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the bot consists of."""

    database: Database
    telegram: AnyApplication
    turns: Turns
    workers: tuple[Worker[Any], ...]
    reminding: Reminding
    intake: Intake
    press: Press
    fetching: Fetching


class Monev:
    """The bot. Use: `start()`, then `serve()` until it ends, then `stop()`; `idle()` for whoever must wait for it."""

    def __init__(
        self, settings: Settings, clock: Clock, office: Bundle, *, press: Press | None = None, poll_seconds: int = 50
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.office = office
        self.registry: Registry = make_table()
        self.wording = Wording(TEMPLATES, office.names)
        self._press = press  # a warm one that several share, for tests
        self._poll_seconds = poll_seconds
        self._parts: Parts | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self._commits = 0  # and moves of the clock: what may have given somebody something to do

    @property
    def parts(self) -> Parts:
        """The running parts. Raises RuntimeError before `start`."""
        if self._parts is None:
            raise RuntimeError("not started")
        return self._parts

    # --- life

    async def start(self) -> None:
        """Migrate, connect, settle what a killed process had in hand, and begin to work.

        Raises:
            NoToken, DatabaseTooNew, and what Telegram says of the token (`InvalidToken`) or its absence
            (`NetworkError`).
        """
        self._loop = asyncio.get_running_loop()
        self._parts = parts = await self._build()
        await parts.telegram.initialize()
        await self._settle_at_start()
        parts.database.on_commit.append(self._after_commit)
        self.clock.subscribe(self._wake)
        runs = [parts.turns.run(), parts.reminding.run(), parts.intake.run(), *(w.run() for w in parts.workers)]
        self._tasks = [asyncio.create_task(run) for run in runs]
        self._wake()

    async def serve(self) -> None:
        """Until the first part ends, which is an error; raises what ended it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Take nothing new, finish what is in hand, close."""
        parts = self.parts
        await asyncio.gather(*(w.stop() for w in parts.workers))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(Exception):  # closing what the network has closed already is no news
            await parts.telegram.shutdown()
        await parts.fetching.close()
        if self._press is None:
            await parts.press.close()
        parts.database.close()

    async def idle(self) -> None:
        """Return when nothing waits and nothing runs, at the clock's present time."""
        parts = self.parts
        while True:
            before = self._commits
            await parts.turns.idle()
            await parts.reminding.idle()
            for worker in parts.workers:
                await worker.idle()
            if self._commits == before:
                return

    def _wake(self) -> None:
        """When the clock was moved; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._after_commit, frozenset({changes.UNTOLD}))

    def _after_commit(self, changed: changes.Changed) -> None:
        self._commits += 1
        parts = self.parts
        if changes.concerns(changed, changes.UPDATES):
            parts.turns.wake()
        if changes.concerns(changed, changes.REMINDERS):
            parts.reminding.wake()
        for worker in parts.workers:
            if changes.concerns(changed, worker.reads):
                worker.wake()

    # --- building

    async def _build(self) -> Parts:
        settings = self.settings
        if settings.telegram_token is None:
            raise NoToken
        settings.make_data_dir()
        content = ContentStore(settings.data_dir)
        database = Database(settings.database, office=self.office, content=content)
        database.migrate()
        self.wording.names = database.names
        turns = Turns(database, self.registry, self.clock)
        telegram = self._telegram(turns)
        bot_id = int(settings.telegram_token.get_secret_value().partition(":")[0])
        courier = Courier(telegram.bot, self.wording, content, self.registry.commands())
        press = self._press or Press()
        getter = Fetching(database, self.clock, telegram.bot, content, self._fetching_hooks(), settings.download_limit)
        sender = Sending(database, self.clock, courier, self._hooks(), bot_id)
        progress = Progress(database, telegram.bot)
        printer = Printing(database, self.clock, press, content, self._paper_hooks(), progress)
        for source in (getter, sender, printer):
            await source.start()
        workers = (
            Worker("sending", sender, self.clock, reads=changes.MESSAGES, limit=16),
            Worker("fetching", getter, self.clock, reads=changes.FILES, limit=fetching.IN_FLIGHT),
            Worker("printing", printer, self.clock, reads=changes.PAPERS),
        )
        intake = self._intake(database, telegram, turns)
        reminding = Reminding(database, self.clock, lambda: intake.connected)
        return Parts(database, telegram, turns, workers, reminding, intake, press, getter)

    def _telegram(self, turns: Turns) -> AnyApplication:
        assert self.settings.telegram_token is not None  # checked by the caller
        token = self.settings.telegram_token.get_secret_value()
        request = HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=30.0, media_write_timeout=120.0)
        builder = ApplicationBuilder().token(token).updater(None).job_queue(None).request(request)
        builder = builder.base_url(self.settings.base_url).base_file_url(self.settings.base_file_url)
        builder = builder.local_mode(self.settings.telegram_local_mode)
        telegram = builder.persistence(turns.persistence()).build()
        turns.attach(telegram)
        return telegram

    def _intake(self, database: Database, telegram: AnyApplication, turns: Turns) -> Intake:
        url, secret = self.settings.webhook_url, self.settings.webhook_secret
        if url is None or secret is None:
            wait = self._poll_seconds
            return Polling(database, telegram.bot, self.clock, turns.wake, back=self._back_again, wait=wait)
        host, port = self.settings.webhook_address
        return Webhook(
            telegram.bot,
            str(url),
            database,
            self.clock,
            turns.wake,
            host=host,
            port=port,
            path=url.path or "/",
            secret=secret.get_secret_value(),
        )

    # --- what the workers call, inside their transactions

    def _hooks(self) -> Hooks:
        return Hooks(
            build_card=self._card,
            on_card_delivered=lambda uow, task, person, now: arrivals.card_delivered(uow, task, now=now),
            on_unreachable=_unreachable,
            on_migrated=lambda uow, old, new, now: people.migrate_group(uow, old, new, now=now),
        )

    def _fetching_hooks(self) -> FetchingHooks:
        return FetchingHooks(
            file_arrived=lambda uow, incoming, stored, now: arrivals.file_arrived(uow, incoming, stored, now=now),
            file_failed=lambda uow, incoming, reason, now: arrivals.file_failed(uow, incoming, reason, now=now),
        )

    def _paper_hooks(self) -> Settled:
        return Settled(
            printed=lambda uow, paper, now: arrivals.paper_printed(uow, paper, now=now),
            failed=lambda uow, paper, now: arrivals.paper_failed(uow, paper, now=now),
        )

    def _card(self, uow: SqlUnitOfWork, task_id: str, person: str, now: datetime) -> CardView | None:
        who = uow.people.get(person, now)
        if who is None:
            return None
        cycle = uow.cycles.of_task(task_id)
        task = cycle.task(task_id)
        closed = stale_or_closed(uow, cycle, task, who, now)
        if closed is not None:
            return closed
        builder = self.registry.card(cycle.step_of(task).dialogue)
        return builder(uow, task_id, who, now) if builder else None

    async def _settle_at_start(self) -> None:
        """Menus of strangers and groups; after a longer pause the open cards are sent afresh (taps were lost)."""
        parts = self.parts
        await menus.set_common_menus(parts.telegram.bot, self.registry.commands(), self.wording.commands)
        now, limit = self.clock.now(), self.office.office.pause_after_minutes
        await parts.database.run(lambda uow: _after_a_pause(uow, uow.pulse.last(), now, limit))

    async def _back_again(self, since: datetime) -> None:
        """Telegram answers again after a time of silence that began at *since*."""
        now, limit = self.clock.now(), self.office.office.pause_after_minutes
        await self.parts.database.run(lambda uow: _after_a_pause(uow, since, now, limit))


def _after_a_pause(uow: SqlUnitOfWork, since: datetime | None, now: datetime, limit_minutes: int) -> None:
    """Telegram keeps taps for 150 seconds only: people who tapped in vain must find a living card."""
    uow.pulse.beat(now)
    if since is None or (now - since).total_seconds() < limit_minutes * 60:
        return
    for cycle in uow.cycles.current():
        for task in cycle.open_tasks():
            holders = [h for role in cycle.readers(task) for h in uow.people.holders(role, task.opd, now)]
            uow.outbox.refresh_card(task.id, [h.id for h in holders], loud=True)


def _unreachable(uow: UnitOfWork, receiver: Receiver, reason: str, now: datetime) -> None:
    if isinstance(receiver, ToPerson):
        people.unreachable(uow, receiver.person, reason, now=now)
    elif isinstance(receiver, ToGroup):
        group = uow.groups.of(receiver.purpose)
        if group is not None:
            people.lose_group(uow, group.chat, reason, now=now)
