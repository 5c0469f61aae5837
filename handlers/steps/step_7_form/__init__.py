"""Step 7, Tim SPBE Diskominfo: the form with value, explanation and improvement of each indicator (/formulir)."""

from functools import partial

from handlers import indicators
from handlers.registry import Command, Dialogue
from sop.scoring import Phase

__all__ = ["DIALOGUE"]

AREA = indicators.Area(
    key="fill",
    phase=Phase.FORM,
    opens="form.open",
    actors=frozenset({"tim_diskominfo"}),
    readers=frozenset({"tim_diskominfo", "kabid", "tim_kota"}),
)

DIALOGUE = Dialogue(
    key="filling",
    commands=(Command("formulir", partial(indicators.showing.command, AREA), roles=AREA.readers),),
    buttons=indicators.buttons(AREA),
    states=indicators.states(AREA),
)
