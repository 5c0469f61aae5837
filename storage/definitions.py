"""The office's definitions: the bundle of now, and those that older cycles keep."""

from datetime import datetime

from sqlalchemy.orm import Session

from sop.definition import Sop
from sop.office import Bundle
from sop.worktime import Calendar
from storage.tables.cycles import DefinitionRow


class Definitions:
    """The bundle as loaded at start, its calendar, and a memory of the older ones (they never change)."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.calendar = Calendar(bundle.calendar)
        self._sops: dict[str, Sop] = {bundle.hash: bundle.sop}

    def sop(self, session: Session, hash: str) -> Sop:
        """The SOP of a version. Raises LookupError for one that was never stored."""
        if hash not in self._sops:
            row = session.get(DefinitionRow, hash)
            if row is None:
                raise LookupError(f"definition {hash} was never stored")
            self._sops[hash] = Bundle.model_validate_json(row.content).sop
        return self._sops[hash]

    def store(self, session: Session, now: datetime) -> None:
        """Keep the bundle of now, so that a cycle can refer to it; harmless when it is there already."""
        if session.get(DefinitionRow, self.bundle.hash) is None:
            content = self.bundle.model_dump_json()
            session.add(DefinitionRow(hash=self.bundle.hash, content=content, stored_at=now))
            session.flush()  # cycles refer to it by foreign key
