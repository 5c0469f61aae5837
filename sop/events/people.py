"""Events about people, their roles and the groups."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sop.events.base import Event


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
    agencies: int = 0  # new ones
    filename: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Event):
    """A person changed their notification settings."""

    person: str
    before: dict[str, Any]
    after: dict[str, Any]


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
