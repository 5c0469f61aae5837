"""Instruments: indicators, weights, levels and predicates, per regulation. Exact decimals; values may be fractional."""

from collections.abc import Mapping
from decimal import Decimal

from sop.definition import Frozen


class Indicator(Frozen):
    """One indicator. *external* names the ministry that gives its value (PermenPANRB 8/2026).

    *named_service*: the city chooses which of its services is meant (sectoral services, PermenPANRB 59/2020).
    """

    code: str
    number: int
    name: str
    weight: Decimal
    levels: str
    evidence: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    external: str = ""
    named_service: bool = False


class Aspect(Frozen):
    """An aspect; its weight is the sum of its indicators'."""

    code: str
    name: str
    weight: Decimal
    indicators: tuple[Indicator, ...]


class Domain(Frozen):
    """A domain; instruments without domains have one that is not shown (*name* empty)."""

    code: str
    name: str = ""
    weight: Decimal
    aspects: tuple[Aspect, ...]


class Level(Frozen):
    """A level of maturity in words."""

    level: int
    name: str
    gist: str = ""


class Predicate(Frozen):
    """A predicate from *minimum* (inclusive) up to the next one's."""

    name: str
    minimum: Decimal


class Scale(Frozen):
    """Lowest and highest value, and whether fractions are allowed."""

    minimum: Decimal
    maximum: Decimal
    fractional: bool


class Instrument(Frozen):
    """One instrument version."""

    id: str
    title: str
    short: str
    regulation: str
    index_name: str
    valid_years: tuple[int, ...] = ()
    scale: Scale
    levels: dict[str, tuple[Level, ...]]
    level_titles: Mapping[str, str] = {}  # set of levels → what it measures, where there is more than one
    predicates: tuple[Predicate, ...]
    domains: tuple[Domain, ...]

    @property
    def citation(self) -> str:
        """The regulation with its title, as a legal basis names it."""
        return f"{self.regulation} tentang {self.title}"

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in their order."""
        return tuple(i for d in self.domains for a in d.aspects for i in a.indicators)

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this code, if there is one."""
        return next((i for i in self.indicators if i.code == code), None)

    def aspect_of(self, code: str) -> Aspect:
        """The aspect that an indicator belongs to."""
        return next(a for d in self.domains for a in d.aspects if any(i.code == code for i in a.indicators))

    def problems(self, opds: frozenset[str]) -> list[str]:
        """Weights that do not sum up, numbers that repeat, names that nobody knows."""
        found: list[str] = []
        total = sum((d.weight for d in self.domains), Decimal(0))
        if total != 100:
            found.append(f"weights of the domains sum to {total}, not 100")
        for domain in self.domains:
            inner = sum((a.weight for a in domain.aspects), Decimal(0))
            if inner != domain.weight:
                found.append(f"{domain.code}: weight {domain.weight}, but its aspects sum to {inner}")
            for aspect in domain.aspects:
                own = sum((i.weight for i in aspect.indicators), Decimal(0))
                if own != aspect.weight:
                    found.append(f"{aspect.code}: weight {aspect.weight}, but its indicators sum to {own}")
        numbers = [i.number for i in self.indicators]
        if numbers != list(range(1, len(numbers) + 1)):
            found.append("indicators must be numbered 1, 2, 3 … in their order")
        codes = [i.code for i in self.indicators]
        found.extend(f"the code '{c}' stands twice" for c in sorted({c for c in codes if codes.count(c) > 1}))
        for indicator in self.indicators:
            if indicator.levels not in self.levels:
                found.append(f"{indicator.code}: unknown level set '{indicator.levels}'")
            found.extend(f"{indicator.code}: unknown OPD '{o}'" for o in indicator.owners if o not in opds)
        bounds = [p.minimum for p in self.predicates]
        if bounds != sorted(bounds, reverse=True) or not bounds or bounds[-1] > self.scale.minimum:
            found.append("predicates must fall from the highest minimum to the scale's minimum")
        return found
