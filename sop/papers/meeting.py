"""Papers of the coordination meeting (SOP step 6): undangan rapat, daftar hadir, notula."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.papers.letters import Letter
from sop.papers.parts import (
    RANCANGAN,
    STRICT,
    CycleFacts,
    Kop,
    Look,
    Meeting,
    Prose,
    RecordedAct,
    Signature,
    State,
    Text,
)
from sop.papers.result import DifferingOpinion

Ordinal = Annotated[int, Field(ge=1)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AgendaPoint:
    """One point of the agenda. *starts_at* if it has a time of its own; *lead* who leads it."""

    activity: Text
    starts_at: AwareDatetime | None = None
    lead: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class UndanganRapat(Letter):
    """Invitation to one sitting of the meeting. *sitting* from 1; a later one continues the meeting.

    *agenda*: several points with times or leads, or many, become a lampiran (susunan acara). *bring* is
    what participants bring along.
    """

    sitting: Ordinal
    meeting: Meeting
    agenda: Annotated[tuple[AgendaPoint, ...], Field(min_length=1)]
    bring: tuple[Text, ...] = ()

    @property
    def agenda_apart(self) -> bool:
        """Whether the agenda is a lampiran."""
        return len(self.agenda) > 6 or any(point.starts_at or point.lead for point in self.agenda)

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(point.starts_at for point in self.agenda) and not all(point.starts_at for point in self.agenda):
            raise ValueError("either every point of the agenda has its time, or none")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Attendee:
    """Somebody invited or present. *recorded_at* UTC, ``None``: no attendance was recorded.

    *recorded_by* names who wrote it down for them; ``None``: they pressed the button themselves. Neither is a
    signature.
    """

    name: Text
    position: Text
    agency: Text
    recorded_at: AwareDatetime | None
    recorded_by: Text | None = None

    def __post_init__(self) -> None:
        if self.recorded_by is not None and self.recorded_at is None:
            raise ValueError(f"{self.name}: recorded by somebody, but at no time")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AttendedSitting:
    """Who came to one sitting (*number* from 1)."""

    number: Ordinal
    meeting: Meeting
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DaftarHadir:
    """The attendance list, each sitting on its own page. *blank_rows*: spare rows for guests, per sitting."""

    kop: Kop
    cycle: CycleFacts
    sittings: Annotated[tuple[AttendedSitting, ...], Field(min_length=1)]
    place: Text
    signature: Signature
    blank_rows: Annotated[int, Field(ge=0, le=40)] = 0
    look: Look = Look()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HeldSitting:
    """The facts of one sitting, for the notula. *present* of *invited* (``None``: nobody counted them)."""

    number: Ordinal
    starts_at: AwareDatetime
    ends_at: AwareDatetime | None
    place: Text
    chair: Text
    present: Annotated[int, Field(ge=0)]
    invited: Annotated[int, Field(ge=0)] | None = None

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError("a sitting ends after it starts")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Discussed:
    """One topic: the *words* that were written down, and who spoke, if noted."""

    topic: Text
    words: Prose
    speaker: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PartValue:
    """Value of a domain or aspect, exact; shown with two places. *weight* in per cent."""

    kind: Literal["domain", "aspek"]
    name: Text
    weight: Decimal
    value: Decimal


@dataclass(frozen=True, kw_only=True, config=STRICT)
class MeetingResult:
    """The index that the meeting arrived at, in short. *index_name* "Indeks SPBE"; *value* exact.

    *provisional* names the indicators whose external value is counted as 1; while there are any, the index is
    marked as sementara. *scored* of *indicators* have a value.
    """

    index_name: Text
    value: Decimal
    predicate: Text
    parts: Annotated[tuple[PartValue, ...], Field(min_length=1)]
    scored: Annotated[int, Field(ge=0)]
    indicators: Annotated[int, Field(ge=1)]
    provisional: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class FollowUp:
    """What is to be done, by whom, until when (``None``: no date was set)."""

    what: Prose
    who: Text
    due: date | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Correction:
    """Why minutes that had been confirmed are confirmed anew without a further sitting; *at* UTC."""

    by: Text
    at: AwareDatetime
    reason: Prose


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Notula:
    """The minutes of the meeting, all its sittings, judul layout. *label* is the office's word for it.

    *subject* the acara. *invitation_number* and *invitation_date* of the letter that called it, where one
    did. *result* ``None``: the meeting set no value. *dissent*: what somebody wanted written down.
    *recorded*: who confirmed it, as it was pressed. *attachments* are named at the end.
    """

    state: State
    kop: Kop
    cycle: CycleFacts
    subject: Text
    invitation_number: Text | None
    invitation_date: date | None
    sittings: Annotated[tuple[HeldSitting, ...], Field(min_length=1)]
    agenda: Annotated[tuple[Text, ...], Field(min_length=1)]
    discussion: tuple[Discussed, ...]
    result: MeetingResult | None
    decisions: tuple[Prose, ...]
    follow_ups: tuple[FollowUp, ...]
    place: Text
    date: date | None
    chair: Signature
    minute_taker: Signature
    opening: Prose | None = None
    closing: Prose | None = None
    dissent: tuple[DifferingOpinion, ...] = ()
    attachments: tuple[Text, ...] = ()
    recorded: tuple[RecordedAct, ...] = ()
    corrections: tuple[Correction, ...] = ()
    label: Literal["Notula", "Notulen"] = "Notula"
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state != RANCANGAN and self.date is None:
            raise ValueError("ready for signature, but without date")
