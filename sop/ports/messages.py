"""Messages out, and what a person has typed so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sop.outgoing import Message

Json = Any


class Outbox(Protocol):
    """Messages to be sent, written in the transaction of what causes them."""

    def add(self, message: Message) -> bool:
        """Enqueue once: a message whose key is already there and still waiting is replaced.

        One already sent is not sent again: then False, nothing will be sent.
        """

    def refresh_card(self, task: str, persons: Iterable[str], *, loud: bool = False, after: Sequence[str] = ()) -> None:
        """Bring the task card of each person up to date: send it if there is none, else edit it in place."""

    def refresh_menu(self, person: str) -> None:
        """Set the person's command menu anew from the roles they hold when it is sent."""

    def toast(self, callback_id: str, template: str, params: dict[str, Json], *, alert: bool = False) -> None:
        """Answer a callback query (short life, nothing depends on it). An empty template stops the spinner only."""


@dataclass(slots=True)
class Draft:
    """What a person has typed so far on one subject (a task, a new cycle): plain JSON values."""

    subject: str = ""
    values: dict[str, Json] = field(default_factory=dict)


class Dialogues(Protocol):
    """The one open question of a person in a chat, and drafts by person and subject."""

    def open(self, telegram_id: int, chat: int) -> tuple[str, str] | None:
        """State and subject of the open dialogue, or None."""

    def move(self, telegram_id: int, chat: int, state: str | None, subject: str, now: datetime) -> None:
        """Write the next state; None closes the dialogue."""

    def close_for_subject(self, subject: str) -> None:
        """Close everybody's dialogue on a subject (somebody else has decided it)."""

    def draft(self, telegram_id: int, subject: str) -> Draft:
        """The draft on a subject; empty if there is none."""

    def drafts(self, telegram_id: int) -> tuple[Draft, ...]:
        """Everything that this person has begun and not finished, the newest first."""

    def save_draft(self, telegram_id: int, draft: Draft, now: datetime) -> None:
        """Keep a draft."""

    def drop_draft(self, telegram_id: int, subject: str) -> None:
        """Forget a draft whose act is done."""
