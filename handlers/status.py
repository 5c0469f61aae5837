"""/status: where a cycle stands, who is awaited, how late, planned and actual."""

from typing import Any

from handlers.lists import Page, page_of, pressed, turning
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.tasks import step_facts, waiting_facts
from handlers.turn import Turn
from sop.actions import evidence
from sop.actions.recap import RECAP
from sop.cycle import Cycle, CycleState
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.overview import Waiting, sees_everything, still_owing, table_of, waiting_for
from sop.refusals import NothingThere, NotYours
from sop.visibility import may_see

OWING_PAGE = 15  # names of agencies on a page; they are lines, not buttons
_OTHER_CYCLES = 2  # with a button of their own; the rest is a list


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
    if cycle.state is CycleState.COMPLETED:
        rows += [[Choice("docs.cycle", cycle.id, label_key="docs.of_cycle")], *_past_work(turn, cycle)]
    if everything:
        rows.insert(0, [Choice("status.plan", cycle.id)])
        if still_owing(turn.uow, cycle, turn.now):
            rows[0].append(Choice("status.owing", cycle.id))
    others = [c for c in turn.uow.cycles.all() if c.id != cycle.id]
    rows += [[_cycle_choice(c)] for c in others[:_OTHER_CYCLES]]
    if len(others) > _OTHER_CYCLES:
        rows.append([Choice("status.cycles", arg="0")])
    return "status/table", rows, facts


def _past_work(turn: Turn, cycle: Cycle) -> list[list[Choice]]:
    """Of a completed cycle: recap, values and form for those who may see them, and what one's own agency had sent."""
    rows = []
    if may_see(cycle, turn.acting, RECAP):
        rows += [[Choice("recap.show", cycle.id)]]
        rows += [
            [
                Choice("score.open", cycle.id, label_key="score.past"),
                Choice("form.open", cycle.id, label_key="form.past"),
            ]
        ]
    own = [t for c, t in evidence.past_tasks(turn.uow, turn.acting) if c.id == cycle.id]
    rows += [
        [
            Choice(
                "evidence.files",
                task.id,
                label_key="evidence.past_files",
                label={"opd": opd_of(turn.uow, cycle, task.opd).short},
            )
        ]
        for task in own[:_OTHER_CYCLES]
    ]
    return rows


def _cycle_choice(cycle: Cycle) -> Choice:
    return Choice("status.cycle", cycle.id, label={"cycle": cycle.name, "state": cycle.state.value})


def which_cycle(turn: Turn) -> Next:
    """Every cycle, newest first, a page at a time: past years stay readable."""
    _require_member(turn)
    page: Page[Cycle] = page_of(turn.uow.cycles.all(), pressed(turn).arg)
    rows = [[_cycle_choice(c)] for c in page.items]
    turn.show("status/which_cycle", [*rows, *turning(page, "status.cycles")], **page.facts)
    return STAY


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
    key="status",
    commands=(Command("status", status, where="both"),),
    buttons=(
        ButtonAction("status.open", status),
        ButtonAction("status.cycle", status_of),
        ButtonAction("status.cycles", which_cycle),
        ButtonAction("status.plan", plan),
        ButtonAction("status.owing", owing),
    ),
)
