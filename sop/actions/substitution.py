"""Dated substitution (Plh./Plt.): entered, ended early, and what its first and last day bring."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sop import events
from sop.actions.cycles import by_permission
from sop.cycle import Signed
from sop.people import ADMINISTRATOR, Acting, Delegation
from sop.ports import UnitOfWork
from sop.refusals import BadInput, NothingThere, NotYours
from sop.telling import tell
from sop.worktime import WIB

SUBJECT = "delegation:"  # prefix of what a reminder row looks at, where it is no task
LONGEST_DAYS = 366


def known_member(uow: UnitOfWork, person_id: str, now: datetime) -> Acting:
    """A member by id. Raises NothingThere."""
    person = uow.people.get(person_id, now)
    if person is None:
        raise NothingThere(what="anggota")
    return person


def may_appoint(uow: UnitOfWork, who: Acting, role: str, opd: str | None = None) -> bool:
    """Whether *who* may appoint substitutes for other holders of a role.

    Those who manage people may for every role; whoever else has the permission, for a role that they hold themselves
    (not as a substitute): a permission to delegate is no way to an office of somebody else.
    """
    if _manages_people(uow, who):
        return True
    return bool(who.roles & set(uow.office.sop.may("delegate"))) and who.holds(role, opd)


def _manages_people(uow: UnitOfWork, who: Acting) -> bool:
    return bool(who.roles & set(uow.office.sop.may("manage_people")))


@dataclass(frozen=True, slots=True)
class Delegate:
    """A substitution to enter. Dates are WIB, both included."""

    role: str
    opd: str | None
    absent: str
    substitute: str
    kind: str
    starts_on: date
    ends_on: date


def delegate(uow: UnitOfWork, who: Acting, command: Delegate, *, now: datetime) -> str:
    """Enter a dated substitution, and plan what its first and last day bring.

    By the holder for their own role, or for others by those whom `may_appoint` names. Only who manages people may
    appoint themselves.

    Raises:
        NotYours: neither. BadInput: dates out of order, in the past or longer than a year; the same person twice, or
            the same substitution at the same time; the absent one does not hold the role; oneself as the substitute.
    """
    if who.id == command.absent and who.holds(command.role, command.opd):
        title = uow.office.sop.role_name(command.role)
        by = Signed(who.id, who.name, command.role, title, command.opd)
    elif not may_appoint(uow, who, command.role, command.opd):
        raise NotYours(role=command.role)
    else:
        by = by_permission(uow, who, "manage_people" if _manages_people(uow, who) else "delegate")
    if command.substitute == who.id and not _manages_people(uow, who):
        raise BadInput(field="substitute", problem="same" if command.absent == who.id else "self")
    absent, substitute = known_member(uow, command.absent, now), known_member(uow, command.substitute, now)
    _check_delegation(command, absent, now)
    if any(_overlaps(d, command) for d in uow.people.delegations(now)):
        raise BadInput(field="delegation_dates", problem="twice")
    id = uow.new_id()
    entered = Delegation(
        id,
        command.role,
        command.opd,
        absent.id,
        absent.name,
        substitute.id,
        command.kind,
        command.starts_on,
        command.ends_on,
    )
    uow.people.delegate(entered, now)
    happened = events.DelegationSet(
        delegation=id,
        role=command.role,
        opd=command.opd,
        kind=command.kind,
        absent=absent.id,
        absent_name=absent.name,
        substitute=substitute.id,
        substitute_name=substitute.name,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )
    uow.reminders.replan(SUBJECT + id, _turns(uow, command, now))
    tell(uow, by, now, happened)
    return id


def _check_delegation(command: Delegate, absent: Acting, now: datetime) -> None:
    today = now.astimezone(WIB).date()
    if command.kind not in ("Plh.", "Plt."):
        raise BadInput(field="delegation_kind", problem="unknown", value=command.kind)
    if command.ends_on < command.starts_on or command.ends_on < today:
        raise BadInput(field="delegation_dates", problem="order")
    if (command.ends_on - command.starts_on).days > LONGEST_DAYS:
        raise BadInput(field="delegation_dates", problem="long")
    if command.starts_on > today + timedelta(days=LONGEST_DAYS):
        raise BadInput(field="delegation_dates", problem="far")
    if command.absent == command.substitute:
        raise BadInput(field="substitute", problem="same")
    if not absent.holds(command.role, command.opd):
        raise BadInput(field="absent", problem="not_holder")


def _overlaps(known: Delegation, command: Delegate) -> bool:
    """Whether this very substitution stands already for some of the days."""
    same = (known.role, known.opd, known.absent, known.substitute)
    return (
        same == (command.role, command.opd, command.absent, command.substitute)
        and known.starts_on <= command.ends_on
        and command.starts_on <= known.ends_on
    )


def _turns(uow: UnitOfWork, command: Delegate, now: datetime) -> list[tuple[str, datetime]]:
    """When to look: in the morning of the first day, if it is still ahead, and after the last one."""
    hours, _, minutes = uow.office.office.quiet.default_until.partition(".")
    morning = time(int(hours), int(minutes), tzinfo=WIB)
    begins = datetime.combine(command.starts_on, morning)
    ended = datetime.combine(command.ends_on + timedelta(days=1), morning)
    ahead = [("begins", begins)] if command.starts_on > now.astimezone(WIB).date() else []
    return [(rung, at.astimezone(UTC)) for rung, at in (*ahead, ("ended", ended))]


def turned(uow: UnitOfWork, subject: str, *, now: datetime) -> None:
    """The first day has come, or the last one has passed: menus and cards follow, the people concerned are told."""
    found = uow.people.delegation(subject.removeprefix(SUBJECT))
    if found is None or found.revoked_at is not None:
        return
    names = {
        "delegation": found.id,
        "role": found.role,
        "absent": found.absent,
        "absent_name": found.absent_name,
        "substitute": found.substitute,
        "substitute_name": known_member(uow, found.substitute, now).name,
    }
    if found.holds_on(now.astimezone(WIB).date()):
        tell(uow, None, now, events.DelegationBegan(**names, kind=found.kind, ends_on=found.ends_on))
    else:
        tell(uow, None, now, events.DelegationExpired(**names))


def end_delegation(uow: UnitOfWork, who: Acting, id: str, *, now: datetime) -> None:
    """End a substitution early: by those with the permission or by the one who is substituted.

    Raises:
        NotYours: neither. NothingThere: it has ended already.
    """
    found = next((d for d in uow.people.delegations(now) if d.id == id), None)
    if found is None:
        raise NothingThere(what="delegasi")
    if who.id == found.absent:
        by = Signed(who.id, who.name, found.role, uow.office.sop.role_name(found.role), found.opd)
    else:
        by = by_permission(uow, who, "manage_people" if found.role == ADMINISTRATOR else "delegate")
    end(uow, id, by, now)


def end(uow: UnitOfWork, id: str, by: Signed, now: datetime) -> None:
    """End a substitution; the caller has checked the authority. Raises NothingThere."""
    uow.reminders.drop(SUBJECT + id)
    ended = uow.people.end_delegation(id, now)
    if ended is None:
        raise NothingThere(what="delegasi")
    happened = events.DelegationEnded(
        delegation=id,
        role=ended.role,
        absent=ended.absent,
        absent_name=ended.absent_name,
        substitute=ended.substitute,
        substitute_name=known_member(uow, ended.substitute, now).name,
    )
    tell(uow, by, now, happened)
