"""What people type about a meeting: guests, points, who leads it, what is to be done by whom (SOP step 6)."""

import re
from datetime import date

from sop.meeting import LONGEST, MOST, Dissent, FollowUp, Meeting, Point
from sop.preparation import parse_day
from sop.refusals import BadInput

# Between parts of a line: a dash that touches a space, a semicolon, a bar, or a tab; never the hyphen of a double name.
_BETWEEN = re.compile(r"\s+[-–—]\s*|[-–—]\s+|\s*[;|]\s*|\t+")
_POINT = re.compile(r"([^:]+?)(?:\s+[-–—]\s*|[-–—]\s+|[–—])([^:]+):(?:\s+(.*))?")  # "Topik - Pembicara: isi"
_SAID = re.compile(r"([^:]+):\s*(\S.*)")  # "Siapa: isi"
_BULLET = re.compile(r"^(?:\d{1,2}[.)]|[-–—•*])\s+")


def read_lines(field: str, text: str, most: int) -> tuple[str, ...]:
    """Points, one a line; numbers and dots before the lines of a pasted list are left out.

    Raises:
        BadInput: nothing, too many, or a line for which the papers have no room (carries how many letters fit).
    """
    lines = tuple(filter(None, (_BULLET.sub("", part.strip()) for part in text.splitlines())))
    if not lines:
        raise BadInput(field=field, problem="empty")
    if len(lines) > most:
        raise BadInput(field=field, problem="many", value=str(most))
    if any(len(line) > LONGEST[field] for line in lines):
        raise BadInput(field=field, problem="long", value=str(LONGEST[field]))
    return lines


def read_agenda(text: str) -> tuple[str, ...]:
    """The points of the agenda, one a line. Raises BadInput: see `read_lines`."""
    return read_lines("agenda", text, MOST["agenda"])


def read_decisions(text: str, meeting: Meeting) -> tuple[str, ...]:
    """Decisions to add, one a line, without those that stand there already. Raises BadInput: see `read_lines`."""
    found = read_lines("decision", text, MOST["decision"])
    fresh = tuple(d for d in dict.fromkeys(found) if d not in meeting.decisions)
    if len(meeting.decisions) + len(fresh) > MOST["decision"]:
        raise BadInput(field="decision", problem="many", value=str(MOST["decision"]))
    return fresh


def _parts(line: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(line) if part.strip()]


def read_guests(text: str) -> tuple[tuple[str, str, str], ...]:
    """Guests without an account, "Nama - Jabatan - Instansi", one a line: name, post, agency.

    Raises:
        BadInput: a line has not three parts, or one of them is too long; carries that line. Or nothing, or too many.
    """
    lines = tuple(filter(None, (_BULLET.sub("", part.strip()) for part in text.splitlines())))
    if not lines:
        raise BadInput(field="guest", problem="empty")
    if len(lines) > MOST["guest"]:
        raise BadInput(field="guest", problem="many", value=str(MOST["guest"]))
    guests = []
    for line in lines:
        parts = _parts(line)
        if len(parts) != 3:
            raise BadInput(field="guest", problem="form", value=line)
        if max(map(len, parts)) > LONGEST["guest"]:
            raise BadInput(field="guest", problem="long", value=line)
        guests.append((parts[0], parts[1], parts[2]))
    return tuple(guests)


def read_officer(text: str) -> str:
    """Who leads the meeting, or takes the minutes: "Nama - Jabatan", in the form in which it is kept.

    Raises:
        BadInput: name or post is missing, or too long.
    """
    name, post = [*_BETWEEN.split(" ".join(text.split()), maxsplit=1), ""][:2]
    if not name.strip() or not post.strip():
        raise BadInput(field="officer", problem="form", value=text.strip())
    if max(len(name), len(post)) > LONGEST["guest"]:
        raise BadInput(field="officer", problem="long", value=str(LONGEST["guest"]))
    return f"{name.strip()} - {post.strip()}"


def officer(kept: str) -> tuple[str, str]:
    """Name and post of what `read_officer` has kept."""
    name, _, post = kept.partition(" - ")
    return name, post


