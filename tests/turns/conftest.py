"""The toy office, running in a thread beside the test, between a local Telegram and a real SQLite file."""

import asyncio
import threading
from datetime import UTC, datetime

import pytest

from bot.clock import MovableClock
from latihan.botapi import BotApi
from storage.database import Database
from tests.turns.toy import assemble, fresh_tables, toy

NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)  # Tuesday, 10.22 WIB
PATIENCE = 10.0


class Running:
    """The process, as far as it is built here; `settle` waits until everything that was written is handled."""

    def __init__(self, server, database, registry=None):
        self.server = server
        self.database = database
        self.clock = MovableClock(NOW)
        self.registry = registry or toy()
        self._ready = threading.Event()
        self._thread = None

    def start(self):
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def stop(self):
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self._ready.clear()

    async def _serve(self):
        self.loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self.parts = assemble(self.database, self.registry, self.clock, self.server.base_url, self.server.token)
        async with self.parts.application:
            jobs = [asyncio.create_task(self.parts.turns.run()), asyncio.create_task(self.parts.polling.run())]
            self._ready.set()
            await self._stop.wait()
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    def settle(self):
        """Wait until all that people wrote is stored, confirmed and handled."""
        assert self.server.wait_confirmed(PATIENCE)
        asyncio.run_coroutine_threadsafe(self.parts.turns.idle(), self.loop).result(PATIENCE)

    def wake(self):
        self.loop.call_soon_threadsafe(self.parts.turns.wake)

    def rows(self, query):
        return [tuple(row) for row in self.database.call(lambda uow: uow.session.connection().exec_driver_sql(query))]

    def said_to(self, chat_id):
        query = f"SELECT template FROM outbox WHERE kind = 'message' AND chat = {chat_id} ORDER BY id"
        return [template for (template,) in self.rows(query)]

    def toasts(self):
        return self.rows("SELECT template, alert FROM outbox WHERE kind = 'toast' ORDER BY id")

    def inbox(self):
        return self.rows("SELECT state, attempts FROM inbox ORDER BY update_id")


@pytest.fixture
def server():
    with BotApi(repeat_hold=0.0) as api:
        yield api


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    fresh_tables(database)
    yield database
    database.close()


@pytest.fixture
def office(server, database):
    running = Running(server, database)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def rina(server):
    return server.person("Rina Marlina")


@pytest.fixture
def budi(server):
    return server.person("Budi Santoso")
