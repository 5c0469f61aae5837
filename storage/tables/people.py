"""Persons, roles, substitutions, invitations, settings and bound groups."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class PersonRow(Base):
    """Somebody who has pressed Start."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    name: Mapped[str]
    reachable: Mapped[bool] = mapped_column(default=True)
    unreachable_reason: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    quiet_from: Mapped[str] = mapped_column(String(5), default="")
    quiet_until: Mapped[str] = mapped_column(String(5), default="")
    digest: Mapped[bool] = mapped_column(default=False)


class HoldingRow(Base):
    """A role held; ended, never deleted."""

    __tablename__ = "holding"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    opd: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime]
    granted_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    # Nobody holds the same role twice at once, whatever two administrators do at the same time.
    __table_args__ = (
        Index(
            "uq_holding_running",
            "person",
            "role",
            "opd",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class DelegationRow(Base):
    """A dated substitution."""

    __tablename__ = "delegation"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    role: Mapped[str]
    opd: Mapped[str] = mapped_column(default="")
    absent: Mapped[str]
    absent_name: Mapped[str]
    substitute: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(8))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class InvitationRow(Base):
    """A single-use link; only the hash of its code."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str]
    opd: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    created_by: Mapped[str]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]


class AgencyRow(Base):
    """An agency that came by an imported list; it extends the list in office/opd.yaml."""

    __tablename__ = "agency"
    key: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str]
    short: Mapped[str]
    head: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class GroupRow(Base):
    """A group bound to a purpose; one at a time for each purpose."""

    __tablename__ = "bound_group"
    purpose: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger, index=True)
    thread: Mapped[int | None]
    title: Mapped[str]
    bound_by: Mapped[str]
    bound_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("chat", "purpose"),)
