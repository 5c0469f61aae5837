"""What the rules need from outside, as protocols: the unit of work and its parts. storage/ implements them.

One unit of work is one transaction: what changed, what must be said, what the person had typed and the journal line
commit together or not at all.
"""

from sop.ports.assessment import Meetings, Scores
from sop.ports.calendar import CalendarEntry
from sop.ports.cycles import Cycles, Journal, JournalLine, Reminder, Reminders
from sop.ports.material import Cell, Evidence, Files, Incoming, Letters, Paper, Papers, StoredFile, Table
from sop.ports.messages import Dialogues, Draft, Json, Outbox
from sop.ports.people import Agencies, GroupBinding, Groups, Invitation, People
from sop.ports.register import Register
from sop.ports.verification import Verifications
from sop.ports.work import UnitOfWork

__all__ = [
    "Agencies",
    "CalendarEntry",
    "Cell",
    "Cycles",
    "Dialogues",
    "Draft",
    "Evidence",
    "Files",
    "GroupBinding",
    "Groups",
    "Incoming",
    "Invitation",
    "Journal",
    "JournalLine",
    "Json",
    "Letters",
    "Meetings",
    "Outbox",
    "Paper",
    "Papers",
    "People",
    "Register",
    "Reminder",
    "Reminders",
    "Scores",
    "StoredFile",
    "Table",
    "UnitOfWork",
    "Verifications",
]
