"""What the rules need from outside, as protocols: the unit of work and its parts. storage/ implements them.

One unit of work is one transaction: what changed, what must be said, what the person had typed and the journal line
commit together or not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sop.cycle import Cycle
from sop.events import Event
from sop.evidence import EvidenceFile, Item
from sop.letters import Delivery, Letter
from sop.office import Bundle
from sop.outgoing import Message
from sop.people import Acting, Delegation, Person, Settings
from sop.worktime import Calendar

Json = Any


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that somebody sent in chat and that a worker is to fetch. *purpose* says which action takes it."""

    id: str
    telegram_file_id: str
    filename: str
    mime: str
    size: int
    purpose: str  # evidence | evidence_pending | official | signed_letter | roster
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


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal as read: *event* is the name of the event's class, *facts* its fields in JSON terms."""

    id: int
    at: datetime
    who: str
    name: str
    capacity: str
    event: str
    cycle: str
    facts: dict[str, Json]


class Journal(Protocol):
    """Append-only log of every action."""

    def append(self, event: Event, *, who: str, name: str, capacity: str, now: datetime) -> None:
        """Write what happened: who, on whose behalf (*capacity* in words), what, when, before and after."""

    def page(self, before_id: int | None = None, limit: int = 20, cycle: str | None = None) -> tuple[JournalLine, ...]:
        """Lines older than *before_id* (None: from the newest), newest first; of one cycle only if asked."""


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

    def of_cycle(
        self, cycle: str, *, kind: str | None = None, opd: str | None = None, current: bool = True
    ) -> tuple[Paper, ...]:
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

    def held(self, purpose: str, target: str) -> tuple[Incoming, ...]:
        """Files for a target that are stored or on their way, in the order of their arrival."""

    def of_album(self, person: str, album: str) -> tuple[Incoming, ...]:
        """What a person sent as one album, so far, in the order of arrival."""

    def redirect(self, id: str, purpose: str, target: str) -> None:
        """Give a file another purpose; where it is on its way, the new one takes it when it arrives."""

    def note(self, id: str, facts: dict[str, Json]) -> None:
        """Add to the facts of a file."""

    def settle(self, id: str, *, state: str, stored: StoredFile | None = None) -> None:
        """The worker's result: `stored` or `failed`."""

    def stored(self, sha256: str) -> StoredFile | None:
        """What is known of stored bytes."""

    def rows(self, sha256: str) -> list[list[str]]:
        """A stored spreadsheet (XLSX or CSV) as rows of words. Raises BadInput for what cannot be read as one."""

    def fill_form(self, name: str, rows: Sequence[Sequence[str]], facts: Mapping[str, str]) -> tuple[str, str]:
        """Make a spreadsheet from a form of templates/spreadsheets/, keep its bytes; their hash and the file name."""


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


@dataclass(frozen=True, slots=True)
class Invitation:
    """A single-use, expiring link bound to role and OPD. Only the hash of its code is kept."""

    id: str
    role: str
    opd: str | None
    label: str
    created_at: datetime
    expires_at: datetime
    created_by: str
    used_at: datetime | None = None
    used_by: str = ""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupBinding:
    """A group (and topic) bound by its purpose."""

    purpose: str
    chat: int
    thread: int | None
    title: str


class People(Protocol):
    """Persons, roles, substitutions, invitations and settings."""

    def acting(self, telegram_id: int, now: datetime) -> Acting | None:
        """The person with what they may act as today; None for a stranger (nobody who holds or held a role)."""

    def get(self, person: str, now: datetime) -> Acting | None:
        """The same by person id."""

    def members(self, now: datetime) -> tuple[Acting, ...]:
        """Everybody who has joined, by name."""

    def holders(self, role: str, opd: str | None, now: datetime) -> tuple[Acting, ...]:
        """Everybody who may act in *role* today, substitutes included."""

    def join(self, telegram_id: int, name: str, now: datetime) -> Person:
        """The person with this Telegram id, made if new."""

    def hold(self, person: str, role: str, opd: str | None, granted_by: str, now: datetime) -> None:
        """Give a role; a role held already is left alone."""

    def revoke(self, person: str, role: str, opd: str | None, now: datetime) -> bool:
        """Take a role back; False if it was not held."""

    def mark_reachable(self, person: str, reachable: bool, reason: str = "") -> None:
        """Whether Telegram lets us write to this person."""

    def delegate(self, delegation: Delegation, now: datetime) -> None:
        """Enter a dated substitution."""

    def delegation(self, id: str) -> Delegation | None:
        """One substitution, whatever its dates."""

    def end_delegation(self, id: str, now: datetime) -> Delegation | None:
        """End a substitution; None if there is none in force or ahead."""

    def delegations(self, now: datetime) -> tuple[Delegation, ...]:
        """Substitutions in force or ahead."""

    def invite(self, invitation: Invitation, code_hash: str) -> None:
        """Keep an invitation."""

    def invitation(self, code_hash: str) -> Invitation | None:
        """The invitation of a code, whatever its state."""

    def invitations(self, now: datetime) -> tuple[Invitation, ...]:
        """Invitations that can still be used."""

    def unanswered(self) -> tuple[Invitation, ...]:
        """Invitations that nobody has used, expired ones included and revoked ones not, oldest first."""

    def use_invitation(self, id: str, person: str, now: datetime) -> bool:
        """Use an invitation up; False if somebody was first."""

    def revoke_invitation(self, id: str, now: datetime) -> bool:
        """Make an invitation useless; False if it was used or revoked."""

    def settings(self, person: str) -> Settings:
        """A person's settings."""

    def set_settings(self, person: str, settings: Settings) -> None:
        """Keep a person's settings."""


