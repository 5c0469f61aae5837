"""What belongs to no step: people and invitations, substitutes, cycles as a whole, the journal."""

from handlers import agencies, cycle_admin, delegation, giving, history, invitations, members
from handlers.registry import Dialogue

_PEOPLE = Dialogue(
    "people",
    commands=(*members.COMMANDS, *agencies.COMMANDS),
    buttons=(*members.BUTTONS, *giving.BUTTONS, *agencies.BUTTONS),
    states=agencies.STATES,
)

DIALOGUES: tuple[Dialogue, ...] = (
    _PEOPLE,
    invitations.DIALOGUE,
    delegation.DIALOGUE,
    cycle_admin.DIALOGUE,
    history.DIALOGUE,
)
