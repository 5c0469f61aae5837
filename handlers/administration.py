"""What belongs to no step: people and invitations, substitutes, cycles as a whole, the journal."""

from handlers import invitations
from handlers.registry import Dialogue

DIALOGUES: tuple[Dialogue, ...] = (invitations.DIALOGUE,)
