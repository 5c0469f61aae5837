"""Looking at the values of the indicators: in the meeting (SOP step 6), and in the form that follows (step 7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sop import cycle as rules
from sop import scoring
from sop.cycle import Cycle, CycleState, Signed, Task
from sop.definition import Step
from sop.evidence import Item
from sop.index import Result, compute, so_far
from sop.instrument import Indicator, Instrument
from sop.overview import to_read
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import NothingThere, NotNow, NotYours
from sop.scoring import Phase, Score
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
    """The cycles that have come to a phase and whose values *who* may see, newest first; past ones when none runs."""
    return tuple(
        c
        for c in to_read(uow)
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
    if not task.open:
        return "ended"
    if who.capacity(step.actor) is None:
        return "role"
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


# --- what others ask


def form_missing(uow: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """Codes of the indicators that the form does not complete yet (SOP step 7); see `scoring.form_lacks`."""
    instrument = instrument_of(uow, cycle)
    return scoring.form_lacks(instrument, scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id)))


# --- at hand for each indicator


def evidence_for(uow: UnitOfWork, who: Acting, cycle: Cycle, code: str) -> tuple[Item, ...]:
    """What the agencies have sent for an indicator, as far as *who* may see it."""
    return tuple(i for i in uow.evidence.of_code(cycle.id, code) if may_see_evidence(cycle, who, i.opd))


def year_before(uow: UnitOfWork, cycle: Cycle) -> tuple[str, Mapping[str, Decimal | None]]:
    """Name and values of the newest completed cycle before this one; nothing if it had another instrument."""
    earlier = (c for c in uow.cycles.all() if c.state is CycleState.COMPLETED and c.opened_at < cycle.opened_at)
    last = next(earlier, None)
    if last is None or last.instrument != cycle.instrument:
        return "", {}
    return last.name, {s.indicator: s.holds for s in uow.scores.of_cycle(last.id)}
