"""The recap of the evidence as numbers (SOP step 5): by agency and by indicator. Nothing is read or changed here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sop.cycle import Cycle, Task, TaskState
from sop.definition import Step
from sop.evidence import Item, ItemState
from sop.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are in which state; *undecided* of those declared absent, nobody has judged the declaration."""

    accepted: int = 0
    repair: int = 0
    rejected: int = 0
    absent: int = 0
    uploaded: int = 0
    missing: int = 0
    undecided: int = 0

    @property
    def asked(self) -> int:
        """All items; the six states together."""
        return self.accepted + self.repair + self.rejected + self.absent + self.uploaded + self.missing

    @property
    def unjudged(self) -> int:
        """Items that wait for a verdict: files nobody has reviewed, declarations nobody has answered."""
        return self.uploaded + self.undecided


def counted(items: Iterable[Item]) -> Counts:
    """The items by their states."""
    kept = tuple(items)
    states = Counter(i.state for i in kept)
    return Counts(
        accepted=states[ItemState.ACCEPTED],
        repair=states[ItemState.REPAIR],
        rejected=states[ItemState.REJECTED],
        absent=states[ItemState.DECLARED_ABSENT],
        uploaded=states[ItemState.UPLOADED],
        missing=states[ItemState.NONE],
        undecided=sum(1 for i in kept if i.state is ItemState.DECLARED_ABSENT and i.to_review),
    )


@dataclass(frozen=True, slots=True)
class OpdLine:
    """One agency. Times are UTC.

    *task* is the newest pass of its collection (None before the letters went out). *handed_over_at* its own last
    hand-over, *closed_at*/*closed_reason* the team's closing; it has neither while its collection is open.
    """

    opd: str
    task: Task | None
    items: tuple[Item, ...]
    counts: Counts
    handed_over_at: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: str = ""

    @property
    def open(self) -> bool:
        """Whether the agency still has its collection in its hands."""
        return self.task is not None and self.task.open


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator or general item, with what each agency gave for it; no *items*: nobody was asked.

    *external* names the ministry that gives the value (PermenPANRB 8/2026).
    """

    code: str
    name: str
    aspect: str
    external: str
    items: tuple[Item, ...]
    counts: Counts

    @property
    def files(self) -> int:
        """How many files were accepted."""
        return sum(len(i.current_files) for i in self.items if i.state is ItemState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Recap:
    """Everything that the city team gets to see before its meeting."""

    opds: tuple[OpdLine, ...]
    indicators: tuple[IndicatorLine, ...]
    total: Counts

    @property
    def handed_over(self) -> int:
        """Agencies that have handed over."""
        return sum(1 for o in self.opds if o.handed_over_at)

    @property
    def closed(self) -> int:
        """Agencies that were closed without ever having handed over."""
        return sum(1 for o in self.opds if o.closed_at and not o.handed_over_at)

    @property
    def owing(self) -> tuple[OpdLine, ...]:
        """Agencies that still have their collection in their hands."""
        return tuple(o for o in self.opds if o.open)

    @property
    def supported(self) -> int:
        """Indicators with at least one item that is *sesuai*."""
        return sum(1 for i in self.indicators if i.counts.accepted)

    def opd(self, key: str) -> OpdLine | None:
        """The line of an agency."""
        return next((o for o in self.opds if o.opd == key), None)

    def indicator(self, code: str) -> IndicatorLine | None:
        """The line of an indicator."""
        return next((i for i in self.indicators if i.code == code), None)


def recapped(cycle: Cycle, step: Step, instrument: Instrument, items: Sequence[Item]) -> Recap:
    """The recap of *items*, which the agencies were asked in *step*: general items first, then the indicators."""
    places = {opd: n for n, opd in enumerate(cycle.opds)}
    kept = sorted(items, key=lambda i: places.get(i.opd, len(places)))
    return Recap(
        tuple(_opd(cycle, step, opd, tuple(i for i in kept if i.opd == opd)) for opd in cycle.opds),
        (*_general(instrument, kept), *_indicators(instrument, kept)),
        counted(kept),
    )


def _opd(cycle: Cycle, step: Step, opd: str, items: tuple[Item, ...]) -> OpdLine:
    task = cycle.latest(step.key, opd)
    if task is None or task.open:
        return OpdLine(opd, task, items, counted(items))
    own = [t for t in cycle.tasks if t.step == step.key and t.opd == opd]
    handed_over = [t.decided_at for t in own if t.state is TaskState.DONE and t.decided_at]
    shut = task.state is TaskState.CLOSED
    return OpdLine(
        opd,
        task,
        items,
        counted(items),
        handed_over_at=handed_over[-1] if handed_over else None,
        closed_at=task.decided_at if shut else None,
        closed_reason=task.note if shut else "",
    )


def _general(instrument: Instrument, items: Sequence[Item]) -> tuple[IndicatorLine, ...]:
    """What is asked besides the indicators, in the order in which it is asked of the agencies."""
    known = {i.code for i in instrument.indicators}
    titles = {i.code: i.title for i in items if i.code not in known}
    return tuple(_line(code, titles[code], "", "", items) for code in sorted(titles, key=_by_number))


def _by_number(code: str) -> tuple[str, int, str]:
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :] or 0), code


def _indicators(instrument: Instrument, items: Sequence[Item]) -> tuple[IndicatorLine, ...]:
    return tuple(
        _line(indicator.code, indicator.name, aspect.name, indicator.external, items)
        for domain in instrument.domains
        for aspect in domain.aspects
        for indicator in aspect.indicators
    )


def _line(code: str, name: str, aspect: str, external: str, items: Sequence[Item]) -> IndicatorLine:
    answers = tuple(i for i in items if i.code == code)
    return IndicatorLine(code, name, aspect, external, answers, counted(answers))
