"""What the form of step 7 still lacks."""

from sop import scoring
from sop.cycle import Cycle
from sop.ports import UnitOfWork


def form_missing(uow: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """Codes of the indicators that lack an explanation, or an improvement below the highest value."""
    instrument = uow.definition_of(cycle).instruments[cycle.instrument]
    scores = scoring.by_code(cycle.id, instrument, uow.scores.of_cycle(cycle.id))
    lacking = []
    for indicator in instrument.indicators:
        score = scores[indicator.code]
        if score.holds is None:
            continue
        if not score.explanation or (score.holds < instrument.scale.maximum and not score.improvement):
            lacking.append(indicator.code)
    return tuple(lacking)
