"""Step 1, what its questions share: who may answer them, where they lead back to, how an answer is kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.lists import pressed
from handlers.registry import Next
from handlers.turn import Choices, Turn
from sop.actions import preparation as actions
from sop.cycle import Cycle
from sop.outgoing import Choice
from sop.preparation import Preparation
from sop.worktime import WIB

ROLE = frozenset({"tim_diskominfo"})


def begin(turn: Turn) -> Cycle:
    """Turn to the task of the button, or of the open question, if this person may fill its preparation in now."""
    task_id = pressed(turn).id or turn.subject
    cycle = turn.act(actions.to_prepare, task_id)
    turn.begin(task_id)
    return cycle


def sheet_of(turn: Turn) -> Preparation:
    """The preparation of the task that this turn is about."""
    return actions.sheet_of(turn.uow.cycles.of_task(turn.subject))


def put(turn: Turn, state: str, template: str, choices: Choices = (), **params: Any) -> Next:
    """Put a question about the task; *state* is the one that waits for its answer."""
    turn.say(template, choices, cycle=turn.uow.cycles.of_task(turn.subject).name, **params)
    return state


def keep(turn: Turn, **changes: Any) -> None:
    """Keep an answer; everybody's checklist follows."""
    turn.act(actions.save_sheet, turn.subject, replace(sheet_of(turn), **changes))


def back(turn: Turn) -> list[list[Choice]]:
    """The way back to the checklist."""
    return [[Choice("prepare.open", turn.subject, style="primary")]]


def meeting_facts(sheet: Preparation) -> dict[str, Any] | None:
    """The meeting as templates say it."""
    if sheet.meeting is None:
        return None
    at = datetime.combine(sheet.meeting.day, sheet.meeting.clock, WIB)
    return {"at": at, "place": sheet.meeting.place, "agenda": sheet.meeting.agenda}
