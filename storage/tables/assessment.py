"""Scores of the indicators, and the meetings in which they were given."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class ScoreRow(Base):
    """What is known of one indicator in a cycle. Values are decimals in words: exact in every database."""

    __tablename__ = "score"
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(default="")
    scored_by: Mapped[dict[str, Any] | None]
    scored_at: Mapped[datetime | None]
    service: Mapped[str] = mapped_column(default="")
    final: Mapped[str | None] = mapped_column(String(16))
    explanation: Mapped[str] = mapped_column(default="")
    improvement: Mapped[str] = mapped_column(default="")
    completed_by: Mapped[dict[str, Any] | None]
    completed_at: Mapped[datetime | None]


class MeetingRow(Base):
    """The meeting of a cycle. *version* rises with every change: two writers cannot both win."""

    __tablename__ = "meeting"
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    content: Mapped[dict[str, Any]]
    version: Mapped[int]
