"""Persons, invitations and groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sop.office import Opd
from sop.people import Acting, Delegation, Person, Settings


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


class Agencies(Protocol):
    """Agencies that came by an imported list, beside those of office/opd.yaml."""

    def all(self) -> tuple[Opd, ...]:
        """Every one of them, in the order of coming."""

    def add(self, opds: Iterable[Opd], by: str, now: datetime) -> None:
        """Keep new ones."""


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
