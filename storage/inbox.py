"""The inbox: updates of Telegram, stored before they are confirmed, ended in the transaction of their effect."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.tables.turns import InboxRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update whose turn it may be: the oldest of its person. *payload* is the raw JSON of the Bot API."""

    update_id: int
    person: int
    payload: dict[str, Any]
    received_at: datetime
    attempts: int


class SqlInbox:
    """Rows of the inbox."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def store(self, updates: Sequence[dict[str, Any]], now: datetime) -> int:
        """Keep a batch; what is there already, in whatever state, is left alone. Returns how many were new."""
        if not updates:
            return 0
        rows = [
            {
                "update_id": int(u["update_id"]),
                "person": person_of(u),
                "payload": u,
                "received_at": now,
                "state": "waiting",
                "attempts": 0,
                "code": "",
                "error": "",
            }
            for u in updates
        ]
        dialect = self._session.get_bind().dialect.name
        insert = postgresql.insert(InboxRow) if dialect == "postgresql" else sqlite.insert(InboxRow)
        result = self._session.execute(insert.values(rows).on_conflict_do_nothing(index_elements=["update_id"]))
        return int(result.rowcount)  # type: ignore[attr-defined]  # an INSERT gives a cursor result

    def next_turns(self, busy: Collection[int], limit: int) -> tuple[Waiting, ...]:
        """The oldest waiting update of each person who has no turn running, oldest first."""
        oldest = (
            select(func.min(InboxRow.update_id))
            .where(InboxRow.state == "waiting", InboxRow.person.not_in(busy))
            .group_by(InboxRow.person)
        )
        rows = self._session.scalars(
            select(InboxRow).where(InboxRow.update_id.in_(oldest)).order_by(InboxRow.update_id).limit(limit)
        )
        return tuple(Waiting(r.update_id, r.person, r.payload, r.received_at, r.attempts) for r in rows)

    def waits_since(self, update_id: int) -> datetime | None:
        """When an update came in that is still to be handled; None for one that is ended or unknown."""
        return self._session.scalar(
            select(InboxRow.received_at).where(InboxRow.update_id == update_id, InboxRow.state == "waiting")
        )

    def anything_waiting(self) -> bool:
        """Whether any update is still to be handled."""
        return self._session.scalar(select(InboxRow.update_id).where(InboxRow.state == "waiting").limit(1)) is not None

    def done(self, update_id: int, now: datetime) -> None:
        """Handled: written together with the effect."""
        self._end(update_id, state="done", ended_at=now)

    def postpone(self, update_id: int, error: str) -> None:
        """It failed for a passing reason and will be tried again."""
        self._end(update_id, attempts=InboxRow.attempts + 1, error=error)

    def set_aside(self, update_id: int, code: str, error: str, now: datetime) -> None:
        """It failed for good: kept for the people who look after the bot, never tried again by itself."""
        self._end(update_id, state="failed", attempts=InboxRow.attempts + 1, code=code, error=error, ended_at=now)

    def forget(self, before: datetime) -> None:
        """Drop what was handled long ago; Telegram keeps an update for a day, so it cannot come again."""
        self._session.execute(delete(InboxRow).where(InboxRow.state == "done", InboxRow.ended_at < before))

    def _end(self, update_id: int, **values: Any) -> None:
        self._session.execute(
            update(InboxRow).where(InboxRow.update_id == update_id, InboxRow.state == "waiting").values(**values)
        )


def person_of(payload: dict[str, Any]) -> int:
    """Whose turn an update is: the user's id, else the chat's, else 0 (kinds that we do not ask for)."""
    for kind, body in payload.items():
        if kind != "update_id" and isinstance(body, dict):
            source = body.get("from") or body.get("chat") or (body.get("message") or {}).get("chat") or {}
            return int(source.get("id", 0))
    return 0
