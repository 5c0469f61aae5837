"""Who listens to which event. Every event class has an entry or stands in SILENT; a test demands it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from sop import events
from sop.ports import UnitOfWork

E = TypeVar("E", bound=events.Event)

Hearing = Callable[[UnitOfWork, Any, datetime], None]

_HEARINGS: dict[type[events.Event], Hearing] = {}

# Only the journal hears of these: the person who did them has the answer in front of them.
SILENT: frozenset[type[events.Event]] = frozenset(
    {
        events.InvitationIssued,
        events.InvitationRevoked,
        events.RosterImported,
        events.SettingsChanged,
        events.GroupBound,  # the group has the answer in front of it
        events.GroupMigrated,
        events.ReminderFell,
        events.StepCompleted,  # the next step's cards tell it
        events.LetterSigned,
        events.PaperSigned,
        events.LettersSentAgain,
        events.ReplacementDrafted,  # the letter that went out holds until the new one is sent
        events.ReplacementDropped,
        events.NumbersRecorded,
        events.NumberVoided,
        events.LetterReceived,
        events.EvidenceStored,
        events.PaperSeen,
        events.PaperPrintedAgain,
        events.TeamAsked,  # sop/actions/team_questions.py writes to the team and to the asker
        events.TeamAnswered,
        events.FileDropped,
        events.DocumentWordsChanged,
    }
)


def hears(kind: type[E]) -> Callable[[Callable[[UnitOfWork, E, datetime], None]], Hearing]:
    """Register what follows from an event."""

    def register(hearing: Callable[[UnitOfWork, E, datetime], None]) -> Hearing:
        _HEARINGS[kind] = cast(Hearing, hearing)
        return _HEARINGS[kind]

    return register


def heard() -> frozenset[type[events.Event]]:
    """Event classes with an entry, for the test that demands one for each."""
    return frozenset(_HEARINGS) | SILENT


def hear(uow: UnitOfWork, event: events.Event, now: datetime) -> None:
    """Let everybody hear of an event who should."""
    hearing = _HEARINGS.get(type(event))
    if hearing is not None:
        hearing(uow, event, now)
