"""Files, papers, letters and evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol, TypeAlias

from sop.evidence import EvidenceFile, Item
from sop.letters import Delivery, Letter
from sop.ports.calendar import CalendarEntry
from sop.ports.messages import Json

Cell: TypeAlias = str | int | datetime | None
"""What a cell of a workbook holds; moments are aware."""
Table: TypeAlias = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that somebody sent in chat and that a worker is to fetch. *purpose* says which action takes it."""

    id: str
    telegram_file_id: str
    filename: str
    mime: str
    size: int
    # evidence | evidence_pending | official | signed_letter | signed_paper | roster | score_sheet | verification
    purpose: str
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

    def open_to(self, paper: str, audience: str) -> None:
        """Let a paper be seen by another class of readers: what was a draft for some is published to all."""

    def print_again(self, paper: str) -> bool:
        """Queue a paper that could not be printed once more; False when it has not failed."""

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

    def forget(self, id: str) -> None:
        """Keep nothing of a file that only passed by: not even its name."""

    def settle(self, id: str, *, state: str, stored: StoredFile | None = None) -> None:
        """The worker's result: `stored` or `failed`."""

    def stored(self, sha256: str) -> StoredFile | None:
        """What is known of stored bytes."""

    def rows(self, sha256: str, sheet: str = "Petugas") -> list[list[str]]:
        """A stored spreadsheet (a CSV, or a sheet of an XLSX) as rows of words.

        Raises:
            BadInput (`spreadsheet`): it cannot be read as one.
        """

    def fill_form(
        self, name: str, rows: Sequence[Sequence[str | Decimal]], facts: Mapping[str, str]
    ) -> tuple[str, str]:
        """Make a spreadsheet from a form of templates/spreadsheets/, keep its bytes; their hash and the file name."""

    def write_entry(self, entry: CalendarEntry) -> str:
        """Make a calendar entry (.ics) and keep its bytes; their hash."""

    def fill_workbook(self, form: str, tables: Sequence[Table], facts: Mapping[str, str]) -> StoredFile:
        """Make a workbook of several tables from a form of templates/spreadsheets/ and keep its bytes."""


class Letters(Protocol):
    """Letters and their deliveries. The register follows every letter that is kept."""

    def add(self, letter: Letter) -> None:
        """Keep a new letter. Raises BadInput when it has a number that is taken."""

    def get(self, letter: str) -> Letter:
        """One letter. Raises NothingThere."""

    def of_cycle(self, cycle: str, kinds: Sequence[str] = ()) -> tuple[Letter, ...]:
        """The letters of a cycle (of some kinds) that are neither replaced nor revoked, in order of their making."""

    def gone_out(self, cycle: str, kinds: Sequence[str] = ()) -> tuple[Letter, ...]:
        """The letters of a cycle (of some kinds) that were ever sent, also those that hold no more, oldest first."""

    def voided(self, cycle: str) -> tuple[Letter, ...]:
        """The replaced letters of a cycle that hold a number in the register and never went out."""

    def save(self, letter: Letter) -> None:
        """Write a changed letter. Raises BadInput when its number is used in that year and unit."""

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

    def of_code(self, cycle: str, code: str) -> tuple[Item, ...]:
        """The items of all OPDs that are asked under one code."""

    def get(self, item: str) -> Item:
        """One item. Raises NothingThere."""

    def of_file(self, file: str) -> Item:
        """The item of a file. Raises NothingThere."""

    def save(self, item: Item) -> None:
        """Write a changed item with its files."""

    def twin(self, cycle: str, opd: str, sha256: str, but_file: str) -> tuple[Item, EvidenceFile] | None:
        """A stored file of the same OPD and cycle with the same bytes, other than *but_file*."""
