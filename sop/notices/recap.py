"""What follows for the recap when the evidence changes under it (SOP step 5): its card shows numbers, so it follows."""

from datetime import datetime

from sop import events
from sop.notices.common import refresh_later
from sop.notices.hearing import hears
from sop.ports import UnitOfWork


@hears(events.EvidenceAdded)
@hears(events.EvidenceWithdrawn)
@hears(events.EvidenceDeclaredAbsent)
@hears(events.EvidenceJudged)
@hears(events.CollectionReopened)  # the agency hears of it by its card, the groups by the line of the returned task
def _evidence_changed(uow: UnitOfWork, event: events.Event, now: datetime) -> None:
    refresh_later(uow, uow.cycles.get(event.cycle), now)
