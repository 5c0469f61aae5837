"""Codes of numbered papers: rows ↔ rules."""

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from sop.verification import HOUR, Verification
from storage.tables.queues import PaperRow
from storage.tables.verification import CheckRow, VerificationRow


class SqlVerifications:
    """Implements `sop.ports.Verifications`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, verification: Verification) -> None:
        """Keep a new one."""
        row = VerificationRow(code=verification.code)
        _fill(row, verification)
        self._session.add(row)
        self._session.flush()  # read again in the same unit of work

    def save(self, verification: Verification) -> None:
        """Write a changed one."""
        _fill(self._session.get_one(VerificationRow, verification.code), verification)
        self._session.flush()

    def get(self, code: str) -> Verification | None:
        """By its code."""
        row = self._session.get(VerificationRow, code)
        return None if row is None else _verification(row)

    def of_letter(self, letter: str) -> tuple[Verification, ...]:
        """Every printing of a letter, oldest first."""
        wanted = select(VerificationRow).where(VerificationRow.letter == letter).order_by(VerificationRow.issued_at)
        return tuple(map(_verification, self._session.scalars(wanted)))

    def of_file(self, sha256: str) -> Verification | None:
        """The one whose printed file or signed copy has these bytes; one that holds before one that has ended."""
        if not sha256:
            return None
        row = self._session.scalars(
            select(VerificationRow)
            .join(PaperRow, or_(PaperRow.id == VerificationRow.paper, PaperRow.id == VerificationRow.signed_paper))
            .where(PaperRow.sha256 == sha256)
            .order_by(VerificationRow.ended != "", VerificationRow.issued_at.desc())
            .limit(1)
        ).first()
        return None if row is None else _verification(row)

    def asked(self, telegram_id: int, now: datetime) -> None:
        """Somebody asks; what is older than an hour is forgotten."""
        self._session.execute(delete(CheckRow).where(CheckRow.at <= now - HOUR))
        self._session.add(CheckRow(telegram_id=telegram_id, at=now))
        self._session.flush()

    def asked_since(self, telegram_id: int, since: datetime) -> tuple[datetime, ...]:
        """When somebody has asked, oldest first."""
        wanted = select(CheckRow.at).where(CheckRow.telegram_id == telegram_id, CheckRow.at > since)
        return tuple(self._session.scalars(wanted.order_by(CheckRow.at)))


def _fill(row: VerificationRow, v: Verification) -> None:
    row.letter, row.cycle, row.title = v.letter, v.cycle, v.title
    row.number, row.dated, row.subject, row.issuer = v.number, v.dated, v.subject, v.issuer
    row.paper, row.issued_at = v.paper, v.issued_at
    row.signed_paper, row.signed_at = v.signed_paper, v.signed_at
    row.ended, row.ended_at = v.ended, v.ended_at


def _verification(row: VerificationRow) -> Verification:
    return Verification(
        code=row.code,
        letter=row.letter,
        cycle=row.cycle,
        title=row.title,
        number=row.number,
        dated=row.dated,
        subject=row.subject,
        issuer=row.issuer,
        paper=row.paper,
        issued_at=row.issued_at,
        signed_paper=row.signed_paper,
        signed_at=row.signed_at,
        ended=row.ended,
        ended_at=row.ended_at,
    )
