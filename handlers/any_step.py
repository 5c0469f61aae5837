"""What every step shares: show the card, return with a reason, ask the drafter, answer, explain the tenggat."""

from collections.abc import Sequence
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop import cycle as rules
from sop.actions import cycles, void
from sop.cycle import Cycle, Task
from sop.definition import Step
from sop.outgoing import Choice
from sop.refusals import AlreadyDecided, BadInput, Incomplete, NothingThere, NotYours
from sop.worktime import Explained

TO = "return_to"  # in the draft: where a task goes whose reason is being typed


# --- the card


def open_card(turn: Turn) -> Next:
    """Send this person the card of a task anew; one that is no longer theirs says what has happened since."""
    cycle, task = _found(turn, pressed(turn).id)
    view = stale_or_closed(turn.uow, cycle, task, turn.acting, turn.now)
    if view is not None and not view.open:
        turn.tell(view.template, view.params)
        return STAY
    turn.uow.outbox.refresh_card(task.id, [turn.acting.id], loud=True)
    turn.toast("step/card_coming")
    return STAY


def keep(turn: Turn) -> Next:
    """The person has thought better of it."""
    task_id = pressed(turn).id
    turn.show("step/kept", [[Choice("step.card", task_id, style="primary")]])
    return _closing(turn, task_id)


# --- sending back


def begin_return(turn: Turn) -> Next:
    """Return a task: where to (when the SOP names several steps, and the button none), then why."""
    press = pressed(turn)
    cycle, task = _returnable(turn, press.id)
    targets = _targets(cycle, task)
    if len(targets) > 1 and press.arg not in {t.key for t in targets}:
        rows = [
            [Choice("step.return_to", task.id, t.key, label={"number": t.number, "step": t.title})] for t in targets
        ]
        turn.say("step/return_where", [*rows, _keeping(task)], **task_params(turn.uow, cycle, task, turn.now))
        return STAY
    turn.say("step/return_why", **_why_asked(turn, cycle, task, _target(targets, press.arg)))
    return STAY


def return_to(turn: Turn) -> Next:
    """The step that it goes back to has been chosen."""
    press = pressed(turn)
    cycle, task = _returnable(turn, press.id)
    turn.show("step/return_why", **_why_asked(turn, cycle, task, _target(_targets(cycle, task), press.arg)))
    return STAY


def _targets(cycle: Cycle, task: Task) -> tuple[Step, ...]:
    targets = tuple(cycle.sop.step(key) for key in cycle.step_of(task).returns_to)
    if not targets:
        raise BadInput(field="return", problem="not_allowed")
    return targets


def _target(targets: Sequence[Step], key: str) -> Step:
    return next((t for t in targets if t.key == key), targets[0])


def _why_asked(turn: Turn, cycle: Cycle, task: Task, to: Step) -> dict[str, Any]:
    usual = _usual_reasons(turn, cycle, task)
    rows = [
        [Choice("step.return_reason", task.id, f"{n}.{to.key}", label={"reason": reason})]
        for n, reason in enumerate(usual)
    ]
    rows.append([Choice("step.return_own", task.id, to.key)])
    return {
        **task_params(turn.uow, cycle, task, turn.now),
        "to_number": to.number,
        "to_step": to.title,
        "to_actor": cycle.sop.role_name(to.actor),
        "usual": bool(usual),
        "voids": _voided_by_it(turn, cycle),
        "choices": [*rows, _keeping(task)],
    }


def _voided_by_it(turn: Turn, cycle: Cycle) -> list[dict[str, str]]:
    """The papers whose numbers a return makes void, to be said before the tap."""
    letters = void.unsent(turn.uow, cycle)
    return [{"title": cycle.sop.papers[x.kind].title, "number": x.number} for x in letters]


def _usual_reasons(turn: Turn, cycle: Cycle, task: Task) -> tuple[str, ...]:
    """The reasons of the cycle's own version, so that a number on an old button means what it said."""
    return turn.uow.definition_of(cycle).office.return_reasons.get(task.step, ())


def return_reason(turn: Turn) -> Next:
    """One of the usual reasons was tapped: that is the act."""
    press = pressed(turn)
    cycle, task = _found(turn, press.id)
    number, _, to = press.arg.partition(".")
    usual = _usual_reasons(turn, cycle, task)
    if not number.isdecimal() or int(number) >= len(usual):
        raise NothingThere(what="tombol")
    after = turn.act(cycles.return_task, task.id, usual[int(number)], to_step=to)
    turn.show("step/returned", [_to_my_tasks()], **_returned(after, task, to))
    return _closing(turn, task.id)


def own_reason(turn: Turn) -> Next:
    """The reason will be typed."""
    press = pressed(turn)
    cycle, task = _returnable(turn, press.id)
    turn.begin(task.id)
    turn.draft[TO] = _target(_targets(cycle, task), press.arg).key
    turn.say("step/ask_reason", **task_params(turn.uow, cycle, task, turn.now))
    return "step.reason"


def take_reason(turn: Turn) -> Next:
    """The typed reason: that is the act."""
    _, task = _found(turn, turn.subject)
    to = str(turn.draft.get(TO, ""))
    after = turn.act(cycles.return_task, task.id, turn.text, to_step=to)
    turn.forget_draft()
    turn.say("step/returned", [_to_my_tasks()], **_returned(after, task, to))
    return END


