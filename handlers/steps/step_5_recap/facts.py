"""What the card and the screens of the recap say: numbers, lines of agencies and of indicators."""

from typing import Any

from sop.office import Bundle
from sop.recap import Counts, IndicatorLine, OpdLine, Recap

NOTE = "note"  # in the draft of the task: words to go along with the recap
NAMED = 4  # agencies that a card names


def counts(found: Counts) -> dict[str, int]:
    """The states of some items."""
    return {
        "asked": found.asked,
        "accepted": found.accepted,
        "repair": found.repair,
        "rejected": found.rejected,
        "absent": found.absent,
        "uploaded": found.uploaded,
        "missing": found.missing,
        "undecided": found.undecided,
        "unjudged": found.unjudged,
    }


def numbers(office: Bundle, recap: Recap) -> dict[str, Any]:
    """The recap in numbers, and which agencies still have their collection."""
    owing = [office.opd(o.opd).name for o in recap.owing]
    return {
        "total": counts(recap.total),
        "opds": len(recap.opds),
        "handed_over": recap.handed_over,
        "closed": recap.closed,
        "owing": owing[:NAMED],
        "owing_more": max(0, len(owing) - NAMED),
        "indicators": len(recap.indicators),
        "supported": recap.supported,
    }


def opd_line(office: Bundle, line: OpdLine) -> dict[str, Any]:
    """One agency, in a list or above its items."""
    opd = office.opd(line.opd)
    return counts(line.counts) | {
        "opd": opd.name,
        "short": opd.short,
        "task": line.task.id if line.task else "",
        "open": line.open,
        "handed_over_at": line.handed_over_at,
        "closed_at": line.closed_at,
        "closed_reason": line.closed_reason,
    }


def indicator_line(line: IndicatorLine) -> dict[str, Any]:
    """One indicator, in a list or above its answers."""
    return counts(line.counts) | {
        "code": line.code,
        "name": line.name,
        "aspect": line.aspect,
        "external": line.external,
        "files": line.files,
    }
