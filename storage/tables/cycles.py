"""Definitions that running cycles keep, cycles, their tasks, and planned reminders."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class DefinitionRow(Base):
    """A version of the office's definitions, by content hash; a running cycle keeps the one it started with."""

    __tablename__ = "definition"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[str]
    stored_at: Mapped[datetime]


class CycleRow(Base):
    """One run of the SOP. *version* rises with every change: two writers cannot both win."""

    __tablename__ = "cycle"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str]
    year: Mapped[int]
    definition: Mapped[str] = mapped_column(ForeignKey("definition.hash"))
    instrument: Mapped[str]
    opds: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    opened_by: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16))
    state_reason: Mapped[str] = mapped_column(default="")
    sheet: Mapped[dict[str, Any]]
    version: Mapped[int]


class TaskRow(Base):
    """One pass of one step, for one OPD where the step is per OPD."""

    __tablename__ = "task"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    cycle: Mapped[str] = mapped_column(ForeignKey("cycle.id"), index=True)
    position: Mapped[int]
    step: Mapped[str]
    pass_no: Mapped[int]
    opd: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime]
    clock_started_at: Mapped[datetime | None]
    target_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    came_back: Mapped[str] = mapped_column(default="")
    came_back_from: Mapped[dict[str, Any] | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[dict[str, Any] | None]
    note: Mapped[str] = mapped_column(default="")
    instructions: Mapped[list[Any]]
    questions: Mapped[list[Any]]
    standing: Mapped[str] = mapped_column(String(20), server_default="")
    standing_since: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[dict[str, Any] | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[dict[str, Any] | None]
    # A step has one pass of a number, and one open task at a time (for an OPD).
    __table_args__ = (
        UniqueConstraint("cycle", "step", "opd", "pass_no"),
        Index(
            "uq_task_open",
            "cycle",
            "step",
            "opd",
            unique=True,
            sqlite_where=text("state = 'terbuka'"),
            postgresql_where=text("state = 'terbuka'"),
        ),
    )


class ReminderRow(Base):
    """A moment at which a task is looked at; fired once."""

    __tablename__ = "reminder"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    task: Mapped[str] = mapped_column(index=True)
    rung: Mapped[str]
    at: Mapped[datetime]
    done: Mapped[bool] = mapped_column(default=False)
    # Finding what is due stays cheap however many have fired.
    __table_args__ = (
        Index(
            "ix_reminder_due",
            "at",
            sqlite_where=text("done = 0"),
            postgresql_where=text("NOT done"),
        ),
    )
