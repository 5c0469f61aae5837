"""The whole bot as a process of its own, on a clock that does not wait for pacing. Served until it is killed."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from pydantic import AnyHttpUrl, SecretStr

from bot.application import Monev
from bot.clock import MovableClock
from bot.settings import PROJECT, Settings
from tests.city import TOKEN, office


async def serve(data_dir: Path, api_url: str, start: datetime) -> None:
    settings = Settings(
        _env_file=None, telegram_token=SecretStr(TOKEN), telegram_api_url=AnyHttpUrl(api_url), data_dir=data_dir
    )
    monev = Monev(settings, MovableClock(start), office(PROJECT / "office"), poll_seconds=1)
    await monev.start()
    await monev.serve()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])))
