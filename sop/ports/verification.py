"""Codes of numbered papers, and how often somebody has asked."""

from datetime import datetime
from typing import Protocol

from sop.verification import Verification


class Verifications(Protocol):
    """The codes that stand on numbered papers."""

    def add(self, verification: Verification) -> None:
        """Keep a new one."""

    def save(self, verification: Verification) -> None:
        """Write a changed one."""

    def get(self, code: str) -> Verification | None:
        """By its code, in the form in which it is kept."""

    def of_letter(self, letter: str) -> tuple[Verification, ...]:
        """Every printing of a letter, oldest first."""

    def of_file(self, sha256: str) -> Verification | None:
        """The one whose printed file or signed copy has these bytes; one that holds before one that has ended."""

    def asked(self, telegram_id: int, now: datetime) -> None:
        """Somebody asks: written down for an hour, to bound how often."""

    def asked_since(self, telegram_id: int, since: datetime) -> tuple[datetime, ...]:
        """When somebody has asked (UTC), oldest first."""
