"""Names of agencies: those that a cycle keeps, whatever the office's list says today."""

from sop.cycle import Cycle
from sop.office import Opd
from sop.ports import UnitOfWork


def opd_of(uow: UnitOfWork, cycle: Cycle | str, key: str | None) -> Opd:
    """The agency as *cycle* (or the cycle of this id) knows it: renamed or dropped later, it keeps its name there."""
    whole = uow.cycles.get(cycle) if isinstance(cycle, str) else cycle
    return uow.definition_of(whole).opd(key or "")
