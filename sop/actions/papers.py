"""Papers on request: which ones somebody may see, and the record that they were sent (/dokumen, /sop)."""

from datetime import datetime

from sop import events, papers, paperwork_sheets
from sop.cycle import Cycle, Signed
from sop.letters import Letter, LetterState
from sop.people import ADMINISTRATOR, Acting
from sop.ports import Paper, UnitOfWork
from sop.refusals import NothingThere, NotNow
from sop.telling import tell
from sop.visibility import may_see_paper

SHEET = "sop"  # kind of the SOP sheet; it belongs to no cycle
_THERE = ("queued", "ready")


def visible_papers(uow: UnitOfWork, who: Acting, cycle: Cycle, *, old: bool = False) -> tuple[Paper, ...]:
    """The papers of a cycle that *who* may see, oldest first; *old*: the replaced ones instead of those that hold."""
    found = uow.papers.of_cycle(cycle.id, current=not old)
    states = ("replaced",) if old else _THERE
    return tuple(p for p in found if p.state in states and (p.sha256 or not old) and may_see_paper(uow, cycle, who, p))


def no_more(uow: UnitOfWork, cycle: Cycle, paper: Paper) -> Letter | None:
    """The letter whose signed copy this is, if it went out and holds no more: replaced, or revoked."""
    if not paper.owner or not cycle.sop.papers[paper.kind].numbered:
        return None
    over = (LetterState.REPLACED, LetterState.REVOKED)
    gone_out = uow.letters.gone_out(cycle.id, (paper.kind,))
    return next((x for x in gone_out if x.signed_paper == paper.id and x.state in over), None)


def in_its_place(uow: UnitOfWork, letter: Letter) -> Letter | None:
    """The letter that took the place of this one."""
    return next((x for x in uow.letters.gone_out(letter.cycle, (letter.kind,)) if x.replaces == letter.id), None)


def see_paper(uow: UnitOfWork, who: Acting, paper_id: str, *, now: datetime) -> Paper:
    """A paper for somebody who asks for it; written down, because papers may hold evidence.

    Raises:
        NothingThere: no such paper, it could not be printed, or this person may not see it (the same answer).
    """
    paper = uow.papers.get(paper_id)
    if paper is None or not paper.cycle or paper.state == "failed":
        raise NothingThere(what="dokumen")
    cycle = uow.cycles.get(paper.cycle)
    if not may_see_paper(uow, cycle, who, paper):
        raise NothingThere(what="dokumen")
    seen = events.PaperSeen(cycle=cycle.id, paper=paper.id, title=paper.title, person=who.id)
    tell(uow, _reader(cycle, who, paper), now, seen)
    return paper


def print_again(uow: UnitOfWork, who: Acting, paper_id: str, *, now: datetime) -> Paper:
    """Queue a paper that could not be printed once more; what waits for it goes out when it is there.

    Raises:
        NothingThere: no such paper, or it is neither theirs nor to be seen by them (the same answer).
        NotNow (`sudah_dicetak`): it has not failed: it is there, or about to be printed.
    """
    paper = uow.papers.get(paper_id)
    if paper is None or not _may_print(uow, who, paper):
        raise NothingThere(what="dokumen")
    if not uow.papers.print_again(paper.id):
        raise NotNow(state="sudah_dicetak")
    again = events.PaperPrintedAgain(cycle=paper.cycle, paper=paper.id, title=paper.title, person=who.id)
    tell(uow, None, now, again)
    return paper


def _may_print(uow: UnitOfWork, who: Acting, paper: Paper) -> bool:
    """Whoever had it made, the administrator who was told, and whoever may see it."""
    if who.id == paper.made_by or who.capacity(ADMINISTRATOR):
        return True
    return bool(paper.cycle) and may_see_paper(uow, uow.cycles.get(paper.cycle), who, paper)


def _reader(cycle: Cycle, who: Acting, paper: Paper) -> Signed:
    """The record of a reader: the first role that they hold in the order of the SOP."""
    for role in cycle.sop.actors:
        held = who.capacity(role, paper.opd) or who.capacity(role)
        if held is not None:
            title = f"{held.substitution} {cycle.sop.role_name(role)}".strip()
            return Signed(who.id, who.name, role, title, held.opd, held.substitution, held.for_name)
    return Signed(who.id, who.name, "", "")


def sop_sheet(uow: UnitOfWork, *, now: datetime) -> Paper:
    """The SOP as a sheet: printed once for each version of the definitions, then kept."""
    version = uow.office.hash
    for old in uow.papers.of_cycle("", kind=SHEET):
        if old.owner == version and old.state in _THERE:
            return old
        uow.papers.replace(old.id)
    about = uow.office.sop.papers.get(SHEET)
    title = about.title if about else uow.office.sop.title
    made = uow.papers.request(
        SHEET,
        papers.to_json(paperwork_sheets.sop_sheet(uow.office, now)),
        title=title,
        filename="SOP.pdf",
        audience=about.audience if about else "",
        cycle="",
        owner=version,
        now=now,
    )
    paper = uow.papers.get(made)
    assert paper is not None  # just requested
    return paper
