"""Papers that stay in the office: laporan persiapan (SOP step 1) and lembar disposisi (step 2)."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.disposition import Security, Urgency
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


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TeamMember:
    """A member of Tim SPBE Diskominfo: *role* in the team, as typed."""

    name: Text
    role: Text


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ScheduleRow:
    """One step of the plan. *starts* and *ends* are days; ``None``: follows the step before."""

    number: Annotated[int, Field(ge=1)]
    activity: Text
    actor: Text
    time: Text
    starts: date | None
    ends: date | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpdReadiness:
    """One OPD: how many items it is asked, and how many of its people are registered."""

    opd: Text
    items: Annotated[int, Field(ge=0)]
    focal_points: Annotated[int, Field(ge=0)]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Readiness:
    """One line of the check-list (kelengkapan): *ready* or not, with a remark."""

    item: Text
    ready: bool
    note: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LaporanPersiapan:
    """The team's report to the Kabid, judul layout: a title and no number. *date* is open in a draft.

    *addressed_to* the title of the superior; *result* and *suggestion* are the team's own words.
    *meeting* that of the data request. *closing*: the office's own sentence, in place of the template's.
    """

    state: State
    kop: Kop
    date: date | None
    place: Text
    addressed_to: Text
    cycle: CycleFacts
    legal_basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    team: Annotated[tuple[TeamMember, ...], Field(min_length=1)]
    schedule: Annotated[tuple[ScheduleRow, ...], Field(min_length=1)]
    opds: tuple[OpdReadiness, ...]
    readiness: tuple[Readiness, ...]
    signature: Signature
    result: Prose | None = None
    suggestion: Prose | None = None
    meeting: Meeting | None = None
    recorded: tuple[RecordedAct, ...] = ()
    closing: Prose | None = None
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state != RANCANGAN and (self.date is None or self.signature.name is None):
            raise ValueError("ready for signature, but without date or signature.name")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Instruction:
    """One box under "Dengan hormat harap"."""

    text: Text
    chosen: bool


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LembarDisposisi:
    """The disposition slip. Who pressed what and when is *recorded*; the paraf stays empty for a pen.

    *letter_number*, *letter_date* and *agenda_number* are open as long as nobody has given them.
    """

    kop: Kop
    letter_from: Text
    letter_number: Text | None
    letter_date: date | None
    hal: Text
    received_at: AwareDatetime
    agenda_number: Text | None
    urgency: Urgency
    security: Security
    forwarded_to: Annotated[tuple[Text, ...], Field(min_length=1)]
    instructions: Annotated[tuple[Instruction, ...], Field(min_length=1)]
    note: Prose | None
    signature: Signature
    recorded: RecordedAct
    look: Look = Look()
