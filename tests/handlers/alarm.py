"""The alarm clock at a desk: it rings at every planned moment."""

from datetime import datetime

from sop.actions.reminders import remind_all_due
from tests.handlers.desk import Desk, Said


def moves_to(desk: Desk, moment: datetime) -> list[tuple[datetime, Said]]:
    """Let time pass until *moment*; what is said on the way, and when."""
    said: list[tuple[datetime, Said]] = []
    while (at := desk.look(lambda uow: uow.reminders.next_at())) and at <= moment:
        desk.now = max(at, desk.now)
        desk.look(lambda uow: remind_all_due(uow, now=desk.now))
        said += [(desk.now, s) for s in desk.heard()]
    desk.now = moment
    return said
