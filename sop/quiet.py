"""Quiet hours as people write them, and those that the office allows (HH.MM, WIB)."""

import re

from sop.office import QuietRange
from sop.refusals import BadInput

Hours = tuple[str, str]

_SPAN = re.compile(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:wib)?\s*(?:-|–|—|s\.?/?d\.?|sampai|hingga)\s*"
                   r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:wib)?\s*", re.IGNORECASE)  # fmt: skip
_USUAL: tuple[Hours, ...] = (("18.00", "07.00"), ("20.00", "06.30"), ("21.00", "06.00"), ("22.00", "06.00"))


def parse_quiet(text: str) -> Hours:
    """Read "20.00-06.30", "20:00 s.d. 06:30", "20 sampai 6".

    Raises:
        BadInput: no span of hours can be read.
    """
    found = _SPAN.fullmatch(text.lower().replace("pukul", ""))
    if found is None:
        raise BadInput(field="quiet", problem="form", value=text[:40])
    return _clock(found[1], found[2], text), _clock(found[3], found[4], text)


def _clock(hours: str, minutes: str | None, text: str) -> str:
    if int(hours) > 23 or int(minutes or 0) > 59:
        raise BadInput(field="quiet", problem="form", value=text[:40])
    return f"{int(hours):02d}.{int(minutes or 0):02d}"


def allowed(hours: Hours, office: QuietRange) -> bool:
    """Whether the office allows these quiet hours."""
    return hours[0] >= office.earliest_from and hours[1] <= office.latest_until


def presets(office: QuietRange) -> tuple[Hours, ...]:
    """What is offered for one tap: the longest that is allowed, and usual ones within it."""
    longest = (office.earliest_from, office.latest_until)
    return tuple(dict.fromkeys(h for h in (longest, *_USUAL) if allowed(h, office)))
