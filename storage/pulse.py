"""When the bot was last alive: a start after a longer pause must send the open cards afresh (taps were lost)."""

from datetime import datetime

from sqlalchemy.orm import Session

from storage.tables.pulse import PulseRow


class Pulse:
    """The one row of the pulse."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self) -> datetime | None:
        """When the bot was last alive (UTC); None before its first start."""
        row = self._session.get(PulseRow, 1)
        return row.at if row else None

    def beat(self, now: datetime) -> None:
        """The bot is alive."""
        self._session.merge(PulseRow(id=1, at=now))
