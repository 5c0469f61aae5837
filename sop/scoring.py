"""The score of an indicator: the meeting's value and note (SOP step 6), the final one with its reasons (step 7)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from sop.cycle import Signed
from sop.instrument import Indicator, Instrument
from sop.refusals import BadInput

LONGEST_NOTE = 600  # letters of a note, an explanation or an improvement: a cell of the form has room for it
LONGEST_SERVICE = 120
MOST_PLACES = 2  # of a fractional value


class Phase(StrEnum):
    """Where values are written: in the meeting (SOP step 6), or in the form that follows from it (step 7)."""

    MEETING = "rapat"
    FORM = "formulir"


@dataclass(frozen=True, slots=True)
class Score:
    """What is known of one indicator in a cycle. Nothing is copied: *final* is None while the meeting's value holds."""

    cycle: str
    indicator: str  # its code
    value: Decimal | None = None
    note: str = ""
    scored_by: Signed | None = None
    scored_at: datetime | None = None
    service: str = ""  # the sectoral service the city has chosen (PermenPANRB 59/2020, indicators 45 to 47)
    final: Decimal | None = None
    explanation: str = ""
    improvement: str = ""
    completed_by: Signed | None = None
    completed_at: datetime | None = None

    @property
    def holds(self) -> Decimal | None:
        """The value that counts: the final one, else the meeting's."""
        return self.value if self.final is None else self.final

    @property
    def explains(self) -> str:
        """The explanation that counts: the form's own, else the meeting's note."""
        return self.explanation or self.note


@dataclass(frozen=True, slots=True)
class Entry:
    """What one phase writes of an indicator. *words*: the meeting's note (the source of an external value), or the
    form's explanation; *improvement* is the form's only.
    """

    value: Decimal | None = None
    words: str = ""
    service: str = ""
    improvement: str = ""

    def cells(self) -> dict[str, str]:
        """Its fields as text, in their order; a value as it is typed: 2.75, 3, or nothing."""
        return {f.name: as_typed(v) if not isinstance(v := getattr(self, f.name), str) else v for f in fields(self)}

    @property
    def digest(self) -> str:
        """Six letters that change with the content: a button carries them, to know what its screen showed."""
        return digest("\n".join(self.cells().values()))


def as_typed(value: Decimal | None) -> str:
    """2.75, 3, or nothing: without zeros that say nothing."""
    return "" if value is None else f"{value.normalize():f}"


def digest(text: str) -> str:
    """Six letters that differ where texts differ (by chance they do not: once in sixteen million)."""
    return hashlib.sha256(text.encode()).hexdigest()[:6]


def entry_of(score: Score, phase: Phase) -> Entry:
    """What a phase shows: the value that counts; the form begins with what the meeting has written."""
    if phase is Phase.MEETING:
        return Entry(score.holds, score.note, score.service)
    return Entry(score.holds, score.explains, score.service, score.improvement)


def with_entry(score: Score, phase: Phase, entry: Entry, by: Signed, now: datetime) -> Score:
    """The score after a phase has written *entry*. What the meeting writes takes the place of the form's value.

    What the form only repeats of the meeting is not copied: it goes on following the meeting.
    """
    if phase is Phase.MEETING:
        # The meeting sees the value that counts; what it leaves standing when it writes, it has affirmed.
        affirmed = replace(score, value=entry.value, final=None)
        return replace(affirmed, note=entry.words, service=entry.service, scored_by=by, scored_at=now)
    return replace(
        score,
        final=None if entry.value == score.value else entry.value,
        explanation="" if entry.words == score.note else entry.words,
        improvement=entry.improvement,
        service=entry.service,
        completed_by=by,
        completed_at=now,
    )


