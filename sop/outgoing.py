"""What the rules want to be said: addressed to people and groups, in terms of templates and choices, never of Telegram.

Rows of the outbox are made of these. Text is rendered when it is sent, from the frozen parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

Params = Mapping[str, Any]

# Messages that carry a code: once they have arrived, neither their words nor their parameters are kept.
SECRET_TEMPLATES = frozenset({"people/invited"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: *action* as in the registry (`dispose.approve`), *id* what it acts on, *arg* a short extra.

    The label is looked up by action in templates/buttons/ and rendered with *label* as parameters
    (an action may have several labels: `label_key` selects another entry). *url* makes it a link button.
    """

    action: str
    id: str = ""
    arg: str = ""
    style: str = ""  # "", "primary", "success", "danger"
    url: str = ""
    label_key: str = ""
    label: Params = field(default_factory=dict)


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The private chat of a person."""

    person: str


@dataclass(frozen=True, slots=True)
class ToGroup:
    """The group bound for this purpose, if any (`tim_diskominfo`, `tim_kota`)."""

    purpose: str


@dataclass(frozen=True, slots=True)
class ToChat:
    """A chat by number: answers to strangers and to commands in groups."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


Receiver = ToPerson | ToGroup | ToChat


class Priority(IntEnum):
    """Order of sending: what a person waits for goes before what the office announces."""

    TOAST = 0
    ANSWER = 10
    NOTICE = 20
    BULK = 30


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: a stored file by content hash, or a paper (still to be printed: then the message waits)."""

    filename: str = ""
    sha256: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. *key* makes the enqueueing idempotent; *after* are papers that must be printed first.

    *repeatable*: whether it may be sent once more when a lost answer leaves it uncertain that it arrived.
    *edit*: number of a message in the same chat to edit in place rather than send anew (falls back to a new one).
    """

    to: Receiver
    template: str
    params: Params = field(default_factory=dict)
    choices: Rows = ()
    attachment: Attachment | None = None
    loud: bool = True
    priority: Priority = Priority.NOTICE
    key: str = ""
    not_before: datetime | None = None
    after: tuple[str, ...] = ()
    edit: int | None = None
    repeatable: bool = True
