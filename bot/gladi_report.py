"""The end of the rehearsal: a table of the steps, every paper in a folder, and whether everything was reached."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from bot.wording import hari_tanggal, pukul, waktu
from sop.actions.papers import SHEET
from sop.cycle import Cycle, CycleState
from sop.papers import RANCANGAN
from sop.ports import Paper
from storage.content import ContentStore
from storage.unit_of_work import SqlUnitOfWork


class Stage(Protocol):
    """What the report needs of the stage."""

    def now(self) -> datetime:
        """The time of the rehearsal (UTC)."""

    def look(self, work: Callable[[SqlUnitOfWork], Any]) -> Any:
        """Read the database."""


def report(stage: Stage, data: Path, out: Path, console: Console, floods: int) -> int:
    """Print and write; 0 only if every step of every cycle reached its output, with its papers, and nobody was pushed.

    *floods*: how often the Bot API refused us for being too quick.
    """
    cycles: list[Cycle] = sorted(stage.look(lambda uow: uow.cycles.all()), key=lambda c: c.opened_at)
    for cycle in cycles:
        console.print(_table(cycle, stage.now()))
    papers = stage.look(lambda uow: _all_papers(uow, cycles))
    written = _write(papers, data, out)
    console.print(f"{written} berkas naskah tersimpan di {out}, menurut urutan pembuatannya.")
    missing = [what for cycle in cycles for what in _missing(cycle, papers)]
    if floods:
        missing.append(f"{floods} kali ditolak karena terlalu cepat (429)")
    if missing or not cycles:
        console.print(f"[bold red]Belum selesai:[/] {', '.join(missing) or 'tidak ada siklus'}")
        return 1
    console.print(f"[bold green]Semua langkah mencapai keluarannya ({len(cycles)} siklus, 8 dari 8 langkah).[/]")
    return 0


def _all_papers(uow: SqlUnitOfWork, cycles: list[Cycle]) -> list[Paper]:
    of = ("", *(c.id for c in cycles))  # those of no cycle too: the SOP sheet
    return [p for cycle in of for p in uow.papers.of_cycle(cycle, current=False)]


def _missing(cycle: Cycle, papers: list[Paper]) -> list[str]:
    """Steps that did not reach their output, and papers that should be there: no drafts, and none that was replaced."""
    if cycle.state is not CycleState.COMPLETED:
        return [f"{cycle.name}: {cycle.sop.step(t.step).title}" for t in cycle.open_tasks()]
    holds = [p for p in papers if p.state == "ready" and p.context.get("state") != RANCANGAN]
    there = {p.kind for p in holds if p.cycle in (cycle.id, "")}
    wanted = {SHEET, *(kind for step in cycle.sop.steps for kind in step.produces)}
    return [f"{cycle.name}: {cycle.sop.papers[kind].title}" for kind in sorted(wanted - there)]


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


def _write(papers: list[Paper], data: Path, out: Path) -> int:
    """Every paper of the rehearsal, in the order of its making."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    store = ContentStore(data)
    ready = sorted((p for p in papers if p.sha256), key=lambda p: (p.created_at, p.id))
    for number, paper in enumerate(ready, start=1):
        mark = "_diganti" if paper.state == "replaced" else ""
        name = f"{number:02d}_{Path(paper.filename).stem}{mark}{Path(paper.filename).suffix}"
        (out / name).write_bytes(store.read(paper.sha256))
    return len(ready)
