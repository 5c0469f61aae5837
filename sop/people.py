"""Who may act: persons, the roles they hold, and dated substitution (Plh./Plt.).

Roles are the actor keys of office/sop.yaml, plus ADMINISTRATOR. Authority is computed at the moment of the act,
from the roles as they are then: a card that somebody received yesterday gives no right today.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from sop.refusals import NotYours

ADMINISTRATOR = "administrator"

PersonId = str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has pressed Start, known by the numeric Telegram id (usernames change, ids do not)."""

    id: PersonId
    telegram_id: int
    name: str
    reachable: bool = True
    unreachable_reason: str = ""
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A role that a person holds; for the role of an agency also which *opd*."""

    id: str
    role: str
    opd: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A dated substitution: *substitute* acts for *absent* from *starts_on* to *ends_on* (WIB, both included)."""

    id: str
    role: str
    opd: str | None
    absent: PersonId
    absent_name: str
    substitute: PersonId
    kind: str  # "Plh." or "Plt."
    starts_on: date
    ends_on: date
    revoked_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the substitution is in force on *day* (WIB); it ends by itself."""
        return self.revoked_at is None and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which capacity somebody acts; printed in every record and paper of the act."""

    role: str
    opd: str | None = None
    substitution: str = ""  # "Plh." / "Plt." when acting for somebody else
    for_person: PersonId | None = None
    for_name: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """A person together with what they may act as *today*: own roles and running substitutions."""

    person: Person
    holdings: tuple[Holding, ...] = ()
    delegations: tuple[Delegation, ...] = field(default=())  # in force now, in which this person is the substitute

    @property
    def id(self) -> PersonId:
        """The person's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The person's name as recorded at joining."""
        return self.person.name

    @property
    def roles(self) -> frozenset[str]:
        """Every role this person may act in today, substitutions included."""
        return frozenset({h.role for h in self.holdings} | {d.role for d in self.delegations})

    def opds(self, role: str) -> tuple[str, ...]:
        """The agencies for which this person may act in *role*."""
        own = [h.opd for h in self.holdings if h.role == role and h.opd]
        lent = [d.opd for d in self.delegations if d.role == role and d.opd]
        return tuple(dict.fromkeys([*own, *lent]))

    def holds(self, role: str, opd: str | None) -> bool:
        """Whether the person holds the role in their own right, not as a substitute."""
        return any(h.role == role and h.opd == opd for h in self.holdings)

    def capacity(self, role: str, opd: str | None = None) -> Capacity | None:
        """In which capacity this person may act as *role* (for *opd*): own role first, then substitution; or None."""
        for held in self.holdings:
            if held.role == role and (opd is None or held.opd == opd):
                return Capacity(role, held.opd)
        for lent in self.delegations:
            if lent.role == role and (opd is None or lent.opd == opd):
                return Capacity(role, lent.opd, lent.kind, lent.absent, lent.absent_name)
        return None

    def acts_as(self, role: str, opd: str | None = None) -> Capacity:
        """Like `capacity`, but a refusal when there is none.

        Raises:
            NotYours: the person neither holds *role* nor substitutes for a holder today.
        """
        found = self.capacity(role, opd)
        if found is None:
            raise NotYours(role=role)
        return found

    def any_of(self, roles: frozenset[str] | tuple[str, ...]) -> Capacity:
        """The first capacity among *roles*, in their order.

        Raises:
            NotYours: none of the roles fits.
        """
        for role in roles:
            found = self.capacity(role)
            if found is not None:
                return found
        raise NotYours(role=next(iter(roles)), roles=tuple(roles))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set: quiet hours (WIB, HH.MM), digest instead of single notices."""

    quiet_from: str = ""
    quiet_until: str = ""
    digest: bool = False
