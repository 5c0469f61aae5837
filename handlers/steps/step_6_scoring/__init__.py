"""Step 6, Tim SPBE Kota: the meeting gives every indicator its value and a note (/nilai)."""

from functools import partial

from handlers import indicators
from handlers.registry import Command, Dialogue
from sop.scoring import Phase

__all__ = ["DIALOGUE"]

AREA = indicators.Area(
    key="score",
    phase=Phase.MEETING,
    opens="score.open",
    actors=frozenset({"tim_kota"}),
    readers=frozenset({"tim_kota", "tim_diskominfo", "kabid"}),
)

DIALOGUE = Dialogue(
    key="scoring",
    commands=(Command("nilai", partial(indicators.showing.command, AREA), roles=AREA.readers),),
    buttons=indicators.buttons(AREA),
    states=indicators.states(AREA),
)
