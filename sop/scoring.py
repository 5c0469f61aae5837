"""The score of an indicator: the meeting's value and note (SOP step 6), the final one with its reasons (step 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from sop.cycle import Signed
from sop.instrument import Indicator, Instrument
from sop.refusals import BadInput

LONGEST_NOTE = 600  # letters of a note, an explanation or an improvement: a cell of the form has room for it
LONGEST_SERVICE = 120
MOST_PLACES = 2  # of a fractional value


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
