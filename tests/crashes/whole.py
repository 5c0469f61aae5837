"""The whole bot as a process of its own, on a clock that does not wait for pacing. Served until it is killed."""

import asyncio
from datetime import datetime
from pathlib import Path

from pydantic import AnyHttpUrl, SecretStr

from bot.application import Monev
from bot.clock import MovableClock
from bot.settings import PROJECT, Settings
from tests.city import TOKEN, office

OFFICE = office(PROJECT / "office")  # read once, where processes are forked from


def run(data_dir: Path, api_url: str, start: datetime) -> None:
    """Serve until killed."""
    asyncio.run(serve(data_dir, api_url, start))


async def serve(data_dir: Path, api_url: str, start: datetime) -> None:
    settings = Settings(
        _env_file=None, telegram_token=SecretStr(TOKEN), telegram_api_url=AnyHttpUrl(api_url), data_dir=data_dir
    )
    monev = Monev(settings, MovableClock(start), OFFICE, poll_seconds=1)
    await monev.start()
    await monev.serve()
