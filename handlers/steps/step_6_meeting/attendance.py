"""Who is there: Hadir by one's own tap, and the list that Tim SPBE Kota keeps (/hadir, SOP step 6)."""

from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Next, State
from handlers.steps.step_6_meeting.shared import ROLE, here, to_card
from handlers.turn import Turn
from sop.actions import attendance, minutes
from sop.actions.attendance import Presence
from sop.convening import MEETING, capacity, meeting_step, sitting_facts
from sop.cycle import Cycle, Task
from sop.meeting import Attendee, Sitting
from sop.outgoing import Attachment, Choice
from sop.refusals import NotNow

INVITED = frozenset({"tim_kota", "tim_diskominfo", "kabid", "opd"})


def attendance_command(turn: Turn) -> Next:
    """/hadir: the list for who keeps it; for everybody else who is invited, their own Hadir."""
    kept = _kept(turn)
    if kept is not None:
        turn.act(attendance.presence, kept.id)
        template, rows, facts = _list(turn, kept.id, "0")
        turn.say(template, rows, **facts)
        return STAY
    for cycle in turn.uow.cycles.current():
        sitting = turn.uow.meetings.of_cycle(cycle.id).sitting
        if sitting and sitting.running and capacity(cycle, turn.acting):
            _own(turn, cycle, sitting)
            return STAY
    raise NotNow(state="sidang_belum_dimulai")


def _own(turn: Turn, cycle: Cycle, sitting: Sitting) -> None:
    """The button Hadir again, or what it has recorded."""
    listed = turn.uow.meetings.of_cycle(cycle.id).at(sitting.number)
    mine = next((a for a in listed if a.person == turn.acting.id), None)
    if mine is not None:
        turn.say("meeting/attended", **_attended(cycle, mine))
        return
    rows = [[Choice("meeting.attend", cycle.id, str(sitting.number), style="success")]]
    turn.say("meeting_began", rows, cycle=cycle.name, **sitting_facts(sitting))


def _kept(turn: Turn) -> Task | None:
    """The open meeting whose list this person keeps."""
    for cycle in turn.uow.cycles.current():
        step = meeting_step(cycle)
        for task in cycle.open_tasks(step.key) if step else ():
            if cycle.step_of(task).dialogue == MEETING and turn.acting.capacity(cycle.step_of(task).actor):
                return task
    return None


def attend(turn: Turn) -> Next:
    """*Hadir*: the question becomes its answer."""
    press = pressed(turn)
    number = int(press.arg) if press.arg.isdecimal() else 0
    attendee = turn.act(attendance.attend, press.id, number)
    turn.show("meeting/attended", **_attended(turn.uow.cycles.get(press.id), attendee))
    return STAY


def _attended(cycle: Cycle, attendee: Attendee) -> dict[str, Any]:
    return {
        "cycle": cycle.name,
        "sitting": attendee.sitting,
        "name": attendee.name,
        "post": attendee.post,
        "agency": attendee.agency,
        "at": attendee.at,
    }


# --- the list


def show_list(turn: Turn) -> Next:
    """Who is there, a page at a time."""
    template, rows, facts = _list(turn, pressed(turn).id, pressed(turn).arg)
    turn.show(template, rows, **facts)
    return STAY


