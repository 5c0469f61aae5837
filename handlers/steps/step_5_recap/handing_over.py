"""*Serahkan ke Tim Kota*: what is unjudged is named in numbers, the person says that they know, then the papers go."""

from typing import Any

from handlers.cards import task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_5_recap.facts import NOTE, numbers
from handlers.turn import Turn
from sop.actions import recap as actions
from sop.cycle import Cycle, Task, require_text
from sop.outgoing import Choice
from sop.recap import Recap

Screen = tuple[str, list[list[Choice]], dict[str, Any]]


def confirm(turn: Turn) -> Next:
    """What would be handed over, and what stands in the way; the card stays as it is."""
    template, rows, facts = _question(turn, *actions.ready(turn.uow, turn.acting, pressed(turn).id))
    turn.say(template, rows, **facts)
    return _closing(turn, pressed(turn).id)


def _question(turn: Turn, cycle: Cycle, task: Task, recap: Recap) -> Screen:
    counted = numbers(turn.uow.definition_of(cycle), recap)
    facts = task_params(turn.uow, cycle, task, turn.now) | counted | _following(cycle, task)
    if recap.owing:
        return "recap/owing", [[Choice("review.list", cycle.id, label_key="recap.review")]], facts
    typed = str(turn.uow.dialogues.draft(turn.user_id, task.id).values.get(NOTE, ""))
    unjudged = recap.total.unjudged
    if unjudged:
        first = Choice("review.list", cycle.id, label_key="recap.review_first", style="success")
        rows = [[first], [Choice("recap.hand_over_yes", task.id, str(unjudged), label_key="recap.despite")]]
    else:
        rows = [[Choice("recap.hand_over_yes", task.id, "0", style="success")]]
    rows.append([Choice("recap.note", task.id), Choice("step.keep", task.id)])
    return "recap/confirm", rows, facts | {"typed": typed}


def _following(cycle: Cycle, task: Task) -> dict[str, Any]:
    receivers = cycle.step_of(task).hands_over_to
    return {"receiver": cycle.sop.role_name(receivers[0]) if receivers else ""}


def hand_over(turn: Turn) -> Next:
    """The act. What came to wait for a verdict since the question was shown is shown first."""
    press = pressed(turn)
    cycle, task, recap = actions.ready(turn.uow, turn.acting, press.id)
    knowing = int(press.arg) if press.arg.isdecimal() else 0
    if recap.owing or recap.total.unjudged > knowing:
        template, rows, facts = _question(turn, cycle, task, recap)
        turn.show(template, rows, **facts)
        turn.toast("recap/changed", alert=True)
        return _closing(turn, task.id)
    next_state = _closing(turn, task.id)
    turn.begin(task.id)
    after = turn.act(actions.hand_over, task.id, knowing=knowing, note=str(turn.draft.get(NOTE, "")))
    turn.forget_draft()
    following = next((t for t in after.open_tasks() if t.step != task.step), None)
    turn.show(
        "recap/handed_over",
        [[Choice("docs.cycle", after.id, label_key="recap.papers"), Choice("tasks.mine", style="primary")]],
        cycle=after.name,
        at=turn.now,
        next_step=after.step_of(following).title if following else "",
        due_at=following.due_at if following else None,
        **numbers(turn.uow.definition_of(cycle), recap),
        **_following(after, task),
    )
    return next_state


def ask_note(turn: Turn) -> Next:
    """Words that stand on the paper; they will be typed."""
    cycle, task, _ = actions.ready(turn.uow, turn.acting, pressed(turn).id)
    turn.begin(task.id)
    params = task_params(turn.uow, cycle, task, turn.now)
    turn.say("recap/ask_note", [[Choice("step.keep", task.id)]], **params, typed=str(turn.draft.get(NOTE, "")))
    return "recap.note"


def take_note(turn: Turn) -> Next:
    """Keep the words until the hand-over, and show them on the card."""
    _, task, _ = actions.ready(turn.uow, turn.acting, turn.subject)
    require_text(turn.text, "note")
    turn.draft[NOTE] = turn.text.strip()
    turn.uow.outbox.refresh_card(task.id, [turn.acting.id])
    rows = [[Choice("recap.hand_over", task.id, style="success"), Choice("recap.note", task.id)]]
    turn.say("recap/note_kept", rows, typed=turn.text.strip())
    return END


def only_words(turn: Turn) -> Next:
    """A file where a note is asked."""
    turn.say("recap/only_words")
    return STAY


def _closing(turn: Turn, task_id: str) -> Next:
    """Close the open question if it was about this task."""
    return END if turn.state.startswith("recap.") and turn.subject == task_id else STAY
