"""What step 1 prepares: the team, the readiness, what is asked of whom, and the meeting of the invitation.

Kept on the cycle as plain JSON (`Cycle.sheet`), edited until the hand-over, and editable again after a return.
"""

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sop.refusals import BadInput
from sop.worktime import WIB

LONGEST = {"readiness": 1500, "place": 150, "agenda": 300}  # letters for which the papers have room
MOST_MEMBERS = 40
LONGEST_NAME = 100  # letters of a member's name, and of a post
FARTHEST = timedelta(days=366)  # a meeting later than this is a slip of the pen


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of the team as named in the laporan persiapan."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that the Surat Undangan invites to; *day* and *clock* in WIB."""

    day: date
    clock: time
    place: str
    agenda: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """The material of step 1. *asked* maps an OPD to the codes of what is asked of it."""

    asked: dict[str, list[str]]
    members: tuple[TeamMember, ...] = ()
    readiness: str = ""
    meeting: Meeting | None = None
    drafted_by: str = ""  # person who was the last to change it, preview it or hand it over
    drafters: tuple[str, ...] = ()  # everybody who did so in this pass: four eyes
    previewed: bool = False
    skipped_papers: tuple[str, ...] = field(default=())  # official files the team says do not exist, with their kind

    def to_json(self) -> dict[str, Any]:
        """Plain values for the row."""
        value = asdict(self)
        value["members"] = [asdict(m) for m in self.members]
        value["skipped_papers"] = list(self.skipped_papers)
        value["drafters"] = list(self.drafters)
        if self.meeting:
            value["meeting"] = {
                "day": self.meeting.day.isoformat(),
                "clock": self.meeting.clock.isoformat(timespec="minutes"),
                "place": self.meeting.place,
                "agenda": self.meeting.agenda,
            }
        return value

    @staticmethod
    def from_json(value: dict[str, Any]) -> "Preparation":
        """The inverse of `to_json`; a cycle without a sheet (another SOP) has an empty one."""
        meeting = value.get("meeting")
        return Preparation(
            asked={k: list(v) for k, v in value.get("asked", {}).items()},
            members=tuple(TeamMember(**m) for m in value.get("members", [])),
            readiness=value.get("readiness", ""),
            meeting=Meeting(
                date.fromisoformat(meeting["day"]),
                time.fromisoformat(meeting["clock"]),
                meeting["place"],
                meeting["agenda"],
            )
            if meeting
            else None,
            drafted_by=value.get("drafted_by", ""),
            # A sheet from before the others were written down knows the last one only.
            drafters=tuple(value.get("drafters", filter(None, [value.get("drafted_by")]))),
            previewed=value.get("previewed", False),
            skipped_papers=tuple(value.get("skipped_papers", ())),
        )

    def drafted(self, person: str) -> "Preparation":
        """The sheet with somebody who has had a hand in it."""
        return replace(self, drafted_by=person, drafters=tuple(dict.fromkeys((*self.drafters, person))))

    def missing(self) -> tuple[str, ...]:
        """What must still be filled in before the drafts can be made; keys for the template."""
        found = []
        if not self.members:
            found.append("tim")
        if not self.readiness:
            found.append("kesiapan")
        if self.meeting is None:
            found.append("rapat")
        return tuple(found)


# "Nama - Jabatan": a dash or colon that touches a space, a semicolon, or a tab; never the hyphen of a double name.
_POST = re.compile(r"\s+[-–—:]\s*|[-–—:]\s+|\s*;\s*|\t+")
_BULLET = re.compile(r"^(?:\d{1,2}[.)]|[-–—•*])\s+")


