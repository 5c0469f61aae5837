"""A Bot API server on 127.0.0.1, strict in limits, parsing and words, for rehearsal, tests and training.

Use::

    server = BotApi()
    base = server.start()          # "http://127.0.0.1:PORT"
    rina = server.person("Rina Marlina")
    rina.start()
    rina.sees("Selamat datang")
    server.stop()

A bot talks to ``server.base_url`` (``.../bot``) and ``server.file_url`` (``.../file/bot``).
"""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from aiohttp import web

from latihan.chats import FIRST_GROUP, FIRST_PERSON, FIRST_SUPERGROUP, World
from latihan.clock import Clock
from latihan.faults import RequestHook
from latihan.groups import Group
from latihan.model import Chat, Event, Message, User
from latihan.people import Person
from latihan.serving import Service
from latihan.updates import Update
from latihan.webhook import RETRY_SECONDS

DEFAULT_TOKEN = "7000000001:LATIHAN-bukan-token-sungguhan-0000001"


class BotApi:
    """The server in a thread of its own, and the door to its people and groups.

    `clock`: seconds for limits, lifetimes and dates; real time still rules how long a poll waits.
    `epoch`: Unix seconds at which `clock` reads 0, if dates shall follow the clock of the bot under test.
    `answer_window`: seconds in which a tap can be answered. `repeat_hold`: seconds for which the server
    holds an empty poll that repeats an offset. `allow_loopback_webhook`: http on 127.0.0.1 is accepted.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        username: str = "monev_latihan_bot",
        name: str = "Monev SPBE",
        clock: Clock = time.monotonic,
        enforce_flood: bool = True,
        answer_window: float = 15.0,
        allow_loopback_webhook: bool = False,
        webhook_retry_seconds: tuple[float, ...] = RETRY_SECONDS,
        repeat_hold: float = 3.0,
        epoch: float | None = None,
    ) -> None:
        self.token = token
        bot = User(int(token.partition(":")[0]), name, username=username, is_bot=True)
        start = time.time() - clock() if epoch is None else epoch
        self.world = World(bot, clock, start, enforce_flood, answer_window)
        self._service = Service(self.world, token, allow_loopback_webhook, webhook_retry_seconds, repeat_hold)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.port = 0

    # --- life

    def start(self, port: int = 0) -> str:
        """Listen on 127.0.0.1; returns ``http://127.0.0.1:PORT``. `stop` keeps the port and all state."""
        if self._thread is not None:
            raise RuntimeError("the server runs already")
        listener = socket.create_server(("127.0.0.1", port or self.port))
        self.port = int(listener.getsockname()[1])
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listener, ready), name="latihan", daemon=True)
        self._thread.start()
        ready.wait()
        return self.url

    def stop(self) -> None:
        """Close every connection, also of waiting polls; harmless when stopped already."""
        if self._thread is None or self._loop is None:
            return
        self._loop.call_soon_threadsafe(self._service.closing.set)
        self._thread.join()
        self._thread = self._loop = None

    def __enter__(self) -> BotApi:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base_url(self) -> str:
        """For PTB's `base_url`."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """For PTB's `base_file_url`."""
        return f"{self.url}/file/bot"

    def _run(self, listener: socket.socket, ready: threading.Event) -> None:
        asyncio.run(self._serve(listener, ready))

    async def _serve(self, listener: socket.socket, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        runner = web.AppRunner(self._service.application(), access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        ready.set()
        await self._service.run_until_closed()
        await runner.cleanup()

    # --- who is there

    def person(self, name: str, id: int | None = None, username: str | None = None) -> Person:
        """A person who has not pressed Start yet. Ids need more than 32 bits, as real ones do."""
        first, _, last = name.partition(" ")
        with self.world.lock:
            number = id or FIRST_PERSON + self.world.number("person") - 1
            user = User(number, first, last or None, username)
            return Person(self.world, user, self.world.add_user(user))

    def group(
        self,
        title: str,
        members: Sequence[Person],
        forum: bool = False,
        with_bot: bool = True,
        supergroup: bool = False,
    ) -> Group:
        """A group made by its first member. `forum`: a supergroup with topics; `with_bot`: with the bot."""
        with self.world.lock:
            big = forum or supergroup
            first = FIRST_SUPERGROUP if big else FIRST_GROUP
            number = first - self.world.number("supergroup" if big else "group") + 1
            statuses = {p.id: "creator" if p is members[0] else "member" for p in members}
            chat = Chat(number, "supergroup" if big else "group", title, forum=forum, members=statuses)
            group = Group(self.world, self.world.add_chat(chat), list(members))
            if with_bot:
                group.adds_bot(by=members[0])
            return group

    # --- what happened

    def on_request(self, hook: RequestHook | None) -> None:
        """Call `hook(method, params)` before each request; what it returns is done to the request."""
        self._service.hook = hook

    def observe(self, observer: Callable[[Event], None]) -> None:
        """Tell `observer` all that an onlooker would see, in order, under the lock: it must not wait."""
        with self.world.lock:
            self.world.observers.append(observer)

    @property
    def requests(self) -> Counter[str]:
        """How often each method was called, by its documented name."""
        with self.world.lock:
            return Counter(self.world.requests)

    @property
    def floods(self) -> list[tuple[str, int, int]]:
        """Every 429 that a limit has caused: (method, chat id, seconds)."""
        with self.world.lock:
            return list(self.world.flood.refused)

    def messages_to(self, chat_id: int) -> list[Message]:
        """What the bot has sent to a chat and not deleted, in order."""
        with self.world.lock:
            return [m for m in self.world.chats[chat_id].messages if m.from_bot and not m.deleted]

    def updates_pending(self) -> list[Update]:
        """Updates not confirmed yet and not expired."""
        with self.world.lock:
            return self.world.updates.pending()

    @property
    def confirmed_offset(self) -> int:
        """Every update below this id has been confirmed; 0 before the first."""
        with self.world.lock:
            return self.world.updates.confirmed_offset

    def wait_confirmed(self, timeout: float = 10.0) -> bool:
        """Wait, in real seconds, until the bot has confirmed every update; False when time is up."""
        return bool(self.world.wait_for(lambda: not self.world.updates.pending(), timeout))

    def wait_requests(self, method: str, count: int = 1, timeout: float = 10.0) -> bool:
        """Wait until `method` has been called `count` times in all."""
        return bool(self.world.wait_for(lambda: self.world.requests[method] >= count, timeout))