def _list(turn: Turn, task_id: str, wanted: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    found = turn.act(attendance.presence, task_id)
    page = page_of(found.present, wanted)
    rows: list[list[Choice]] = []
    mine = any(a.person == turn.acting.id for a in found.present)
    if found.sitting.running and not mine:
        rows.append(
            [
                Choice(
                    "meeting.attend", found.cycle.id, str(found.sitting.number), style="success", label_key="meeting.me"
                )
            ]
        )
    rows += [[Choice("meeting.guests", task_id)]]
    if found.absent:
        rows[-1].append(Choice("meeting.absent", task_id, "0", label={"count": len(found.absent)}))
    rows += turning(page, "meeting.people", task_id)
    if found.present:
        rows.append([Choice("meeting.print", task_id), Choice("meeting.slips", task_id, "0", style="danger")])
    else:
        rows.append([Choice("meeting.print", task_id)])
    rows.append(to_card(task_id))
    return "meeting/people", rows, _people(found) | {"people": [_line(a) for a in page.items], **page.facts}


def _people(found: Presence) -> dict[str, Any]:
    return {
        "cycle": found.cycle.name,
        "sitting": found.sitting.number,
        "began_at": found.sitting.began_at,
        "running": found.sitting.running,
        "absent": len(found.absent),
    }


def _line(attendee: Attendee) -> dict[str, Any]:
    return {
        "name": attendee.name,
        "post": attendee.post,
        "agency": attendee.agency,
        "at": attendee.at,
        "by": attendee.by.name if attendee.by else "",
    }


def show_absent(turn: Turn) -> Next:
    """Those invited who are not on the list; a tap writes one down."""
    task_id = pressed(turn).id
    template, rows, facts = _absent(turn, task_id, pressed(turn).arg)
    turn.show(template, rows, **facts)
    return STAY


def _absent(turn: Turn, task_id: str, wanted: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    found = turn.act(attendance.presence, task_id)
    page = page_of(found.absent, wanted)
    rows = [[Choice("meeting.mark", task_id, p.id, label=_label(turn, found.cycle, p))] for p in page.items]
    rows += turning(page, "meeting.absent", task_id)
    rows.append([Choice("meeting.people", task_id, "0", label_key="meeting.to_list")])
    return "meeting/absent", rows, _people(found) | page.facts


def _label(turn: Turn, cycle: Cycle, person: Any) -> dict[str, Any]:
    held = capacity(cycle, person)
    opd = turn.office.opd(held.opd).short if held and held.opd else ""
    return {"name": person.name, "of": opd or (cycle.sop.role_name(held.role) if held else "")}


def mark(turn: Turn) -> Next:
    """Written down: the others stay in view."""
    task_id = pressed(turn).id
    attendee = turn.act(attendance.write_down, task_id, pressed(turn).arg)
    turn.toast("meeting/marked", name=attendee.name)
    template, rows, facts = _absent(turn, task_id, "0")
    turn.show(template, rows, **facts)
    return STAY


def show_slips(turn: Turn) -> Next:
    """Whom to take off the list?"""
    template, rows, facts = _slips(turn, pressed(turn).id, pressed(turn).arg)
    turn.show(template, rows, **facts)
    return STAY


def _slips(turn: Turn, task_id: str, wanted: str) -> tuple[str, list[list[Choice]], dict[str, Any]]:
    found = turn.act(attendance.presence, task_id)
    page = page_of(found.present, wanted)
    rows = [[Choice("meeting.strike", task_id, a.id, label={"name": a.name, "of": a.agency})] for a in page.items]
    rows += turning(page, "meeting.slips", task_id)
    rows.append([Choice("meeting.people", task_id, "0", label_key="meeting.to_list")])
    return "meeting/slips", rows, _people(found) | page.facts


def strike(turn: Turn) -> Next:
    """Off the list."""
    task_id = pressed(turn).id
    gone = turn.act(attendance.strike, task_id, pressed(turn).arg)
    turn.toast("meeting/struck", name=gone.name)
    template, rows, facts = _slips(turn, task_id, "0")
    turn.show(template, rows, **facts)
    return STAY


def print_list(turn: Turn) -> Next:
    """The list as PDF, to be signed by hand."""
    task_id = pressed(turn).id
    paper = turn.act(minutes.print_attendance, task_id)
    turn.say(
        "meeting/list_paper",
        attachment=Attachment(paper=paper),
        cycle=turn.uow.cycles.of_task(task_id).name,
        at=turn.now,
    )
    return STAY


# --- guests


def ask_guests(turn: Turn) -> Next:
    """Guests without an account: one a line."""
    found = here(turn)
    turn.act(attendance.presence, found.task.id)
    turn.begin(found.task.id)
    turn.say("meeting/ask_guests")
    return "meeting.guests"


def take_guests(turn: Turn) -> Next:
    """They are on the list."""
    task_id = turn.subject
    written = turn.act(attendance.write_guests, task_id, turn.text)
    found = turn.act(attendance.presence, task_id)
    rows = [
        [Choice("meeting.guests", task_id), Choice("meeting.people", task_id, "0", label_key="meeting.to_list")],
        to_card(task_id),
    ]
    turn.say(
        "meeting/guests_kept", rows, names=[a.name for a in written][:8], count=len(written), present=len(found.present)
    )
    return END


BUTTONS = (
    ButtonAction("meeting.attend", attend, INVITED),
    ButtonAction("meeting.people", show_list, ROLE),
    ButtonAction("meeting.absent", show_absent, ROLE),
    ButtonAction("meeting.mark", mark, ROLE),
    ButtonAction("meeting.slips", show_slips, ROLE),
    ButtonAction("meeting.strike", strike, ROLE),
    ButtonAction("meeting.print", print_list, ROLE),
    ButtonAction("meeting.guests", ask_guests, ROLE),
)
STATES = (State("meeting.guests", on_text=take_guests),)
