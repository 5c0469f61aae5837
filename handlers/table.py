"""THE TABLE, assembled: every dialogue of the bot, in the order in which menus and /bantuan show them."""

from handlers import (
    administration,
    any_step,
    everyone,
    groups,
    letter_copies,
    letter_numbering,
    letter_register,
    letter_replacing,
    paper_copies,
)
from handlers.registry import Registry
from handlers.steps import (
    step_1_prepare,
    step_2_dispose,
    step_3_agenda,
    step_3_delivery,
    step_3_letters,
    step_4_evidence,
    step_5_recap,
    step_5_review,
    step_6_meeting,
    step_6_scoring,
    step_7_closing,
    step_7_form,
    step_8_publish,
)


def make_table() -> Registry:
    """All dialogues together. Raises RegistryMistake when two claim one name."""
    known: list[Registry] = []
    general = everyone.make(
        lambda: known[0],
        on_loose_upload=step_4_evidence.take_loose_upload,
        resume={"new_cycle": "open.begin"},
    )
    registry = Registry(
        (
            *general.dialogues,
            any_step.DIALOGUE,
            step_1_prepare.DIALOGUE,
            step_2_dispose.DIALOGUE,
            step_3_letters.DIALOGUE,
            step_3_agenda.DIALOGUE,
            letter_copies.DIALOGUE,
            paper_copies.DIALOGUE,
            letter_numbering.DIALOGUE,
            step_3_delivery.DIALOGUE,
            letter_replacing.DIALOGUE,
            letter_register.DIALOGUE,
            step_4_evidence.DIALOGUE,
            step_5_review.DIALOGUE,
            step_5_recap.DIALOGUE,
            step_6_meeting.DIALOGUE,
            step_6_scoring.DIALOGUE,
            step_7_form.DIALOGUE,
            step_7_closing.DIALOGUE,
            step_8_publish.DIALOGUE,
            *administration.DIALOGUES,
            groups.DIALOGUE,
        ),
        unknown=general.unknown,
        wrong_place=general.wrong_place,
        on_edited=general.on_edited,
        on_membership=groups.membership,
        on_migration=groups.migration,
    )
    known.append(registry)
    return registry
