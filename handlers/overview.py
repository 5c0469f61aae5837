"""/tugas and /status: what waits for me, and where the cycle stands."""

from typing import Any

from handlers.lists import Page, page_of, pressed, turning
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.cycle import Cycle, CycleState
from sop.outgoing import Choice
from sop.overview import (
    StepView,
    Unfinished,
    Waiting,
    sees_everything,
    still_owing,
    table_of,
    unfinished,
    waiting_for,
)
from sop.refusals import NothingThere, NotYours

OWING_PAGE = 15  # names of agencies on a page; they are lines, not buttons
_OTHER_CYCLES = 6


def waiting_facts(turn: Turn, waiting: Waiting) -> dict[str, Any]:
    """A task in a list: which step, whose, by when."""
    task, left = waiting.task, waiting.left
    return {
        "number": waiting.step.number,
        "steps": len(waiting.cycle.sop.steps),
        "step": waiting.step.title,
        "cycle": waiting.cycle.name,
        "opd": turn.office.opd(task.opd).name if task.opd else "",
        "target_at": task.target_at,
        "due_at": task.due_at,
        "late": bool(left and left.late),
        "days": left.working_days if left else 0,
        "minutes": left.minutes if left else 0,
        "paused": task.paused_at is not None or waiting.cycle.state is not CycleState.ACTIVE,
    }


# --- /tugas


def my_tasks(turn: Turn) -> Next:
    """Everything that waits for this person, the most urgent first; nothing: what comes next."""
    waiting = waiting_for(turn.uow, turn.acting, turn.now)
    begun = unfinished(turn.uow, turn.acting, turn.now)
    rest = [[Choice("drafts.open", label={"count": len(begun)})]] if begun else []
    if not waiting:
        turn.say("tasks/none", [*rest, [Choice("status.open")]], cycles=_awaited(turn))
        return STAY
    page = page_of(waiting, pressed(turn).arg)
    rows = [
        [Choice("step.card", w.task.id, label_key="tasks.card", label=_label(turn, w)) for w in page.items[n : n + 2]]
        for n in range(0, len(page.items), 2)
    ]
    facts = {"tasks": [waiting_facts(turn, w) for w in page.items], "name": turn.acting.name, **page.facts}
    _turn_page(turn, "tasks/list", [*rows, *turning(page, "tasks.mine"), *rest], facts)
    return STAY


def _label(turn: Turn, waiting: Waiting) -> dict[str, Any]:
    opd = turn.office.opd(waiting.task.opd).short if waiting.task.opd else ""
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


def my_drafts(turn: Turn) -> Next:
    """What this person has begun and not finished; each goes on where it was left."""
    begun = [u for u in unfinished(turn.uow, turn.acting, turn.now) if u.task is not None]
    page = page_of(begun, pressed(turn).arg)
    rows = [[Choice("step.card", u.draft.subject, label_key="drafts.go_on", label=_draft(u))] for u in page.items]
    template = "drafts/list" if begun else "drafts/none"
    facts: dict[str, Any] = {"drafts": [_draft(u) for u in page.items], **page.facts}
    _turn_page(turn, template, [*rows, *turning(page, "drafts.open")], facts)
    return STAY


def _draft(begun: Unfinished) -> dict[str, Any]:
    assert begun.task is not None  # filtered by the caller
    return {"number": begun.task.step.number, "step": begun.task.step.title, "cycle": begun.task.cycle.name}


# --- /status


def status(turn: Turn) -> Next:
    """Where the newest running cycle stands; in a group one short message."""
    cycles = turn.uow.cycles.current() or turn.uow.cycles.all()[:1]
    if not cycles:
        turn.say("status/none")
    elif turn.private:
        template, rows, facts = _table(turn, cycles[0])
        turn.say(template, rows, **facts)
    else:
        _require_member(turn)
        turn.say("status/group", cycles=[_short(turn, c) for c in cycles[:3]])
    return STAY


def _require_member(turn: Turn) -> None:
    if not turn.acting.roles:
        raise NotYours(role=turn.office.sop.steps[0].actor)


def status_of(turn: Turn) -> Next:
    """The table of a chosen cycle, in the place of the one that is shown."""
    template, rows, facts = _table(turn, turn.uow.cycles.get(pressed(turn).id))
    turn.show(template, rows, **facts)
    return STAY


def _table(turn: Turn, cycle: Cycle) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    _require_member(turn)
    everything = sees_everything(cycle, turn.acting)
    own = [w for w in waiting_for(turn.uow, turn.acting, turn.now) if w.cycle.id == cycle.id]
    facts: dict[str, Any] = {
        "cycle": cycle.name,
        "state": cycle.state.value,
        "reason": cycle.state_reason,
        "everything": everything,
        "steps": [step_facts(cycle, view) for view in table_of(turn.uow, cycle, turn.now)],
        "own": [waiting_facts(turn, w) for w in own[:3]],
        "own_more": max(0, len(own) - 3),
    }
    rows = []
    if everything:
        rows.append([Choice("status.plan", cycle.id)])
        if still_owing(turn.uow, cycle, turn.now):
            rows[0].append(Choice("status.owing", cycle.id))
    others = [c for c in turn.uow.cycles.all() if c.id != cycle.id][:_OTHER_CYCLES]
    rows += [[Choice("status.cycle", c.id, label={"cycle": c.name})] for c in others]
    return "status/table", rows, facts


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


def _short(turn: Turn, cycle: Cycle) -> dict[str, Any]:
    """One paragraph for a group: the steps that somebody works on now, no names."""
    views = table_of(turn.uow, cycle, turn.now)
    return {
        "cycle": cycle.name,
        "state": cycle.state.value,
        "total": len(views),
        "done": sum(1 for v in views if v.state == "selesai"),
        "running": [step_facts(cycle, v) for v in views if v.state == "terbuka"],
    }


def plan(turn: Turn) -> Next:
    """Planned and actual dates of every step."""
    cycle = _detail(turn)
    turn.show(
        "status/plan",
        [[_back(cycle)]],
        cycle=cycle.name,
        opened_at=cycle.opened_at,
        steps=[step_facts(cycle, view) for view in table_of(turn.uow, cycle, turn.now)],
    )
    return STAY


def owing(turn: Turn) -> Next:
    """The agencies that have not handed over yet, by name."""
    cycle = _detail(turn)
    page: Page[Waiting] = page_of(still_owing(turn.uow, cycle, turn.now), pressed(turn).arg, OWING_PAGE)
    turn.show(
        "status/owing",
        [*turning(page, "status.owing", cycle.id), [_back(cycle)]],
        cycle=cycle.name,
        agencies=[waiting_facts(turn, w) for w in page.items],
        first=page.number * OWING_PAGE,
        **page.facts,
    )
    return STAY


def _detail(turn: Turn) -> Cycle:
    """The cycle of the button, for somebody who may see all of it."""
    cycle = turn.uow.cycles.get(pressed(turn).id)
    if not sees_everything(cycle, turn.acting):
        raise NothingThere(what="rincian")
    return cycle


def _back(cycle: Cycle) -> Choice:
    return Choice("status.cycle", cycle.id, label_key="status.back")


DIALOGUE = Dialogue(
    key="overview",
    commands=(Command("tugas", my_tasks), Command("status", status, where="both")),
    buttons=(
        ButtonAction("tasks.mine", my_tasks),
        ButtonAction("drafts.open", my_drafts),
        ButtonAction("status.open", status),
        ButtonAction("status.cycle", status_of),
        ButtonAction("status.plan", plan),
        ButtonAction("status.owing", owing),
    ),
)
