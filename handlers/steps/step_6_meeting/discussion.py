"""What was discussed, point by point: topic, speaker, words; each can be corrected or taken out (/notula)."""

from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Next, State
from handlers.steps.step_6_meeting.shared import ROLE, here, to_minutes
from handlers.turn import Turn
from sop.actions import minutes
from sop.actions.meeting_state import Found
from sop.meeting import LONGEST, Meeting, Point
from sop.outgoing import Choice
from sop.refusals import DialogueClosed, NothingThere


def show_discussion(turn: Turn) -> Next:
    """The points, a page at a time, each can be opened; where there is none yet, the first is asked at once."""
    found = here(turn)
    if not found.meeting.discussion:
        return ask_point(turn)
    template, rows, facts = listed(found, pressed(turn).arg)
    turn.show(template, rows, **facts)
    return STAY


def listed(found: Found, wanted: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    """A page of the points."""
    page = page_of(found.meeting.discussion, wanted)
    first = page.number * 8 + 1
    rows = [[Choice("meeting.add_point", found.task.id, style="success")]]
    for number, point in enumerate(page.items, first):
        label = {"number": number, "topic": point.topic or point.words}
        rows.append([Choice("meeting.point", found.task.id, minutes.mark_of(point), label=label)])
    rows += [*turning(page, "meeting.discussion", found.task.id), to_minutes(found.task.id)]
    return "meeting/discussion", rows, {"points": [_facts(p) for p in page.items], "first": first, **page.facts}


def _facts(point: Point) -> dict[str, Any]:
    return {"topic": point.topic, "speaker": point.speaker, "words": point.words}


def _marked(meeting: Meeting, mark: str) -> Point:
    """The point of a button. Raises NothingThere: it has been changed or taken out meanwhile."""
    point = next((p for p in meeting.discussion if minutes.mark_of(p) == mark), None)
    if point is None:
        raise NothingThere(what="butir_notula")
    return point


def _to_discussion(task_id: str) -> list[Choice]:
    return [Choice("meeting.discussion", task_id, "0", label_key="meeting.to_discussion")]


def show_point(turn: Turn) -> Next:
    """One point in full."""
    found, mark = here(turn), pressed(turn).arg
    point = _marked(found.meeting, mark)
    task_id = found.task.id
    correct = Choice("meeting.correct_point", task_id, mark, style="primary")
    rows = [
        [correct, Choice("meeting.remove", task_id, mark, style="danger", label_key="meeting.remove_point")],
        _to_discussion(task_id),
    ]
    turn.show("meeting/point", rows, **_facts(point))
    return STAY


def ask_point(turn: Turn) -> Next:
    """A point, or several: topic, speaker, words."""
    turn.begin(here(turn).task.id)
    turn.say("meeting/ask_discussion", longest=LONGEST["discussion"])
    return "meeting.discussion"


def take_point(turn: Turn) -> Next:
    """Kept, and told how it was understood; more can follow at once."""
    meeting = turn.act(minutes.add_points, turn.subject, turn.text)
    _told(turn, meeting, meeting.discussion[-1], corrected=False)
    return STAY


def ask_correction(turn: Turn) -> Next:
    """What a point should say instead; what it says now can be copied."""
    found, mark = here(turn), pressed(turn).arg
    point = _marked(found.meeting, mark)
    turn.begin(found.task.id)
    turn.draft["point"] = mark
    turn.say("meeting/ask_correction", **_facts(point))
    return "meeting.correction"


def take_correction(turn: Turn) -> Next:
    """The point says something else now."""
    mark = str(turn.draft.get("point", ""))
    if not mark:
        raise DialogueClosed
    before = here(turn).meeting.discussion
    meeting = turn.act(minutes.correct_point, turn.subject, mark, turn.text)
    turn.draft.pop("point")
    fresh = [p for p in meeting.discussion if p not in before]
    _told(turn, meeting, fresh[-1] if fresh else meeting.discussion[-1], corrected=True)
    return END


def _told(turn: Turn, meeting: Meeting, point: Point, *, corrected: bool) -> None:
    rows = [_to_discussion(turn.subject), to_minutes(turn.subject)]
    turn.say("meeting/discussion_kept", rows, count=len(meeting.discussion), corrected=corrected, **_facts(point))


BUTTONS = (
    ButtonAction("meeting.discussion", show_discussion, ROLE),
    ButtonAction("meeting.point", show_point, ROLE),
    ButtonAction("meeting.add_point", ask_point, ROLE),
    ButtonAction("meeting.correct_point", ask_correction, ROLE),
)
STATES = (
    State("meeting.discussion", on_text=take_point),
    State("meeting.correction", on_text=take_correction),
)
