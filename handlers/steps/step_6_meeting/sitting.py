"""Send the invitation, and hold the sitting: begin, break, go on, end (SOP step 6)."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import STAY, ButtonAction, Next
from handlers.steps.step_6_meeting.shared import ROLE, here, to_card
from handlers.turn import Turn
from sop.actions import meeting_dates, meeting_sitting
from sop.actions.meeting_dates import Invited
from sop.convening import invited
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.refusals import NotNow

NAMED = 6  # agencies named in a message; of the others the number


def ask_invite(turn: Turn) -> Next:
    """Say what sending the invitation does, and ask once more: it cannot be taken back."""
    task_id = pressed(turn).id
    ahead = turn.act(meeting_dates.outlook, task_id)
    rows = [[Choice("meeting.invite_yes", task_id, style="success")], [Choice("step.keep", task_id)]]
    turn.say("meeting/ask_invite", rows, **_invited(turn, ahead))
    return STAY


def invite(turn: Turn) -> Next:
    """Send it."""
    task_id = pressed(turn).id
    done = turn.act(meeting_dates.invite, task_id)
    turn.show("meeting/invited", [to_card(task_id)], **_invited(turn, done))
    return STAY


def _invited(turn: Turn, ahead: Invited) -> dict[str, Any]:
    by_hand = [opd_of(turn.uow, ahead.cycle, opd).name for opd in ahead.by_hand]
    return {
        "cycle": ahead.cycle.name,
        "starts_at": ahead.sitting.starts_at,
        "place": ahead.sitting.place,
        "persons": ahead.persons,
        "by_hand": len(by_hand),
        "by_hand_names": by_hand[:NAMED],
    }


def ask_begin(turn: Turn) -> Next:
    """The clock begins with the meeting: say so, and what is unusual about beginning now."""
    found = here(turn)
    sitting = found.meeting.of_task(found.task.id)
    if sitting is None or sitting.began_at is not None:
        raise NotNow(state="sidang_berjalan" if sitting and sitting.running else "belum_dijadwalkan")
    rows = [[Choice("meeting.begin_yes", found.task.id, style="success")], [Choice("step.keep", found.task.id)]]
    turn.say(
        "meeting/ask_begin",
        rows,
        sitting=sitting.number,
        starts_at=sitting.starts_at,
        early=sitting.starts_at > turn.now,
        untold=not sitting.told,
        persons=len(invited(turn.uow, found.cycle, turn.now)),
        minutes=found.cycle.step_of(found.task).limit.office_minutes or 0,
        first=found.task.clock_started_at is None,
    )
    return STAY


def begin(turn: Turn) -> Next:
    """The sitting begins."""
    task_id = pressed(turn).id
    sitting = turn.act(meeting_sitting.begin, task_id)
    cycle = turn.uow.cycles.of_task(task_id)
    rows = [
        [
            Choice("meeting.attend", cycle.id, str(sitting.number), style="success"),
            Choice("meeting.people", task_id, "0", label={"count": 0}),
        ],
        to_card(task_id),
    ]
    due_at = cycle.task(task_id).due_at
    turn.show("meeting/begun", rows, sitting=sitting.number, at=sitting.began_at, due_at=due_at)
    return STAY


def rest(turn: Turn) -> Next:
    """A break: the clock stands."""
    task_id = pressed(turn).id
    turn.act(meeting_sitting.rest, task_id)
    turn.say("meeting/resting", [[Choice("meeting.take_up", task_id, style="success")], to_card(task_id)], at=turn.now)
    return STAY


def take_up(turn: Turn) -> Next:
    """The break is over."""
    task_id = pressed(turn).id
    cycle = turn.act(meeting_sitting.take_up, task_id)
    turn.show("meeting/taken_up", [to_card(task_id)], at=turn.now, due_at=cycle.task(task_id).due_at)
    return STAY


def ask_finish(turn: Turn) -> Next:
    """Nobody can tap Hadir after the end: ask once more."""
    found = here(turn)
    sitting = found.meeting.of_task(found.task.id)
    if sitting is None or not sitting.running:
        raise NotNow(state="sidang_belum_dimulai")
    rows = [[Choice("meeting.finish_yes", found.task.id, style="success")], [Choice("step.keep", found.task.id)]]
    turn.say("meeting/ask_finish", rows, present=len(found.meeting.at(sitting.number)))
    return STAY


def finish(turn: Turn) -> Next:
    """The meeting is over; the notula is left."""
    task_id = pressed(turn).id
    sitting = turn.act(meeting_sitting.finish, task_id)
    cycle = turn.uow.cycles.of_task(task_id)
    present = len(turn.uow.meetings.of_cycle(cycle.id).at(sitting.number))
    rows = [[Choice("meeting.minutes", task_id, style="success")], to_card(task_id)]
    turn.show("meeting/finished", rows, at=sitting.ended_at, present=present, due_at=cycle.task(task_id).due_at)
    return STAY


BUTTONS = (
    ButtonAction("meeting.invite", ask_invite, ROLE),
    ButtonAction("meeting.invite_yes", invite, ROLE),
    ButtonAction("meeting.begin", ask_begin, ROLE),
    ButtonAction("meeting.begin_yes", begin, ROLE),
    ButtonAction("meeting.rest", rest, ROLE),
    ButtonAction("meeting.take_up", take_up, ROLE),
    ButtonAction("meeting.finish", ask_finish, ROLE),
    ButtonAction("meeting.finish_yes", finish, ROLE),
)
