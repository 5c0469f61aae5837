"""A sender over real HTTP: the loopback Bot API, a database on disk, and a clock that pacing moves by itself."""

import asyncio
import functools
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.clock import MovableClock
from bot.courier import Courier
from bot.preparing import Hooks
from bot.sending import IN_FLIGHT, Sending
from bot.wording import Wording
from bot.worker import Worker
from handlers.registry import CardView, Command
from latihan.botapi import BotApi
from latihan.people import Person
from sop.outgoing import Choice, Message, Receiver, ToPerson
from sop.people import ADMINISTRATOR
from storage import changes
from storage.content import ContentStore
from storage.database import Database
from storage.tables.base import Base
from storage.tables.queues import OutboxRow
from storage.unit_of_work import SqlUnitOfWork

TEMPLATES = Path(__file__).parents[2] / "templates"
START = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)
WORDS = {
    "say": "{{ text }}",
    "card": "📋 {{ title }}",
    "broken": "{{ missing.name }}",
    "quoted": "<b>{{ text }}</b>",
    "open_tag": "<b>{{ text }}",
}
LABELS = '{"docs.print_again": "Cetak ulang", "dispose.approve": "Setujui", "dispose.return": "Kembalikan"}'
COMMANDS = '{"tugas": "Yang menunggu saya", "disposisi": "Disposisi"}'
BUTTONS = ((Choice("dispose.approve", "t1", style="success"),),)


@dataclass
class Heard:
    """What the hooks were told."""

    cards: dict[str, CardView | None] = field(default_factory=dict)
    delivered: list[tuple[str, str]] = field(default_factory=list)
    unreachable: list[tuple[Receiver, str]] = field(default_factory=list)
    migrated: list[tuple[int, int]] = field(default_factory=list)

    def hooks(self) -> Hooks:
        return Hooks(
            build_card=lambda uow, task, person, now: self.cards.get(task),
            on_card_delivered=lambda uow, task, person, now: self.delivered.append((task, person)),
            on_unreachable=lambda uow, to, reason, now: self.unreachable.append((to, reason)),
            on_migrated=self._migrate,
        )

    def _migrate(self, uow: SqlUnitOfWork, old: int, new: int, now: datetime) -> None:
        self.migrated.append((old, new))
        uow.groups.migrate(old, new)


class Post:
    """Use as an async context; `restart()` is what a kill and a new start are to the rows."""

    def __init__(self, folder: Path, **server: Any) -> None:
        self.folder = folder
        self.clock = MovableClock(START)
        self.server = BotApi(clock=lambda: self.clock.now().timestamp(), epoch=0.0, repeat_hold=0.0, **server)
        self.templates = folder / "templates"
        shutil.copytree(TEMPLATES / "messages" / "errors", self.templates / "messages" / "errors")
        shutil.copy(TEMPLATES / "messages" / "_again.html", self.templates / "messages")
        for name, words in WORDS.items():
            (self.templates / "messages" / f"{name}.html").write_text(words)
        for kind, words in (("buttons", LABELS), ("commands", COMMANDS)):
            (self.templates / kind).mkdir()
            (self.templates / kind / "uji.yaml").write_text(words)
        self.commands = (
            Command("tugas", lambda turn: None),
            Command("disposisi", lambda turn: None, roles=frozenset({"kabid"})),
        )
        self.heard = Heard()
        self.database = Database(f"sqlite:///{folder / 'monev.sqlite3'}")
        Base.metadata.create_all(self.database.engine)
        self.content = ContentStore(folder / "data")
        self.workers: list[Worker[Any]] = []
        self.database.on_commit.append(self._after_commit)

    async def __aenter__(self) -> "Post":
        self.server.start()
        await self.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end()
        self.database.close()
        self.server.stop()

    async def begin(self) -> None:
        request = HTTPXRequest(connection_pool_size=IN_FLIGHT, read_timeout=5)
        self.bot = Bot(
            self.server.token, self.server.base_url, self.server.file_url, request=request, get_updates_request=request
        )
        await self.bot.initialize()
        courier = Courier(self.bot, Wording(self.templates), self.content, self.commands)
        self.sending = Sending(self.database, self.clock, courier, self.heard.hooks(), self.bot.id)
        self.worker = Worker("sending", self.sending, self.clock, reads=changes.MESSAGES, limit=IN_FLIGHT)
        await self.sending.start()
        self._running = self.employs(self.worker)
        await asyncio.sleep(0)

    async def end(self) -> None:
        self._running.cancel()
        await asyncio.gather(self._running, return_exceptions=True)
        await asyncio.sleep(0)
        await self.bot.shutdown()

    def employs(self, worker: Worker[Any]) -> asyncio.Task[None]:
        """Let a worker work; it is woken as the application wakes it."""
        self.workers.append(worker)
        return asyncio.create_task(worker.run())

    def _after_commit(self, changed: changes.Changed) -> None:
        for worker in self.workers:
            if changes.concerns(changed, worker.reads):
                worker.wake()

    async def restart(self) -> None:
        await self.end()
        await self.begin()

    # --- what the office does

    def joins(self, name: str, role: str = "") -> tuple[Person, str]:
        """A person who has pressed Start and is known to us."""
        person = self.server.person(name)
        person.start()
        return person, self.known(person, role)

    def known(self, person: Person, role: str = "") -> str:
        def join(uow: SqlUnitOfWork) -> str:
            id = uow.people.join(person.id, person.name, self.clock.now()).id
            if role:
                uow.people.hold(id, role, None, "", self.clock.now())
            return id

        return self.database.call(join)

    def administrator(self) -> tuple[Person, str]:
        return self.joins("Wulan Admin", ADMINISTRATOR)

    async def sends(self, *messages: Message) -> None:
        """Enqueue in one transaction, and wait until all is settled."""
        await self.enqueues(*messages)
        await self.worker.idle()

    async def enqueues(self, *messages: Message) -> None:
        def add(uow: SqlUnitOfWork) -> None:
            for message in messages:
                uow.outbox.add(message)

        await self.database.run(add)

    async def refreshes(self, task: str, person: str, *, loud: bool = False) -> None:
        await self.database.run(lambda uow: uow.outbox.refresh_card(task, [person], loud=loud))
        await self.worker.idle()

    async def rows(self) -> list[OutboxRow]:
        return await self.database.run(lambda uow: list(uow.session.query(OutboxRow).order_by(OutboxRow.id)))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    def texts(self, chat: int) -> list[str]:
        """What the bot has written to a chat, in order."""
        return [message.text for message in self.server.messages_to(chat)]


def say(to: str, text: str, **more: Any) -> Message:
    return Message(ToPerson(to), more.pop("template", "say"), {"text": text}, **more)


def played(test: Callable[[Post], Awaitable[None]]) -> Callable[[Path], None]:
    """Run an async test with a post office of its own."""

    @functools.wraps(test, assigned=("__name__", "__doc__", "__module__"), updated=())
    def run(tmp_path: Path) -> None:
        async def go() -> None:
            async with Post(tmp_path) as post:
                await asyncio.wait_for(test(post), 20)

        asyncio.run(go())

    del run.__wrapped__  # pytest would look for fixtures behind it
    return run
