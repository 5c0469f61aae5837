"""What the Berita Acara and the nota dinas say in their present state (SOP step 7)."""

from dataclasses import replace
from datetime import date, datetime

from sop import papers
from sop import paperwork_result as paperwork
from sop.cycle import Cycle, Task
from sop.letters import Letter
from sop.ports import UnitOfWork
from sop.refusals import NothingThere, NotNow
from sop.result import outcome

STATEMENT, FILLED, MEMO, MINUTES = "berita_acara", "formulir_terisi", "nota_dinas", "notula"  # kinds of papers
_ALONG = (FILLED, "daftar_hadir", MINUTES)  # what is attached to it, if it was made


def require_acknowledged(cycle: Cycle, task: Task) -> None:
    """That the superior knows of the result before the Sekda signs it. Raises NotNow (`belum_diketahui`)."""
    if cycle.step_of(task).acknowledged_by and task.acknowledged_at is None:
        raise NotNow(state="belum_diketahui")


def statement_context(
    uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime
) -> papers.BeritaAcara:
    """The Berita Acara: rancangan before it has a number, siap tanda tangan after.

    Raises:
        NotNow (`belum_diketahui`): the result has not been reported, or nobody has taken note of it.
        Incomplete: see `outcome`.
    """
    step = next(s for s in cycle.sop.steps if STATEMENT in s.produces)
    task = cycle.latest(step.key)
    if task is not None:
        require_acknowledged(cycle, task)
    there = {p.kind for p in uow.papers.of_cycle(cycle.id) if p.state != "failed"}
    along = tuple((kind, cycle.sop.papers[kind].title) for kind in _ALONG if kind in there)
    found = outcome(uow, cycle)
    return paperwork.berita_acara(
        uow.definition_of(cycle),
        cycle,
        found,
        letter,
        papers_there=along,
        notula_date=_notula_date(uow, cycle),
        now=now,
    )


def _notula_date(uow: UnitOfWork, cycle: Cycle) -> date | None:
    """The date that the notula bears, as it was printed last; a draft has none."""
    for paper in reversed(uow.papers.of_cycle(cycle.id, kind=MINUTES, current=False)):
        if paper.context:  # its signed copy has none
            notula = papers.from_json(MINUTES, paper.context)
            assert isinstance(notula, papers.Notula)
            return notula.date
    return None


def memo_paper(uow: UnitOfWork, cycle: Cycle) -> papers.NotaDinas:
    """The nota dinas as it was printed last. Raises NothingThere: none was, or its signed copy took its place."""
    for paper in reversed(uow.papers.of_cycle(cycle.id, kind=MEMO)):
        if paper.context:
            context = papers.from_json(MEMO, paper.context)
            assert isinstance(context, papers.NotaDinas)
            return context
    raise NothingThere(what="naskah")


def memo_context(uow: UnitOfWork, cycle: Cycle, letter: Letter, bot_name: str, now: datetime) -> papers.NotaDinas:
    """The nota dinas as it was reported, with the number and date that it has been given. Raises: see `memo_paper`.

    Without the code of the printing before: each has one of its own.
    """
    return replace(memo_paper(uow, cycle), number=letter.number or None, date=letter.dated, verification=None)
