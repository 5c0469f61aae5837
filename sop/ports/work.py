"""The unit of work."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from sop.cycle import Cycle
from sop.office import Bundle
from sop.ports.assessment import Meetings, Scores
from sop.ports.cycles import Cycles, Journal, Reminders
from sop.ports.material import Evidence, Files, Letters, Papers
from sop.ports.messages import Dialogues, Outbox
from sop.ports.people import Agencies, Groups, People
from sop.ports.register import Register
from sop.ports.verification import Verifications
from sop.worktime import Calendar


class UnitOfWork(Protocol):
    """One transaction."""

    @property
    def office(self) -> Bundle:
        """The office's definitions as loaded at start, with the agencies imported since."""

    @property
    def time(self) -> Calendar:
        """The office calendar."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what happens inside if it raises, and nothing else; the exception goes on."""

    def new_id(self) -> str:
        """A fresh id: ten characters, unguessable."""

    def keep_definition(self, bundle: Bundle, now: datetime) -> str:
        """Keep a version of the definitions, for as long as a cycle refers to it; returns its hash."""

    def definition_of(self, cycle: Cycle) -> Bundle:
        """The definitions that a cycle keeps."""

    @property
    def outbox(self) -> Outbox:
        """Messages out."""

    @property
    def journal(self) -> Journal:
        """What happened."""

    @property
    def papers(self) -> Papers:
        """Documents."""

    @property
    def files(self) -> Files:
        """Files in chat."""

    @property
    def dialogues(self) -> Dialogues:
        """Open questions and drafts."""

    @property
    def reminders(self) -> Reminders:
        """Planned reminders."""

    @property
    def people(self) -> People:
        """Persons and roles."""

    @property
    def agencies(self) -> Agencies:
        """Imported agencies."""

    @property
    def groups(self) -> Groups:
        """Bound groups."""

    @property
    def cycles(self) -> Cycles:
        """Cycles."""

    @property
    def letters(self) -> Letters:
        """Letters."""

    @property
    def register(self) -> Register:
        """The register of letter numbers."""

    @property
    def evidence(self) -> Evidence:
        """Evidence."""

    @property
    def scores(self) -> Scores:
        """Scores of the indicators."""

    @property
    def meetings(self) -> Meetings:
        """Meetings of Tim SPBE Kota."""

    @property
    def verifications(self) -> Verifications:
        """Codes of numbered papers."""
