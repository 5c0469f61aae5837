"""One path for every consequence: journal line, and whatever sop/notices.py says follows."""

from datetime import datetime

from sop.cycle import Signed
from sop.events import Event
from sop.notices import hear
from sop.ports import UnitOfWork


def tell(uow: UnitOfWork, by: Signed | None, now: datetime, *happened: Event) -> None:
    """Write what happened to the journal and let everybody hear who should; in the unit of work of the change itself.

    *by* is who did it, in which capacity; None for what the system does by itself (a reminder, a delivery).
    """
    for event in happened:
        uow.journal.append(
            event,
            who=by.person if by else "",
            name=by.name if by else "",
            capacity=by.title if by else "",
            now=now,
        )
    for event in happened:
        hear(uow, event, now)
