"""The register of letter numbers: rows ↔ rules. That a number stands in it once is the database's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sop.letters import Letter, number_key
from sop.refusals import BadInput, NothingThere
from sop.register import Entry, NumberState, state_of
from storage.tables.material import NumberRow

_HELD = NumberRow.state == NumberState.HELD.value


class SqlRegister:
    """Implements `sop.ports.Register`."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id

    def of(self, unit: str, year: int) -> tuple[Entry, ...]:
        """The entries of a book, also holds that have run out."""
        wanted = select(NumberRow).where(NumberRow.unit == unit, NumberRow.year == year)
        rows = self._session.scalars(
            wanted.order_by(NumberRow.serial, NumberRow.number).execution_options(populate_existing=True)
        )
        return tuple(map(_entry, rows))

    def get(self, entry: str) -> Entry:
        """One entry."""
        row = self._session.get(NumberRow, entry)
        if row is None:
            raise NothingThere(what="nomor")
        return _entry(row)

    def books(self) -> tuple[tuple[str, int], ...]:
        """Unit and year of every book that has an entry, the newest year first."""
        wanted = select(NumberRow.unit, NumberRow.year).distinct().order_by(NumberRow.year.desc(), NumberRow.unit)
        return tuple((unit, year) for unit, year in self._session.execute(wanted))

    def hold(self, entry: Entry) -> bool:
        """Keep a number for a clerk; False when it is taken meanwhile."""
        try:
            with self._session.begin_nested():
                self._session.add(_filled(NumberRow(id=entry.id), entry))
        except IntegrityError:
            return False
        return True

    def add(self, entries: Sequence[Entry]) -> None:
        """Record numbers, all of them or none."""
        try:
            with self._session.begin_nested():
                self._session.add_all(_filled(NumberRow(id=e.id), e) for e in entries)
        except IntegrityError as error:
            raise BadInput(field="letter_number", problem="taken", value=entries[0].number) from error

    def save(self, entry: Entry) -> None:
        """Write a changed entry."""
        _filled(self._session.get_one(NumberRow, entry.id), entry)
        self._session.flush()

    def release(self, person: str) -> None:
        """Let go what is held for this clerk."""
        self._session.execute(delete(NumberRow).where(_HELD, NumberRow.person == person))

    def forget_expired(self, now: datetime) -> None:
        """Let go every hold that has run out."""
        self._session.execute(delete(NumberRow).where(_HELD, NumberRow.held_until <= now))

    def describe(self, letter: str, serial: int | None, subject: str, now: datetime) -> None:
        """Say of the number that a letter has got *now* what its serial is, and what the letter is about."""
        self._session.execute(
            update(NumberRow)
            .where(NumberRow.letter == letter, NumberRow.state != NumberState.HELD.value)
            .values(serial=serial, subject=subject, recorded_at=now)
        )

    def follow(self, letter: Letter) -> None:
        """Let the register say what became of a letter: its number is used, void, replaced or revoked.

        A number that it bore before, and what was held for it, are free again: they were never its number.

        Raises:
            BadInput (`taken`): another letter, or another office, has the number.
        """
        key = number_key(letter.number) if letter.number else ""
        mine = self._session.scalars(
            select(NumberRow).where(NumberRow.letter == letter.id).execution_options(populate_existing=True)
        ).all()
        kept: NumberRow | None = None
        for row in mine:
            if key and (row.unit, row.year, row.number_key) == (letter.unit, letter.year, key):
                kept = row
            elif key or row.state != NumberState.HELD.value:
                self._session.delete(row)
        self._session.flush()
        if key and letter.year is not None:
            self._record(letter, letter.year, kept)

    def _record(self, letter: Letter, year: int, row: NumberRow | None) -> None:
        before = _entry(row) if row is not None else None
        entry = Entry(
            id=before.id if before else self._new_id(),
            unit=letter.unit,
            year=year,
            number=letter.number,
            serial=before.serial if before else None,
            state=state_of(letter),
            recorded_at=before.recorded_at if before else letter.created_at,
            by=letter.numbered_by.name if letter.numbered_by else "",
            person=letter.numbered_by.person if letter.numbered_by else "",
            letter=letter.id,
            subject=before.subject if before else "",
            dated=letter.dated,
            note=letter.reason if state_of(letter) is not NumberState.USED else "",
        )
        if row is not None:
            self.save(entry)
        else:
            self.add([entry])


def _filled(row: NumberRow, entry: Entry) -> NumberRow:
    row.unit, row.year, row.number, row.number_key = entry.unit, entry.year, entry.number, number_key(entry.number)
    row.serial, row.state, row.recorded_at = entry.serial, entry.state.value, entry.recorded_at
    row.recorded_by, row.person, row.letter, row.subject = entry.by, entry.person, entry.letter, entry.subject
    row.dated, row.held_until, row.note = entry.dated, entry.until, entry.note
    return row


def _entry(row: NumberRow) -> Entry:
    return Entry(
        id=row.id,
        unit=row.unit,
        year=row.year,
        number=row.number,
        serial=row.serial,
        state=NumberState(row.state),
        recorded_at=row.recorded_at,
        by=row.recorded_by,
        person=row.person,
        letter=row.letter,
        subject=row.subject,
        dated=row.dated,
        until=row.held_until,
        note=row.note,
    )
