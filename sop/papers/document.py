"""Dokumen Evaluasi SPBE (SOP step 8): the book of a cycle, put together from what the cycle recorded."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints
from pydantic.dataclasses import dataclass

from sop.papers.form import FormulirTerisi
from sop.papers.internal import TeamMember
from sop.papers.meeting import DaftarHadir, Notula, UndanganRapat
from sop.papers.parts import RANCANGAN, STRICT, CycleFacts, Kop, Look, Prose, Signature, State, Text
from sop.papers.recap import Rekapitulasi
from sop.papers.report import BeritaAcara
from sop.papers.result import AgreedAction, HeldMeeting, ResultFacts, Score


@dataclass(frozen=True, kw_only=True, config=STRICT)
class StepRun:
    """One of the SOP's steps, as planned and as it went. Days in WIB; ``None``: not planned, not (yet) done.

    *note* what an officer should know ("dua kali dikembalikan").
    """

    number: Annotated[int, Field(ge=1)]
    activity: Text
    actor: Text
    planned_start: date | None
    planned_end: date | None
    started: date | None
    ended: date | None
    note: Text | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class OpdRun:
    """One OPD: items *asked*, items *answered*, when it handed over (UTC), or why it was closed without."""

    opd: Text
    asked: Annotated[int, Field(ge=0)]
    answered: Annotated[int, Field(ge=0)]
    handed_over_at: AwareDatetime | None
    closed_reason: Prose | None = None

    def __post_init__(self) -> None:
        if self.answered > self.asked:
            raise ValueError(f"{self.opd}: more answered than asked")
        if self.handed_over_at is None and self.closed_reason is None:
            raise ValueError(f"{self.opd}: neither handed over nor closed with a reason")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AttendanceLine:
    """One who attended; *recorded_at* (UTC) the press of the button, ``None``: on paper only."""

    name: Text
    office: Text
    recorded_at: AwareDatetime | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PaperLine:
    """One paper of the cycle; *number* and *date* if it has them."""

    title: Text
    number: Text | None
    date: date | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class LevelLine:
    """One level of maturity: *measure* what it is a level of, where an instrument has several; *gist* in short."""

    measure: Text | None
    level: Annotated[int, Field(ge=0)]
    name: Text
    gist: Text | None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class PredicateLine:
    """A predicate and the lowest index that has it."""

    name: Text
    minimum: Score


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Method:
    """How values become an index: the scale in words, and the predicates from the highest down."""

    levels: tuple[LevelLine, ...]
    predicates: tuple[PredicateLine, ...]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class EvidenceLine:
    """One file (or link: no *sha256*) that supports an item. *received_at* UTC."""

    code: Text
    item: Text
    opd: Text
    file: Text
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None
    received_at: AwareDatetime


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Annexes:
    """Papers of the cycle that stand in the book as they were printed; ``None``: there is none."""

    form: FormulirTerisi | None = None
    recap: Rekapitulasi | None = None
    invitations: tuple[UndanganRapat, ...] = ()
    attendance: DaftarHadir | None = None
    minutes: Notula | None = None
    statement: BeritaAcara | None = None


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DokumenEvaluasi:
    """The book. *unit* on the cover who publishes it; *place* and *date* stand on the approval page.

    *prepared_by* and *approved_by* sign the approval page. *background*, *scope* and *conclusion* are the
    team's own words, added to the standing text; *opening* and *closing* the office's own, in the kata
    pengantar. *decisions* of the meeting, *follow_ups* what it agreed on.
    """

    state: State
    kop: Kop
    cycle: CycleFacts
    unit: Text
    place: Text
    date: date | None
    prepared_by: Signature
    approved_by: Signature
    legal_basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    steps: Annotated[tuple[StepRun, ...], Field(min_length=1)]
    opds: tuple[OpdRun, ...]
    meetings: Annotated[tuple[HeldMeeting, ...], Field(min_length=1)]
    result: ResultFacts
    attendance: tuple[AttendanceLine, ...]
    decisions: tuple[Prose, ...]
    follow_ups: tuple[AgreedAction, ...]
    papers: tuple[PaperLine, ...]
    method: Method
    team: tuple[TeamMember, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    annexes: Annexes = Annexes()
    opening: Prose | None = None
    closing: Prose | None = None
    background: Prose | None = None
    scope: Prose | None = None
    conclusion: Prose | None = None
    look: Look = Look(paper="A4")

    def __post_init__(self) -> None:
        signers = (self.prepared_by, self.approved_by)
        if self.state != RANCANGAN and (self.date is None or any(signer.name is None for signer in signers)):
            raise ValueError("ready for signature, but without date or the name of a signatory")
