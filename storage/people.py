"""Persons, roles, substitutions, invitations and groups: rows ↔ rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from sop.people import Acting, Delegation, Holding, Person, Settings
from sop.ports import GroupBinding, Invitation
from storage.tables.people import DelegationRow, GroupRow, HoldingRow, InvitationRow, PersonRow

WIB = ZoneInfo("Asia/Jakarta")


class SqlPeople:
    """Implements `sop.ports.People`."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id

    def acting(self, telegram_id: int, now: datetime) -> Acting | None:
        """The person with what they may act as today."""
        row = self._session.scalars(select(PersonRow).where(PersonRow.telegram_id == telegram_id)).one_or_none()
        return None if row is None else self._acting(row, now)

    def get(self, person: str, now: datetime) -> Acting | None:
        """The same by person id."""
        row = self._session.get(PersonRow, person)
        return None if row is None else self._acting(row, now)

    def members(self, now: datetime) -> tuple[Acting, ...]:
        """Everybody who has joined, by name; three queries however many there are."""
        held: dict[str, list[HoldingRow]] = defaultdict(list)
        for holding in self._session.scalars(
            select(HoldingRow).where(HoldingRow.ended_at.is_(None)).order_by(HoldingRow.since, HoldingRow.id)
        ):
            held[holding.person].append(holding)
        lent: dict[str, list[DelegationRow]] = defaultdict(list)
        for row in self._session.scalars(select(DelegationRow).order_by(DelegationRow.starts_on)):
            lent[row.substitute].append(row)
        people = self._session.scalars(select(PersonRow).order_by(PersonRow.name, PersonRow.id))
        return tuple(_acting(person, held[person.id], lent[person.id], now) for person in people)

    def holders(self, role: str, opd: str | None, now: datetime) -> tuple[Acting, ...]:
        """Everybody who may act in the role today: holders first, then substitutes."""
        held = select(HoldingRow.person).where(HoldingRow.role == role, HoldingRow.ended_at.is_(None))
        lent = select(DelegationRow.substitute).where(DelegationRow.role == role, DelegationRow.revoked_at.is_(None))
        if opd is not None:
            held = held.where(HoldingRow.opd == opd)
            lent = lent.where(DelegationRow.opd == opd)
        ids = dict.fromkeys([*self._session.scalars(held), *self._session.scalars(lent)])
        found = (self.get(id, now) for id in ids)
        return tuple(a for a in found if a is not None and a.capacity(role, opd) is not None)

    def _acting(self, row: PersonRow, now: datetime) -> Acting:
        holdings = self._session.scalars(
            select(HoldingRow)
            .where(HoldingRow.person == row.id, HoldingRow.ended_at.is_(None))
            .order_by(HoldingRow.since, HoldingRow.id)
        )
        lent = self._session.scalars(
            select(DelegationRow).where(DelegationRow.substitute == row.id).order_by(DelegationRow.starts_on)
        )
        return _acting(row, holdings, lent, now)

    def join(self, telegram_id: int, name: str, now: datetime) -> Person:
        """The person with this Telegram id, made if new; the name follows Telegram only at the first time."""
        row = self._session.scalars(select(PersonRow).where(PersonRow.telegram_id == telegram_id)).one_or_none()
        if row is None:
            row = PersonRow(id=self._new_id(), telegram_id=telegram_id, name=name, started_at=now)
            self._session.add(row)
            self._session.flush()  # the roles that follow refer to it
        row.reachable, row.unreachable_reason = True, ""
        return Person(row.id, row.telegram_id, row.name, True, "", row.started_at)

    def hold(self, person: str, role: str, opd: str | None, granted_by: str, now: datetime) -> None:
        """Give a role; one held already is left alone."""
        if self._running(person, role, opd):
            return
        self._session.add(
            HoldingRow(id=self._new_id(), person=person, role=role, opd=opd or "", since=now, granted_by=granted_by)
        )
        self._session.flush()  # later reads in this unit of work must see it

    def revoke(self, person: str, role: str, opd: str | None, now: datetime) -> bool:
        """End a holding."""
        row = self._running(person, role, opd)
        if row is None:
            return False
        row.ended_at = now
        self._session.flush()  # later reads in this unit of work must see it
        return True

    def _running(self, person: str, role: str, opd: str | None) -> HoldingRow | None:
        return self._session.scalars(
            select(HoldingRow).where(
                HoldingRow.person == person,
                HoldingRow.role == role,
                HoldingRow.opd == (opd or ""),
                HoldingRow.ended_at.is_(None),
            )
        ).one_or_none()

    def mark_reachable(self, person: str, reachable: bool, reason: str = "") -> None:
        """Note whether Telegram lets us write to this person."""
        self._session.execute(
            update(PersonRow).where(PersonRow.id == person).values(reachable=reachable, unreachable_reason=reason)
        )

    def delegate(self, delegation: Delegation, now: datetime) -> None:
        """Enter a dated substitution."""
        self._session.add(
            DelegationRow(
                id=delegation.id,
                role=delegation.role,
                opd=delegation.opd or "",
                absent=delegation.absent,
                absent_name=delegation.absent_name,
                substitute=delegation.substitute,
                kind=delegation.kind,
                starts_on=delegation.starts_on,
                ends_on=delegation.ends_on,
                created_at=now,
            )
        )
        self._session.flush()  # later reads in this unit of work must see it

    def delegation(self, id: str) -> Delegation | None:
        """One substitution, whatever its dates."""
        row = self._session.get(DelegationRow, id)
        return None if row is None else _delegation(row)

    def end_delegation(self, id: str, now: datetime) -> Delegation | None:
        """End a substitution that is in force or ahead."""
        row = self._session.get(DelegationRow, id)
        today = now.astimezone(WIB).date()
        if row is None or row.revoked_at is not None or row.ends_on < today:
            return None
        row.revoked_at = now
        self._session.flush()  # later reads in this unit of work must see it
        return _delegation(row)

    def delegations(self, now: datetime) -> tuple[Delegation, ...]:
        """Substitutions in force or ahead."""
        today = now.astimezone(WIB).date()
        rows = self._session.scalars(
            select(DelegationRow)
            .where(DelegationRow.revoked_at.is_(None), DelegationRow.ends_on >= today)
            .order_by(DelegationRow.starts_on, DelegationRow.id)
        )
        return tuple(map(_delegation, rows))

    def invite(self, invitation: Invitation, code_hash: str) -> None:
        """Keep an invitation, with the hash of its code only."""
        self._session.add(
            InvitationRow(
                id=invitation.id,
                code_hash=code_hash,
                role=invitation.role,
                opd=invitation.opd or "",
                label=invitation.label,
                created_at=invitation.created_at,
                expires_at=invitation.expires_at,
                created_by=invitation.created_by,
            )
        )

    def invitation(self, code_hash: str) -> Invitation | None:
        """The invitation of a code."""
        row = self._session.scalars(select(InvitationRow).where(InvitationRow.code_hash == code_hash)).one_or_none()
        return None if row is None else _invitation(row)

    def invitations(self, now: datetime) -> tuple[Invitation, ...]:
        """Invitations that can still be used."""
        rows = self._session.scalars(
            select(InvitationRow)
            .where(
                InvitationRow.used_at.is_(None),
                InvitationRow.revoked_at.is_(None),
                InvitationRow.expires_at > now,
            )
            .order_by(InvitationRow.created_at, InvitationRow.id)
        )
        return tuple(map(_invitation, rows))

    def unanswered(self) -> tuple[Invitation, ...]:
        """Invitations that nobody has used, expired ones included."""
        rows = self._session.scalars(
            select(InvitationRow)
            .where(InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None))
            .order_by(InvitationRow.created_at, InvitationRow.id)
        )
        return tuple(map(_invitation, rows))

    def use_invitation(self, id: str, person: str, now: datetime) -> bool:
        """Use it up; the condition makes the second of two people lose."""
        return self._change_unused(id, used_at=now, used_by=person)

    def revoke_invitation(self, id: str, now: datetime) -> bool:
        """Make it useless."""
        return self._change_unused(id, revoked_at=now)

    def _change_unused(self, id: str, **values: object) -> bool:
        result = self._session.execute(
            update(InvitationRow)
            .where(InvitationRow.id == id, InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None))
            .values(**values)
        )
        return bool(result.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE gives a cursor result

    def settings(self, person: str) -> Settings:
        """A person's settings."""
        row = self._session.get_one(PersonRow, person)
        return Settings(row.quiet_from, row.quiet_until, row.digest)

    def set_settings(self, person: str, settings: Settings) -> None:
        """Keep a person's settings."""
        row = self._session.get_one(PersonRow, person)
        row.quiet_from, row.quiet_until, row.digest = (
            settings.quiet_from,
            settings.quiet_until,
            settings.digest,
        )


class SqlGroups:
    """Implements `sop.ports.Groups`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def bind(self, binding: GroupBinding, by: str, now: datetime) -> None:
        """Bind a group; an earlier binding of the purpose ends."""
        self._session.execute(delete(GroupRow).where(GroupRow.purpose == binding.purpose))
        self._session.add(
            GroupRow(
                purpose=binding.purpose,
                chat=binding.chat,
                thread=binding.thread,
                title=binding.title,
                bound_by=by,
                bound_at=now,
            )
        )
        self._session.flush()  # later reads in this unit of work must see it

    def of(self, purpose: str) -> GroupBinding | None:
        """The group of a purpose."""
        row = self._session.get(GroupRow, purpose)
        return None if row is None else _binding(row)

    def all(self) -> tuple[GroupBinding, ...]:
        """Every bound group."""
        return tuple(map(_binding, self._session.scalars(select(GroupRow).order_by(GroupRow.purpose))))

    def migrate(self, old_chat: int, new_chat: int) -> tuple[GroupBinding, ...]:
        """Change a chat number everywhere."""
        rows = self._session.scalars(select(GroupRow).where(GroupRow.chat == old_chat)).all()
        for row in rows:
            row.chat = new_chat
        self._session.flush()  # later reads in this unit of work must see it
        return tuple(map(_binding, rows))

    def lose(self, chat: int, now: datetime) -> tuple[GroupBinding, ...]:
        """End the bindings of a chat."""
        lost = tuple(map(_binding, self._session.scalars(select(GroupRow).where(GroupRow.chat == chat))))
        self._session.execute(delete(GroupRow).where(GroupRow.chat == chat))
        return lost


def _acting(row: PersonRow, holdings: Iterable[HoldingRow], lent: Iterable[DelegationRow], now: datetime) -> Acting:
    today = now.astimezone(WIB).date()
    return Acting(
        Person(row.id, row.telegram_id, row.name, row.reachable, row.unreachable_reason, row.started_at),
        tuple(Holding(h.id, h.role, h.opd or None, h.since) for h in holdings),
        tuple(d for d in map(_delegation, lent) if d.holds_on(today)),
    )


def _delegation(row: DelegationRow) -> Delegation:
    return Delegation(
        row.id,
        row.role,
        row.opd or None,
        row.absent,
        row.absent_name,
        row.substitute,
        row.kind,
        row.starts_on,
        row.ends_on,
        row.revoked_at,
    )


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        row.id,
        row.role,
        row.opd or None,
        row.label,
        row.created_at,
        row.expires_at,
        row.created_by,
        row.used_at,
        row.used_by,
        row.revoked_at,
    )


def _binding(row: GroupRow) -> GroupBinding:
    return GroupBinding(row.purpose, row.chat, row.thread, row.title)