def parse_members(text: str) -> tuple[TeamMember, ...]:
    """Read one member a line, "Nama - Jabatan"; numbers and dots before the names of a pasted list are left out.

    Raises:
        BadInput: a line has no post, or is too long; carries that line. Or there are no lines, or too many.
    """
    members = []
    for line in filter(None, (_BULLET.sub("", part.strip()) for part in text.splitlines())):
        name, post = [*_POST.split(line, maxsplit=1), ""][:2]
        if not name.strip() or not post.strip():
            raise BadInput(field="members", problem="form", value=line)
        if max(len(name), len(post)) > LONGEST_NAME:
            raise BadInput(field="members", problem="long", value=line)
        members.append(TeamMember(name.strip(), post.strip()))
    if not members:
        raise BadInput(field="members", problem="empty")
    if len(members) > MOST_MEMBERS:
        raise BadInput(field="members", problem="many", value=str(MOST_MEMBERS))
    return tuple(members)


def parse_text(field: str, text: str) -> str:
    """Words as typed for the readiness, or the meeting's place or agenda.

    Raises:
        BadInput: nothing, or more than the papers have room for (nothing is cut off silently).
    """
    words = text.strip()
    if not words:
        raise BadInput(field=field, problem="empty")
    if len(words) > LONGEST[field]:
        raise BadInput(field=field, problem="long", value=str(LONGEST[field]))
    return words


def parse_day(text: str, today: date) -> date:
    """Read a date as people write it: 3/12/2026, 3-12-2026, 3.12.26, 3 Desember 2026, or 3 Desember (the next one).

    Raises:
        BadInput: no date can be read.
    """
    words = text.lower().replace("/", " ").replace("-", " ").replace(".", " ").replace(",", " ").split()
    words = [w for w in words if w not in _WEEKDAYS]
    if len(words) not in (2, 3) or not words[0].isdigit():
        raise BadInput(field="date", problem="form", value=text)
    month = int(words[1]) if words[1].isdigit() else _MONTHS.get(words[1][:3], 0)
    try:
        if len(words) == 3:
            year = int(words[2]) + (2000 if len(words[2]) == 2 else 0)
            return date(year, month, int(words[0]))
        this_year = date(today.year, month, int(words[0]))
        return this_year if this_year >= today else replace_year(this_year, today.year + 1)
    except ValueError as error:
        raise BadInput(field="date", problem="form", value=text) from error


def replace_year(day: date, year: int) -> date:
    """*day* in another year; 29 February becomes 28 February."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def parse_clock(text: str) -> time:
    """Read a time of day in WIB: 9, 09.00, 9:30, "pukul 09.00 WIB", "jam 9".

    Raises:
        BadInput: no time can be read.
    """
    digits = re.sub(r"pukul|jam|wib|\s", "", text.lower()).replace(":", ".")
    hours, _, minutes = digits.partition(".")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError as error:
        raise BadInput(field="time", problem="form", value=text) from error


def changed(before: Preparation, after: Preparation) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, before and after, for the journal."""
    a, b = before.to_json(), after.to_json()
    keys = [k for k in b if a.get(k) != b[k]]
    return {k: a.get(k) for k in keys}, {k: b[k] for k in keys}


def check_meeting(day: date, clock: time, now: datetime) -> None:
    """That a meeting can still be held then; *day* and *clock* in WIB.

    Raises:
        BadInput: it lies in the past, or so far ahead that the year must be a slip.
    """
    at = datetime.combine(day, clock, WIB)
    if at <= now:
        raise BadInput(field="meeting_date", problem="past", value=day.isoformat())
    if at > now + FARTHEST:
        raise BadInput(field="meeting_date", problem="far", value=day.isoformat())


def with_meeting(sheet: Preparation, meeting: Meeting, now: datetime) -> Preparation:
    """The sheet with the meeting's details.

    Raises:
        BadInput: see `check_meeting`.
    """
    check_meeting(meeting.day, meeting.clock, now)
    return replace(sheet, meeting=meeting, previewed=False)


_WEEKDAYS = {"senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu"}
_MONTHS = {
    name: n
    for n, name in enumerate(
        ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"), start=1
    )
}