def _returned(after: Cycle, task: Task, to: str) -> dict[str, Any]:
    """Where it is now, whose it is, and until when."""
    step = after.sop.step(to or after.step_of(task).returns_to[0])
    opened = after.latest(step.key)
    return {
        "cycle": after.name,
        "step": after.step_of(task).title,
        "to_number": step.number,
        "to_step": step.title,
        "to_actor": after.sop.role_name(step.actor),
        "reason": after.task(task.id).note,
        "due_at": opened.due_at if opened else None,
    }


# --- asking and answering


def ask(turn: Turn) -> Next:
    """*Tanya dulu*: the question will be typed; the clock stands from then on."""
    cycle, task = _mine(turn, pressed(turn).id)
    if "ask" not in cycle.step_of(task).acts:
        raise BadInput(field="question", problem="not_allowed")
    if task.question:
        raise Incomplete(act="ask", missing=("jawaban",))
    turn.begin(task.id)
    drafter = cycle.sop.role_name(cycle.sop.steps[0].actor)
    turn.say("step/ask_question", **task_params(turn.uow, cycle, task, turn.now) | {"drafter": drafter})
    return "step.question"


def take_question(turn: Turn) -> Next:
    """The question: it goes to the drafter."""
    cycle = turn.act(cycles.ask, turn.subject, turn.text)
    drafter = cycle.sop.role_name(cycle.sop.steps[0].actor)
    turn.say("step/asked", [_to_my_tasks()], drafter=drafter, question=turn.text)
    return END


def answer(turn: Turn) -> Next:
    """Answer a question of *Tanya dulu*; it will be typed."""
    task_id = pressed(turn).id
    asked = turn.act(cycles.question_of, task_id)
    cycle, task = _found(turn, task_id)
    turn.begin(task_id)
    params = task_params(turn.uow, cycle, task, turn.now) | {"question": asked.text, "by": asked.asked_by.title}
    turn.say("step/ask_answer", **params)
    return "step.answer"


def take_answer(turn: Turn) -> Next:
    """The answer; a colleague may have been a moment faster, and then nothing is left to ask."""
    cycle, task = _found(turn, turn.subject)
    try:
        asked = turn.act(cycles.question_of, task.id)
    except AlreadyDecided as late:
        turn.tell(f"refusals/{late.template}", late.facts())
        return END
    due_at = turn.act(cycles.answer, task.id, turn.text).task(task.id).due_at
    facts: dict[str, Any] = {"asker": asked.asked_by.title, "step": cycle.step_of(task).title, "due_at": due_at}
    turn.say("step/answered", [_to_my_tasks()], **facts)
    return END


# --- why this date


def why(turn: Turn) -> Next:
    """Explain the tenggat of a task in words: from when, what was counted, what was passed over."""
    cycle, task = _found(turn, pressed(turn).id)
    step = cycle.step_of(task)
    if not any(turn.acting.capacity(role) for role in (*cycle.readers(task), cycle.sop.steps[0].actor)):
        raise NotYours(role=step.actor)
    start = task.clock_started_at or turn.now
    limit = turn.uow.time.explain(start, step.limit)
    target = turn.uow.time.explain(start, step.target) if step.target else None
    turn.say(
        "step/why",
        [[Choice("step.card", task.id, style="primary")]],
        **task_params(turn.uow, cycle, task, turn.now),
        started=task.clock_started_at is not None,
        limit=_explained(limit) | step.limit.model_dump(),
        target=_explained(target) | step.target.model_dump() if target and step.target else None,
        moved=task.due_at is not None and task.due_at != limit.due,
        repair=bool(step.each and task.came_back),
    )
    return STAY


def _explained(found: Explained) -> dict[str, Any]:
    return {
        "start": found.start,
        "due": found.due,
        "spans": [{"start": s.start, "end": s.end, "minutes": s.minutes} for s in found.spans],
        "skipped": [{"day": day, "why": reason} for day, reason in found.skipped],
    }


# --- shared


def _found(turn: Turn, task_id: str) -> tuple[Cycle, Task]:
    cycle = turn.uow.cycles.of_task(task_id)
    return cycle, cycle.task(task_id)


def _mine(turn: Turn, task_id: str) -> tuple[Cycle, Task]:
    """The task, if this person may act on it now: nobody is to type in vain."""
    cycle = turn.uow.cycles.of_task(task_id)
    task, _ = rules.authorise(cycle, task_id, turn.acting)
    return cycle, task


def _returnable(turn: Turn, task_id: str) -> tuple[Cycle, Task]:
    """The task, if this person may return it now: its actor, or the superior to whom it was reported."""
    cycle = turn.uow.cycles.of_task(task_id)
    task, _ = rules.authorise_return(cycle, task_id, turn.acting)
    return cycle, task


def _closing(turn: Turn, task_id: str) -> Next:
    """Close the open question if it was about this task."""
    return END if turn.state and turn.subject == task_id else STAY


def _keeping(task: Task) -> list[Choice]:
    return [Choice("step.keep", task.id)]


def _to_my_tasks() -> list[Choice]:
    return [Choice("tasks.mine", style="primary")]


DIALOGUE = Dialogue(
    key="any_step",
    buttons=(
        ButtonAction("step.card", open_card),
        ButtonAction("step.keep", keep),
        ButtonAction("step.return", begin_return),
        ButtonAction("step.return_to", return_to),
        ButtonAction("step.return_reason", return_reason),
        ButtonAction("step.return_own", own_reason),
        ButtonAction("step.ask", ask),
        ButtonAction("step.answer", answer),
        ButtonAction("step.why", why),
    ),
    states=(
        State("step.reason", on_text=take_reason),
        State("step.question", on_text=take_question),
        State("step.answer", on_text=take_answer),
    ),
)
