"""Events of the work in the steps: preparation, letters, evidence, papers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sop.events.base import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationChanged(Event):
    """The material of step 1 was edited; the fields that changed, before and after."""

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaNumberEntered(Event):
    """The Sekretariat entered the number of its buku agenda on the Lembar Disposisi; empty: took it back."""

    before: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumbered(Event):
    """A number and date of the agenda officer were recorded (SOP step 3)."""

    letter: str
    kind: str
    before: str
    number: str
    dated: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSigned(Event):
    """The signed copy was uploaded; a claim of the uploader, kept byte for byte."""

    letter: str
    kind: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSigned(Event):
    """The signed copy of a paper without a number was uploaded; a claim of the uploader, kept byte for byte."""

    paper: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersVoided(Event):
    """A return before the sending made numbers void; *role* gave them and has them in its book (SOP step 3)."""

    role: str
    numbers: tuple[str, ...]
    reason: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersSent(Event):
    """The letters went out to every OPD."""

    letters: tuple[str, ...]
    by_bot: int
    by_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersSentAgain(Event):
    """The letters went once more to the focal points of an OPD, or first to one who joined later."""

    opd: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReceived(Event):
    """An OPD tapped Diterima, or the Sekretariat recorded a delivery by hand."""

    opd: str
    channel: str
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementDrafted(Event):
    """A letter that went out is to be replaced; *number* is of the one that holds until then (SOP step 3)."""

    letter: str
    kind: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacementDropped(Event):
    """It is not to be replaced after all: *holds* goes on, and *number* (if it had one) is void."""

    letter: str
    kind: str
    number: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReplaced(Event):
    """A letter took the place of one that went out (*before*), and went to the same OPDs."""

    letter: str
    kind: str
    before: str
    number: str
    reason: str
    by_bot: int
    by_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRevoked(Event):
    """A letter that went out holds no more, with nothing in its place."""

    letter: str
    kind: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersRecorded(Event):
    """Numbers of the register that were used outside the bot; *first* and *last* alike for one."""

    unit: str
    year: int
    first: str
    last: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberVoided(Event):
    """A number of the register that no letter bears will not be used."""

    unit: str
    year: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """A file (or link) came in for an item."""

    opd: str
    item: str
    code: str
    file: str
    filename: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceStored(Event):
    """The bytes of a file are kept; or could not be fetched (*state* gagal)."""

    opd: str
    item: str
    file: str
    state: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceWithdrawn(Event):
    """An OPD took a file back (also when replacing it)."""

    opd: str
    item: str
    file: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDeclaredAbsent(Event):
    """An OPD declared that it has nothing of an item."""

    opd: str
    item: str
    code: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceJudged(Event):
    """Tim SPBE Diskominfo gave a verdict on an item."""

    opd: str
    item: str
    code: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSeen(Event):
    """A paper or file was sent to somebody on request."""

    paper: str
    title: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPrintedAgain(Event):
    """A paper that could not be printed was queued once more, by somebody's button."""

    paper: str
    title: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAsked(Event):
    """Somebody who works on a task asked the team that receives it; no clock stands for it."""

    task: str
    step: str
    opd: str | None
    question: str  # id
    about: str
    text: str
    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAnswered(Event):
    """The team answered; the answer goes back to the asker."""

    task: str
    step: str
    opd: str | None
    question: str
    text: str
    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDropped(Event):
    """A file that came without an item was laid aside by its sender; its bytes stay in the archive."""

    incoming: str
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionReopened(Event):
    """An agency was given its collection back after the hand-over, for more than one item (SOP step 5)."""

    opd: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingScheduled(Event):
    """A sitting has a date (UTC), a place and an agenda; *before* is the date it had (SOP step 6)."""

    sitting: int
    starts_at: datetime
    place: str
    before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalledOff(Event):
    """A sitting that was scheduled is not held then: the step went back (*why* `kembali`), or it is not needed."""

    sitting: int
    starts_at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationsSent(Event):
    """The invitation to the meeting went out (SOP step 6)."""

    letter: str
    sitting: int
    receivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingBegan(Event):
    """A sitting began."""

    sitting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingEnded(Event):
    """A sitting ended; *goes_on* at a further one."""

    sitting: int
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceRecorded(Event):
    """Somebody attends a sitting; *person* is empty for a guest."""

    sitting: int
    person: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceStruck(Event):
    """Somebody was taken off the list again."""

    sitting: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesChanged(Event):
    """Chair, minute taker, discussion, decisions or follow-ups: *before* and *after* hold what changed."""

    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChanged(Event):
    """Value, note, final value, explanation, improvement or service of an indicator; decimals as words."""

    indicator: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationStarted(Event):
    """The Dokumen Evaluasi is being printed; when it is there, it goes out and the cycle closes (SOP step 8)."""

    task: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFailed(Event):
    """It was not published after all. *why*: `tidak_tercetak`, or `berubah` (the task or its holder, meanwhile)."""

    task: str
    paper: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWordsChanged(Event):
    """The team's own words in a chapter of the Dokumen Evaluasi (SOP step 8)."""

    part: str
    before: str
    after: str
