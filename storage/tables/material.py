"""Letters with the register of their numbers and deliveries; evidence items and files."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class LetterRow(Base):
    """A letter; that its number is unique is the register's, see `NumberRow`."""

    __tablename__ = "letter"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    dated: Mapped[date | None]
    signatory: Mapped[str] = mapped_column(default="")
    draft_paper: Mapped[str] = mapped_column(default="")
    final_paper: Mapped[str] = mapped_column(default="")
    signed_paper: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    numbered_by: Mapped[dict[str, Any] | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[dict[str, Any] | None]
    replaces: Mapped[str] = mapped_column(String(16), default="", server_default="")
    changes: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")


class NumberRow(Base):
    """A number of the register; unique per unit and year by the database, as `number_key` (sop.letters) tells apart."""

    __tablename__ = "letter_number"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[str]
    year: Mapped[int]
    number: Mapped[str]
    number_key: Mapped[str]
    serial: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")
    letter: Mapped[str] = mapped_column(String(16), default="", index=True)
    subject: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    held_until: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("unit", "year", "number_key"),)


class DeliveryRow(Base):
    """A line of the expedition list: one per OPD and cycle."""

    __tablename__ = "delivery"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"))
    opd: Mapped[str]
    channel: Mapped[str] = mapped_column(String(8))
    sent_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    received_by: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    __table_args__ = (UniqueConstraint("cycle", "opd"),)


class ItemRow(Base):
    """One thing asked of one OPD in one cycle."""

    __tablename__ = "item"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"))
    opd: Mapped[str]
    code: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    example: Mapped[str]
    formats: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(24))
    explanation: Mapped[str] = mapped_column(default="")
    verdict_reason: Mapped[str] = mapped_column(default="")
    verdict_at: Mapped[datetime | None]
    verdict_by: Mapped[dict[str, Any] | None]
    __table_args__ = (UniqueConstraint("cycle", "opd", "code"),)


class EvidenceFileRow(Base):
    """A file or link of an item; withdrawn, never deleted."""

    __tablename__ = "evidence_file"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    item: Mapped[str] = mapped_column(ForeignKey("item.id"), index=True)
    filename: Mapped[str]
    size: Mapped[int]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str]
    uploader_name: Mapped[str]
    incoming: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(String(64), default="", index=True)
    mime: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    link: Mapped[str] = mapped_column(default="")
    version: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    withdrawn_at: Mapped[datetime | None]