def read_points(text: str, meeting: Meeting) -> tuple[Point, ...]:
    """Points of the pembahasan to add, without those that stand there already.

    A line "Topik - Pembicara: isi" begins a point; the lines below belong to it. Words before the first such line
    are a point without topic and speaker, so that nobody's plain words are refused.

    Raises:
        BadInput: a topic, a speaker or the words are missing or too long; carries that line. Or nothing, or too many.
    """
    blocks: list[tuple[str, str, list[str]]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        begins = _POINT.fullmatch(_BULLET.sub("", line))
        if begins:
            blocks.append((begins[1].strip(), begins[2].strip(), [begins[3] or ""]))
        elif blocks:
            blocks[-1][2].append(line)
        else:
            blocks.append(("", "", [line]))
    if not blocks:
        raise BadInput(field="discussion", problem="empty")
    found = [p for p in dict.fromkeys(_point(*block) for block in blocks) if p not in meeting.discussion]
    if len(meeting.discussion) + len(found) > MOST["discussion"]:
        raise BadInput(field="discussion", problem="many", value=str(MOST["discussion"]))
    return tuple(found)


def _point(topic: str, speaker: str, lines: list[str]) -> Point:
    words = "\n".join(filter(None, lines))
    if not words:
        raise BadInput(field="discussion", problem="form", value=topic)
    if len(topic) > LONGEST["topic"] or len(speaker) > LONGEST["guest"]:
        raise BadInput(field="discussion", problem="heading", value=topic)
    if len(words) > LONGEST["discussion"]:
        raise BadInput(field="discussion", problem="long", value=str(LONGEST["discussion"]))
    return Point(words, topic, speaker)


def read_dissent(text: str, meeting: Meeting) -> tuple[Dissent, ...]:
    """Pendapat berbeda to add, "Siapa: pendapatnya", one a line, without those that stand there already.

    Raises:
        BadInput: a line does not say whose, or is too long; carries that line. Or nothing, or too many.
    """
    lines = tuple(filter(None, (_BULLET.sub("", part.strip()) for part in text.splitlines())))
    if not lines:
        raise BadInput(field="dissent", problem="empty")
    found = [d for d in dict.fromkeys(map(_dissent, lines)) if d not in meeting.dissent]
    if len(meeting.dissent) + len(found) > MOST["dissent"]:
        raise BadInput(field="dissent", problem="many", value=str(MOST["dissent"]))
    return tuple(found)


def _dissent(line: str) -> Dissent:
    said = _SAID.fullmatch(line)
    if said is None or not said[1].strip():
        raise BadInput(field="dissent", problem="form", value=line)
    who, words = said[1].strip(), said[2].strip()
    if len(who) > LONGEST["guest"] or len(words) > LONGEST["dissent"]:
        raise BadInput(field="dissent", problem="long", value=line)
    return Dissent(who, words)


def read_follow_ups(text: str, meeting: Meeting, today: date) -> tuple[FollowUp, ...]:
    """What is to be done, "Apa - Siapa - Kapan" or "Apa - Siapa", one a line; *today* in WIB.

    Raises:
        BadInput: a line has not two or three parts, its date cannot be read or lies behind, or it is too long;
            carries that line. Or nothing, or too many.
    """
    lines = tuple(filter(None, (_BULLET.sub("", part.strip()) for part in text.splitlines())))
    if not lines:
        raise BadInput(field="follow_up", problem="empty")
    found = [f for f in dict.fromkeys(_follow_up(line, today) for line in lines) if f not in meeting.follow_ups]
    if len(meeting.follow_ups) + len(found) > MOST["follow_up"]:
        raise BadInput(field="follow_up", problem="many", value=str(MOST["follow_up"]))
    return tuple(found)


def _follow_up(line: str, today: date) -> FollowUp:
    parts = _parts(line)
    if len(parts) not in (2, 3):
        raise BadInput(field="follow_up", problem="form", value=line)
    if len(parts[0]) > LONGEST["follow_up"] or len(parts[1]) > LONGEST["guest"]:
        raise BadInput(field="follow_up", problem="long", value=line)
    if len(parts) == 2:
        return FollowUp(parts[0], parts[1])
    try:
        by_when = parse_day(parts[2], today)
    except BadInput as error:
        raise BadInput(field="follow_up", problem="date", value=line) from error
    if by_when < today:
        raise BadInput(field="follow_up", problem="past", value=line)
    return FollowUp(parts[0], parts[1], by_when)
