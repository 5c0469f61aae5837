"""The meeting of Tim SPBE Kota (SOP step 6): sittings, who attended, what was decided. One per cycle; times UTC.

A meeting that is taken up again, after a break of days or after a return, has a further sitting.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sop.cycle import Signed
from sop.refusals import BadInput, NothingThere, NotNow

LONGEST = {
    "place": 150,
    "agenda": 300,
    "discussion": 3000,
    "topic": 150,
    "decision": 600,
    "dissent": 600,
    "follow_up": 300,
    "guest": 100,
}
FARTHEST = timedelta(days=366)  # a meeting later than this is a slip of the pen
MOST = {"agenda": 10, "discussion": 40, "decision": 30, "dissent": 20, "follow_up": 30, "guest": 200}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting: when it is (to be) held, and when it really began and ended.

    *letter*: id of its invitation letter, if it has one. *told*: the persons who have its date in their calendar;
    *sequence* counts the dates that they were told (RFC 5545).
    """

    number: int
    task: str  # the pass of the step that it belongs to
    starts_at: datetime
    place: str
    agenda: tuple[str, ...]
    began_at: datetime | None = None
    ended_at: datetime | None = None
    letter: str = ""
    sequence: int = 0
    told: tuple[str, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.began_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who attended a sitting. *person* is empty for a guest without an account; *by* who wrote them down."""

    id: str
    sitting: int
    name: str
    post: str
    agency: str
    at: datetime
    person: str = ""
    by: Signed | None = None  # None: by a tap of their own


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the pembahasan: what was said, on which topic and by whom, as far as that was noted."""

    words: str
    topic: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Dissent:
    """A pendapat berbeda that is to stand in the minutes: whose, and what they hold."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A tindak lanjut: what, who, by when (WIB day, if one was set)."""

    what: str
    who: str
    by_when: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting of a cycle. *chair* and *minute_taker* as printed: "Nama - Jabatan"."""

    cycle: str
    sittings: tuple[Sitting, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    chair: str = ""
    minute_taker: str = ""
    discussion: tuple[Point, ...] = ()
    decisions: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    dissent: tuple[Dissent, ...] = ()
    version: int = 0

    @property
    def letter(self) -> str:
        """Id of the newest invitation letter."""
        return next((s.letter for s in reversed(self.sittings) if s.letter), "")

    @property
    def held(self) -> Sitting | None:
        """The newest sitting that has begun."""
        return next((s for s in reversed(self.sittings) if s.began_at is not None), None)

    @property
    def sitting(self) -> Sitting | None:
        """The newest sitting."""
        return self.sittings[-1] if self.sittings else None

    def of_task(self, task: str) -> Sitting | None:
        """The newest sitting of one pass of the step."""
        return next((s for s in reversed(self.sittings) if s.task == task), None)

    def at(self, sitting: int) -> tuple[Attendee, ...]:
        """Who attended a sitting, in the order of arrival."""
        return tuple(a for a in self.attendees if a.sitting == sitting)

    def missing(self) -> tuple[str, ...]:
        """What the notula still lacks; keys for the template."""
        found = []
        if not any(s.began_at for s in self.sittings):
            found.append("sidang")
        if not self.attendees:
            found.append("hadir")
        for key, value in (("pimpinan", self.chair), ("notulis", self.minute_taker), ("pembahasan", self.discussion)):
            if not value:
                found.append(key)
        if not self.decisions:
            found.append("keputusan")
        return tuple(found)


def schedule(
    meeting: Meeting, task: str, starts_at: datetime, place: str, agenda: tuple[str, ...], *, now: datetime
) -> Meeting:
    """Set (or change) the date of the next sitting of a pass; one that has ended is followed by a further one.

    Raises:
        BadInput: in the past, more than a year ahead, or nothing on the agenda.
        NotNow (`sidang_berjalan`): a sitting is being held.
    """
    if not now < starts_at <= now + FARTHEST:
        problem = "past" if starts_at <= now else "far"
        raise BadInput(field="meeting_date", problem=problem, value=starts_at.date().isoformat())
    if not agenda:
        raise BadInput(field="agenda", problem="empty")
    last = meeting.sitting
    if last and last.running:
        raise NotNow(state="sidang_berjalan")
    if last and last.began_at is None:
        moved = replace(last, task=task, starts_at=starts_at, place=place, agenda=agenda)
        return put(meeting, replace(moved, sequence=last.sequence + 1) if last.told else moved)
    number = last.number + 1 if last else 1
    return replace(meeting, sittings=(*meeting.sittings, Sitting(number, task, starts_at, place, agenda)))


def put(meeting: Meeting, sitting: Sitting) -> Meeting:
    """The meeting with a changed sitting."""
    return replace(meeting, sittings=tuple(sitting if s.number == sitting.number else s for s in meeting.sittings))


def drop(meeting: Meeting, task: str) -> Meeting:
    """The further sitting is not needed after all.

    Raises:
        NotNow (`tanpa_sidang_lanjutan`): none is ahead, or it is the first of all, without which there is no meeting.
    """
    last = meeting.of_task(task)
    earlier = any(s.ended_at for s in meeting.sittings)
    if last is None or last.began_at is not None or not earlier:
        raise NotNow(state="tanpa_sidang_lanjutan")
    return replace(meeting, sittings=meeting.sittings[:-1])


def begin(meeting: Meeting, task: str, *, now: datetime) -> Meeting:
    """The sitting begins, at the moment of the tap.

    Raises:
        NotNow (`belum_dijadwalkan`, `sidang_berjalan`): nothing is scheduled, or it has begun.
    """
    last = meeting.of_task(task)
    if last is None or last.ended_at is not None:
        raise NotNow(state="belum_dijadwalkan")
    if last.began_at is not None:
        raise NotNow(state="sidang_berjalan")
    return put(meeting, replace(last, began_at=now))


def end(meeting: Meeting, task: str, *, now: datetime) -> Meeting:
    """The sitting ends: the meeting is over, or goes on at a further sitting.

    Raises:
        NotNow (`sidang_belum_dimulai`): none is being held.
    """
    last = meeting.of_task(task)
    if last is None or not last.running:
        raise NotNow(state="sidang_belum_dimulai")
    return put(meeting, replace(last, ended_at=now))


def attend(meeting: Meeting, attendee: Attendee) -> Meeting:
    """Somebody attends the newest sitting, once it has begun; once is enough.

    After its end only those who keep the list can write down whom they forgot (*by*).

    Raises:
        NotNow (`sidang_belum_dimulai`, `sidang_selesai`): none is being held. NotNow (`sudah_hadir`): on the list.
    """
    last = meeting.held
    if last is None or last.number < attendee.sitting:
        raise NotNow(state="sidang_belum_dimulai")
    if last.number > attendee.sitting or not (last.running or attendee.by):
        raise NotNow(state="sidang_selesai")
    if any(_same(a, attendee) for a in meeting.at(last.number)):
        raise NotNow(state="sudah_hadir")
    if len(meeting.at(last.number)) >= MOST["guest"]:
        raise BadInput(field="guest", problem="many", value=str(MOST["guest"]))
    return replace(meeting, attendees=(*meeting.attendees, attendee))


def _same(one: Attendee, other: Attendee) -> bool:
    if one.person or other.person:
        return one.person == other.person
    return (one.name.casefold(), one.agency.casefold()) == (other.name.casefold(), other.agency.casefold())


def strike(meeting: Meeting, attendee: str) -> Meeting:
    """Take somebody off the list again (a slip).

    Raises:
        NothingThere: nobody of this id.
    """
    left = tuple(a for a in meeting.attendees if a.id != attendee)
    if len(left) == len(meeting.attendees):
        raise NothingThere(what="peserta")
    return replace(meeting, attendees=left)


def read_words(field: str, text: str) -> str:
    """Words as typed for one of the fields of `LONGEST`.

    Raises:
        BadInput: nothing, or more than the papers have room for.
    """
    words = text.strip()
    if not words:
        raise BadInput(field=field, problem="empty")
    if len(words) > LONGEST[field]:
        raise BadInput(field=field, problem="long", value=str(LONGEST[field]))
    return words
