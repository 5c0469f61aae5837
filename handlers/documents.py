"""/dokumen and /sop: every paper that somebody may see, sent as a file."""

from typing import Any

from handlers.lists import Page, page_of, pressed, turning
from handlers.paper_copies import upload_choices
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.actions import papers, signed_papers
from sop.cycle import Cycle
from sop.letters import Letter
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice
from sop.ports import Paper

OLD = ".lama"  # end of the arg of a button that shows replaced versions


def documents(turn: Turn) -> Next:
    """The papers of the only cycle, or first which cycle."""
    cycles = turn.uow.cycles.all()
    if not cycles:
        turn.say("documents/no_cycle", [[Choice("docs.sop")]])
    elif len(cycles) == 1:
        template, rows, facts = _listed(turn, cycles[0], "")
        turn.say(template, rows, **facts)
    else:
        rows, facts = _choosing(turn, cycles, "")
        turn.say("documents/which_cycle", rows, **facts)
    return STAY


def _choosing(turn: Turn, cycles: tuple[Cycle, ...], wanted: str) -> tuple[list[list[Choice]], dict[str, Any]]:
    page = page_of(cycles, wanted)
    rows = [[Choice("docs.cycle", c.id, label={"cycle": c.name, "state": c.state.value})] for c in page.items]
    return [*rows, *turning(page, "docs.cycles"), [Choice("docs.sop")]], dict(page.facts)


def which_cycle(turn: Turn) -> Next:
    """Turn the page of the cycles, or go back to them."""
    rows, facts = _choosing(turn, turn.uow.cycles.all(), pressed(turn).arg)
    turn.show("documents/which_cycle", rows, **facts)
    return STAY


def of_cycle(turn: Turn) -> Next:
    """The papers of a cycle, a page at a time."""
    press = pressed(turn)
    template, rows, facts = _listed(turn, turn.uow.cycles.get(press.id), press.arg)
    turn.show(template, rows, **facts)
    return STAY


def _listed(turn: Turn, cycle: Cycle, arg: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    old = arg.endswith(OLD)
    found = papers.visible_papers(turn.uow, turn.acting, cycle, old=old)
    page: Page[Paper] = page_of(found, arg.removesuffix(OLD))
    rows = [[Choice("docs.send", p.id, label=_label(turn, cycle, p))] for p in page.items]
    rows += turning(page, "docs.cycle", cycle.id, OLD if old else "")
    if old:
        rows.append([Choice("docs.cycle", cycle.id, label_key="docs.current")])
    elif papers.visible_papers(turn.uow, turn.acting, cycle, old=True):
        rows.append([Choice("docs.cycle", cycle.id, f"0{OLD}", label_key="docs.old")])
    rows.append([Choice("docs.sop"), *_back_to_cycles(turn)])
    return "documents/list" if found else "documents/none", rows, {"cycle": cycle.name, "old": old, **page.facts}


def _back_to_cycles(turn: Turn) -> list[Choice]:
    return [Choice("docs.cycles", arg="0")] if len(turn.uow.cycles.all()) > 1 else []


def _label(turn: Turn, cycle: Cycle, paper: Paper) -> dict[str, Any]:
    letter = papers.no_more(turn.uow, cycle, paper)
    scanned = "pindaian diunggah" if signed_papers.is_signed_copy(paper) else ""
    return {
        "title": paper.title,
        "opd": opd_of(turn.uow, cycle, paper.opd).short,
        "at": paper.created_at,
        "state": letter.state.value if letter else scanned,
    }


def send(turn: Turn) -> Next:
    """The paper as a file; one that is still being printed follows when it is."""
    paper = turn.act(papers.see_paper, pressed(turn).id)
    cycle = turn.uow.cycles.get(paper.cycle)
    letter = papers.no_more(turn.uow, cycle, paper)
    if letter is not None:
        _send_marked(turn, paper, letter, cycle.name)
    elif signed_papers.is_signed_copy(paper):
        _send_copy(turn, paper, cycle.name)
    else:
        _send(turn, paper, cycle.name)
    return STAY


def _send_copy(turn: Turn, paper: Paper, cycle: str) -> None:
    """A signed copy, as it was uploaded: by whom, when, and its hash."""
    uploader = turn.uow.people.get(paper.made_by, turn.now)
    turn.toast("documents/coming", waiting=False)
    turn.say(
        "documents/signed_copy",
        upload_choices(turn, paper),
        attachment=Attachment(filename=paper.filename, paper=paper.id),
        title=paper.title,
        cycle=cycle,
        by=uploader.name if uploader else "",
        at=paper.created_at,
        sha256=paper.sha256,
    )


def _send_marked(turn: Turn, paper: Paper, letter: Letter, cycle: str) -> None:
    """A letter that holds no more stays readable, and its caption says so."""
    new = papers.in_its_place(turn.uow, letter)
    turn.toast("documents/coming", waiting=False)
    turn.say(
        "documents/no_more",
        attachment=Attachment(filename=paper.filename, paper=paper.id),
        title=paper.title,
        cycle=cycle,
        state=letter.state.value,
        reason=letter.reason,
        new_number=new.number if new else "",
    )


def print_again(turn: Turn) -> Next:
    """A paper that could not be printed is tried once more."""
    paper = turn.act(papers.print_again, pressed(turn).id)
    turn.show("documents/printing_again", title=paper.title)
    return STAY


def sop(turn: Turn) -> Next:
    """The SOP sheet; it is open to every member."""
    turn.acting  # noqa: B018  (a stranger is refused)
    _send(turn, papers.sop_sheet(turn.uow, now=turn.now), "")
    return STAY


def _send(turn: Turn, paper: Paper, cycle: str) -> None:
    waiting = not paper.sha256
    turn.toast("documents/coming", waiting=waiting)
    turn.say(
        "paper",
        upload_choices(turn, paper),
        attachment=Attachment(filename=paper.filename, paper=paper.id),
        after=(paper.id,) if waiting else (),
        title=paper.title,
        cycle=cycle,
    )


DIALOGUE = Dialogue(
    key="documents",
    commands=(Command("dokumen", documents), Command("sop", sop)),
    buttons=(
        ButtonAction("docs.cycles", which_cycle),
        ButtonAction("docs.cycle", of_cycle),
        ButtonAction("docs.send", send),
        ButtonAction("docs.print_again", print_again),
        ButtonAction("docs.sop", sop),
    ),
)
