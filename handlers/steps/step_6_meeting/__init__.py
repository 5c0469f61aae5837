"""Step 6, Tim SPBE Kota: the coordination meeting (/rapat), who attends (/hadir), its notula (/notula)."""

from handlers.registry import Command, Dialogue
from handlers.steps.step_6_meeting import attendance, card, discussion, minutes, points, scheduling, sitting
from handlers.steps.step_6_meeting.shared import ROLE
from sop.convening import MEETING

__all__ = ["DIALOGUE"]

DIALOGUE = Dialogue(
    key=MEETING,
    commands=(
        Command("rapat", card.meeting_command, ROLE),
        Command("hadir", attendance.attendance_command, attendance.INVITED),
        Command("notula", minutes.minutes_command, ROLE),
    ),
    buttons=(
        *scheduling.BUTTONS,
        *sitting.BUTTONS,
        *attendance.BUTTONS,
        *minutes.BUTTONS,
        *discussion.BUTTONS,
        *points.BUTTONS,
    ),
    states=(*scheduling.STATES, *attendance.STATES, *minutes.STATES, *discussion.STATES, *points.STATES),
    card=card.card,
)
