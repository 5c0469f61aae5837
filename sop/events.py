"""What happened, in the past tense. Every event goes to the journal; sop/notices.py says who hears of it.

An event names things by id and carries the facts that the journal and the sentences need.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. *cycle* is empty for events outside a cycle."""

    cycle: str = ""

    def facts(self) -> dict[str, Any]:
        """The fields in JSON terms, for the journal."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


# --- people ---


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Event):
    """An invitation was confirmed: the person now holds the role."""

    person: str
    name: str
    role: str
    opd: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked(Event):
    """A role was taken back; open tasks follow the role, not the person."""

    person: str
    name: str
    role: str
    opd: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    """A member was given a further role, without an invitation."""

    person: str
    name: str
    role: str
    opd: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRevoked(Event):
    """An unused link was made useless."""

    invitation: str
    role: str
    opd: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationIssued(Event):
    """A single-use link was made; the code itself is nowhere stored."""

    invitation: str
    role: str
    opd: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationSet(Event):
    """A dated substitution (Plh./Plt.) was entered."""

    delegation: str
    role: str
    opd: str | None
    kind: str
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationBegan(Event):
    """The first day of a substitution that was entered before."""

    delegation: str
    role: str
    kind: str
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationExpired(Event):
    """The last day of a substitution has passed: it ended by itself."""

    delegation: str
    role: str
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Event):
    """A substitution was ended before its date."""

    delegation: str
    role: str
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable(Event):
    """Telegram says for good that this person cannot be written to (blocked, deactivated, never started)."""

    person: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachableAgain(Event):
    """A person who could not be written to has come back."""

    person: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported(Event):
    """OPDs and invitations were taken from a file, as a whole."""

    people: int
    opds: int
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Event):
    """A person changed their notification settings."""

    person: str
    before: dict[str, Any]
    after: dict[str, Any]


# --- groups ---


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBound(Event):
    """A group (and topic) was bound to its purpose."""

    purpose: str
    chat: int
    thread: int | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMigrated(Event):
    """A bound group became a supergroup; its number changed everywhere in one transaction."""

    purpose: str
    old_chat: int
    new_chat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLost(Event):
    """The bot was removed from a bound group."""

    purpose: str
    chat: int
    reason: str


# --- cycle ---


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOpened(Event):
    """A run of the SOP began, with the definitions of that moment."""

    name: str
    year: int
    definition: str
    instrument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSuspended(Event):
    """All clocks stop."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleResumed(Event):
    """All clocks go on; deadlines moved by the office time of the suspension."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCancelled(Event):
    """The cycle was given up; it can be reopened."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleReopened(Event):
    """A cancelled cycle goes on where it stood."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleCompleted(Event):
    """The last step was handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened(Event):
    """A task falls to its actor. *returned_by*/*reason* when it came back rather than on."""

    task: str
    step: str
    opd: str | None
    pass_no: int
    reason: str = ""
    returned_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(Event):
    """The time of a task began to count."""

    task: str
    step: str
    opd: str | None
    started_at: datetime
    target_at: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """The deadline of a task changed; *why* is a key (question, suspension, sending, extension)."""

    task: str
    before: datetime | None
    after: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHandedOver(Event):
    """A task reached its output."""

    task: str
    step: str
    opd: str | None
    by: dict[str, Any]
    papers: tuple[str, ...] = ()
    note: str = ""
    instructions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReturned(Event):
    """A task was sent back to an earlier step, with a reason; its data stays."""

    task: str
    step: str
    opd: str | None
    to_step: str
    reason: str
    by: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Event):
    """The holder of a task asked the drafter; the clock of the task stands."""

    task: str
    step: str
    question: str
    asked_by: str
    asker: str
    to_person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """The drafter answered; the clock goes on."""

    task: str
    step: str
    question: str
    answer: str
    answered_by: str
    asker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskClosedWithout(Event):
    """The task of an OPD was closed although it has not handed over, with the recorded reason."""

    task: str
    step: str
    opd: str | None
    reason: str
    by: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCompleted(Event):
    """All tasks of a step have ended; the cycle goes on to the next."""

    step: str
    pass_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFell(Event):
    """A reminder was due and something is still owed; *rung* names its place on the ladder."""

    task: str
    step: str
    opd: str | None
    rung: str
    due_at: datetime
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationChanged(Event):
    """The material of step 1 was edited; the fields that changed, before and after."""

    before: dict[str, Any]
    after: dict[str, Any]


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
class LettersVoided(Event):
    """A return before the sending made numbers void; *role* gave them and has them in its book (SOP step 3)."""

    role: str
    numbers: tuple[str, ...]
    reason: str


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
