"""Step 7, the report: a look at it, a note along with it, the report itself; and the superior who takes note."""

from typing import Any

from handlers.cards import task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_7_closing.card import facts
from handlers.turn import Turn
from sop.actions import closing as actions
from sop.actions.closing import Closing
from sop.actions.statement_papers import STATEMENT
from sop.cycle import require_text
from sop.outgoing import Attachment, Choice

NOTE = "report_note"  # in the draft of the task: a word to the superior, printed in the nota dinas


def ask_report(turn: Turn) -> Next:
    """Say what the report contains and what it does; nothing goes out yet."""
    task_id = pressed(turn).id
    found, _ = turn.act(actions.ready_to_report, task_id)
    turn.begin(task_id)
    turn.say("closing/ask_report", _report_choices(task_id, found), **_params(turn, found), note=_note(turn))
    return END


def _report_choices(task_id: str, found: Closing) -> list[list[Choice]]:
    return [
        [Choice("closing.report_yes", task_id, style="success")],
        [Choice("closing.preview", task_id), Choice("closing.note", task_id)],
        [Choice("step.keep", task_id)],
    ]


def _params(turn: Turn, found: Closing) -> dict[str, Any]:
    return task_params(turn.uow, found.cycle, found.task, turn.now) | facts(found)


def _note(turn: Turn) -> str:
    return str(turn.draft.get(NOTE, ""))


def preview(turn: Turn) -> Next:
    """Form and nota dinas as drafts; they come when they are printed."""
    task_id = pressed(turn).id
    turn.begin(task_id)
    for paper in turn.act(actions.preview, task_id, note=_note(turn)):
        cycle = turn.uow.cycles.get(paper.cycle).name
        turn.say(
            "closing/draft", attachment=Attachment(paper=paper.id), after=(paper.id,), title=paper.title, cycle=cycle
        )
    turn.toast("documents/coming", waiting=True)
    return STAY


def ask_note(turn: Turn) -> Next:
    """A note to the superior; it will be typed."""
    task_id = pressed(turn).id
    turn.act(actions.ready_to_report, task_id)
    turn.begin(task_id)
    turn.say("closing/ask_note", note=_note(turn))
    return "closing.note"


def take_note(turn: Turn) -> Next:
    """Keep the note until the report."""
    found, _ = turn.act(actions.ready_to_report, turn.subject)
    require_text(turn.text, "note")
    turn.draft[NOTE] = turn.text.strip()
    turn.say("closing/ask_report", _report_choices(turn.subject, found), **_params(turn, found), note=_note(turn))
    return END


def report(turn: Turn) -> Next:
    """The report goes out; form and nota dinas follow to everybody concerned."""
    task_id = pressed(turn).id
    turn.begin(task_id)
    cycle = turn.act(actions.report, task_id, note=_note(turn))
    turn.forget_draft()
    step = cycle.step_of(cycle.task(task_id))
    turn.show(
        "closing/reported",
        [[Choice("tasks.mine", style="primary")]],
        cycle=cycle.name,
        superior=cycle.sop.role_name(step.acknowledged_by),
        at=turn.now,
    )
    return END


def acknowledge(turn: Turn) -> Next:
    """One tap: the superior knows. The nota dinas with the record of it follows, to be passed on."""
    task_id = pressed(turn).id
    cycle, memo = turn.act(actions.acknowledge, task_id, bot_name=turn.bot_name)
    task = cycle.task(task_id)
    turn.toast("closing/ack_toast")
    turn.say(
        "closing/acknowledged",
        [[Choice("status.open")]],
        attachment=Attachment(paper=memo) if memo else None,
        after=(memo,) if memo else (),
        cycle=cycle.name,
        by=task.acknowledged_by.title if task.acknowledged_by else "",
        at=turn.now,
        actor=cycle.sop.role_name(cycle.step_of(task).actor),
        statement=cycle.sop.papers[STATEMENT].title,
        memo=bool(memo),
    )
    return STAY
