"""The notula in chat: its parts, who led it and who wrote it; preview and confirm (/notula)."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Next, State
from handlers.steps.step_6_meeting.shared import ROLE, here, to_card, to_minutes
from handlers.turn import Turn
from sop.actions import meeting_state, minutes
from sop.convening import MEETING
from sop.cycle import Cycle
from sop.outgoing import Attachment, Choice
from sop.refusals import NothingThere

SUGGESTED = 6  # people offered by button for the chair and the minute taker
OFFICES: dict[str, minutes.Office] = {"meeting.chair": "chair", "meeting.taker": "minute_taker"}


def minutes_command(turn: Turn) -> Next:
    """/notula: the notula of the meeting that waits for this person."""
    for cycle in turn.uow.cycles.current():
        for task in cycle.open_tasks():
            if cycle.step_of(task).dialogue == MEETING and turn.acting.capacity(cycle.step_of(task).actor):
                template, rows, facts = _screen(turn, task.id)
                turn.say(template, rows, **facts)
                return STAY
    turn.say("meeting/none", [[Choice("tasks.mine"), Choice("status.open")]])
    return STAY


def show(turn: Turn) -> Next:
    """The notula as far as it has come."""
    template, rows, facts = _screen(turn, pressed(turn).id)
    turn.say(template, rows, **facts)
    return STAY


def _screen(turn: Turn, task_id: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    found = meeting_state.found(turn.uow, turn.acting, task_id)
    meeting = found.meeting
    lacking, progress = minutes.missing(turn.uow, found.cycle, meeting)
    facts = {
        "cycle": found.cycle.name,
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "discussion": len(meeting.discussion),
        "decisions": len(meeting.decisions),
        "follow_ups": len(meeting.follow_ups),
        "dissent": len(meeting.dissent),
        "lacking": list(lacking),
        "scored": progress.done,
        "indicators": progress.total,
        "unscored": len(progress.left),
    }
    rows = [
        [Choice("meeting.chair", task_id), Choice("meeting.taker", task_id)],
        [
            Choice("meeting.discussion", task_id, "0", label={"count": facts["discussion"]}),
            Choice("meeting.decisions", task_id, "0", label={"count": facts["decisions"]}),
        ],
        [
            Choice("meeting.dissent", task_id, "0", label={"count": facts["dissent"]}),
            Choice("meeting.follow_ups", task_id, "0", label={"count": facts["follow_ups"]}),
        ],
        [Choice("meeting.preview", task_id)],
    ]
    if not lacking and not progress.left:
        rows.insert(0, [Choice("meeting.confirm", task_id, style="success")])
    return "meeting/minutes", [*rows, to_card(task_id)], facts


# --- who led it, who wrote


def ask_officer(turn: Turn) -> Next:
    """Who led the meeting, or takes the minutes? Those who are there are offered."""
    found = here(turn)
    turn.begin(found.task.id)
    action = pressed(turn).action
    held = found.meeting.held
    present = found.meeting.at(held.number)[:SUGGESTED] if held else ()
    mark = "c" if action == "meeting.chair" else "t"
    rows = [
        [Choice("meeting.officer", found.task.id, f"{mark}{a.id}", label={"name": a.name, "of": a.post})]
        for a in present
    ]
    now = found.meeting.chair if mark == "c" else found.meeting.minute_taker
    turn.say("meeting/ask_officer", rows, chair=mark == "c", now=now, offered=bool(present))
    return action


def use_officer(turn: Turn) -> Next:
    """Somebody from the list."""
    found = here(turn)
    mark, attendee = pressed(turn).arg[:1], pressed(turn).arg[1:]
    person = next((a for a in found.meeting.attendees if a.id == attendee), None)
    if person is None or mark not in ("c", "t"):
        raise NothingThere(what="tombol")
    turn.begin(found.task.id)
    return _name(turn, "chair" if mark == "c" else "minute_taker", f"{person.name} - {person.post}")


def take_officer(turn: Turn) -> Next:
    """A name as typed."""
    return _name(turn, OFFICES[turn.state], turn.text)


def _name(turn: Turn, which: minutes.Office, text: str) -> Next:
    meeting = turn.act(minutes.name_officer, turn.subject, which, text)
    named = meeting.chair if which == "chair" else meeting.minute_taker
    turn.say("meeting/officer_kept", [to_minutes(turn.subject)], chair=which == "chair", named=named)
    return END


# --- preview and confirm


def preview(turn: Turn) -> Next:
    """The notula as a draft on paper."""
    task_id = pressed(turn).id
    paper = turn.act(minutes.preview, task_id)
    cycle = turn.uow.cycles.of_task(task_id)
    turn.say(
        "meeting/minutes_paper",
        [to_minutes(task_id)],
        attachment=Attachment(paper=paper),
        cycle=cycle.name,
        at=turn.now,
    )
    return STAY


def ask_confirm(turn: Turn) -> Next:
    """Confirming ends the step: say what follows, and ask once more."""
    found = turn.act(minutes.ready, pressed(turn).id)
    task_id = found.task.id
    rows = [
        [Choice("meeting.confirm_yes", task_id, style="success")],
        [Choice("meeting.preview", task_id), Choice("step.keep", task_id)],
    ]
    meeting = found.meeting
    turn.say(
        "meeting/ask_confirm",
        rows,
        chair=meeting.chair,
        decisions=len(meeting.decisions),
        follow_ups=len(meeting.follow_ups),
        dissent=len(meeting.dissent),
        attended=len(meeting.attendees),
        **_following(found.cycle, found.cycle.step_of(found.task).number),
    )
    return STAY


def confirm(turn: Turn) -> Next:
    """The notula is confirmed, the step handed over."""
    task_id = pressed(turn).id
    after = turn.act(minutes.confirm, task_id)
    step = after.step_of(after.task(task_id))
    opened = next((t for t in after.open_tasks() if t.step != step.key), None)
    due_at = opened.due_at if opened else None
    rows = [[Choice("tasks.mine", style="primary")]]
    turn.show("meeting/confirmed", rows, cycle=after.name, at=turn.now, due_at=due_at, **_following(after, step.number))
    turn.begin(task_id)
    turn.forget_draft()
    return END if turn.state else STAY


def _following(cycle: Cycle, number: int) -> dict[str, Any]:
    step = next((s for s in cycle.sop.steps if s.number > number), None)
    return {
        "next_number": step.number if step else 0,
        "next_step": step.title if step else "",
        "next_actor": cycle.sop.role_name(step.actor) if step else "",
    }


BUTTONS = (
    ButtonAction("meeting.minutes", show, ROLE),
    ButtonAction("meeting.chair", ask_officer, ROLE),
    ButtonAction("meeting.taker", ask_officer, ROLE),
    ButtonAction("meeting.officer", use_officer, ROLE),
    ButtonAction("meeting.preview", preview, ROLE),
    ButtonAction("meeting.confirm", ask_confirm, ROLE),
    ButtonAction("meeting.confirm_yes", confirm, ROLE),
)
STATES = (
    State("meeting.chair", on_text=take_officer),
    State("meeting.taker", on_text=take_officer),
)
