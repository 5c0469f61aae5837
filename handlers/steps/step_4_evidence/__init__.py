"""Step 4, each OPD: see what is asked, send files, declare, hand over (/unggah, /berkas, /serahkan)."""

from handlers.registry import ButtonAction, Command, Dialogue, State
from handlers.steps.step_4_evidence import absence, asking, card, files, handing_over, items, loose, sending
from handlers.steps.step_4_evidence.loose import take_loose_upload

__all__ = ["DIALOGUE", "take_loose_upload"]

_OPD = frozenset({"opd"})
_TEAM = frozenset({"tim_diskominfo"})

DIALOGUE = Dialogue(
    key="evidence",
    commands=(
        Command("unggah", items.upload_command, roles=_OPD),
        Command("berkas", files.files_command, roles=_OPD),
        Command("serahkan", handing_over.hand_over_command, roles=_OPD),
    ),
    buttons=(
        ButtonAction("evidence.upload", items.upload, roles=_OPD),
        ButtonAction("evidence.list", items.show_list, roles=_OPD),
        ButtonAction("evidence.item", items.show_item, roles=_OPD),
        ButtonAction("evidence.send", sending.begin_upload, roles=_OPD),
        ButtonAction("evidence.link", sending.begin_link, roles=_OPD),
        ButtonAction("evidence.replace", sending.begin_replace, roles=_OPD),
        ButtonAction("evidence.done", sending.done, roles=_OPD),
        ButtonAction("evidence.absent", absence.begin, roles=_OPD),
        ButtonAction("evidence.clear", absence.withdraw_all, roles=_OPD),
        ButtonAction("evidence.files", files.show_files, roles=_OPD),
        ButtonAction("evidence.file", files.show_file, roles=_OPD),
        ButtonAction("evidence.see", files.send_file, roles=_OPD),
        ButtonAction("evidence.history", files.show_history, roles=_OPD),
        ButtonAction("evidence.withdraw", files.ask_withdraw, roles=_OPD),
        ButtonAction("evidence.withdraw_yes", files.withdraw, roles=_OPD),
        ButtonAction("evidence.pending", loose.ask_next, roles=_OPD),
        ButtonAction("evidence.assign_opd", loose.choose_opd, roles=_OPD),
        ButtonAction("evidence.assign_list", loose.choose_item, roles=_OPD),
        ButtonAction("evidence.assign", loose.assign, roles=_OPD),
        ButtonAction("evidence.assign_rest", loose.assign_rest, roles=_OPD),
        ButtonAction("evidence.drop", loose.drop, roles=_OPD),
        ButtonAction("evidence.hand_over", handing_over.ask_hand_over, roles=_OPD),
        ButtonAction("evidence.hand_over_yes", handing_over.hand_over, roles=_OPD),
        ButtonAction("evidence.ask_team", asking.begin_question, roles=_OPD),
        ButtonAction("evidence.answer", asking.begin_answer, roles=_TEAM),
    ),
    states=(
        State("evidence.upload", on_text=sending.take_link, on_upload=sending.take_file),
        State("evidence.absent", on_text=absence.take_explanation, on_upload=take_loose_upload),
        State("evidence.question", on_text=asking.take_question, on_upload=take_loose_upload),
        State("evidence.reply", on_text=asking.take_answer, on_upload=asking.only_words),
    ),
    card=card.build,
)
