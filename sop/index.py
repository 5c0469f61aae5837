"""The index: from the values of the indicators to aspects, domains and predicate, in exact decimals.

Weights are percent of the whole; an aspect or domain is the weighted mean of its indicators (PermenPANRB 59/2020 and
8/2026). Nothing is rounded on the way; `two_places` is for showing, the predicate is decided on the exact value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sop.instrument import Indicator, Instrument
from sop.refusals import Incomplete

UNKNOWN_EXTERNAL = Decimal(1)  # PermenPANRB 8/2026: an external value counts as 1 while it is unknown


@dataclass(frozen=True, slots=True)
class Group:
    """An aspect or a domain with its index (exact)."""

    code: str
    name: str
    weight: Decimal
    index: Decimal
    provisional: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The index of a cycle (exact), by domain and aspect. *waiting*: codes of external values that still count as 1."""

    index: Decimal
    predicate: str
    domains: tuple[Group, ...]
    aspects: tuple[Group, ...]
    waiting: tuple[str, ...]

    @property
    def provisional(self) -> bool:
        """Whether the index is *sementara*: it still counts a 1 for a value that another ministry is to give."""
        return bool(self.waiting)


def compute(instrument: Instrument, values: Mapping[str, Decimal | None]) -> Result:
    """The index from the values by indicator code; None or no entry is allowed for external indicators only.

    Raises:
        Incomplete: a value is missing; names the indicators by code.
    """
    if missing := tuple(i.code for i in instrument.indicators if values.get(i.code) is None and not i.external):
        raise Incomplete(act="index", missing=missing)
    counted = {i.code: _counted(i, values) for i in instrument.indicators}
    waiting = tuple(i.code for i in instrument.indicators if values.get(i.code) is None)
    aspects, domains = [], []
    for domain in instrument.domains:
        for aspect in domain.aspects:
            aspects.append(_group(aspect.code, aspect.name, aspect.indicators, counted, waiting))
        inside = tuple(i for a in domain.aspects for i in a.indicators)
        domains.append(_group(domain.code, domain.name, inside, counted, waiting))
    whole = _group("", "", instrument.indicators, counted, waiting)
    return Result(whole.index, predicate(instrument, whole.index), tuple(domains), tuple(aspects), waiting)


def so_far(instrument: Instrument, values: Mapping[str, Decimal | None]) -> Decimal | None:
    """The index of the indicators that have a value, while others have none yet; None before the first.

    External values that are not known count as 1, as they do in the whole.
    """
    known = [i for i in instrument.indicators if values.get(i.code) is not None]
    if not known:
        return None
    counted = [i for i in instrument.indicators if i in known or i.external]
    weight = sum((i.weight for i in counted), Decimal(0))
    return sum((i.weight * _counted(i, values) for i in counted), Decimal(0)) / weight


def _counted(indicator: Indicator, values: Mapping[str, Decimal | None]) -> Decimal:
    value = values.get(indicator.code)
    return UNKNOWN_EXTERNAL if value is None else value


def _group(
    code: str, name: str, indicators: tuple[Indicator, ...], counted: Mapping[str, Decimal], waiting: tuple[str, ...]
) -> Group:
    weight = sum((i.weight for i in indicators), Decimal(0))
    points = sum((i.weight * counted[i.code] for i in indicators), Decimal(0))
    return Group(code, name, weight, points / weight, any(i.code in waiting for i in indicators))


def predicate(instrument: Instrument, index: Decimal) -> str:
    """The predicate of an exact index."""
    return next(p.name for p in instrument.predicates if index >= p.minimum)


def two_places(value: Decimal) -> Decimal:
    """A value as it is shown: two places, half up."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
