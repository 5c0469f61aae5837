"""Letters and the expedition list: rows ↔ rules."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from sop.cycle import Signed
from sop.letters import Delivery, Letter, LetterState
from sop.refusals import NothingThere
from storage.register import SqlRegister
from storage.tables.material import DeliveryRow, LetterRow

_OVER = (LetterState.REPLACED.value, LetterState.REVOKED.value)


class SqlLetters:
    """Implements `sop.ports.Letters`."""

    def __init__(self, session: Session, register: SqlRegister) -> None:
        self._session = session
        self._register = register

    def add(self, letter: Letter) -> None:
        """Keep a new letter. Raises BadInput when it has a number that is taken."""
        row = LetterRow(id=letter.id)
        _fill(row, letter)
        self._session.add(row)
        self._session.flush()  # read again in the same unit of work
        self._register.follow(letter)

    def get(self, letter: str) -> Letter:
        """One letter."""
        row = self._session.get(LetterRow, letter)
        if row is None:
            raise NothingThere(what="surat")
        return _letter(row)

    def of_cycle(self, cycle: str, kinds: Sequence[str] = ()) -> tuple[Letter, ...]:
        """The letters of a cycle (of some kinds) that are neither replaced nor revoked."""
        wanted = select(LetterRow).where(LetterRow.cycle == cycle, LetterRow.state.not_in(_OVER))
        if kinds:
            wanted = wanted.where(LetterRow.kind.in_(kinds))
        rows = self._session.scalars(wanted.order_by(LetterRow.created_at, LetterRow.kind.desc()))
        return tuple(map(_letter, rows))

    def voided(self, cycle: str) -> tuple[Letter, ...]:
        """The replaced letters of a cycle that hold a number and never went out, the latest date first."""
        rows = self._session.scalars(
            select(LetterRow)
            .where(LetterRow.cycle == cycle, LetterRow.state == LetterState.REPLACED.value, LetterRow.number != "")
            .where(LetterRow.sent_at.is_(None))
            .order_by(LetterRow.dated.desc(), LetterRow.number.desc())
        )
        return tuple(map(_letter, rows))

    def gone_out(self, cycle: str, kinds: Sequence[str] = ()) -> tuple[Letter, ...]:
        """The letters of a cycle (of some kinds) that were ever sent, also those that hold no more, oldest first."""
        wanted = select(LetterRow).where(LetterRow.cycle == cycle, LetterRow.sent_at.is_not(None))
        if kinds:
            wanted = wanted.where(LetterRow.kind.in_(kinds))
        rows = self._session.scalars(wanted.order_by(LetterRow.created_at, LetterRow.kind.desc()))
        return tuple(map(_letter, rows))

    def save(self, letter: Letter) -> None:
        """Write a changed letter; its number in the register follows.

        Raises:
            BadInput: the number is used in that year and unit (the database says so, also with two clerks at once).
        """
        self._register.follow(letter)  # first: what is refused leaves the letter as it was
        _fill(self._session.get_one(LetterRow, letter.id), letter)
        self._session.flush()

    def deliver(self, delivery: Delivery) -> None:
        """Add a line of the expedition list, or change it."""
        row = self._session.get(DeliveryRow, delivery.id)
        if row is None:
            row = DeliveryRow(id=delivery.id, cycle=delivery.cycle, opd=delivery.opd, sent_at=delivery.sent_at)
            self._session.add(row)
        row.channel = delivery.channel
        row.delivered_at, row.received_at = delivery.delivered_at, delivery.received_at
        row.received_by, row.recorded_by, row.note = delivery.received_by, delivery.recorded_by, delivery.note
        self._session.flush()  # read again in the same unit of work

    def deliveries(self, cycle: str) -> tuple[Delivery, ...]:
        """The expedition list of a cycle, by OPD."""
        rows = self._session.scalars(select(DeliveryRow).where(DeliveryRow.cycle == cycle).order_by(DeliveryRow.opd))
        return tuple(map(_delivery, rows))

    def delivery(self, id: str) -> Delivery:
        """One line."""
        row = self._session.get(DeliveryRow, id)
        if row is None:
            raise NothingThere(what="pengiriman")
        return _delivery(row)


def _fill(row: LetterRow, letter: Letter) -> None:
    row.cycle, row.kind, row.state, row.unit = letter.cycle, letter.kind, letter.state.value, letter.unit
    row.number, row.year, row.dated = letter.number, letter.year, letter.dated
    row.signatory = letter.signatory
    row.draft_paper, row.final_paper, row.signed_paper = (
        letter.draft_paper,
        letter.final_paper,
        letter.signed_paper,
    )
    row.created_at = letter.created_at
    row.numbered_by = letter.numbered_by.to_json() if letter.numbered_by else None
    row.sent_at, row.sent_by = letter.sent_at, letter.sent_by.to_json() if letter.sent_by else None
    row.replaces, row.changes, row.reason = letter.replaces, letter.changes or None, letter.reason


def _letter(row: LetterRow) -> Letter:
    return Letter(
        id=row.id,
        cycle=row.cycle,
        kind=row.kind,
        state=LetterState(row.state),
        unit=row.unit,
        created_at=row.created_at,
        number=row.number,
        dated=row.dated,
        signatory=row.signatory,
        draft_paper=row.draft_paper,
        final_paper=row.final_paper,
        signed_paper=row.signed_paper,
        numbered_by=Signed.from_json(row.numbered_by) if row.numbered_by else None,
        sent_at=row.sent_at,
        sent_by=Signed.from_json(row.sent_by) if row.sent_by else None,
        replaces=row.replaces,
        changes=row.changes or {},
        reason=row.reason,
    )


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        row.id,
        row.cycle,
        row.opd,
        row.channel,
        row.sent_at,
        row.delivered_at,
        row.received_at,
        row.received_by,
        row.recorded_by,
        row.note,
    )
