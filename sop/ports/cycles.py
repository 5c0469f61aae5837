"""Cycles, their reminders and the journal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sop.cycle import Cycle
from sop.events import Event
from sop.ports.messages import Json


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal as read: *event* is the name of the event's class, *facts* its fields in JSON terms."""

    id: int
    at: datetime
    who: str
    name: str
    capacity: str
    event: str
    cycle: str
    facts: dict[str, Json]


class Journal(Protocol):
    """Append-only log of every action."""

    def append(self, event: Event, *, who: str, name: str, capacity: str, now: datetime) -> None:
        """Write what happened: who, on whose behalf (*capacity* in words), what, when, before and after."""

    def page(self, before_id: int | None = None, limit: int = 20, cycle: str | None = None) -> tuple[JournalLine, ...]:
        """Lines older than *before_id* (None: from the newest), newest first; of one cycle only if asked."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One moment at which a task is looked at. Rows in the database: a restart neither loses nor repeats one."""

    id: str
    task: str
    rung: str
    at: datetime


class Reminders(Protocol):
    """Planned reminders."""

    def replan(self, task: str, moments: Iterable[tuple[str, datetime]]) -> None:
        """Replace what is still planned for a task."""

    def drop(self, task: str) -> None:
        """Nothing more to remind of."""

    def due(self, now: datetime, limit: int = 200) -> tuple[Reminder, ...]:
        """Reminders whose moment has come."""

    def done(self, id: str) -> None:
        """This one has been handled."""

    def next_at(self) -> datetime | None:
        """The earliest planned moment (UTC), for the alarm clock."""


class Cycles(Protocol):
    """Cycles with their tasks."""

    def add(self, cycle: Cycle) -> None:
        """Keep a new cycle."""

    def get(self, cycle: str) -> Cycle:
        """One cycle. Raises NothingThere."""

    def of_task(self, task: str) -> Cycle:
        """The cycle of a task. Raises NothingThere."""

    def save(self, cycle: Cycle) -> None:
        """Write a changed cycle. Raises Outdated when somebody else has written since it was read."""

    def current(self) -> tuple[Cycle, ...]:
        """Cycles that are neither completed nor cancelled, newest first."""

    def all(self) -> tuple[Cycle, ...]:
        """Every cycle, newest first."""
