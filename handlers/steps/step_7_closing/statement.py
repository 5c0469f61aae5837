"""Step 7, the Berita Acara: its draft, the way to the Sekda and back, and the end of the step."""

from typing import Any

from handlers.cards import task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_7_closing.card import facts, statement_rows
from handlers.turn import Turn
from sop.actions import closing as actions
from sop.actions.closing import Closing
from sop.outgoing import Attachment, Choice


def berita_acara(turn: Turn) -> Next:
    """`/berita_acara`: where it stands; of several cycles, which."""
    for step in turn.office.sop.steps:
        if step.dialogue == actions.FORM:
            turn.acting.acts_as(step.actor)
    found = actions.closing_tasks(turn.uow, turn.acting)
    if not found:
        turn.say("closing/nothing", [[Choice("tasks.mine"), Choice("status.open")]])
    elif len(found) == 1:
        _show(turn, turn.act(actions.statement, found[0][1].id), anew=True)
    else:
        rows = [
            [Choice("closing.statement", t.id, label_key="closing.which", label={"cycle": c.name})] for c, t in found
        ]
        turn.say("closing/which", rows, count=len(found))
    return END


def show(turn: Turn) -> Next:
    """The same by a button."""
    _show(turn, turn.act(actions.statement, pressed(turn).id), anew=False)
    return STAY


def _show(turn: Turn, found: Closing, *, anew: bool) -> None:
    rows = [*statement_rows(found), (Choice("step.card", found.task.id),)]
    (turn.say if anew else turn.show)("closing/statement", rows, **_params(turn, found))


def _params(turn: Turn, found: Closing) -> dict[str, Any]:
    return task_params(turn.uow, found.cycle, found.task, turn.now) | facts(found)


def draft(turn: Turn) -> Next:
    """The Berita Acara as a draft."""
    task_id = pressed(turn).id
    paper = turn.act(actions.draft_statement, task_id)
    made = turn.uow.papers.get(paper)
    title, cycle = (made.title, turn.uow.cycles.get(made.cycle).name) if made else ("", "")
    turn.toast("documents/coming", waiting=True)
    turn.say("closing/draft", attachment=Attachment(paper=paper), after=(paper,), title=title, cycle=cycle)
    return STAY


def to_sekda(turn: Turn) -> Next:
    """It is on its way to the Sekda: the clock stands."""
    found = turn.act(actions.take_to_signature, pressed(turn).id)
    letter = found.statement
    assert letter is not None  # it has a number
    upload = Choice("letters.upload", found.task.id, letter.id, style="success", label_key="letters.upload_signed")
    every = found.cycle.step_of(found.task).signature_reminder
    turn.say(
        "closing/away",
        [[upload], [Choice("step.card", found.task.id)]],
        number=letter.number,
        statement=found.cycle.sop.papers[letter.kind].title,
        at=turn.now,
        every=every.working_days if every else None,
    )
    return STAY


def ask_finish(turn: Turn) -> Next:
    """The signed copy is there: say what follows, and ask once."""
    task_id = pressed(turn).id
    found = turn.act(actions.ready_to_finish, task_id)
    letter = found.statement
    assert letter is not None  # it is signed
    rows = [
        [Choice("closing.finish_yes", task_id, style="success")],
        [Choice("letters.look", task_id, letter.id, label_key="closing.look")],
        [Choice("step.keep", task_id)],
    ]
    turn.say("closing/ask_finish", rows, **_params(turn, found), **_next(found))
    return STAY


def _next(found: Closing) -> dict[str, Any]:
    sop = found.cycle.sop
    number = found.cycle.step_of(found.task).number
    step = next((s for s in sop.steps if s.number > number), None)
    return {
        "next_number": step.number if step else 0,
        "next_step": step.title if step else "",
        "next_actor": sop.role_name(step.actor) if step else "",
    }


def finish(turn: Turn) -> Next:
    """The end of the step."""
    task_id = pressed(turn).id
    cycle = turn.act(actions.finish, task_id)
    task = cycle.task(task_id)
    following = next(iter(cycle.open_tasks()), None)
    turn.show(
        "closing/finished",
        [[Choice("tasks.mine", style="primary")]],
        cycle=cycle.name,
        at=turn.now,
        due_at=following.due_at if following else None,
        **_next(actions.look(turn.uow, cycle, task)),
    )
    return STAY
