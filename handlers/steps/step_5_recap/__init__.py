"""Step 5, Tim SPBE Diskominfo: the recap, and its hand-over to Tim SPBE Kota (/rekap)."""

from handlers.registry import ButtonAction, Command, Dialogue, State
from handlers.steps.step_5_recap import card, handing_over, screens
from sop.actions.recap import RECAP

__all__ = ["DIALOGUE"]

_TEAM = frozenset({"tim_diskominfo"})
_READERS = frozenset({"tim_diskominfo", "kabid", "tim_kota"})

DIALOGUE = Dialogue(
    key=RECAP,
    commands=(Command("rekap", screens.recap_command, roles=_READERS),),
    buttons=(
        ButtonAction("recap.show", screens.show_recap, roles=_READERS),
        ButtonAction("recap.opds", screens.show_opds, roles=_READERS),
        ButtonAction("recap.opd", screens.show_opd, roles=_READERS),
        ButtonAction("recap.indicators", screens.show_indicators, roles=_READERS),
        ButtonAction("recap.indicator", screens.show_indicator, roles=_READERS),
        ButtonAction("recap.hand_over", handing_over.confirm, roles=_TEAM),
        ButtonAction("recap.hand_over_yes", handing_over.hand_over, roles=_TEAM),
        ButtonAction("recap.note", handing_over.ask_note, roles=_TEAM),
    ),
    states=(State("recap.note", on_text=handing_over.take_note, on_upload=handing_over.only_words),),
    card=card.build,
)
