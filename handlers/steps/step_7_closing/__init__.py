"""Step 7, the closing: report to the superior, Berita Acara, the Sekda's signature. The form itself: `/formulir`."""

from handlers.registry import ButtonAction, Command, Dialogue, State
from handlers.steps.step_7_closing import reporting, statement
from handlers.steps.step_7_closing.card import SUPERIOR, TEAM, card
from sop.actions.closing import FORM

DIALOGUE = Dialogue(
    key=FORM,
    commands=(Command("berita_acara", statement.berita_acara, roles=TEAM),),
    buttons=(
        ButtonAction("closing.report", reporting.ask_report, TEAM),
        ButtonAction("closing.report_yes", reporting.report, TEAM),
        ButtonAction("closing.preview", reporting.preview, TEAM),
        ButtonAction("closing.note", reporting.ask_note, TEAM),
        ButtonAction("closing.ack", reporting.acknowledge, SUPERIOR),
        ButtonAction("closing.statement", statement.show, TEAM),
        ButtonAction("closing.draft", statement.draft, TEAM),
        ButtonAction("closing.to_sekda", statement.to_sekda, TEAM),
        ButtonAction("closing.finish", statement.ask_finish, TEAM),
        ButtonAction("closing.finish_yes", statement.finish, TEAM),
    ),
    states=(State("closing.note", on_text=reporting.take_note),),
    card=card,
)
