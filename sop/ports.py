"""What the rules need from outside, as protocols: the unit of work and its parts. storage/ implements them.

One unit of work is one transaction: what changed, what must be said, what the person had typed and the journal line
commit together or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sop.events import Event
from sop.outgoing import Message

Json = Any


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that somebody sent in chat and that a worker is to fetch. *purpose* says which action takes it."""

    id: str
    telegram_file_id: str
    filename: str
    mime: str
    size: int
    purpose: str  # evidence | paper | signed_letter | roster
    target: str
    by_person: str
    chat: int
    album: str = ""
    state: str = "waiting"  # waiting | stored | failed
    sha256: str = ""
    facts: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes kept on disk by content hash. *mime* is what the bytes are, not what the sender claimed."""

    sha256: str
    size: int
    mime: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the cycle: printed by us from a context, or an official file that was uploaded."""

    id: str
    kind: str
    title: str
    filename: str
    audience: str  # visibility class of sop.yaml
    state: str  # queued | ready | failed | replaced
    created_at: datetime
    cycle: str = ""
    opd: str | None = None
    owner: str = ""  # the letter, task or submission it belongs to
    sha256: str = ""
    origin: str = "printed"  # printed | uploaded
    made_by: str = ""
    context: dict[str, Json] = field(default_factory=dict)


class Outbox(Protocol):
    """Messages to be sent, written in the transaction of what causes them."""

    def add(self, message: Message) -> None:
        """Enqueue once: a message whose key is already there and still waiting is replaced, one already sent is not sent again."""

    def refresh_card(self, task: str, persons: Iterable[str], *, loud: bool = False, after: Sequence[str] = ()) -> None:
        """Bring the task card of each person up to date: send it if there is none, else edit it in place."""

    def refresh_menu(self, person: str) -> None:
        """Set the person's command menu anew from the roles they hold when it is sent."""

    def toast(self, callback_id: str, template: str, params: dict[str, Json], *, alert: bool = False) -> None:
        """Answer a callback query (short life, nothing depends on it). An empty template stops the spinner only."""


class Journal(Protocol):
    """Append-only log of every action."""

    def append(self, event: Event, *, who: str, name: str, capacity: str, now: datetime) -> None:
        """Write what happened: who, on whose behalf (*capacity* in words), what, when, before and after."""


class Papers(Protocol):
    """Documents of cycles."""

    def request(
        self,
        kind: str,
        context: dict[str, Json],
        *,
        title: str,
        filename: str,
        audience: str,
        cycle: str,
        opd: str | None = None,
        owner: str = "",
        made_by: str = "",
        now: datetime,
    ) -> str:
        """Queue a paper for printing and return its id."""

    def register_upload(
        self,
        kind: str,
        stored: StoredFile,
        *,
        title: str,
        filename: str,
        audience: str,
        cycle: str,
        opd: str | None = None,
        owner: str = "",
        made_by: str = "",
        now: datetime,
    ) -> str:
        """Record an uploaded official file as a paper, kept byte for byte."""

    def get(self, paper: str) -> Paper | None:
        """One paper."""

    def of_cycle(self, cycle: str, *, kind: str | None = None, opd: str | None = None, current: bool = True) -> tuple[Paper, ...]:
        """Papers of a cycle, oldest first; *current* leaves out the replaced ones."""

    def replace(self, paper: str) -> None:
        """Mark a paper as replaced (`diganti`); it stays readable in the history."""

    def printed(self, paper: str, stored: StoredFile) -> None:
        """The worker's result: messages that waited for this paper may go."""

    def failed(self, paper: str, reason: str) -> None:
        """The paper could not be printed."""


class Files(Protocol):
    """Files that people send in chat."""

    def expect(self, incoming: Incoming) -> None:
        """Queue a file for fetching."""

    def incoming(self, id: str) -> Incoming | None:
        """One expected file."""

    def waiting_for(self, purpose: str, target: str) -> tuple[Incoming, ...]:
        """Files still on their way to a target."""

    def settle(self, id: str, *, state: str, stored: StoredFile | None = None) -> None:
        """The worker's result: `stored` or `failed`."""

    def stored(self, sha256: str) -> StoredFile | None:
        """What is known of stored bytes."""


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

    def save_draft(self, telegram_id: int, draft: Draft, now: datetime) -> None:
        """Keep a draft."""

    def drop_draft(self, telegram_id: int, subject: str) -> None:
        """Forget a draft whose act is done."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One moment at which a task is looked at. Rows in the database: a restart neither loses nor repeats one."""

    id: str
    task: str
    rung: str
    at: datetime


class Reminders(Protocol):
    """Planned reminders."""

    def replan(self, task: str, moments: Iterable[tuple[str, datetime]]) -> None:
        """Replace what is still planned for a task."""

    def drop(self, task: str) -> None:
        """Nothing more to remind of."""

    def due(self, now: datetime, limit: int = 200) -> tuple[Reminder, ...]:
        """Reminders whose moment has come."""

    def done(self, id: str) -> None:
        """This one has been handled."""

    def next_at(self) -> datetime | None:
        """The earliest planned moment (UTC), for the alarm clock."""
