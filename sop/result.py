"""The result of a cycle, read from its scores, meeting and evidence: what the papers of SOP steps 7 and 8 rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sop import scoring
from sop.cycle import Cycle
from sop.evidence import Item, ItemState
from sop.index import Result, compute
from sop.instrument import Instrument
from sop.meeting import Attendee, FollowUp, Meeting, Sitting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete
from sop.scoring import Score

_COUNTS = (ItemState.ACCEPTED, ItemState.UPLOADED)  # what was refused, or never repaired, supports nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """Scores by code, the index computed from them, what supports them, and the meeting that settled them."""

    instrument: Instrument
    scores: Mapping[str, Score]
    result: Result
    evidence: Mapping[str, tuple[str, ...]]  # code of the indicator → names of the files that count
    meeting: Meeting
    sittings: tuple[Sitting, ...]  # those that were held

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """What the meeting agreed on."""
        return self.meeting.follow_ups

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """Everybody who attended, once, in the order of their first arrival."""
        found: dict[str, Attendee] = {}
        for one in self.meeting.attendees:
            found.setdefault(one.person or f"{one.name.casefold()}|{one.agency.casefold()}", one)
        return tuple(found.values())

    def value(self, code: str) -> Decimal | None:
        """The value that counts, None for an external one that has not come."""
        return self.scores[code].holds


def held(meeting: Meeting) -> tuple[Sitting, ...]:
    """The sittings that were really held."""
    return tuple(s for s in meeting.sittings if s.began_at is not None and s.ended_at is not None)


def outcome(uow: UnitOfWork, cycle: Cycle) -> Outcome:
    """The result of a cycle as it stands now.

    Raises:
        Incomplete (`index`): a value is missing; names the indicators. Incomplete (`report`, `rapat`): no sitting
            has been held.
    """
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    result = compute(instrument, {code: score.holds for code, score in scores.items()})
    meeting = uow.meetings.of_cycle(cycle.id)
    sittings = held(meeting)
    if not sittings:
        raise Incomplete(act="report", missing=("rapat",))
    return Outcome(instrument, scores, result, _evidence(uow.evidence.of_cycle(cycle.id)), meeting, sittings)


def _evidence(items: tuple[Item, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        if item.state in _COUNTS:
            names = tuple(file.filename or file.link for file in item.current_files)
            found[item.code] = (*found.get(item.code, ()), *names)
    return found
