"""What the conversations of the meeting share: whose it is, where it stands, the way back (SOP step 6)."""

from typing import Literal

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop.actions.meeting_state import Found, found
from sop.cycle import Standing, Task
from sop.meeting import Meeting
from sop.outgoing import Choice

ROLE = frozenset({"tim_kota"})

Phase = Literal["jadwalkan", "terjadwal", "berlangsung", "jeda", "lanjutan", "notula"]


def phase_of(meeting: Meeting, task: Task) -> Phase:
    """Where the meeting stands in this pass of the step."""
    last = meeting.of_task(task.id)
    if last is None:
        return "jadwalkan"
    if last.began_at is None:
        return "lanjutan" if any(s.ended_at for s in meeting.sittings if s.task == task.id) else "terjadwal"
    if last.running:
        return "jeda" if task.standing is Standing.BREAK else "berlangsung"
    return "notula"


def here(turn: Turn) -> Found:
    """The meeting of the task of the button, or of the open question, for somebody who may act."""
    return found(turn.uow, turn.acting, pressed(turn).id or turn.subject)


def to_card(task_id: str) -> list[Choice]:
    """The way back to the card."""
    return [Choice("step.card", task_id, label_key="meeting.to_card")]


def to_minutes(task_id: str) -> list[Choice]:
    """The way back to the notula."""
    return [Choice("meeting.minutes", task_id, label_key="meeting.to_minutes", style="primary")]


def closing(turn: Turn, task_id: str) -> Next:
    """Close the open question if it was about this task."""
    return END if turn.state and turn.subject == task_id else STAY
