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
from rich.table import Table

from bot import log
from bot.application import TEMPLATES, Monev
from bot.clock import MovableClock
from bot.settings import Settings, load
from bot.transcript import Transcript
from bot.wording import hari_tanggal, pukul, waktu
from handlers.table import make_table
from latihan.botapi import BotApi
from latihan.cast import Cast, Missing
from sop.actions.people import issue_first_code
from sop.cycle import Cycle
from storage.content import ContentStore
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
        return _report(stage, data, out, console, api)
    finally:
        stage.run(monev.stop())
        api.stop()
        loop.call_soon_threadsafe(loop.stop)


def _report(stage: Stage, data: Path, out: Path, console: Console, api: BotApi) -> int:
    cycle = stage.look(lambda uow: uow.cycles.all()[0])
    console.print(_table(cycle, stage.now()))
    papers = _write_papers(stage, data, out, cycle)
    console.print(f"{papers} naskah tersimpan di {out}, menurut urutan pembuatannya.")
    played = [s for s in cycle.sop.steps if any(t.step == s.key for t in cycle.tasks) and s.dialogue != "plain"]
    unfinished = [s.title for s in played if cycle.open_tasks(s.key)]
    if api.floods:
        unfinished.append(f"{len(api.floods)} kali ditolak karena terlalu cepat (429)")
    if unfinished or len(played) < 4:
        console.print(f"[bold red]Belum selesai:[/] {', '.join(unfinished) or 'tidak semua langkah dimainkan'}")
        return 1
    console.print(f"[bold green]Semua langkah yang dimainkan mencapai keluarannya ({len(played)} dari 8).[/]")
    return 0


def _table(cycle: Cycle, now: datetime) -> Table:
    table = Table(title=f"\n{cycle.name}", show_lines=True)
    for heading in ("Langkah", "Pelaksana", "Waktu SOP", "Batas waktu", "Selesai", "Keluaran"):
        table.add_column(heading)
    for step in cycle.sop.steps:
        tasks = [t for t in cycle.tasks if t.step == step.key]
        ended = [t for t in tasks if not t.open and t.decided_at]
        last = max(ended, key=lambda t: t.decided_at or now) if ended else None
        due = max((t.due_at for t in tasks if t.due_at), default=None)
        done = bool(tasks) and not any(t.open for t in tasks)
        decided = last.decided_by.title if last and last.decided_by and not step.each else ""
        who = decided or cycle.sop.role_name(step.actor)
        when = f"{hari_tanggal(last.decided_at)} {pukul(last.decided_at)}" if done and last and last.decided_at else ""
        state = "✓ " + step.output if done else ("menunggu" if tasks else "belum")
        passes = f" (putaran {cycle.passes(step.key)})" if cycle.passes(step.key) > 1 else ""
        table.add_row(
            f"{step.number}. {step.title}{passes}", who, step.time_text, waktu(due) if due else "", when, state
        )
    return table


def _write_papers(stage: Stage, data: Path, out: Path, cycle: Cycle) -> int:
    """Every paper of the rehearsal, in the order of its making."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    store = ContentStore(data)
    papers = stage.look(
        lambda uow: (*uow.papers.of_cycle("", current=False), *uow.papers.of_cycle(cycle.id, current=False))
    )
    ready = sorted((p for p in papers if p.sha256), key=lambda p: (p.created_at, p.id))
    for number, paper in enumerate(ready, start=1):
        mark = "_diganti" if paper.state == "replaced" else ""
        name = f"{number:02d}_{Path(paper.filename).stem}{mark}{Path(paper.filename).suffix}"
        (out / name).write_bytes(store.read(paper.sha256))
    return len(ready)
