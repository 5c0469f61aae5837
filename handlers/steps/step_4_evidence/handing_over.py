"""*Serahkan ke Diskominfo*: what is missing is named, the person says that they know, then everything is read-only."""

from typing import Any

from handlers.cards import task_params
from handlers.lists import pressed
from handlers.registry import Next
from handlers.steps.step_4_evidence.common import leave, the_task
from handlers.turn import Turn
from sop import cycle as rules
from sop.actions import evidence, handing_over, loose_files
from sop.cycle import Cycle, Task
from sop.evidence import being_stored, filled, still_open
from sop.naming import opd_of
from sop.outgoing import Choice

DESPITE = "kurang"  # arg of the confirming button: the person has read what is missing
CODES = 12


def hand_over_command(turn: Turn) -> Next:
    """/serahkan"""
    found = the_task(turn, "evidence.hand_over")
    if found is None:
        return leave(turn)
    template, rows, facts = _question(turn, *found)
    turn.say(template, rows, **facts)
    return leave(turn)


def ask_hand_over(turn: Turn) -> Next:
    """Show what would be handed over and what is missing; the card stays as it is."""
    cycle = turn.uow.cycles.of_task(pressed(turn).id)
    template, rows, facts = _question(turn, cycle, cycle.task(pressed(turn).id))
    turn.say(template, rows, **facts)
    return leave(turn)


def hand_over(turn: Turn) -> Next:
    """The act. What changed since the question was shown is shown anew."""
    press = pressed(turn)
    cycle = turn.uow.cycles.of_task(press.id)
    task = cycle.task(press.id)
    rules.authorise(cycle, task.id, turn.acting)
    items = turn.uow.evidence.of_opd(cycle.id, task.opd or "")
    if being_stored(items) or (still_open(items) and press.arg != DESPITE):
        template, rows, facts = _question(turn, cycle, task)
        turn.show(template, rows, **facts)
        return leave(turn)
    after = turn.act(handing_over.hand_over, task.id, despite_missing=press.arg == DESPITE)
    step, late = after.step_of(task), handing_over.lateness(turn.uow, task, turn.now)
    turn.show(
        "evidence/handed_over",
        [[Choice("evidence.files", task.id), Choice("tasks.mine")]],
        opd=opd_of(turn.uow, cycle, task.opd).name,
        cycle=after.name,
        receiver=after.sop.role_name(step.hands_over_to[0]) if step.hands_over_to else "",
        at=turn.now,
        missing=len(still_open(items)),
        late_due=late.limit if late else None,
        late_days=late.working_days if late else 0,
    )
    return leave(turn)


def _question(turn: Turn, cycle: Cycle, task: Task) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    rules.authorise(cycle, task.id, turn.acting)
    items = turn.uow.evidence.of_opd(cycle.id, task.opd or "")
    facts: dict[str, Any] = task_params(turn.uow, cycle, task, turn.now)
    if being_stored(items):
        return (
            "evidence/still_storing",
            [[Choice("evidence.hand_over", task.id, label_key="evidence.try_again")]],
            facts,
        )
    missing = [i.code for i in still_open(items)]
    unplaced = len(loose_files.pending(turn.uow, turn.acting))
    facts |= {
        "filled": filled(items),
        "total": len(items),
        "files": sum(len(i.current_files) for i in items),
        "missing": missing[:CODES],
        "more": max(0, len(missing) - CODES),
        "unplaced": unplaced,
    }
    if not missing:
        yes, no = Choice("evidence.hand_over_yes", task.id, style="success"), "evidence.not_yet"
    else:
        yes = Choice("evidence.hand_over_yes", task.id, DESPITE, label_key="evidence.hand_over_despite")
        no = "evidence.complete_first"
    first = evidence.open_now(cycle, task) and bool(missing)
    back = Choice("evidence.list", task.id, "0", label_key=no, style="success" if first else "danger")
    rows = [[back], [yes]] if missing else [[yes], [back]]
    if unplaced:
        rows.insert(0, [Choice("evidence.pending")])
    return "evidence/hand_over", rows, facts
