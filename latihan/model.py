"""What Telegram remembers: people, chats, messages, files. Plain data, no rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from latihan.entities import Entity

ChatKind = Literal["private", "group", "supergroup"]


@dataclass
class User:
    """A person or the bot. `started`: has pressed Start; `met`: the bot has seen this user at all."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    is_bot: bool = False
    language_code: str | None = "id"
    started: bool = False
    met: bool = False
    blocked_bot: bool = False
    deactivated: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(frozen=True)
class Button:
    """One inline button. Exactly one action; `data` and `url` are the two that the product uses."""

    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Markup:
    """A reply_markup: `kind` tells an inline keyboard from a reply keyboard and its removal."""

    kind: Literal["inline", "reply", "remove", "force"]
    rows: tuple[tuple[Button, ...], ...] = ()
    raw: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass
class StoredFile:
    """A file known to Telegram. `size` is what Telegram tells; `content` may be shorter, see `data`."""

    file_id: str
    unique_id: str
    kind: Literal["Document", "Photo"]
    content: bytes = field(repr=False)
    size: int
    name: str | None = None
    mime: str | None = None
    width: int = 0
    height: int = 0

    @property
    def data(self) -> bytes:
        """The bytes; a file whose size was only claimed is filled up with zeros now, and not before."""
        return self.content if len(self.content) >= self.size else self.content.ljust(self.size, b"\0")


@dataclass(frozen=True)
class Snapshot:
    """How a message looked before an edit."""

    text: str
    source: str
    buttons: tuple[tuple[Button, ...], ...]


@dataclass(eq=False)
class Message:
    """A message as the people see it. `text` is plain (for files the caption), `source` as sent."""

    id: int
    chat: Chat
    sender: User
    date: int
    text: str = ""
    source: str = ""
    entities: list[Entity] = field(default_factory=list)
    markup: Markup | None = None
    document: StoredFile | None = None
    photo: list[StoredFile] = field(default_factory=list)
    contact: dict[str, Any] | None = None
    service: dict[str, Any] = field(default_factory=dict)
    reply_to: Message | None = field(default=None, repr=False)
    thread_id: int | None = None
    media_group_id: str | None = None
    edit_date: int | None = None
    history: list[Snapshot] = field(default_factory=list)
    deleted: bool = False
    silent: bool = False

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def has_media(self) -> bool:
        return self.document is not None or bool(self.photo)

    @property
    def caption(self) -> str | None:
        return self.text if self.has_media else None

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def buttons(self) -> list[list[Button]]:
        """Rows of inline buttons; empty when the message carries none."""
        return [list(row) for row in self.markup.rows] if self.markup and self.markup.kind == "inline" else []

    def all_buttons(self) -> Iterator[Button]:
        for row in self.buttons:
            yield from row

    def snapshot(self) -> Snapshot:
        return Snapshot(self.text, self.source, tuple(tuple(row) for row in self.buttons))


@dataclass(frozen=True)
class Sighting:
    """A moment at which a message of the bot became visible or changed, with the words of that moment."""

    message: Message
    text: str


@dataclass(eq=False)
class Chat:
    """A private chat, basic group or supergroup; `members` maps user ids to their status there."""

    id: int
    kind: ChatKind
    title: str | None = None
    person: User | None = None
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict, repr=False)
    messages: list[Message] = field(default_factory=list, repr=False)
    sightings: list[Sighting] = field(default_factory=list, repr=False)
    topics: dict[int, str] = field(default_factory=dict)
    pinned: list[Message] = field(default_factory=list, repr=False)
    bot_status: str = "left"
    migrated_to: int | None = None
    next_message_id: int = 1
    actions: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else self.title or ""

    def find(self, message_id: int) -> Message | None:
        """The living message with this id, or None."""
        return next((m for m in reversed(self.messages) if m.id == message_id and not m.deleted), None)


@dataclass(frozen=True)
class Toast:
    """The answer to a tap. `alert`: a window that must be closed; empty text: only the spinner stops."""

    query_id: str
    text: str
    alert: bool
    url: str | None = None


@dataclass
class Tap:
    """A pressed button: `at` in seconds of the server's clock, `answer` once the bot has answered."""

    query_id: str
    person: User
    message: Message
    data: str
    at: float
    answer: Toast | None = None


@dataclass(frozen=True)
class Event:
    """Something an onlooker would see. `kind`: said, sent, edited, deleted, tapped, toast, file, service."""

    kind: str
    chat: Chat
    actor: User
    text: str
    at: float
    message: Message | None = None
    button: Button | None = None
    toast: Toast | None = None
