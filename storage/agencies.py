"""Agencies that came by an imported list: rows ↔ rules."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sop.office import Opd
from storage.tables.people import AgencyRow


class SqlAgencies:
    """Implements `sop.ports.Agencies`. The list is read once for each unit of work: every act asks for it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: tuple[Opd, ...] | None = None

    def all(self) -> tuple[Opd, ...]:
        """Every agency that was imported, in the order of coming."""
        if self._known is None:
            rows = self._session.scalars(select(AgencyRow).order_by(AgencyRow.added_at, AgencyRow.key))
            self._known = tuple(Opd(key=r.key, name=r.name, short=r.short, head=r.head) for r in rows)
        return self._known

    def add(self, opds: Iterable[Opd], by: str, now: datetime) -> None:
        """Keep new agencies."""
        for opd in opds:
            self._session.add(AgencyRow(**opd.model_dump(), added_by=by, added_at=now))
        self._session.flush()
        self._known = None
