"""The rehearsal: the very same application against a Bot API on 127.0.0.1, and a cast that plays the cycle in chat.

Time is moved on, so that reminders fall due; everything else is real: HTTP, files, PDFs, the database.
"""

import asyncio
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import AnyHttpUrl, SecretStr
from rich.console import Console

from bot import log
from bot.application import TEMPLATES, Monev
from bot.clock import MovableClock
from bot.gladi_report import report
from bot.settings import Settings, load
from bot.transcript import Transcript
from handlers.table import make_table
from latihan.botapi import BotApi
from latihan.cast import Cast, Missing
from sop.actions.people import issue_first_code
from storage.office import load_bundle
from storage.unit_of_work import SqlUnitOfWork

TOKEN = "100000001:gladi-" + "x" * 30  # of no bot: the server is ours
BEGINS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Selasa, 24 November 2026 pukul 08.00 WIB
T = TypeVar("T")


class Stage:
    """What the cast may know of the program: the time, and when it has nothing left to do. Everything else is chat."""

    def __init__(self, monev: Monev, clock: MovableClock, api: BotApi, loop: asyncio.AbstractEventLoop) -> None:
        self._monev = monev
        self._clock = clock
        self._api = api
        self._loop = loop

    def now(self) -> datetime:
        """The time of the rehearsal (UTC)."""
        return self._clock.now()

    def settle(self) -> None:
        """Wait until the bot has taken and answered everything."""
        self._api.wait_confirmed(timeout=60.0)
        self.run(self._monev.idle())

    def move_to(self, moment: datetime) -> None:
        """Let the time pass."""
        self._clock.move_to(moment)
        self.settle()

    def run(self, work: Any) -> Any:
        """Run something in the program's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120.0)

    def look(self, work: Callable[[SqlUnitOfWork], T]) -> T:
        """Read the database: for the report at the end, not for the cast."""
        found: T = self.run(self._monev.parts.database.run(work))
        return found


def rehearse(out: Path) -> int:
    """Play; print the conversation, then the table of the steps. 0 only if every step played reached its output."""
    chosen = load()
    log.configure("ERROR")
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 110)
    data = Path(tempfile.mkdtemp(prefix="gladi-"))
    try:
        return _play(chosen, data, out, console)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _play(chosen: Settings, data: Path, out: Path, console: Console) -> int:
    clock = MovableClock(BEGINS)
    api = BotApi(
        token=TOKEN,
        username="monev_spbe_bot",
        clock=lambda: clock.now().timestamp(),
        answer_window=10_000_000.0,  # the time leaps; an answer would look late
        repeat_hold=0.0,
    )
    settings = chosen.model_copy(
        update={
            "telegram_token": SecretStr(TOKEN),
            "telegram_api_url": AnyHttpUrl(api.start().split("/bot")[0]),
            "data_dir": data,
            "database_url": None,
            "webhook_url": None,
        }
    )
    dialogues = frozenset(d.key for d in make_table().dialogues if d.card)
    office = load_bundle(settings.office_dir, dialogues=dialogues, templates_dir=TEMPLATES)
    monev = Monev(settings, clock, office, poll_seconds=1)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    stage = Stage(monev, clock, api, loop)
    transcript = Transcript(console, clock)
    api.observe(transcript.hear)
    stage.run(monev.start())
    try:
        code = stage.look(lambda uow: issue_first_code(uow, now=clock.now()))
        assert code is not None  # the database is fresh
        cast = Cast(api, stage, code, transcript.scene)
        try:
            cast.play()
        except Missing as missing:
            console.print(f"\n[bold red]Gladi berhenti:[/] {missing}")
            return 1
        return report(stage, data, out, console, len(api.floods))
    finally:
        stage.run(monev.stop())
        api.stop()
        loop.call_soon_threadsafe(loop.stop)
