"""`/siklus`: a cycle as a whole: suspended, resumed, cancelled or reopened, always with a reason."""

from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions.cycles import by_permission, change_whole
from sop.cycle import Cycle, CycleState, require_text
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR
from sop.refusals import NothingThere

REASON = "admin.reason"
ROLES = frozenset({ADMINISTRATOR, "kabid"})
ACTS = {  # act → permission of the SOP
    "suspend": "suspend_cycle",
    "resume": "suspend_cycle",
    "cancel": "cancel_cycle",
    "reopen": "reopen_cycle",
}
_OPEN_TO = {
    CycleState.ACTIVE: ("suspend", "cancel"),
    CycleState.SUSPENDED: ("resume", "cancel"),
    CycleState.CANCELLED: ("reopen",),
    CycleState.COMPLETED: (),
}
_STYLES = {"resume": "success", "reopen": "success", "cancel": "danger"}
Rows = list[list[Choice]]


def _allowed(turn: Turn) -> None:
    """That this person may do at least one of the acts. Raises NotYours."""
    turn.acting.any_of(tuple(role for act in ACTS.values() for role in turn.office.sop.may(act)))


def overview(turn: Turn) -> Next:
    """Every cycle, newest first."""
    _allowed(turn)
    page = page_of(turn.uow.cycles.all(), pressed(turn).arg)
    rows: Rows = [[Choice("admin.cycle", c.id, label={"cycle": c.name, "state": c.state.value})] for c in page.items]
    rows += turning(page, "admin.cycles")
    (turn.show if pressed(turn).arg else turn.say)("admin/cycles", rows, **page.facts)
    return STAY if pressed(turn).arg else END


def cycle(turn: Turn) -> Next:
    """One cycle: where it stands, and what may be done with it as a whole."""
    _allowed(turn)
    _show(turn, turn.uow.cycles.get(pressed(turn).id))
    return STAY


def _show(turn: Turn, found: Cycle) -> None:
    may = [act for act in _OPEN_TO[found.state] if turn.acting.roles & set(turn.office.sop.may(ACTS[act]))]
    rows: Rows = [[Choice(f"admin.{act}", found.id, style=_STYLES.get(act, "")) for act in may]] if may else []
    rows.append([Choice("history.page", found.id), Choice("admin.cycles", arg="0")])
    turn.show("admin/cycle", rows, **_facts(found))


def _facts(found: Cycle) -> dict[str, Any]:
    steps = list(dict.fromkeys(t.step for t in found.open_tasks()))
    return {
        "cycle": found.name,
        "state": found.state.value,
        "reason": found.state_reason,
        "opened_at": found.opened_at,
        "opened_by": found.opened_by.title,
        "steps": [{"number": found.sop.step(s).number, "step": found.sop.step(s).title} for s in steps[:3]],
        "open": len(found.open_tasks()),
    }


def ask_reason(turn: Turn) -> Next:
    """Which act was tapped; nothing happens without a reason."""
    act = pressed(turn).action.removeprefix("admin.")
    by_permission(turn.uow, turn.acting, ACTS[act])
    found = turn.uow.cycles.get(pressed(turn).id)
    turn.begin(_subject(found.id))
    turn.draft.clear()
    turn.draft["act"] = act
    turn.say("admin/ask_reason", act=act, cycle=found.name, open=len(found.open_tasks()))
    return REASON


def _subject(cycle_id: str) -> str:
    return f"whole:{cycle_id}"


def take_reason(turn: Turn) -> Next:
    """The reason as typed. Giving a cycle up is asked once more; the rest can be taken back by its opposite."""
    reason = " ".join(turn.text.split())
    require_text(reason, "reason")
    act, found = str(turn.draft.get("act", "")), turn.uow.cycles.get(turn.subject.removeprefix("whole:"))
    if act != "cancel":
        return _carry_out(turn, act, found.id, reason)
    turn.draft["reason"] = reason
    rows: Rows = [
        [Choice("admin.cancel_yes", found.id, style="danger")],
        [Choice("admin.cycle", found.id, label_key="admin.keep")],
    ]
    turn.say("admin/confirm_cancel", rows, reason=reason, cycle=found.name, open=len(found.open_tasks()))
    return END


def cancel(turn: Turn) -> Next:
    """Give it up, for the reason given."""
    turn.begin(_subject(pressed(turn).id))
    if turn.draft.get("act") != "cancel" or not turn.draft.get("reason"):
        raise NothingThere(what="tombol")
    return _carry_out(turn, "cancel", pressed(turn).id, str(turn.draft["reason"]))


def _carry_out(turn: Turn, act: str, cycle_id: str, reason: str) -> Next:
    after = turn.act(change_whole, act, cycle_id, reason)
    turn.forget_draft()
    rows: Rows = [[Choice("admin.cycle", after.id, label_key="admin.look"), Choice("status.open")]]
    turn.show("admin/changed", rows, act=act, cycle=after.name, reason=reason, open=len(after.open_tasks()))
    return END


DIALOGUE = Dialogue(
    key="cycle_admin",
    commands=(Command("siklus", overview, roles=ROLES),),
    buttons=(
        ButtonAction("admin.cycles", overview, roles=ROLES),
        ButtonAction("admin.cycle", cycle, roles=ROLES),
        *(ButtonAction(f"admin.{act}", ask_reason, roles=ROLES) for act in ACTS),
        ButtonAction("admin.cancel_yes", cancel, roles=ROLES),
    ),
    states=(State(REASON, on_text=take_reason),),
)
