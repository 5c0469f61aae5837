"""The plain dialogue: a step that needs nothing but its actor's word. Any step of office/sop.yaml can use it."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, CardView, Dialogue, Next, State
from handlers.turn import Turn
from sop import cycle as rules
from sop.actions import cycles
from sop.cycle import Cycle, Task, require_text
from sop.outgoing import Choice
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import Incomplete

NOTE = "note"  # in the draft of the task: a word to go along with the hand-over


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """What is to be done, what goes with it, by when; buttons as the SOP allows."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    settled = stale_or_closed(uow, cycle, task, who, now)
    if settled is not None:
        return settled
    typed = uow.dialogues.draft(who.person.telegram_id, task_id).values.get(NOTE, "")
    params = task_params(uow, cycle, task, now) | {"needs": _needs(uow, cycle, task), "typed": typed}
    return CardView("card/plain", params, _choices(cycle, task))


def _needs(uow: UnitOfWork, cycle: Cycle, task: Task) -> list[dict[str, Any]]:
    """The kelengkapan: papers with whether they are there, tools only by name."""
    there = {p.kind for p in uow.papers.of_cycle(cycle.id) if p.opd in (None, task.opd)}
    return [
        {"title": need.title, "paper": bool(need.paper), "there": need.paper in there}
        for need in cycle.step_of(task).needs
    ]


def _choices(cycle: Cycle, task: Task) -> tuple[tuple[Choice, ...], ...]:
    acts = cycle.step_of(task).acts
    asked = task.question is not None  # the clock stands, and the task waits for the answer
    rows: list[list[Choice]] = []
    if "hand_over" in acts and not asked:
        rows.append([Choice("step.hand_over", task.id, style="success")])
    second = [Choice("step.return", task.id, style="danger")] if "return" in acts else []
    if "ask" in acts and not asked:
        second.append(Choice("step.ask", task.id))
    rows += [second] if second else []
    rows.append([Choice("plain.note", task.id), Choice("step.why", task.id)])
    return tuple(tuple(row) for row in rows)


def confirm(turn: Turn) -> Next:
    """Handing over cannot be undone: say what will happen, and ask once."""
    cycle, task = _ready(turn, pressed(turn).id)
    typed = turn.uow.dialogues.draft(turn.user_id, task.id).values.get(NOTE, "")
    rows = [[Choice("step.hand_over_yes", task.id, style="success")], [Choice("step.keep", task.id)]]
    params = task_params(turn.uow, cycle, task, turn.now) | _following(cycle, task)
    turn.say("plain/confirm", rows, **params, typed=typed, output=cycle.step_of(task).output)
    return STAY


def hand_over(turn: Turn) -> Next:
    """The act."""
    task_id = pressed(turn).id
    asking_about_it = bool(turn.state) and turn.subject == task_id
    turn.begin(task_id)
    after = turn.act(cycles.hand_over, task_id, note=str(turn.draft.get(NOTE, "")))
    turn.forget_draft()
    task = after.task(task_id)
    opened = [t for t in after.open_tasks() if t.step != task.step]
    turn.show(
        "plain/handed_over",
        [[Choice("tasks.mine", style="primary")]],
        cycle=after.name,
        output=after.step_of(task).output,
        at=turn.now,
        over=after.state is rules.CycleState.COMPLETED,
        due_at=opened[0].due_at if opened else None,
        **_following(after, task),
    )
    return END if asking_about_it else STAY


def _following(cycle: Cycle, task: Task) -> dict[str, Any]:
    """The step after this one; empty names after the last."""
    number = cycle.step_of(task).number
    step = next((s for s in cycle.sop.steps if s.number > number), None)
    return {
        "next_number": step.number if step else 0,
        "next_step": step.title if step else "",
        "next_actor": cycle.sop.role_name(step.actor) if step else "",
    }


def ask_note(turn: Turn) -> Next:
    """A note to go along; it will be typed."""
    cycle, task = _ready(turn, pressed(turn).id)
    turn.begin(task.id)
    params = task_params(turn.uow, cycle, task, turn.now)
    turn.say("plain/ask_note", **params, typed=str(turn.draft.get(NOTE, "")))
    return "plain.note"


def take_note(turn: Turn) -> Next:
    """Keep the note until the hand-over, and show it on the card."""
    _, task = _ready(turn, turn.subject)
    require_text(turn.text, "note")
    turn.draft[NOTE] = turn.text
    turn.uow.outbox.refresh_card(task.id, [turn.acting.id])
    rows = [[Choice("step.hand_over", task.id, style="success")], [Choice("plain.note", task.id)]]
    turn.say("plain/note_kept", rows, typed=turn.text)
    return END


def _ready(turn: Turn, task_id: str) -> tuple[Cycle, Task]:
    cycle = turn.uow.cycles.of_task(task_id)
    task, _ = rules.authorise(cycle, task_id, turn.acting)
    if task.question:
        raise Incomplete(act="hand_over", missing=("jawaban",))
    return cycle, task


DIALOGUE = Dialogue(
    key=cycles.PLAIN,
    buttons=(
        ButtonAction("step.hand_over", confirm),
        ButtonAction("step.hand_over_yes", hand_over),
        ButtonAction("plain.note", ask_note),
    ),
    states=(State("plain.note", on_text=take_note),),
    card=card,
)
