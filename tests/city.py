"""The office with its bot: the real application over HTTP against the loopback Bot API, on a clock that can be moved.

A journey reads as the SOP: `city.kabid.taps("Setujui")`. Waiting is for events, never for time.
"""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from bot.application import TEMPLATES, Monev
from bot.clock import MovableClock
from bot.printing_press import Press
from bot.settings import PROJECT, Settings
from handlers.table import make_table
from latihan.botapi import BotApi
from latihan.people import Person
from sop.actions import people
from sop.people import ADMINISTRATOR
from storage.office import load_bundle
from storage.unit_of_work import SqlUnitOfWork

TOKEN = "123456789:" + "A" * 35
MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Selasa, 24 November 2026 pukul 08.00 WIB
T = TypeVar("T")


@cache
def office(folder: Path = PROJECT / "office", *, whole_book: bool = False):
    """The office of a folder; unless asked for, its book carries no other papers, which takes half of the time."""
    dialogues = frozenset(d.key for d in make_table().dialogues if d.card)
    read = load_bundle(folder, dialogues=dialogues, templates_dir=TEMPLATES)
    if whole_book:
        return read
    return read.model_copy(update={"office": read.office.model_copy(update={"book_papers": ()})})


class Loop:
    """An event loop in a thread of its own; lives as long as the tests, so that the press stays warm."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.press = Press()

    def run(self, work, timeout: float = 60.0):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)


@cache
def shared_loop() -> Loop:
    return Loop()


class City:
    """A fresh office. *folder*: its OFFICE_DIR. *whole_book*: its book carries the papers of the cycle."""

    def __init__(
        self,
        data_dir: Path,
        *,
        folder: Path = PROJECT / "office",
        start: datetime = MORNING,
        whole_book: bool = False,
    ) -> None:
        self.clock = MovableClock(start)
        self.api = BotApi(
            token=TOKEN,
            username="monev_spbe_bot",
            clock=lambda: self.clock.now().timestamp(),
            answer_window=10_000_000.0,
            repeat_hold=0.0,
        )
        base = self.api.start().split("/bot")[0]
        self.settings = Settings(
            _env_file=None, telegram_token=SecretStr(TOKEN), telegram_api_url=base, data_dir=data_dir, office_dir=folder
        )
        self.office = office(folder, whole_book=whole_book)
        self._thread = shared_loop()
        self.bot: Monev | None = None
        self.people: dict[str, Person] = {}
        self.start()

    # --- the program

    def start(self) -> None:
        """Start the bot, as after a restart: everything it knows comes from the database."""
        self.bot = Monev(self.settings, self.clock, self.office, press=self._thread.press, poll_seconds=1)
        self._thread.run(self.bot.start())
        self.settle()

    def stop(self) -> None:
        if self.bot is not None:
            self._thread.run(self.bot.stop())
            self.bot = None

    def close(self) -> None:
        self.stop()
        self.api.stop()

    def settle(self) -> None:
        """Wait until the bot has taken and done everything that it can do now."""
        self.api.wait_confirmed(timeout=20.0)
        assert self.bot is not None
        self._thread.run(self.bot.idle())

    def moves_to(self, moment: datetime) -> None:
        """Let the time pass."""
        self.clock.move_to(moment)
        self.settle()

    def passes(self, **amount: float) -> None:
        """Let an amount of time pass (`days=1`, `minutes=30`)."""
        self.moves_to(self.clock.now() + timedelta(**amount))

    def look(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Read (or prepare) the database in one transaction of the running program."""
        assert self.bot is not None
        return self._thread.run(self.bot.parts.database.run(work))

    # --- the people

    def member(self, name: str, role: str, opd: str | None = None) -> Person:
        """Somebody who has joined already; with no answers to the joining in sight."""
        person = self.people.get(name) or self.api.person(name)
        self.people[name] = person

        def join(uow: SqlUnitOfWork) -> None:
            now = self.clock.now()
            known = uow.people.join(person.id, name, now)
            uow.people.hold(known.id, role, opd, "test", now)

        if not person.chat:
            self.look(join)
            person.start()
        else:
            self.look(join)
        self.settle()
        person.catches_up()
        return person

    def administrator(self, name: str = "Admin Kota") -> Person:
        """The first administrator, by the one-time code."""
        code = self.look(lambda uow: people.issue_first_code(uow, now=self.clock.now()))
        assert code
        person = self.api.person(name)
        self.people[name] = person
        person.start(code)
        self.settle()
        person.taps("Ya")
        self.settle()
        assert self.look(lambda uow: uow.people.holders(ADMINISTRATOR, None, self.clock.now()))
        person.catches_up()
        return person