class Groups(Protocol):
    """Bound groups."""

    def bind(self, binding: GroupBinding, by: str, now: datetime) -> None:
        """Bind a group to a purpose; an earlier binding of the purpose ends."""

    def of(self, purpose: str) -> GroupBinding | None:
        """The group of a purpose."""

    def all(self) -> tuple[GroupBinding, ...]:
        """Every bound group."""

    def migrate(self, old_chat: int, new_chat: int) -> tuple[GroupBinding, ...]:
        """Change a chat number everywhere; the bindings that it concerned."""

    def lose(self, chat: int, now: datetime) -> tuple[GroupBinding, ...]:
        """End the bindings of a chat; the bindings that it concerned."""


class Cycles(Protocol):
    """Cycles with their tasks."""

    def add(self, cycle: Cycle) -> None:
        """Keep a new cycle."""

    def get(self, cycle: str) -> Cycle:
        """One cycle. Raises NothingThere."""

    def of_task(self, task: str) -> Cycle:
        """The cycle of a task. Raises NothingThere."""

    def save(self, cycle: Cycle) -> None:
        """Write a changed cycle. Raises Outdated when somebody else has written since it was read."""

    def current(self) -> tuple[Cycle, ...]:
        """Cycles that are neither completed nor cancelled, newest first."""

    def all(self) -> tuple[Cycle, ...]:
        """Every cycle, newest first."""


class Letters(Protocol):
    """Letters, their register and their deliveries."""

    def add(self, letter: Letter) -> None:
        """Keep a new letter."""

    def get(self, letter: str) -> Letter:
        """One letter. Raises NothingThere."""

    def of_cycle(self, cycle: str) -> tuple[Letter, ...]:
        """The letters of a cycle that are not replaced, in the order of their making."""

    def voided(self, cycle: str) -> tuple[Letter, ...]:
        """The replaced letters of a cycle that still hold their number in the register."""

    def save(self, letter: Letter) -> None:
        """Write a changed letter. Raises BadInput when its number is used in that year and unit."""

    def used_numbers(self, unit: str, year: int) -> tuple[str, ...]:
        """The register of a year."""

    def deliver(self, delivery: Delivery) -> None:
        """Add a line to the expedition list, or change it."""

    def deliveries(self, cycle: str) -> tuple[Delivery, ...]:
        """The expedition list of a cycle, by OPD."""

    def delivery(self, id: str) -> Delivery:
        """One line. Raises NothingThere."""


class Evidence(Protocol):
    """Items asked of the OPDs and their files."""

    def ask(self, items: Iterable[Item]) -> None:
        """Keep what is asked."""

    def of_opd(self, cycle: str, opd: str) -> tuple[Item, ...]:
        """The items of one OPD, in their order."""

    def of_cycle(self, cycle: str) -> tuple[Item, ...]:
        """The items of all OPDs."""

    def get(self, item: str) -> Item:
        """One item. Raises NothingThere."""

    def of_file(self, file: str) -> Item:
        """The item of a file. Raises NothingThere."""

    def save(self, item: Item) -> None:
        """Write a changed item with its files."""

    def twin(self, cycle: str, opd: str, sha256: str, but_file: str) -> tuple[Item, EvidenceFile] | None:
        """A stored file of the same OPD and cycle with the same bytes, other than *but_file*."""


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def office(self) -> Bundle:
        """The office's definitions as loaded at start."""

    @property
    def time(self) -> Calendar:
        """The office calendar."""

    def new_id(self) -> str:
        """A fresh id: ten characters, unguessable."""

    def keep_definition(self, bundle: Bundle, now: datetime) -> str:
        """Keep a version of the definitions, for as long as a cycle refers to it; returns its hash."""

    def definition_of(self, cycle: Cycle) -> Bundle:
        """The definitions that a cycle keeps."""

    @property
    def outbox(self) -> Outbox:
        """Messages out."""

    @property
    def journal(self) -> Journal:
        """What happened."""

    @property
    def papers(self) -> Papers:
        """Documents."""

    @property
    def files(self) -> Files:
        """Files in chat."""

    @property
    def dialogues(self) -> Dialogues:
        """Open questions and drafts."""

    @property
    def reminders(self) -> Reminders:
        """Planned reminders."""

    @property
    def people(self) -> People:
        """Persons and roles."""

    @property
    def groups(self) -> Groups:
        """Bound groups."""

    @property
    def cycles(self) -> Cycles:
        """Cycles."""

    @property
    def letters(self) -> Letters:
        """Letters."""

    @property
    def evidence(self) -> Evidence:
        """Evidence."""
