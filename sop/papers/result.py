"""The result of a self-evaluation as papers print it: indicators, aspects, domains, index (SOP steps 7 and 8).

Values are exact decimals; two places half up is the template's business. Every index is given by who computed
it and checked here against its own lines, so that no paper shows a sum that is not the sum of what it lists.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final

from pydantic import AwareDatetime, Field
from pydantic.dataclasses import dataclass

from sop.papers.parts import STRICT, Prose, Text

Weight = Annotated[Decimal, Field(gt=0, le=100)]
"""Percent of the whole index."""
Score = Annotated[Decimal, Field(ge=0, le=10)]
SAME: Final = Fraction(1, 10**12)  # an index is a quotient; decimals cut it after 28 digits


@dataclass(frozen=True, kw_only=True, config=STRICT)
class IndicatorLine:
    """One indicator. *value* is what counts; *level* its name (``None`` when a value lies between levels).

    *service* the service that the city chose for a sector indicator. *external* who gives the value;
    *waiting*: it has not come, so the value is the scale's lowest and the whole index is provisional.
    *evidence* names only. *improvement* is what to do for a higher value. *source* who gave the value, *given_on*
    the day in WIB (``None``: nobody has, as with a value that is waited for).
    """

    number: Annotated[int, Field(ge=1)]
    name: Text
    weight: Weight
    value: Score
    level: Text | None = None
    service: Text | None = None
    external: Text | None = None
    waiting: bool = False
    explanation: Prose | None = None
    evidence: tuple[Text, ...] = ()
    improvement: Prose | None = None
    source: Text | None = None
    given_on: date | None = None

    def __post_init__(self) -> None:
        if self.waiting and self.external is None:
            raise ValueError(f"indicator {self.number}: only an external value is waited for")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class GroupLine:
    """A domain or an aspect: *number* within the whole instrument, *weight* in percent, exact *index*."""

    number: Annotated[int, Field(ge=1)]
    weight: Weight
    index: Score


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AspectLine(GroupLine):
    """An aspect with its indicators."""

    name: Text
    indicators: Annotated[tuple[IndicatorLine, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        _agrees(f"aspect {self.number}", self.index, ((i.weight, i.value) for i in self.indicators))
        _weighs(f"aspect {self.number}", self.weight, (i.weight for i in self.indicators))


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DomainLine(GroupLine):
    """A domain with its aspects. *name* ``None``: the instrument knows aspects only; it is not shown."""

    name: Text | None
    aspects: Annotated[tuple[AspectLine, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        _agrees(f"domain {self.number}", self.index, ((a.weight, a.index) for a in self.aspects))
        _weighs(f"domain {self.number}", self.weight, (a.weight for a in self.aspects))


@dataclass(frozen=True, kw_only=True, config=STRICT)
class DifferingOpinion:
    """A pendapat berbeda that was written down in the meeting: *by* whom, in which *words*."""

    by: Text
    words: Prose


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ResultFacts:
    """The whole result. *index_name* "Indeks SPBE"; *predicate* was decided on the exact index.

    *lowest* and *highest* of the scale; *fractional*: values between whole levels are allowed. *dissent* of the
    meeting that found the result.
    """

    index_name: Text
    index: Score
    predicate: Text
    lowest: Score
    highest: Score
    fractional: bool
    domains: Annotated[tuple[DomainLine, ...], Field(min_length=1)]
    dissent: tuple[DifferingOpinion, ...] = ()

    def __post_init__(self) -> None:
        _agrees("the index", self.index, ((d.weight, d.index) for d in self.domains))
        if len(self.domains) > 1 and any(d.name is None for d in self.domains):
            raise ValueError("only a single domain may be without a name")
        for line in self.indicators:
            if not self.lowest <= line.value <= self.highest:
                raise ValueError(f"indicator {line.number}: {line.value} is outside the scale")
            if line.waiting and line.value != self.lowest:
                raise ValueError(f"indicator {line.number}: a value that is waited for counts as {self.lowest}")

    @property
    def aspects(self) -> tuple[AspectLine, ...]:
        """All aspects in their order."""
        return tuple(aspect for domain in self.domains for aspect in domain.aspects)

    @property
    def indicators(self) -> tuple[IndicatorLine, ...]:
        """All indicators in their order."""
        return tuple(line for aspect in self.aspects for line in aspect.indicators)

    @property
    def has_domains(self) -> bool:
        """Whether the instrument knows domains; otherwise only aspects are shown."""
        return self.domains[0].name is not None

    @property
    def waiting(self) -> tuple[IndicatorLine, ...]:
        """Indicators whose external value has not come."""
        return tuple(line for line in self.indicators if line.waiting)

    @property
    def provisional(self) -> bool:
        """Whether the index is to be marked "sementara"."""
        return bool(self.waiting)

    def potential(self, line: IndicatorLine) -> Decimal:
        """By how much the whole index rises when the indicator reaches the highest value."""
        return line.weight * (self.highest - line.value) / sum(domain.weight for domain in self.domains)

    @property
    def improvements(self) -> tuple[IndicatorLine, ...]:
        """Indicators with an improvement, largest potential first, then by number."""
        found = (line for line in self.indicators if line.improvement is not None)
        return tuple(sorted(found, key=lambda line: (-self.potential(line), line.number)))

    @property
    def without_improvement(self) -> tuple[IndicatorLine, ...]:
        """Indicators below the highest value for which nobody has noted an improvement."""
        return tuple(i for i in self.indicators if i.improvement is None and i.value < self.highest)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class HeldMeeting:
    """One sitting of the coordination meeting (SOP step 6), as it was held. Times UTC.

    *present* how many attended (``None``: in contexts that earlier versions have kept).
    """

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: Text
    present: Annotated[int, Field(ge=0)] | None = None

    def __post_init__(self) -> None:
        if self.ends_at < self.starts_at:
            raise ValueError("a meeting does not end before it starts")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class AgreedAction:
    """A follow-up that the meeting agreed on: *what*, *who*, *due* (``None``: no date was set)."""

    what: Prose
    who: Text
    due: date | None


def _agrees(what: str, index: Decimal, parts: Iterable[tuple[Decimal, Decimal]]) -> None:
    pairs = [(Fraction(weight), Fraction(value)) for weight, value in parts]
    mean = sum((w * v for w, v in pairs), Fraction(0)) / sum((w for w, _ in pairs), Fraction(0))
    if abs(Fraction(index) - mean) > SAME:
        raise ValueError(f"{what}: {index} is not the weighted mean of its lines")


def _weighs(what: str, weight: Decimal, parts: Iterable[Decimal]) -> None:
    if weight != sum(parts, Decimal(0)):
        raise ValueError(f"{what}: weight {weight} is not the sum of its lines")
