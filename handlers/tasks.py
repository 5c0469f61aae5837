"""/tugas: what waits for me, and what I have begun and not finished."""

from collections.abc import Mapping
from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.cycle import Cycle, CycleState
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.overview import (
    StepView,
    Unfinished,
    Waiting,
    drafter_role,
    table_of,
    unfinished,
    waiting_for,
)

Resume = Mapping[str, str]
"""Subject of a draft that belongs to no task (what stands before its colon) → the button that goes on with it.

Its label stands in templates/buttons under `drafts.<subject>`.
"""


def waiting_facts(turn: Turn, waiting: Waiting) -> dict[str, Any]:
    """A task in a list: which step, whose, by when; or whose answer it waits for (*to_answer*: this person's)."""
    task, left = waiting.task, waiting.left
    asked = task.question
    return {
        "number": waiting.step.number,
        "steps": len(waiting.cycle.sop.steps),
        "step": waiting.step.title,
        "cycle": waiting.cycle.name,
        "opd": opd_of(turn.uow, waiting.cycle, task.opd).name,
        "target_at": task.target_at,
        "due_at": task.due_at,
        "late": bool(left and left.late),
        "days": left.working_days if left else 0,
        "minutes": left.minutes if left else 0,
        "paused": task.paused_at is not None or waiting.cycle.state is not CycleState.ACTIVE,
        "to_answer": waiting.answer,
        "asked_by": asked.asked_by.title if asked else "",
        "answer_of": waiting.cycle.sop.role_name(drafter_role(waiting.cycle)) if asked else "",
    }


def step_facts(cycle: Cycle, view: StepView) -> dict[str, Any]:
    """A step in the table."""
    left = view.left
    return {
        "number": view.step.number,
        "step": view.step.title,
        "actor": cycle.sop.role_name(view.step.actor),
        "state": view.state,
        "pass_no": view.pass_no,
        "done": view.done,
        "total": view.total,
        "planned": view.planned,
        "started_at": view.started_at,
        "ended_at": view.ended_at,
        "due_at": view.due_at,
        "late": bool(left and left.late),
        "days": left.working_days if left else 0,
        "minutes": left.minutes if left else 0,
        "paused": view.paused,
    }


# --- /tugas


def my_tasks(turn: Turn, resume: Resume) -> Next:
    """Everything that waits for this person, the most urgent first; nothing: what comes next."""
    waiting = waiting_for(turn.uow, turn.acting, turn.now)
    begun = _begun(turn, resume)
    rest = [[Choice("drafts.open", label={"count": len(begun)})]] if begun else []
    if not waiting:
        turn.say("tasks/none", [*rest, [Choice("status.open")]], cycles=_awaited(turn))
        return STAY
    page = page_of(waiting, pressed(turn).arg)
    rows = [[_button(turn, w) for w in page.items[n : n + 2]] for n in range(0, len(page.items), 2)]
    facts = {"tasks": [waiting_facts(turn, w) for w in page.items], "name": turn.acting.name, **page.facts}
    _turn_page(turn, "tasks/list", [*rows, *turning(page, "tasks.mine"), *rest], facts)
    return STAY


def _button(turn: Turn, waiting: Waiting) -> Choice:
    if waiting.answer:
        return Choice("step.answer", waiting.task.id, style="primary")
    return Choice("step.card", waiting.task.id, label_key="tasks.card", label=_label(turn, waiting))


def _label(turn: Turn, waiting: Waiting) -> dict[str, Any]:
    opd = opd_of(turn.uow, waiting.cycle, waiting.task.opd).short
    return {"number": waiting.step.number, "step": waiting.step.title, "opd": opd}


def _turn_page(turn: Turn, template: str, rows: list[list[Choice]], facts: dict[str, Any]) -> None:
    """A page that was turned stays where it is; a list that was asked for comes as a message of its own."""
    if pressed(turn).arg:
        turn.show(template, rows, **facts)
    else:
        turn.say(template, rows, **facts)


def _awaited(turn: Turn) -> list[dict[str, Any]]:
    """Who is awaited in each cycle, for somebody who has nothing to do."""
    found = []
    for cycle in turn.uow.cycles.current():
        running = next((v for v in table_of(turn.uow, cycle, turn.now) if v.state == "terbuka"), None)
        if running is not None:
            found.append({"cycle": cycle.name, **step_facts(cycle, running)})
    return found


def my_drafts(turn: Turn, resume: Resume) -> Next:
    """What this person has begun and not finished; each goes on where it was left."""
    begun = _begun(turn, resume)
    page = page_of(begun, pressed(turn).arg)
    facts: dict[str, Any] = {"drafts": [_draft(u) for u in page.items], **page.facts}
    rows = [[_go_on(u, resume)] for u in page.items]
    _turn_page(turn, "drafts/list" if begun else "drafts/none", [*rows, *turning(page, "drafts.open")], facts)
    return STAY


def _begun(turn: Turn, resume: Resume) -> list[Unfinished]:
    """What can be gone on with: open tasks of this person, and subjects that have a button to begin with."""
    found = unfinished(turn.uow, turn.acting, turn.now)
    return [u for u in found if u.task is not None or _kind(u) in resume]


def _kind(begun: Unfinished) -> str:
    return begun.draft.subject.partition(":")[0]


def _draft(begun: Unfinished) -> dict[str, Any]:
    if begun.task is None:
        return {"kind": _kind(begun), "number": 0, "step": "", "cycle": ""}
    task = begun.task
    return {"kind": "", "number": task.step.number, "step": task.step.title, "cycle": task.cycle.name}


def _go_on(begun: Unfinished, resume: Resume) -> Choice:
    if begun.task is not None:
        return Choice("step.card", begun.task.task.id, label_key="drafts.go_on", label=_draft(begun))
    return Choice(resume[_kind(begun)], label_key=f"drafts.{_kind(begun)}")


def make_dialogue(resume: Resume) -> Dialogue:
    """/tugas with its buttons."""

    def tasks(turn: Turn) -> Next:
        return my_tasks(turn, resume)

    def drafts(turn: Turn) -> Next:
        return my_drafts(turn, resume)

    return Dialogue(
        key="tasks",
        commands=(Command("tugas", tasks),),
        buttons=(ButtonAction("tasks.mine", tasks), ButtonAction("drafts.open", drafts)),
    )
