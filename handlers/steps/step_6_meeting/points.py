"""What was decided, held otherwise and is to follow: lists to which is added and from which is taken out (/notula)."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from handlers.lists import page_of, pressed, turning
from handlers.registry import STAY, ButtonAction, Next, State
from handlers.steps.step_6_meeting import discussion
from handlers.steps.step_6_meeting.shared import ROLE, here, to_minutes
from handlers.turn import Turn
from sop.actions import minutes
from sop.actions.meeting_state import Found
from sop.meeting import Dissent, FollowUp, Meeting
from sop.outgoing import Choice

Entry = TypeVar("Entry", bound=str | Dissent | FollowUp)
Screen = tuple[str, list[list[Choice]], dict[str, Any]]


def show_decisions(turn: Turn) -> Next:
    """The decisions, a page at a time, each can be taken out."""
    return _show(turn, _decisions)


def show_dissent(turn: Turn) -> Next:
    """The pendapat berbeda, likewise."""
    return _show(turn, _dissent)


def show_follow_ups(turn: Turn) -> Next:
    """What is to be done, likewise."""
    return _show(turn, _follow_ups)


def _show(turn: Turn, list_of: Callable[[Found, str], Screen]) -> Next:
    template, rows, facts = list_of(here(turn), pressed(turn).arg)
    turn.show(template, rows, **facts)
    return STAY


def _decisions(found: Found, wanted: str) -> Screen:
    return _listed(found, found.meeting.decisions, wanted, "decisions", "meeting.add_decision", str)


def _dissent(found: Found, wanted: str) -> Screen:
    def line(entry: Dissent) -> dict[str, Any]:
        return {"who": entry.who, "words": entry.words}

    return _listed(found, found.meeting.dissent, wanted, "dissent", "meeting.add_dissent", line)


def _follow_ups(found: Found, wanted: str) -> Screen:
    def line(entry: FollowUp) -> dict[str, Any]:
        return {"what": entry.what, "who": entry.who, "by_when": entry.by_when}

    return _listed(found, found.meeting.follow_ups, wanted, "follow_ups", "meeting.add_follow_up", line)


def _listed(
    found: Found, entries: Sequence[Entry], wanted: str, name: str, adds: str, line: Callable[[Entry], Any]
) -> Screen:
    """A page of one list: *name* of its template, its button and its fact; *adds* the button for one more."""
    task_id = found.task.id
    page = page_of(entries, wanted)
    first = page.number * 8 + 1
    rows = [[Choice(adds, task_id, style="success")]]
    rows += _removing(task_id, [(first + n, minutes.mark_of(entry)) for n, entry in enumerate(page.items)])
    rows += [*turning(page, f"meeting.{name}", task_id), to_minutes(task_id)]
    return f"meeting/{name}", rows, {name: [line(entry) for entry in page.items], "first": first, **page.facts}


def _removing(task_id: str, entries: list[tuple[int, str]]) -> list[list[Choice]]:
    row = [Choice("meeting.remove", task_id, mark, style="danger", label={"number": n}) for n, mark in entries]
    return [row[n : n + 2] for n in range(0, len(row), 2)]


def remove(turn: Turn) -> Next:
    """Taken out: the rest stays in view."""
    found = here(turn)
    mark = pressed(turn).arg
    list_of = _list_with(found.meeting, mark)
    turn.act(minutes.remove, found.task.id, mark)
    template, rows, facts = list_of(here(turn), "0")
    turn.toast("meeting/removed")
    turn.show(template, rows, **facts)
    return STAY


def _list_with(meeting: Meeting, mark: str) -> Callable[[Found, str], Screen]:
    """The screen of the list in which the entry of this mark stands."""
    if any(minutes.mark_of(d) == mark for d in meeting.decisions):
        return _decisions
    if any(minutes.mark_of(p) == mark for p in meeting.discussion):
        return discussion.listed
    return _dissent if any(minutes.mark_of(d) == mark for d in meeting.dissent) else _follow_ups


def ask_decision(turn: Turn) -> Next:
    """A decision, or several, one a line."""
    turn.begin(here(turn).task.id)
    turn.say("meeting/ask_decision")
    return "meeting.decision"


def take_decision(turn: Turn) -> Next:
    """Kept; more can follow at once."""
    meeting = turn.act(minutes.add_decisions, turn.subject, turn.text)
    turn.say(
        "meeting/decision_kept", [to_minutes(turn.subject)], count=len(meeting.decisions), last=meeting.decisions[-1]
    )
    return STAY


def ask_dissent(turn: Turn) -> Next:
    """A pendapat berbeda: whose, and what they hold; or several, one a line."""
    turn.begin(here(turn).task.id)
    turn.say("meeting/ask_dissent")
    return "meeting.dissent"


def take_dissent(turn: Turn) -> Next:
    """Kept; more can follow at once."""
    meeting = turn.act(minutes.add_dissent, turn.subject, turn.text)
    last = meeting.dissent[-1]
    rows = [to_minutes(turn.subject)]
    turn.say("meeting/dissent_kept", rows, count=len(meeting.dissent), who=last.who, words=last.words)
    return STAY


def ask_follow_up(turn: Turn) -> Next:
    """What is to be done: what, who, by when."""
    turn.begin(here(turn).task.id)
    turn.say("meeting/ask_follow_up")
    return "meeting.follow_up"


def take_follow_up(turn: Turn) -> Next:
    """Kept; more can follow at once."""
    meeting = turn.act(minutes.add_follow_ups, turn.subject, turn.text)
    last = meeting.follow_ups[-1]
    facts: dict[str, Any] = {"what": last.what, "who": last.who, "by_when": last.by_when}
    turn.say("meeting/follow_up_kept", [to_minutes(turn.subject)], count=len(meeting.follow_ups), **facts)
    return STAY


BUTTONS = (
    ButtonAction("meeting.decisions", show_decisions, ROLE),
    ButtonAction("meeting.add_decision", ask_decision, ROLE),
    ButtonAction("meeting.dissent", show_dissent, ROLE),
    ButtonAction("meeting.add_dissent", ask_dissent, ROLE),
    ButtonAction("meeting.follow_ups", show_follow_ups, ROLE),
    ButtonAction("meeting.add_follow_up", ask_follow_up, ROLE),
    ButtonAction("meeting.remove", remove, ROLE),
)
STATES = (
    State("meeting.decision", on_text=take_decision),
    State("meeting.dissent", on_text=take_dissent),
    State("meeting.follow_up", on_text=take_follow_up),
)
