"""Codes of numbered papers, and who has asked how often."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class VerificationRow(Base):
    """A printing of a numbered paper under its code, with what a stranger may learn of it."""

    __tablename__ = "verification"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    letter: Mapped[str] = mapped_column(ForeignKey("letter.id"), index=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"))
    title: Mapped[str]
    number: Mapped[str]
    dated: Mapped[date]
    subject: Mapped[str]
    issuer: Mapped[str]
    paper: Mapped[str] = mapped_column(String(16), index=True)
    issued_at: Mapped[datetime]
    signed_paper: Mapped[str] = mapped_column(String(16), default="", index=True)
    signed_at: Mapped[datetime | None]
    ended: Mapped[str] = mapped_column(String(16), default="")
    ended_at: Mapped[datetime | None]


class CheckRow(Base):
    """A question of somebody, kept for an hour: it only bounds how often one may ask."""

    __tablename__ = "verification_check"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    __table_args__ = (Index("ix_verification_check_person", "telegram_id", "at"),)
