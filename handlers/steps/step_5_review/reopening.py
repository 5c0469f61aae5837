"""*Buka kembali*: an agency gets its collection back, with a reason that it reads on its card."""

from handlers.lists import pressed
from handlers.registry import END, Next
from handlers.turn import Turn
from sop.actions import evidence, reopening
from sop.naming import opd_of
from sop.outgoing import Choice

SUBJECT = "reopen:"  # of the draft: the task follows


def ask(turn: Turn) -> Next:
    """What the agency may then do and until when; the reason will be typed."""
    cycle, task, _, due_at = turn.act(reopening.to_reopen, pressed(turn).id)
    turn.begin(f"{SUBJECT}{task.id}")
    turn.say(
        "review/ask_reopen",
        [[Choice("review.opd", task.id, "0", label_key="review.back")]],
        opd=opd_of(turn.uow, cycle, task.opd).name,
        cycle=cycle.name,
        due_at=due_at,
    )
    return "review.reopen"


def take_reason(turn: Turn) -> Next:
    """The typed reason: that is the act."""
    task_id = turn.subject.removeprefix(SUBJECT)
    before = turn.uow.cycles.of_task(task_id).task(task_id)
    after = turn.act(reopening.reopen_collection, task_id, turn.text)
    opened = after.latest(evidence.step_of(after).key, before.opd)
    turn.forget_draft()
    turn.say(
        "review/reopened",
        [[Choice("review.list", after.id, "0", label_key="review.to_opds")]],
        opd=opd_of(turn.uow, after, before.opd).name,
        cycle=after.name,
        reason=turn.text.strip(),
        due_at=opened.due_at if opened else None,
    )
    return END
