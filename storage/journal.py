"""The journal: append-only, each line sealed by the hash of the line before."""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sop.events import Event
from sop.ports import JournalLine
from storage.tables.turns import JournalRow

BATCH = 500  # lines read at a time while verifying


class SqlJournal:
    """Implements `sop.ports.Journal`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def append(self, event: Event, *, who: str, name: str, capacity: str, now: datetime) -> None:
        """Write what happened, chained to the line before."""
        row = JournalRow(
            at=now,
            who=who,
            name=name,
            capacity=capacity,
            event=type(event).__name__,
            cycle=event.cycle,
            facts=_canonical(event.facts()),
            prev_hash=self._session.scalar(select(JournalRow.hash).order_by(JournalRow.id.desc()).limit(1)) or "",
        )
        row.hash = _seal(row)
        self._session.add(row)
        self._session.flush()  # the next line continues from this one

    def page(self, before_id: int | None = None, limit: int = 20, cycle: str | None = None) -> tuple[JournalLine, ...]:
        """Lines older than *before_id* (None: from the newest), newest first; of one cycle only if asked."""
        query = select(JournalRow).order_by(JournalRow.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(JournalRow.id < before_id)
        if cycle is not None:
            query = query.where(JournalRow.cycle == cycle)
        return tuple(_line(row) for row in self._session.scalars(query))

    def verify(self) -> int | None:
        """None when the chain is whole, else the number of the first line that does not fit (changed or cut out)."""
        last, seen = "", 0
        while rows := self._session.scalars(
            select(JournalRow).where(JournalRow.id > seen).order_by(JournalRow.id).limit(BATCH)
        ).all():
            for row in rows:
                if row.prev_hash != last or row.hash != _seal(row):
                    return row.id
                last, seen = row.hash, row.id
            self._session.expunge_all()
        return None


def _line(row: JournalRow) -> JournalLine:
    facts = json.loads(row.facts)
    return JournalLine(row.id, row.at, row.who, row.name, row.capacity, row.event, row.cycle, facts)


def _seal(row: JournalRow) -> str:
    at = row.at.astimezone(UTC).isoformat()
    parts = [row.prev_hash, at, row.who, row.name, row.capacity, row.event, row.cycle, row.facts]
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
