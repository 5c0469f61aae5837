"""Step 5, Tim SPBE Diskominfo: review what the OPDs have sent, close the collection (/periksa)."""

from handlers.registry import ButtonAction, Command, Dialogue, State
from handlers.steps.step_5_review import closing, judging, listing, reopening

__all__ = ["DIALOGUE"]

_TEAM = frozenset({"tim_diskominfo"})

DIALOGUE = Dialogue(
    key="review",
    commands=(Command("periksa", listing.review_command, roles=_TEAM),),
    buttons=(
        ButtonAction("review.list", listing.show_opds, roles=_TEAM),
        ButtonAction("review.opd", listing.show_opd, roles=_TEAM),
        ButtonAction("review.item", listing.show_item, roles=_TEAM),
        ButtonAction("review.files", listing.send_files, roles=_TEAM),
        ButtonAction("review.ok", judging.accept, roles=_TEAM),
        ButtonAction("review.repair", judging.ask_reason, roles=_TEAM),
        ButtonAction("review.reason", judging.usual_reason, roles=_TEAM),
        ButtonAction("review.own_reason", judging.own_reason, roles=_TEAM),
        ButtonAction("review.reject", judging.ask_reject, roles=_TEAM),
        ButtonAction("review.reject_yes", judging.begin_reject, roles=_TEAM),
        ButtonAction("review.rest", judging.ask_rest, roles=_TEAM),
        ButtonAction("review.rest_yes", judging.accept_rest, roles=_TEAM),
        ButtonAction("review.close", closing.begin, roles=_TEAM),
        ButtonAction("review.close_all", closing.one_reason, roles=_TEAM),
        ButtonAction("review.close_each", closing.each_reason, roles=_TEAM),
        ButtonAction("review.close_no", closing.keep_open, roles=_TEAM),
        ButtonAction("review.close_yes", closing.close, roles=_TEAM),
        ButtonAction("review.reopen", reopening.ask, roles=_TEAM),
    ),
    states=(
        State("review.reason", on_text=judging.take_reason, on_upload=judging.only_words),
        State("review.rejection", on_text=judging.take_rejection, on_upload=judging.only_words),
        State("review.close_all", on_text=closing.take_one_reason, on_upload=judging.only_words),
        State("review.close_each", on_text=closing.take_next_reason, on_upload=judging.only_words),
        State("review.reopen", on_text=reopening.take_reason, on_upload=judging.only_words),
    ),
)
