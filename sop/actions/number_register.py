"""The register of letter numbers as its keeper uses it: read, record what was used outside, mark void, print.

It belongs to the office and to no cycle. How letters come into it: letters.py, void.py, replacing.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sop import events, numbering, papers, paperwork_register
from sop import register as rules
from sop.actions import holding, void
from sop.actions.cycles import by_permission
from sop.cycle import Signed, require_active, require_text
from sop.letters import LetterState, number_key, read_number
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import BadInput, NothingThere, NotNow
from sop.register import Entry, Line, NumberState
from sop.telling import tell
from sop.worktime import WIB

SEE, KEEP = "see_register", "keep_register"  # permissions
PAPER = "register_surat"  # kind; it belongs to no cycle


@dataclass(frozen=True, slots=True)
class Book:
    """The register of a unit and year: *lines* in the order of the serials, *held* how many are kept for clerks."""

    unit: str
    year: int
    lines: tuple[Line, ...]
    following: str  # the number that would be suggested next

    @property
    def numbers(self) -> int:
        """How many numbers stand in the book, held ones left out."""
        return sum(x.count for x in self.lines if x.entry and x.entry.state is not NumberState.HELD)

    @property
    def gaps(self) -> tuple[Line, ...]:
        """The numbers that nobody knows anything of."""
        return tuple(line for line in self.lines if line.entry is None)


@dataclass(frozen=True, slots=True)
class Outside:
    """Numbers that were used outside the bot: serials of the book (*first* to *last*), or one *number* in full."""

    unit: str
    year: int
    first: int
    last: int
    number: str
    dated: date
    subject: str


# --- looking ---


def shelf(uow: UnitOfWork, who: Acting, *, now: datetime) -> tuple[tuple[str, int], ...]:
    """Unit and year of every book, those of this year first. Raises NotYours."""
    by_permission(uow, who, SEE)
    year = now.astimezone(WIB).year
    today = ((unit, year) for unit in uow.office.office.numbering.all_units)
    return tuple(dict.fromkeys((*today, *uow.register.books())))


def look(uow: UnitOfWork, who: Acting, unit: str, year: int, *, now: datetime) -> Book:
    """A book as it stands. Raises NotYours, NothingThere (no such book)."""
    if (unit, year) not in shelf(uow, who, now=now):
        raise NothingThere(what="register")
    return _book(uow, unit, year, now)


def look_to_write(uow: UnitOfWork, who: Acting, unit: str, year: int, *, now: datetime) -> Book:
    """A book, for somebody who is to write in it. Raises NotYours, NothingThere (no such book)."""
    by_permission(uow, who, KEEP)
    return look(uow, who, unit, year, now=now)


def _book(uow: UnitOfWork, unit: str, year: int, now: datetime) -> Book:
    found = tuple(_described(uow, e) for e in holding.entries(uow, unit, year))
    serial = rules.next_serial(found, now)
    pattern = uow.office.office.numbering
    return Book(unit, year, rules.lines(found, now), numbering.number_of(pattern, serial, _day(year, now), unit))


def _day(year: int, now: datetime) -> date:
    """Today, or the last day of a year that has passed: what a number of that book would be dated at the latest."""
    return min(now.astimezone(WIB).date(), date(year, 12, 31))


def _described(uow: UnitOfWork, entry: Entry) -> Entry:
    """With what the letter is about, where that was not written down (letters from before the register)."""
    if entry.subject or not entry.letter:
        return entry
    letter = uow.letters.get(entry.letter)
    cycle = uow.cycles.get(letter.cycle)
    return replace(entry, subject=f"{cycle.sop.papers[letter.kind].title} {cycle.name}")


def entry(uow: UnitOfWork, who: Acting, entry_id: str, *, now: datetime) -> Entry:
    """One number. Raises NotYours, NothingThere (also for a hold that has run out)."""
    by_permission(uow, who, SEE)
    found = uow.register.get(entry_id)
    if not found.counts(now):
        raise NothingThere(what="nomor")
    return _described(uow, found)


def keeps(uow: UnitOfWork, who: Acting) -> bool:
    """Whether to show the acts: a courtesy, for the acts decide."""
    return any(who.capacity(role) for role in uow.office.sop.may(KEEP))


# --- used outside ---


def check_outside(
    uow: UnitOfWork, who: Acting, unit: str, year: int, text: str, *, now: datetime
) -> tuple[int, int, str]:
    """What was typed, as first and last serial, or 0, 0 and a whole number; asked early.

    Raises:
        NotYours. BadInput: see `read_serials` and `read_number`; or one of them stands in the book (`taken`).
    """
    by_permission(uow, who, KEEP)
    serials = rules.read_serials(text)
    first, last, number = (*serials, "") if serials else (0, 0, read_number(text))
    _require_open(uow, unit, year, first, last, number, now)
    return first, last, number


def _require_open(uow: UnitOfWork, unit: str, year: int, first: int, last: int, number: str, now: datetime) -> None:
    """That none of these numbers stands in the book. Raises BadInput (`taken`) with the first that does."""
    book = [e for e in holding.entries(uow, unit, year) if e.counts(now)]
    if number:
        taken = next((e for e in book if number_key(e.number) == number_key(number)), None)
        serial = numbering.serial(uow.office.office.numbering, number)
        first = last = serial or 0
    else:
        taken = None
    taken = taken or next((e for e in book if e.serial is not None and first <= e.serial <= last), None)
    if taken is not None:
        raise BadInput(field="register_number", problem="taken", value=taken.number)


def record_outside(uow: UnitOfWork, who: Acting, wanted: Outside, *, now: datetime) -> tuple[Entry, ...]:
    """Record numbers that the agenda officer gave to letters outside the bot; all or none.

    Raises:
        NotYours. BadInput: one of them is taken, the date lies ahead or in another year, or the subject is too long.
    """
    by = by_permission(uow, who, KEEP)
    uow.register.forget_expired(now)
    rules.check_date(wanted.dated, wanted.year, now.astimezone(WIB).date())
    subject = rules.read_subject(wanted.subject)
    _require_open(uow, wanted.unit, wanted.year, wanted.first, wanted.last, wanted.number, now)
    made = tuple(
        _entry(uow, by, wanted.unit, wanted.year, number, serial, NumberState.OUTSIDE, now)
        for serial, number in _numbers(uow, wanted)
    )
    made = tuple(replace(e, dated=wanted.dated, subject=subject) for e in made)
    uow.register.add(made)
    happened = events.NumbersRecorded(
        unit=wanted.unit, year=wanted.year, first=made[0].number, last=made[-1].number, subject=subject
    )
    tell(uow, by, now, happened)
    return made


def _numbers(uow: UnitOfWork, wanted: Outside) -> list[tuple[int | None, str]]:
    pattern = uow.office.office.numbering
    if wanted.number:
        return [(numbering.serial(pattern, wanted.number), wanted.number)]
    serials = range(wanted.first, wanted.last + 1)
    return [(n, numbering.number_of(pattern, n, wanted.dated, wanted.unit)) for n in serials]


def _entry(
    uow: UnitOfWork,
    by: Signed,
    unit: str,
    year: int,
    number: str,
    serial: int | None,
    state: NumberState,
    now: datetime,
) -> Entry:
    return Entry(uow.new_id(), unit, year, number, serial, state, now, by=by.name, person=by.person)


# --- void ---


def ready_to_void(uow: UnitOfWork, who: Acting, entry_id: str, *, now: datetime) -> Entry:
    """A number that may be marked void.

    Raises:
        NotYours, NothingThere. NotNow: see `register.void`; the letter's cycle does not run; or (`nomor_langkah_lain`)
            the letter is of the meeting or the closing, whose cards have a way of their own.
    """
    by_permission(uow, who, KEEP)
    found = entry(uow, who, entry_id, now=now)
    rules.void(found, "")
    if found.letter:
        letter = uow.letters.get(found.letter)
        if letter.sent_at is not None:
            raise NotNow(state="surat_terkirim")
        cycle = uow.cycles.get(letter.cycle)
        if letter.kind not in cycle.sop.letters_to_opds:
            raise NotNow(state="nomor_langkah_lain")
        require_active(cycle)
    return found


def void_number(uow: UnitOfWork, who: Acting, entry_id: str, reason: str, *, now: datetime) -> Entry:
    """*Batalkan nomor*: of a letter that has not been sent (which becomes a draft again), or used outside.

    Raises:
        NotYours, NothingThere, NotNow: see `ready_to_void`. BadInput: no reason, or too long a one.
    """
    found = ready_to_void(uow, who, entry_id, now=now)
    require_text(reason, "reason")
    by = by_permission(uow, who, KEEP)
    if not found.letter:
        uow.register.save(rules.void(found, reason.strip()))
        _tell_voided(uow, by, found, reason.strip(), now)
        return uow.register.get(entry_id)
    letter = uow.letters.get(found.letter)
    cycle = uow.cycles.get(letter.cycle)
    assert letter.state in (LetterState.NUMBERED, LetterState.SIGNED)  # it has a number and was not sent
    void.make_void(uow, cycle, letter, who, reason.strip(), now=now)
    void.tell_voided(uow, cycle, (letter,), reason.strip(), now)
    for task in cycle.open_tasks():
        uow.outbox.refresh_card(task.id, [h.id for h in uow.people.holders(cycle.step_of(task).actor, task.opd, now)])
    return uow.register.get(entry_id)


def void_gap(
    uow: UnitOfWork, who: Acting, unit: str, year: int, first: int, last: int, reason: str, *, now: datetime
) -> tuple[Entry, ...]:
    """Numbers of a gap that will not be used.

    Raises:
        NotYours. BadInput: no reason, or one of the numbers stands in the book meanwhile.
    """
    by = by_permission(uow, who, KEEP)
    require_text(reason, "reason")
    uow.register.forget_expired(now)
    rules.check_count(first, last)
    _require_open(uow, unit, year, first, last, "", now)
    pattern, day = uow.office.office.numbering, _day(year, now)
    numbers = [(n, numbering.number_of(pattern, n, day, unit)) for n in range(first, last + 1)]
    made = tuple(
        replace(_entry(uow, by, unit, year, number, serial, NumberState.VOID, now), note=reason.strip())
        for serial, number in numbers
    )
    uow.register.add(made)
    for one in made[:1] if len(made) == 1 else (made[0], made[-1]):
        _tell_voided(uow, by, one, reason.strip(), now)
    return made


def _tell_voided(uow: UnitOfWork, by: Signed, found: Entry, reason: str, now: datetime) -> None:
    happened = events.NumberVoided(unit=found.unit, year=found.year, number=found.number, reason=reason)
    tell(uow, by, now, happened)


# --- on paper ---


def print_book(uow: UnitOfWork, who: Acting, unit: str, year: int, *, now: datetime) -> str:
    """*Cetak register*: the book as it stands now, as a paper to wait for; its id.

    Raises:
        NotYours. NothingThere: no such book, or nothing in it.
    """
    book = look(uow, who, unit, year, now=now)
    if not book.lines:
        raise NothingThere(what="register")
    to = {e.letter: _addressed(uow, e) for e in (x.entry for x in book.lines) if e is not None and e.letter}
    context = paperwork_register.register_surat(uow.office, unit, year, book.lines, to, now)
    return uow.papers.request(
        PAPER,
        papers.to_json(context),
        title=uow.office.sop.papers[PAPER].title,
        filename=f"Register_Nomor_Surat_{'_'.join(_words(unit))}_{year}.pdf",
        audience=uow.office.sop.papers[PAPER].audience,
        cycle="",
        made_by=who.id,
        now=now,
    )


def _words(unit: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in unit).split()


def _addressed(uow: UnitOfWork, found: Entry) -> paperwork_register.Addressed:
    letter = uow.letters.get(found.letter)
    cycle = uow.cycles.get(letter.cycle)
    opds = len(cycle.opds) if letter.kind in cycle.sop.letters_to_opds else 0
    return paperwork_register.addressed(uow.definition_of(cycle).office, letter, opds)
