"""The queue of updates: confirmation by offset, lifetimes, wanted kinds (Bot API facts, section 2)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from latihan.clock import Clock

MESSAGE_SECONDS = 24 * 3600.0
CALLBACK_SECONDS = 150.0
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE_ID = 500_000_001


@dataclass(frozen=True)
class Update:
    """One update as it waits; `line` is what it is ordered by in webhook mode (a chat or a person)."""

    id: int
    kind: str
    body: dict[str, Any]
    created: float
    line: Hashable

    def to_api(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Updates not yet confirmed, in order. The world's lock guards it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.allowed: list[str] = []
        self.confirmed_offset = 0
        self.delivered_below = 0
        self._next = FIRST_UPDATE_ID
        self._waiting: list[Update] = []

    def add(self, kind: str, body: dict[str, Any], line: Hashable) -> Update | None:
        """Queue an update unless the bot does not want its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        update = Update(self._next, kind, body, self.clock(), line)
        self._next += 1
        self._waiting.append(update)
        return update

    def pending(self) -> list[Update]:
        """What still waits and has not expired."""
        now = self.clock()
        self._waiting = [u for u in self._waiting if now - u.created <= _lifetime(u)]
        return list(self._waiting)

    def take(self, offset: int, limit: int) -> list[Update]:
        """Confirm everything below `offset`, return up to `limit` updates; a negative one keeps the last."""
        waiting = self.pending()
        if offset < 0:
            waiting = waiting[offset:]
            offset = waiting[0].id if waiting else self._next
        if offset > 0:
            self.confirmed_offset = max(self.confirmed_offset, offset)
            waiting = [u for u in waiting if u.id >= offset]
            self._waiting = list(waiting)
        batch = waiting[:limit]
        if batch:
            self.delivered_below = max(self.delivered_below, batch[-1].id + 1)
        return batch

    def confirm(self, update: Update) -> None:
        """Forget one update that a webhook has accepted."""
        self._waiting = [u for u in self._waiting if u.id != update.id]
        self.confirmed_offset = max(self.confirmed_offset, update.id + 1)

    def clear(self) -> None:
        """drop_pending_updates."""
        self._waiting = []
        self.confirmed_offset = self._next


def _lifetime(update: Update) -> float:
    return CALLBACK_SECONDS if update.kind == "callback_query" else MESSAGE_SECONDS
