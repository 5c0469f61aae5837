"""The signed copy of a paper without a number (laporan, rekapitulasi, daftar hadir, notula, formulir): its upload."""

from typing import Any

from handlers.letter_copies import copy_coming, sent_copy, want_file
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import signed_papers
from sop.outgoing import Choice
from sop.ports import Paper

MAKERS = frozenset({"tim_diskominfo", "tim_kota"})  # whose steps make such papers
SUBJECT = "paper:"  # and behind it the paper


def upload_choices(turn: Turn, paper: Paper) -> list[list[Choice]]:
    """The button under a paper for whoever may upload its signed copy."""
    if not signed_papers.may_upload(turn.uow, turn.acting, paper, now=turn.now):
        return []
    key = "letters.upload_again" if signed_papers.is_signed_copy(paper) else "letters.upload_signed"
    return [[Choice("docs.upload", paper.id, style="primary", label_key=key)]]


def _facts(paper: Paper) -> dict[str, Any]:
    """What the messages of a signed copy say; `ditandatangani`: the new file takes the place of one."""
    state = "ditandatangani" if signed_papers.is_signed_copy(paper) else ""
    return {"title": paper.title, "number": "", "state": state}


def ask_copy(turn: Turn) -> Next:
    """Ask for the signed copy of a paper."""
    paper = turn.act(signed_papers.ready_to_sign, pressed(turn).id)
    turn.begin(f"{SUBJECT}{paper.id}")
    turn.say("letters/ask_signed", limit_mb=turn.office.office.largest_file_mb, **_facts(paper))
    return "docs.signed"


def take_copy(turn: Turn) -> Next:
    """The copy came in: it is fetched and kept; the arrival is told when the bytes are there."""
    sent = sent_copy(turn)
    if sent is None:
        return STAY
    paper = turn.act(signed_papers.expect_copy, turn.subject.removeprefix(SUBJECT), sent)
    copy_coming(turn, sent, **_facts(paper))
    return END


DIALOGUE = Dialogue(
    "paper_copies",
    buttons=(ButtonAction("docs.upload", ask_copy, MAKERS),),
    states=(State("docs.signed", on_text=want_file, on_upload=take_copy),),
)
