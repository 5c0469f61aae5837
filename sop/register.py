"""The register of letter numbers: one for each unit and year (document-formats.md, 2.3).

The agenda officer or the national letter system gives the numbers. We keep what became of each, hold a suggestion for
the clerk who was shown it, and show what is missing in between.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sop.letters import Letter, LetterState, number_key
from sop.preparation import parse_day
from sop.refusals import BadInput, NotNow
from sop.worktime import WIB

LONGEST_SUBJECT = 150  # letters for which a line of the register has room
MOST_AT_ONCE = 3000  # numbers that are recorded in one act
HIGHEST = 99_999


class NumberState(StrEnum):
    """What became of a number. A held one is nobody's yet; the others stand in the register for good."""

    HELD = "ditahan"
    USED = "terpakai"
    OUTSIDE = "luar"
    VOID = "batal"
    REPLACED = "diganti"
    REVOKED = "dibatalkan"


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the register.

    *serial* is None where the number has another form than the office's pattern. *letter*, *person*: ids; empty for a
    number that was used outside. *until* (UTC): how long it is held. *note*: the reason, of a void or revoked one.
    """

    id: str
    unit: str
    year: int
    number: str
    serial: int | None
    state: NumberState
    recorded_at: datetime
    by: str = ""
    person: str = ""
    letter: str = ""
    subject: str = ""
    dated: date | None = None
    until: datetime | None = None
    note: str = ""

    def counts(self, now: datetime) -> bool:
        """Whether the number is taken at *now*: a hold that has run out is not."""
        return self.state is not NumberState.HELD or (self.until is not None and self.until > now)

    def held_for(self, letter: str, person: str) -> bool:
        """Whether it is the suggestion that this clerk was shown for this letter."""
        return self.state is NumberState.HELD and (self.letter, self.person) == (letter, person)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the book: one number, several alike in a row (*first* to *last*), or a gap (*entry* is None)."""

    first: int | None
    last: int | None
    entry: Entry | None

    @property
    def count(self) -> int:
        """How many numbers the line stands for."""
        return 1 if self.first is None or self.last is None else self.last - self.first + 1


def state_of(letter: Letter) -> NumberState:
    """What the register says of a letter's number. One that never went out and is replaced is void."""
    if letter.state is LetterState.REVOKED:
        return NumberState.REVOKED
    if letter.state is LetterState.REPLACED:
        return NumberState.REPLACED if letter.sent_at else NumberState.VOID
    return NumberState.USED


# --- suggesting ---


def next_serial(entries: Iterable[Entry], now: datetime) -> int:
    """One above the highest serial that is taken or held; gaps are never suggested, for a person must explain them."""
    return max((e.serial for e in entries if e.serial is not None and e.counts(now)), default=0) + 1


def held_until(minutes: int, now: datetime) -> datetime:
    """Until when a suggestion is kept; *minutes* of the clock, not of office time: the clerk sits in front of it."""
    return now + timedelta(minutes=minutes)


def require_free(entries: Iterable[Entry], number: str, letter: Letter, person: str, *, now: datetime) -> None:
    """That a letter may take this number: nobody's, its own, held for this clerk, or void for the same kind of letter.

    Whether a void number is of the same kind the caller decides, by leaving its entry out of *entries*.

    Raises:
        BadInput: `taken`, or `held` with number, clerk and time of day (WIB) as *value*.
    """
    key = number_key(number)
    found = next((e for e in entries if number_key(e.number) == key and e.counts(now)), None)
    if found is None or (found.letter == letter.id and found.state is not NumberState.HELD):
        return
    if found.state is not NumberState.HELD:
        raise BadInput(field="letter_number", problem="taken", value=number)
    if not found.held_for(letter.id, person):
        until = found.until.astimezone(WIB) if found.until else now
        raise BadInput(field="letter_number", problem="held", value=f"{number}|{found.by}|{until:%H.%M}")


# --- looking ---


