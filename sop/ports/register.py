"""The register of letter numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sop.register import Entry


class Register(Protocol):
    """One book for each unit and year; a number stands in it once, by the database."""

    def of(self, unit: str, year: int) -> tuple[Entry, ...]:
        """The entries of a book, also holds that have run out."""

    def get(self, entry: str) -> Entry:
        """One entry. Raises NothingThere."""

    def books(self) -> tuple[tuple[str, int], ...]:
        """Unit and year of every book that has an entry, the newest year first."""

    def hold(self, entry: Entry) -> bool:
        """Keep a number for a clerk; False when it is taken meanwhile."""

    def add(self, entries: Sequence[Entry]) -> None:
        """Record numbers, all of them or none. Raises BadInput (`taken`) when one is there already."""

    def save(self, entry: Entry) -> None:
        """Write a changed entry."""

    def release(self, person: str) -> None:
        """Let go what is held for this clerk."""

    def forget_expired(self, now: datetime) -> None:
        """Let go every hold that has run out."""

    def describe(self, letter: str, serial: int | None, subject: str, now: datetime) -> None:
        """Say of the number that a letter has got *now* what its serial is, and what the letter is about."""
