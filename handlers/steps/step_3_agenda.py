"""Step 3 beside the letters: the number of the buku agenda on the Lembar Disposisi; optional, and printed at once."""

from handlers.lists import pressed
from handlers.registry import END, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import disposition_sheet as actions
from sop.disposition import LONGEST_AGENDA_NUMBER
from sop.outgoing import Attachment, Choice

ROLE = frozenset({"sekretariat"})


def ask(turn: Turn) -> Next:
    """Which number has the letter in the agenda? One that was entered by mistake can be taken back."""
    task_id = pressed(turn).id
    sheet = turn.act(actions.to_fill_in, task_id)
    turn.begin(task_id)
    number = sheet.says.agenda_number or ""
    rows = [[Choice("agenda.none", task_id, style="danger")]] if number else []
    rows.append([Choice("step.card", task_id, label_key="letters.to_card")])
    turn.say("agenda/ask", rows, number=number, longest=LONGEST_AGENDA_NUMBER)
    return "agenda.number"


def take_number(turn: Turn) -> Next:
    """The number as it was typed."""
    return _filled(turn, turn.act(actions.fill_in, turn.subject, turn.text))


def leave_open(turn: Turn) -> Next:
    """No number after all."""
    return _filled(turn, turn.act(actions.leave_open, pressed(turn).id))


def _filled(turn: Turn, done: actions.Filled) -> Next:
    turn.say(
        "agenda/filled",
        [[Choice("step.card", done.task.id, label_key="letters.to_card")]],
        attachment=Attachment(paper=done.paper),
        after=(done.paper,),
        cycle=done.cycle.name,
        number=done.number,
        before=done.before,
        due_at=done.task.due_at,
    )
    return END


DIALOGUE = Dialogue(
    "letters_agenda",
    buttons=(
        ButtonAction("agenda.ask", ask, ROLE),
        ButtonAction("agenda.none", leave_open, ROLE),
    ),
    states=(State("agenda.number", on_text=take_number),),
)
