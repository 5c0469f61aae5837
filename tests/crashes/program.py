"""Intake and turns as a process of their own, which can be told where to die.

The places are found by watching the database driver from outside; the product knows nothing of them.
"""

import asyncio
import os
import signal

from sqlalchemy import event

from bot.clock import SystemClock
from storage.database import Database
from tests.turns.toy import assemble, toy


def run(url: str, base_url: str, token: str, place: str, number: int) -> None:
    """Serve until killed. *place*: `before inbox`, `after inbox`, `before turn`, `after turn` or "" (live on)."""
    database = Database(url)
    if place:
        die_at(database, place, number)
    asyncio.run(serve(database, base_url, token))


def die_at(database: Database, place: str, number: int) -> None:
    """Arrange a SIGKILL before or after the *number*-th commit that stored updates or ended a turn."""
    when, _, what = place.partition(" ")
    mark = {"inbox": "INSERT INTO inbox", "turn": "UPDATE inbox SET state"}[what]
    seen = {"marked": False, "committed": False, "count": 0}

    def watch(connection, cursor, statement, parameters, context, executemany):
        seen["marked"] = seen["marked"] or statement.startswith(mark)

    def commit(connection):
        if not seen["marked"]:
            return
        seen["marked"] = False
        seen["count"] += 1
        if seen["count"] == number:
            if when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            seen["committed"] = True

    def returned(driver, record):
        if seen["committed"]:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "after_cursor_execute", watch)
    event.listen(database.engine, "commit", commit)
    event.listen(database.engine, "checkin", returned)


async def serve(database: Database, base_url: str, token: str) -> None:
    parts = assemble(database, toy(), SystemClock(), base_url, token)
    async with parts.application:
        await asyncio.gather(parts.turns.run(), parts.polling.run())
