"""Suggested numbers that are kept for one clerk and one letter (register of letter numbers)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sop import numbering
from sop.cycle import Cycle
from sop.letters import Letter, number_key
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.register import Entry, NumberState, held_until, next_serial, require_free
from sop.signing import usual_signatory
from sop.worktime import WIB

_TRIES = 20  # clerks who ask in the same moment and are served before this one


def usual_unit(uow: UnitOfWork, cycle: Cycle, letter: Letter, now: datetime) -> str:
    """The unit in whose register a letter is numbered when its usual signatory signs."""
    office = uow.definition_of(cycle).office
    return unit_of_signatory(uow, cycle, usual_signatory(office, letter.kind), now)


def unit_of_signatory(uow: UnitOfWork, cycle: Cycle, key: str, now: datetime) -> str:
    """The unit of the letterhead of whoever signs under *key* today; the office's own where nobody does."""
    signer = uow.definition_of(cycle).office.signatory(key, now.astimezone(WIB).date())
    return uow.office.office.numbering.unit_of(signer.letterhead if signer else "")


def entries(uow: UnitOfWork, unit: str, year: int) -> tuple[Entry, ...]:
    """The entries of a book; the serial of those that came without one is read from the number."""
    pattern = uow.office.office.numbering
    return tuple(
        e if e.serial is not None else replace(e, serial=numbering.serial(pattern, e.number))
        for e in uow.register.of(unit, year)
    )


def hold_next(uow: UnitOfWork, who: Acting, letter: Letter, unit: str, *, now: datetime) -> str:
    """The next number by the office's pattern, kept for *who* and this letter; the one that is kept already is renewed.

    A suggestion only: the serial belongs to the agenda officer. A clerk has one at a time: whoever turns to another
    letter lets go what was kept before, so that no number is left out for a while for nothing.
    """
    office, day = uow.office.office, now.astimezone(WIB).date()
    uow.register.forget_expired(now)
    book = entries(uow, unit, day.year)
    for held in book:
        if held.held_for(letter.id, who.id):  # in this book; one in another unit's is let go below
            return _renewed(uow, held, now).number
    uow.register.release(who.id)
    for _ in range(_TRIES):
        serial = next_serial(entries(uow, unit, day.year), now)
        number = numbering.number_of(office.numbering, serial, day, unit, office.classification_of(letter.kind))
        if uow.register.hold(_held(uow, who, letter, unit, number, serial, now)):
            return number
    return number  # shown without being kept: the database decides at the end


def hold_this(uow: UnitOfWork, who: Acting, letter: Letter, unit: str, number: str, *, now: datetime) -> None:
    """Keep a number that the clerk has named while date and signatory are asked.

    Raises:
        BadInput: see `require_free`.
    """
    day = now.astimezone(WIB).date()
    uow.register.forget_expired(now)
    book = entries(uow, unit, day.year)
    require_free(_but_void_of(uow, letter, book), number, letter, who.id, now=now)
    mine = next((e for e in book if number_key(e.number) == number_key(number)), None)
    if mine is not None and mine.held_for(letter.id, who.id):
        _renewed(uow, mine, now)
    elif mine is None:
        uow.register.release(who.id)
        serial = numbering.serial(uow.office.office.numbering, number)
        uow.register.hold(_held(uow, who, letter, unit, number, serial, now))


def require_number(uow: UnitOfWork, who: Acting, letter: Letter, *, now: datetime) -> None:
    """That the letter may take the number it bears; what is held for others is theirs.

    Raises:
        BadInput: see `require_free`.
    """
    uow.register.forget_expired(now)
    book = entries(uow, letter.unit, letter.year or now.astimezone(WIB).year)
    require_free(_but_void_of(uow, letter, book), letter.number, letter, who.id, now=now)


def _but_void_of(uow: UnitOfWork, letter: Letter, book: Iterable[Entry]) -> list[Entry]:
    """Without the void numbers of this kind of letter: those may be taken up again, on purpose."""
    again = {v.id for v in uow.letters.voided(letter.cycle) if v.kind == letter.kind}
    return [e for e in book if e.letter not in again or e.state is not NumberState.VOID]


def _held(
    uow: UnitOfWork, who: Acting, letter: Letter, unit: str, number: str, serial: int | None, now: datetime
) -> Entry:
    return Entry(
        id=uow.new_id(),
        unit=unit,
        year=now.astimezone(WIB).year,
        number=number,
        serial=serial,
        state=NumberState.HELD,
        recorded_at=now,
        by=who.name,
        person=who.id,
        letter=letter.id,
        until=held_until(uow.office.office.numbering.hold_minutes, now),
    )


def _renewed(uow: UnitOfWork, held: Entry, now: datetime) -> Entry:
    longer = replace(held, until=held_until(uow.office.office.numbering.hold_minutes, now))
    uow.register.save(longer)
    return longer
