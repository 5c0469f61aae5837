"""Values of the indicators: in the meeting (SOP step 6), and in the form that follows from it (step 7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sop import cycle as rules
from sop import events, scoring
from sop.cycle import Cycle, CycleState, Signed, Task
from sop.definition import Step
from sop.evidence import Item
from sop.index import Result, compute, so_far
from sop.instrument import Indicator, Instrument
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import BadInput, NothingThere, NotNow, NotYours
from sop.scoring import Entry, Phase, Score
from sop.telling import tell
from sop.visibility import may_see, may_see_evidence

_PAPER = {Phase.MEETING: "notula", Phase.FORM: "formulir_terisi"}  # the step that produces it is the phase's
RECAP = "recap"  # audience of values before the publication (sop.md)


# --- where the work is


def step_of(cycle: Cycle, phase: Phase) -> Step:
    """The step of a phase: the one that produces its paper. Raises NothingThere for an SOP without."""
    step = next((s for s in cycle.sop.steps if _PAPER[phase] in s.produces), None)
    if step is None:
        raise NothingThere(what="tugas")
    return step


def task_of(cycle: Cycle, phase: Phase) -> Task | None:
    """The newest pass of a phase; None before the cycle has come there."""
    return cycle.latest(step_of(cycle, phase).key)


def reached(uow: UnitOfWork, who: Acting, phase: Phase) -> tuple[Cycle, ...]:
    """The cycles of now that have come to a phase and whose values *who* may see, newest first."""
    return tuple(
        c
        for c in uow.cycles.current()
        if any(_PAPER[phase] in s.produces for s in c.sop.steps) and task_of(c, phase) and may_see(c, who, RECAP)
    )


def by_id(uow: UnitOfWork, id: str) -> Cycle:
    """The cycle of a button, which carries its id or that of a task. Raises NothingThere."""
    try:
        return uow.cycles.of_task(id)
    except NothingThere:
        return uow.cycles.get(id)


@dataclass(frozen=True, slots=True)
class Board:
    """A cycle's values as somebody looks at them. *why_not*: why they cannot change them now (empty: they can)."""

    cycle: Cycle
    phase: Phase
    step: Step
    task: Task
    instrument: Instrument
    scores: Mapping[str, Score]
    why_not: str  # "" | role | ended | halted | reported

    def indicator(self, code: str) -> Indicator:
        """One indicator. Raises NothingThere."""
        found = self.instrument.indicator(code)
        if found is None:
            raise NothingThere(what="indikator")
        return found

    @property
    def values(self) -> dict[str, Decimal | None]:
        """The values that count, by code."""
        return {code: score.holds for code, score in self.scores.items()}

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes that still need somebody in this phase."""
        if self.phase is Phase.FORM:
            return scoring.form_lacks(self.instrument, self.scores)
        return scoring.progress(self.instrument, self.scores).left

    def result(self) -> Result | None:
        """The index with its parts; None while a value is missing."""
        if scoring.progress(self.instrument, self.scores).left:
            return None
        return compute(self.instrument, self.values)

    def index_so_far(self) -> Decimal | None:
        """The index of what has a value; None before the first."""
        return so_far(self.instrument, self.values)


def look(uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase) -> Board:
    """The values of a cycle, for somebody who may see them before the publication.

    Raises:
        NothingThere: no such cycle. NotYours: they may not. NotNow (`penilaian_belum`): the cycle has not come there.
    """
    cycle = by_id(uow, cycle_id)
    step = step_of(cycle, phase)
    if not may_see(cycle, who, RECAP):
        raise NotYours(role=step.actor)
    task = task_of(cycle, phase)
    if task is None:
        raise NotNow(state="penilaian_belum")
    instrument = instrument_of(uow, cycle)
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    return Board(cycle, phase, step, task, instrument, scores, _why_not(cycle, step, task, who))


def instrument_of(uow: UnitOfWork, cycle: Cycle) -> Instrument:
    """The instrument of a cycle, in the version that it keeps."""
    return uow.definition_of(cycle).instruments[cycle.instrument]


def _why_not(cycle: Cycle, step: Step, task: Task, who: Acting) -> str:
    if who.capacity(step.actor) is None:
        return "role"
    if not task.open:
        return "ended"
    if cycle.state is not CycleState.ACTIVE:
        return "halted"
    return "reported" if task.reported_at is not None else ""


def authorise(uow: UnitOfWork, who: Acting, cycle_id: str, phase: Phase) -> tuple[Board, Signed]:
    """That *who* may write values of this phase now.

    Raises:
        NothingThere, NotNow: see `look`. NotYours, AlreadyDecided, NotNow: see `rules.authorise`.
        NotNow (`formulir_dilaporkan`): the form has been reported; a return opens it again.
    """
    cycle = by_id(uow, cycle_id)
    who.acts_as(step_of(cycle, phase).actor)
    task = task_of(cycle, phase)
    if task is None:
        raise NotNow(state="penilaian_belum")
    task, by = rules.authorise(cycle, task.id, who)
    if task.reported_at is not None:
        raise NotNow(state="formulir_dilaporkan")
    return look(uow, who, cycle.id, phase), by


# --- writing


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
    if entry == scoring.entry_of(before, board.phase):
        return before
    after = scoring.with_entry(before, board.phase, entry, by, now)
    uow.scores.save(after)
    old, new = scoring.changes(before, after)
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
        As `write`; BadInput (`score`, `withdrawn`): the indicator is the city's own.
    """
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


# --- what others ask


def missing_values(uow: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """Codes of the indicators without a value (external ones may wait): what the meeting still owes (SOP step 6)."""
    instrument = instrument_of(uow, cycle)
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    return scoring.progress(instrument, scores).left


def form_missing(uow: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """Codes of the indicators that the form does not complete yet (SOP step 7); see `scoring.form_lacks`."""
    instrument = instrument_of(uow, cycle)
    return scoring.form_lacks(instrument, scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id)))


# --- at hand for each indicator


def evidence_for(uow: UnitOfWork, who: Acting, cycle: Cycle, code: str) -> tuple[Item, ...]:
    """What the agencies have sent for an indicator, as far as *who* may see it."""
    return tuple(i for i in uow.evidence.of_cycle(cycle.id) if i.code == code and may_see_evidence(cycle, who, i.opd))


def year_before(uow: UnitOfWork, cycle: Cycle, code: str) -> tuple[Cycle, Decimal] | None:
    """The value of the newest completed cycle before this one under the same instrument, if it had one."""
    for earlier in uow.cycles.all():
        if earlier.state is CycleState.COMPLETED and earlier.opened_at < cycle.opened_at:
            if earlier.instrument != cycle.instrument:
                return None
            value = uow.scores.get(earlier.id, code).holds
            return None if value is None else (earlier, value)
    return None
