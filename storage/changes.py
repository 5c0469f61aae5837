"""Which tables a commit has changed, and which of them each worker reads: it is woken for those alone."""

from typing import Final

from storage.tables.cycles import ReminderRow
from storage.tables.queues import IncomingFileRow, OutboxRow, OutboxWaitRow, PaperRow
from storage.tables.turns import InboxRow

Changed = frozenset[str]

UNTOLD: Final = ""
"""Stands for the table of a statement that does not say it: such a commit concerns everybody."""

TAKING: Final = "monev_taking"
"""Execution option of a statement that takes a row in hand: it wakes nobody."""

UPDATES: Final[Changed] = frozenset({InboxRow.__tablename__})
REMINDERS: Final[Changed] = frozenset({ReminderRow.__tablename__})
MESSAGES: Final[Changed] = frozenset({OutboxRow.__tablename__, OutboxWaitRow.__tablename__})
FILES: Final[Changed] = frozenset({IncomingFileRow.__tablename__})
PAPERS: Final[Changed] = frozenset({PaperRow.__tablename__})


def concerns(changed: Changed, read: Changed) -> bool:
    """Whether somebody who reads these tables may have something to do after the commit."""
    return UNTOLD in changed or not read.isdisjoint(changed)
