"""What the parts of step 4 share: which agency is meant, and the end of a question that is left."""

from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop.actions import evidence
from sop.cycle import Cycle, Task
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.refusals import DialogueClosed

ITEM = "item"  # in the draft: the item that files or words are for
REPLACES = "replaces"  # and the file that the next one stands for
CHOICES = 8  # agencies to choose from


def the_task(turn: Turn, action: str) -> tuple[Cycle, Task] | None:
    """The collection that a command means; when none runs, of the past ones. With several, the person is asked;
    *action* is what the answer does.
    """
    found = evidence.own_tasks(turn.uow, turn.acting)
    running = [(c, t) for c, t in found if evidence.open_now(c, t)]
    choices = running or list(found) or list(evidence.past_tasks(turn.uow, turn.acting))
    if len(choices) == 1:
        return choices[0]
    if not choices:
        turn.say("evidence/nothing_asked", [[Choice("tasks.mine")]])
        return None
    rows = [
        [
            Choice(
                action,
                task.id,
                label_key="evidence.choose_opd",
                label={"opd": opd_of(turn.uow, cycle, task.opd).short, "cycle": cycle.name},
            )
        ]
        for cycle, task in choices[:CHOICES]
    ]
    turn.say("evidence/choose_opd", rows)
    return None


def leave(turn: Turn) -> Next:
    """Going elsewhere in this dialogue closes its open question: a later file must not land where nobody looks."""
    if turn.state.startswith("evidence."):
        turn.forget_draft()
        return END
    return STAY


def drafted_item(turn: Turn) -> str:
    """The item that the open question is about.

    Raises:
        DialogueClosed: the draft is gone.
    """
    found = str(turn.draft.get(ITEM, ""))
    if not found:
        raise DialogueClosed
    return found
