"""The office's definitions: the bundle of now, and those that older cycles keep."""

from datetime import datetime

from sqlalchemy.orm import Session

from sop.office import Bundle, Opd
from sop.worktime import Calendar
from storage.tables.cycles import DefinitionRow


class Definitions:
    """The bundle as loaded at start, its calendar, and a memory of the older ones (they never change)."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.calendar = Calendar(bundle.calendar)
        self._known: dict[str, Bundle] = {bundle.hash: bundle}
        self.names = dict(bundle.names)  # and those of imported agencies, as soon as they are known
        self._extended: tuple[tuple[Opd, ...], Bundle] = ((), bundle)

    def extended(self, agencies: tuple[Opd, ...]) -> Bundle:
        """The bundle of now with the agencies that were imported since."""
        known, bundle = self._extended
        if known != agencies:
            bundle = self.bundle.with_agencies(agencies)
            self._extended = (agencies, bundle)
            self.names.update(bundle.names)
        return bundle

    def of(self, session: Session, hash: str) -> Bundle:
        """The bundle of a version. Raises LookupError for one that was never kept."""
        if hash not in self._known:
            row = session.get(DefinitionRow, hash)
            if row is None:
                raise LookupError(f"definition {hash} was never kept")
            self._known[hash] = Bundle.model_validate_json(row.content)
        return self._known[hash]

    def keep(self, session: Session, bundle: Bundle, now: datetime) -> str:
        """Store a version, so that a cycle can refer to it; harmless when it is there already. Returns its hash."""
        if session.get(DefinitionRow, bundle.hash) is None:
            session.add(DefinitionRow(hash=bundle.hash, content=bundle.model_dump_json(), stored_at=now))
            session.flush()  # cycles refer to it by foreign key
        return bundle.hash
