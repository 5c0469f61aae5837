"""How items of evidence and their files look to templates, in step 4 and in the review."""

from collections.abc import Sequence
from typing import Any

from handlers.turn import Turn
from sop.actions import evidence
from sop.evidence import EvidenceFile, Item
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice


def item_line(item: Item) -> dict[str, Any]:
    """An item in a list."""
    return {
        "code": item.code,
        "title": item.title,
        "state": item.state.value,
        "files": len(item.current_files),
        "reason": item.verdict_reason,
        "waiting": item.to_review,
    }


def item_facts(item: Item) -> dict[str, Any]:
    """An item on a screen of its own, without its files."""
    return item_line(item) | {
        "example": item.example,
        "formats": item.formats,
        "explanation": item.explanation,
        "verdict_at": item.verdict_at,
        "verdict_by": item.verdict_by.title if item.verdict_by else "",
    }


def file_line(number: int, file: EvidenceFile) -> dict[str, Any]:
    """A file in a list; *number* is what its button says."""
    return {
        "n": number,
        "filename": file.filename,
        "size": file.size,
        "pages": file.pages,
        "version": file.version,
        "at": file.uploaded_at,
        "by": file.uploader_name,
        "state": file.state,
        "link": file.link,
        "withdrawn": file.withdrawn_at is not None,
    }


def in_rows(choices: Sequence[Choice], per_row: int = 2) -> list[list[Choice]]:
    """Buttons side by side."""
    return [list(choices[n : n + per_row]) for n in range(0, len(choices), per_row)]


def say_file(turn: Turn, item: Item, file: EvidenceFile) -> None:
    """Send one stored file (or link) as it was sent; written down. Raises as `evidence.see_file`."""
    _, seen = turn.act(evidence.see_file, file.id)
    facts: dict[str, Any] = {
        "code": item.code,
        "title": item.title,
        "opd": opd_of(turn.uow, item.cycle, item.opd).name,
        "version": seen.version,
        "at": seen.uploaded_at,
        "by": seen.uploader_name,
    }
    if seen.link:
        turn.say("review/link_sent", link=seen.link, **facts)
    else:
        turn.say("review/file_sent", attachment=Attachment(seen.filename, seen.sha256), **facts)
