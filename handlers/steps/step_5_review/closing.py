"""*Tutup pengumpulan*: close the collection although some agencies have not handed over, with a reason for each."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.steps.step_5_review.listing import leave, opds_screen
from handlers.turn import Turn
from sop.actions import cycles, evidence
from sop.cycle import Cycle, Task, require_active, require_text
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.refusals import NotNow

REASONS = "reasons"  # in the draft: task → reason
ASKING = "asking"  # and the task whose reason is being asked
SHOWN = 8


def begin(turn: Turn) -> Next:
    """Who has not handed over, and how the reasons are to be given."""
    cycle, owing = _owing(turn, pressed(turn).id)
    rows = [[Choice("review.close_all", cycle.id)]] if len(owing) > 1 else []
    rows.append([Choice("review.close_each", cycle.id, label={"count": len(owing)})])
    rows.append([Choice("review.list", cycle.id, "0", label_key="review.back")])
    turn.show("review/close", rows, **_facts(turn, cycle, owing))
    return leave(turn)


def _owing(turn: Turn, cycle_id: str) -> tuple[Cycle, tuple[Task, ...]]:
    """The agencies that have not handed over.

    Raises:
        NotYours: no permission to close. NotNow: the cycle does not run, or nobody owes anything.
    """
    cycles.by_permission(turn.uow, turn.acting, "close_collection")
    cycle = turn.uow.cycles.get(cycle_id)
    require_active(cycle)
    owing = cycle.open_tasks(evidence.step_of(cycle).key)
    if not owing:
        raise NotNow(state="langkah_selesai")
    return cycle, owing


def _facts(turn: Turn, cycle: Cycle, owing: tuple[Task, ...]) -> dict[str, Any]:
    reasons = turn.draft.get(REASONS, {})
    lines = []
    for task in owing[:SHOWN]:
        items = turn.uow.evidence.of_opd(cycle.id, task.opd or "")
        filled = sum(1 for i in items if i.current_files or i.explanation)
        reason = str(reasons.get(task.id, ""))
        lines.append(
            {"opd": opd_of(turn.uow, cycle, task.opd).name, "filled": filled, "total": len(items), "reason": reason}
        )
    return {"cycle": cycle.name, "owing": lines, "more": max(0, len(owing) - SHOWN), "count": len(owing)}


def _begin(turn: Turn, cycle: Cycle) -> None:
    turn.begin(f"close:{cycle.id}")
    turn.draft[REASONS] = {}
    turn.draft.pop(ASKING, None)


def one_reason(turn: Turn) -> Next:
    """One reason for all of them will be typed."""
    cycle, owing = _owing(turn, pressed(turn).id)
    _begin(turn, cycle)
    turn.say("review/ask_close_all", count=len(owing), cycle=cycle.name)
    return "review.close_all"


def take_one_reason(turn: Turn) -> Next:
    """The reason for all: then the confirmation."""
    cycle, owing = _owing(turn, turn.subject.removeprefix("close:"))
    require_text(turn.text, "reason")
    turn.draft[REASONS] = {task.id: turn.text.strip() for task in owing}
    return _confirm(turn, cycle, owing)


def each_reason(turn: Turn) -> Next:
    """A reason for each, asked one after another."""
    cycle, owing = _owing(turn, pressed(turn).id)
    _begin(turn, cycle)
    return _ask_next(turn, cycle, owing)


def _ask_next(turn: Turn, cycle: Cycle, owing: tuple[Task, ...]) -> Next:
    left = [t for t in owing if t.id not in turn.draft[REASONS]]
    if not left:
        return _confirm(turn, cycle, owing)
    turn.draft[ASKING] = left[0].id
    opd = opd_of(turn.uow, cycle, left[0].opd).name
    turn.say("review/ask_close_one", opd=opd, number=len(owing) - len(left) + 1, count=len(owing))
    return "review.close_each"


def take_next_reason(turn: Turn) -> Next:
    """The reason for one agency; then the next. One that has handed over meanwhile needs none."""
    cycle, owing = _owing(turn, turn.subject.removeprefix("close:"))
    require_text(turn.text, "reason")
    turn.draft[REASONS] = {**turn.draft.get(REASONS, {}), str(turn.draft.get(ASKING, "")): turn.text.strip()}
    return _ask_next(turn, cycle, owing)


def _confirm(turn: Turn, cycle: Cycle, owing: tuple[Task, ...]) -> Next:
    rows = [
        [Choice("review.close_yes", cycle.id, style="danger")],
        [Choice("review.close_no", cycle.id)],
    ]
    turn.say("review/close_confirm", rows, **_facts(turn, cycle, owing))
    return END


def keep_open(turn: Turn) -> Next:
    """Thought better of it: the reasons are forgotten."""
    cycle_id = pressed(turn).id
    turn.begin(f"close:{cycle_id}")
    turn.forget_draft()
    template, rows, facts = opds_screen(turn, turn.uow.cycles.get(cycle_id), "0")
    turn.show(template, rows, **facts)
    return STAY


def close(turn: Turn) -> Next:
    """Confirmed: the step ends, the next one falls to its actor."""
    cycle_id = pressed(turn).id
    turn.begin(f"close:{cycle_id}")
    cycle, owing = _owing(turn, cycle_id)
    reasons = {str(task): str(reason) for task, reason in turn.draft.get(REASONS, {}).items()}
    after = turn.act(cycles.close_collection, cycle.id, evidence.step_of(cycle).key, reasons)
    turn.forget_draft()
    following = next(iter(after.open_tasks()), None)
    step = after.step_of(following) if following else None
    turn.show(
        "review/closed",
        [[Choice("tasks.mine")]],
        cycle=after.name,
        count=len(owing),
        next_step=step.title if step else "",
        next_actor=after.sop.role_name(step.actor) if step else "",
        due_at=following.due_at if following else None,
    )
    return STAY
