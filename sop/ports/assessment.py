"""Scores and meetings (SOP steps 6 and 7)."""

from typing import Protocol

from sop.meeting import Meeting
from sop.scoring import Score


class Scores(Protocol):
    """What is known of the indicators of a cycle."""

    def of_cycle(self, cycle: str) -> tuple[Score, ...]:
        """Everything written so far, by code of the indicator."""

    def get(self, cycle: str, indicator: str) -> Score:
        """One indicator; an empty score where nothing was written yet."""

    def save(self, score: Score) -> None:
        """Write a score."""


class Meetings(Protocol):
    """One meeting per cycle."""

    def of_cycle(self, cycle: str) -> Meeting:
        """The meeting of a cycle; an empty one before anything is scheduled."""

    def save(self, meeting: Meeting) -> None:
        """Write a changed meeting. Raises Outdated when somebody else has written since it was read."""
