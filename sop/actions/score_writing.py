"""Writing the values of the indicators: in the meeting (SOP step 6), and in the form that follows (step 7)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sop import events, scoring
from sop.actions.scoring import Board, authorise
from sop.cycle import Signed
from sop.instrument import Indicator
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import BadInput, NothingThere
from sop.scoring import Entry, Phase, Score
from sop.telling import tell


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing. *overtaken*: what stood there before, when somebody else had written it meanwhile."""

    score: Score
    overtaken: Score | None = None


def write(
    uow: UnitOfWork,
    who: Acting,
    cycle_id: str,
    phase: Phase,
    code: str,
    change: Callable[[Entry], Entry],
    *,
    seen: str = "",
    now: datetime,
) -> Written:
    """Change what a phase has written of an indicator. The last writer wins, and is told of what was there.

    *seen*: the digest of what the writer had in front of them (`Entry.digest`).

    Raises:
        See `authorise`. NothingThere: no such indicator. BadInput: see `check`.
    """
    board, by = authorise(uow, who, cycle_id, phase)
    indicator = board.indicator(code)
    before = board.scores[code]
    stood = scoring.entry_of(before, phase)
    entry = change(stood)
    check(board, indicator, entry)
    after = keep(uow, board, before, entry, by, now)
    last, _ = scoring.last_change(before)
    unseen = bool(seen) and seen != stood.digest and last is not None and last.person != who.id
    return Written(after, before if unseen and after != before else None)


def keep(uow: UnitOfWork, board: Board, before: Score, entry: Entry, by: Signed, now: datetime) -> Score:
    """Write an entry that was checked; nothing happens where nothing differs."""
    after = scoring.with_entry(before, board.phase, entry, by, now)
    old, new = scoring.changes(before, after)
    if not new:
        return before
    uow.scores.save(after)
    happened = events.ScoreChanged(cycle=board.cycle.id, indicator=before.indicator, before=old, after=new)
    tell(uow, by, now, happened)
    return after


def check(board: Board, indicator: Indicator, entry: Entry) -> None:
    """That an entry can stand.

    Raises:
        BadInput (`score`): a value outside of the scale, or a fraction where levels are whole.
        BadInput (`source`): an external value without its source.
        BadInput (`score`, `withdrawn`): the form takes a value away that the meeting has given.
    """
    score = board.scores[indicator.code]
    if entry.value is None:
        if score.holds is not None and (board.phase is Phase.FORM or not indicator.external):
            raise BadInput(field="score", problem="withdrawn", value=indicator.code)
        return
    scoring.read_value(board.instrument, indicator, scoring.as_typed(entry.value))
    if indicator.external and not entry.words:
        raise BadInput(field="source", problem="empty", value=indicator.code)


def set_value(
    uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase, code: str, text: str, *, seen: str = "", now: datetime
) -> Written:
    """The value as tapped or typed. Raises as `write`; BadInput (`score`): see `scoring.read_value`."""
    board, _ = authorise(uow, who, cycle_id, phase)
    value = scoring.read_value(board.instrument, board.indicator(code), text)
    return write(uow, who, cycle_id, phase, code, lambda e: replace(e, value=value), seen=seen, now=now)


def set_external(
    uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase, code: str, text: str, source: str, *, now: datetime
) -> Written:
    """A value that another ministry has given, with its source.

    Raises:
        As `set_value`; BadInput (`source`): no source, or a long one. NothingThere: the indicator is the city's own.
    """
    board, _ = authorise(uow, who, cycle_id, phase)
    indicator = board.indicator(code)
    if not indicator.external:
        raise NothingThere(what="tombol")
    value = scoring.read_value(board.instrument, indicator, text)
    words = scoring.read_words("source", source)
    return write(uow, who, cycle_id, phase, code, lambda e: replace(e, value=value, words=words), now=now)


def await_external(uow: UnitOfWork, who: Acting, cycle_id: str, code: str, *, now: datetime) -> Written:
    """An external value that was entered by mistake is waited for again (in the meeting only).

    Raises:
        As `write`; NothingThere: the indicator is the city's own.
    """
    board, _ = authorise(uow, who, cycle_id, Phase.MEETING)
    if not board.indicator(code).external:
        raise NothingThere(what="tombol")
    return write(uow, who, cycle_id, Phase.MEETING, code, lambda _: Entry(), now=now)


def set_words(
    uow: UnitOfWork,
    who: Acting,
    cycle_id: str,
    phase: Phase,
    code: str,
    field: str,
    text: str,
    *,
    seen: str = "",
    now: datetime,
) -> Written:
    """A note, an explanation, an improvement or the name of a service; *field* as in `Entry`.

    Raises:
        As `write`; BadInput: nothing, or too long. NothingThere: this phase or indicator has no such field.
    """
    board, _ = authorise(uow, who, cycle_id, phase)
    if field not in writable(board.phase, board.indicator(code)):
        raise NothingThere(what="tombol")
    longest = scoring.LONGEST_SERVICE if field == "service" else scoring.LONGEST_NOTE
    words = scoring.read_words(called(phase, field), text, longest)
    changed: dict[str, Any] = {field: words}
    return write(uow, who, cycle_id, phase, code, lambda e: replace(e, **changed), seen=seen, now=now)


def writable(phase: Phase, indicator: Indicator) -> tuple[str, ...]:
    """The fields of words that a phase has for an indicator; those of an external one come with its value."""
    found = ["words"]
    if phase is Phase.FORM:
        found.append("improvement")
    if indicator.named_service:
        found.append("service")
    return tuple(found)


def called(phase: Phase, field: str) -> str:
    """What a field is called when it cannot be used: the name of its sentence."""
    return {"words": "note" if phase is Phase.MEETING else "grounds"}.get(field, field)
