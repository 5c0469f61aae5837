"""Rekapitulasi data dukung (SOP step 5): the working paper for the city team's meeting."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import (
    RANCANGAN,
    STRICT,
    CycleFacts,
    Kop,
    Look,
    Prose,
    RecordedAct,
    Signature,
    State,
    Text,
)

Count = Annotated[int, Field(ge=0)]
EvidenceWord = Literal["belum", "diunggah", "perlu perbaikan", "sesuai", "tidak sesuai", "dinyatakan tidak ada"]
"""The states of evidence, in the words of the SOP."""
SESUAI: Final = "sesuai"


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpdRecap:
    """One OPD's line. The six states together make what was *asked*.

    *uploaded* was not yet reviewed. *handed_over_at* the OPD's own hand-over, *closed_at* and *closed_reason*
    the team's closing without (or after) one; times UTC. An OPD has neither as long as step 4 is open for it.
    """

    opd: Text
    asked: Count
    accepted: Count
    repair: Count
    rejected: Count
    declared_none: Count
    uploaded: Count
    missing: Count
    handed_over_at: AwareDatetime | None
    closed_at: AwareDatetime | None = None
    closed_reason: Prose | None = None
    note: Prose | None = None

    def __post_init__(self) -> None:
        states = (self.accepted, self.repair, self.rejected, self.declared_none, self.uploaded, self.missing)
        if sum(states) != self.asked:
            raise ValueError(f"{self.opd}: asked {self.asked}, but the states make {sum(states)}")
        if (self.closed_at is None) != (self.closed_reason is None):
            raise ValueError(f"{self.opd}: a closing has its moment and its reason")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Answer:
    """What one OPD gave for one item: its *state*, how many *files* were accepted, the words of the reviewer
    (or, when declared to be absent, of the OPD) in *note*.
    """

    opd: Text
    state: EvidenceWord
    files: Count = 0
    note: Prose | None = None

    def __post_init__(self) -> None:
        if self.files and self.state != SESUAI:
            raise ValueError(f"{self.opd}: only files that are sesuai count as accepted")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class IndicatorRecap:
    """One indicator (or general item): who was asked, what came. *aspect* is the heading it stands under.

    *external*: the ministry that gives its value (PermenPANRB 8/2026). No *answers*: no OPD was asked.
    """

    code: Text
    name: Text
    aspect: Text | None
    answers: tuple[Answer, ...]
    external: Text | None = None

    @property
    def accepted(self) -> tuple[Answer, ...]:
        """The answers that count."""
        return tuple(answer for answer in self.answers if answer.state == SESUAI)

    @property
    def lacking(self) -> tuple[Answer, ...]:
        """The answers that are still wanting, or that there are none of."""
        return tuple(answer for answer in self.answers if answer.state != SESUAI)

    @property
    def files(self) -> int:
        """How many files were accepted."""
        return sum(answer.files for answer in self.answers)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Rekapitulasi:
    """The recap as it stands at *as_of* (UTC). It has no letter number.

    *receiver* gets it ("Tim SPBE Kota Pangkalpinang"). *remarks* are the team's words. *prepared* and
    *checked* sign by hand; *place* and *date* stand above them. *recorded*: hand-over, as it was pressed.
    """

    state: State
    kop: Kop
    cycle: CycleFacts
    as_of: AwareDatetime
    receiver: Text
    opds: tuple[OpdRecap, ...]
    indicators: tuple[IndicatorRecap, ...]
    place: Text
    date: date | None
    prepared: Signature
    checked: Signature | None = None
    remarks: tuple[Prose, ...] = ()
    recorded: tuple[RecordedAct, ...] = ()
    look: Look = Look()

    def __post_init__(self) -> None:
        if self.state != RANCANGAN and self.date is None:
            raise ValueError("ready for signature, but without date")