def gaps(serials: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """First and last of every run of numbers below the highest that nobody knows anything of."""
    known = sorted({0, *serials})
    return tuple((a + 1, b - 1) for a, b in pairwise(known) if b - a > 1)


def lines(entries: Iterable[Entry], now: datetime) -> tuple[Line, ...]:
    """The book in the order of its serials, alike ones folded together, gaps in their place; other forms last."""
    there = [e for e in entries if e.counts(now)]
    numbered = sorted((e for e in there if e.serial is not None), key=lambda e: (e.serial or 0, e.number))
    found = [Line(first, last, None) for first, last in gaps(e.serial for e in numbered if e.serial is not None)]
    for entry in numbered:
        before = found[-1] if found else None
        if before is not None and _goes_on(before, entry):
            found[-1] = replace(before, last=entry.serial)
        else:
            found.append(Line(entry.serial, entry.serial, entry))
    other = sorted((e for e in there if e.serial is None), key=lambda e: (e.dated or date.min, e.number))
    return (*sorted(found, key=lambda x: x.first or 0), *(Line(None, None, e) for e in other))


_ALIKE = (NumberState.OUTSIDE, NumberState.VOID)


def _goes_on(line: Line, entry: Entry) -> bool:
    """Whether an entry belongs to the run that this line stands for: recorded in the same act."""
    one = line.entry
    if one is None or one.state not in _ALIKE or one.letter or entry.letter or line.last is None:
        return False
    same = (one.state, one.recorded_at, one.person, one.subject, one.note, one.dated)
    return entry.serial == line.last + 1 and same == (
        entry.state,
        entry.recorded_at,
        entry.person,
        entry.subject,
        entry.note,
        entry.dated,
    )


# --- what people type ---

_RANGE = re.compile(r"(\d{1,6})(?:\s*(?:-|–|—|s\.?\s?d\.?|sampai)\s*(\d{1,6}))?", re.IGNORECASE)


def read_serials(text: str) -> tuple[int, int] | None:
    """A serial, or two as people write a range (12-14, 12 s.d. 14); None for anything else, as a whole number is.

    Raises:
        BadInput: the range runs backwards (`order`), is too long (`many`) or counts too high (`form`).
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    if first < 1 or last > HIGHEST:
        raise BadInput(field="register_number", problem="form", value=text.strip()[:40])
    if last < first:
        raise BadInput(field="register_number", problem="order", value=text.strip()[:40])
    check_count(first, last)
    return first, last


def check_count(first: int, last: int) -> None:
    """That a run of numbers is not more than one act may record.

    Raises:
        BadInput: it is (`many`).
    """
    if last - first >= MOST_AT_ONCE:
        raise BadInput(field="register_number", problem="many", value=str(MOST_AT_ONCE))


def read_subject(text: str) -> str:
    """What a letter is about, in one line.

    Raises:
        BadInput: nothing, or longer than a line of the register.
    """
    words = " ".join(text.split())
    if not 3 <= len(words) <= LONGEST_SUBJECT:
        raise BadInput(field="register_subject", problem="length", value=str(LONGEST_SUBJECT))
    return words


def read_date(text: str, year: int, today: date) -> date:
    """The date of a letter that was numbered outside, as people write it.

    Raises:
        BadInput: no date can be read, or see `check_date`.
    """
    dated = parse_day(text, date(year, 1, 1))
    check_date(dated, year, today)
    return dated


def check_date(dated: date, year: int, today: date) -> None:
    """That a number of this *year* may bear the date.

    Raises:
        BadInput: it lies ahead (`ahead`), or in another year than the register's (`year`).
    """
    if dated.year != year:
        raise BadInput(field="register_date", problem="year", value=str(year))
    if dated > today:
        raise BadInput(field="register_date", problem="ahead", value=dated.isoformat())


# --- void ---


def void(entry: Entry, reason: str) -> Entry:
    """A number that nobody will use: of no letter, or of one that has not been sent.

    Raises:
        NotNow: it is held (`nomor_ditahan`), void already (`nomor_batal`), or of a letter that went out
            (`surat_terkirim`): that one is replaced or revoked (SOP step 3).
    """
    if entry.state is NumberState.HELD:
        raise NotNow(state="nomor_ditahan")
    if entry.state is NumberState.VOID:
        raise NotNow(state="nomor_batal")
    if entry.state in (NumberState.REPLACED, NumberState.REVOKED):
        raise NotNow(state="surat_terkirim")
    return replace(entry, state=NumberState.VOID, note=reason)