def changes(before: Score, after: Score) -> tuple[dict[str, str], dict[str, str]]:
    """The fields in which two scores differ, before and after, in words: for the journal."""
    names = ("value", "note", "service", "final", "explanation", "improvement")
    pairs = {n: (_plain(getattr(before, n)), _plain(getattr(after, n))) for n in names}
    differ = {n: pair for n, pair in pairs.items() if pair[0] != pair[1]}
    return {n: old for n, (old, _) in differ.items()}, {n: new for n, (_, new) in differ.items()}


def _plain(value: object) -> str:
    return value if isinstance(value, str) else as_typed(value) if isinstance(value, Decimal) else ""


def last_change(score: Score) -> tuple[Signed | None, datetime | None]:
    """Who has written last, in whichever phase, and when."""
    times = [
        (at, by) for at, by in ((score.scored_at, score.scored_by), (score.completed_at, score.completed_by)) if at
    ]
    at, by = max(times, key=lambda pair: pair[0], default=(None, None))
    return by, at


def by_code(cycle: str, instrument: Instrument, scores: Iterable[Score]) -> dict[str, Score]:
    """Every indicator of the instrument in its order, with an empty score where nothing was written yet."""
    known = {s.indicator: s for s in scores}
    return {i.code: known.get(i.code, Score(cycle, i.code)) for i in instrument.indicators}


def read_value(instrument: Instrument, indicator: Indicator, text: str) -> Decimal:
    """A value as people write it: 3, 2,5, 1.26. Whole levels only where the instrument says so.

    Raises:
        BadInput: not a number (`form`), outside of the scale (`range`), a fraction (`whole`) or too many places
            (`places`); the value names the indicator: "I05|2,755".
    """
    named = f"{indicator.code}|{text.strip()}"
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise BadInput(field="score", problem="form", value=named) from error
    if not value.is_finite():
        raise BadInput(field="score", problem="form", value=named)
    if not instrument.scale.minimum <= value <= instrument.scale.maximum:
        raise BadInput(field="score", problem="range", value=named)
    if value == value.to_integral_value():
        return value.to_integral_value()
    if not instrument.scale.fractional and not indicator.external:
        raise BadInput(field="score", problem="whole", value=named)
    if value != round(value, MOST_PLACES):
        raise BadInput(field="score", problem="places", value=named)
    return value


def read_words(field: str, text: str, longest: int = LONGEST_NOTE) -> str:
    """A note, explanation or improvement as typed.

    Raises:
        BadInput: nothing, or more than *longest* letters.
    """
    words = text.strip()
    if not words:
        raise BadInput(field=field, problem="empty")
    if len(words) > longest:
        raise BadInput(field=field, problem="long", value=str(longest))
    return words


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a cycle's scores have come. *left*: codes without a value; *waiting*: external ones not yet given."""

    total: int
    done: int
    left: tuple[str, ...]
    waiting: tuple[str, ...]


def progress(instrument: Instrument, scores: Mapping[str, Score]) -> Progress:
    """How many indicators have a value. An external one without a value is settled too: it counts as 1 and waits."""
    without = [i for i in instrument.indicators if scores[i.code].holds is None]
    left = tuple(i.code for i in without if not i.external)
    waiting = tuple(i.code for i in without if i.external)
    total = len(instrument.indicators)
    return Progress(total, total - len(left), left, waiting)


def form_lacks(instrument: Instrument, scores: Mapping[str, Score]) -> tuple[str, ...]:
    """Codes of the indicators that the form does not complete yet (SOP step 7): no value, no explanation, or, below
    the top of the scale, no improvement. An external value that is waited for needs nothing of the city.
    """
    return tuple(i.code for i in instrument.indicators if lacks(instrument, i, scores[i.code]))


def lacks(instrument: Instrument, indicator: Indicator, score: Score) -> tuple[str, ...]:
    """What an indicator lacks in the form: `value`, `words` (the explanation), `improvement`."""
    if score.holds is None:
        return () if indicator.external else ("value",)
    found = [] if score.explains else ["words"]
    if not score.improvement and score.holds < instrument.scale.maximum:
        found.append("improvement")
    return tuple(found)
