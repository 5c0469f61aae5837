"""One transaction and the repositories in it; implements `sop.ports.UnitOfWork`."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from sop.cycle import Cycle
from sop.office import Bundle
from sop.worktime import Calendar
from storage.agencies import SqlAgencies
from storage.assessment import SqlMeetings, SqlScores
from storage.content import ContentStore
from storage.cycles import SqlCycles, SqlReminders
from storage.definitions import Definitions
from storage.dialogues import SqlDialogues
from storage.evidence import SqlEvidence
from storage.files import SqlFiles
from storage.inbox import SqlInbox
from storage.journal import SqlJournal
from storage.letters import SqlLetters
from storage.outbox import SqlOutbox
from storage.papers import SqlPapers
from storage.people import SqlGroups, SqlPeople
from storage.pulse import Pulse
from storage.register import SqlRegister
from storage.verification import SqlVerifications

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"

NewId = Callable[[], str]


def random_id() -> str:
    """Ten characters, fifty bits from the system's source of randomness."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class SqlUnitOfWork:
    """What commits together. Made by `Database.run`; valid only inside the function that it is handed to."""

    def __init__(
        self,
        session: Session,
        definitions: Definitions | None,
        new_id: NewId = random_id,
        content: ContentStore | None = None,
    ) -> None:
        self.session = session  # for storage and for hooks of storage only
        self._definitions = definitions
        self._new_id = new_id
        self._content = content

    def new_id(self) -> str:
        """A fresh id: ten characters, unguessable."""
        return self._new_id()

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happens inside if it raises, and nothing else; the exception goes on."""
        with self.session.begin_nested():
            yield

    # --- the office

    @property
    def definitions(self) -> Definitions:
        """Bundle and older versions. Raises RuntimeError when the database was opened without an office."""
        if self._definitions is None:
            raise RuntimeError("this database was opened without the office's definitions")
        return self._definitions

    @property
    def office(self) -> Bundle:
        """The office's definitions as loaded at start, with the agencies imported since."""
        return self.definitions.extended(self.agencies.all())

    @property
    def time(self) -> Calendar:
        """The office calendar."""
        return self.definitions.calendar

    def keep_definition(self, bundle: Bundle, now: datetime) -> str:
        """Keep a version of the definitions, for as long as a cycle refers to it; returns its hash."""
        return self.definitions.keep(self.session, bundle, now)

    def definition_of(self, cycle: Cycle) -> Bundle:
        """The definitions that a cycle keeps."""
        return self.definitions.of(self.session, cycle.definition)

    # --- turns

    @cached_property
    def inbox(self) -> SqlInbox:
        """Updates that Telegram handed over."""
        return SqlInbox(self.session)

    @cached_property
    def dialogues(self) -> SqlDialogues:
        """Open questions and drafts."""
        return SqlDialogues(self.session)

    @cached_property
    def journal(self) -> SqlJournal:
        """What happened."""
        return SqlJournal(self.session)

    @cached_property
    def pulse(self) -> Pulse:
        """When the bot was last alive."""
        return Pulse(self.session)

    # --- workers

    @cached_property
    def outbox(self) -> SqlOutbox:
        """Messages out."""
        return SqlOutbox(self.session, self.new_id)

    @cached_property
    def papers(self) -> SqlPapers:
        """Documents."""
        return SqlPapers(self.session, self.new_id)

    @cached_property
    def files(self) -> SqlFiles:
        """Files in chat."""
        return SqlFiles(self.session, self._content)

    # --- the SOP

    @cached_property
    def people(self) -> SqlPeople:
        """Persons and roles."""
        return SqlPeople(self.session, self.new_id)

    @cached_property
    def agencies(self) -> SqlAgencies:
        """Imported agencies."""
        return SqlAgencies(self.session)

    @cached_property
    def groups(self) -> SqlGroups:
        """Bound groups."""
        return SqlGroups(self.session)

    @cached_property
    def cycles(self) -> SqlCycles:
        """Cycles and their tasks."""
        return SqlCycles(self.session, lambda hash: self.definitions.of(self.session, hash).sop)

    @cached_property
    def reminders(self) -> SqlReminders:
        """Planned reminders."""
        return SqlReminders(self.session, self.new_id)

    @cached_property
    def letters(self) -> SqlLetters:
        """Letters and their deliveries."""
        return SqlLetters(self.session, self.register)

    @cached_property
    def register(self) -> SqlRegister:
        """The register of letter numbers."""
        return SqlRegister(self.session, self.new_id)

    @cached_property
    def evidence(self) -> SqlEvidence:
        """What is asked of the OPDs, and their files."""
        return SqlEvidence(self.session)

    @cached_property
    def scores(self) -> SqlScores:
        """Scores of the indicators."""
        return SqlScores(self.session)

    @cached_property
    def meetings(self) -> SqlMeetings:
        """Meetings of Tim SPBE Kota."""
        return SqlMeetings(self.session)

    @cached_property
    def verifications(self) -> SqlVerifications:
        """Codes of numbered papers."""
        return SqlVerifications(self.session)
