"""Step 1, the meeting: day, time, place and agenda, one after another; what stood there before is a tap away."""

from datetime import date, time

from handlers.lists import pressed
from handlers.registry import END, ButtonAction, Next, State
from handlers.steps.step_1_prepare.questions import ROLE, back, begin, meeting_facts, put, sheet_of
from handlers.turn import Turn
from sop import preparation as sheets
from sop.actions import preparation as actions
from sop.outgoing import Choice
from sop.preparation import Meeting
from sop.refusals import NothingThere
from sop.worktime import WIB

CLOCKS = ("09.00", "13.30")


def ask_day(turn: Turn) -> Next:
    """The day of the meeting."""
    begin(turn)
    now = meeting_facts(sheet_of(turn))
    rows = [[Choice("prepare.day", turn.subject, label={"at": now["at"]})]] if now and now["at"] > turn.now else []
    return put(turn, "prepare.day", "prepare/ask_day", rows, meeting=now)


def take_day(turn: Turn) -> Next:
    """The day as typed, or as it stood."""
    begin(turn)
    meeting = sheet_of(turn).meeting
    today = turn.now.astimezone(WIB).date()
    if turn.press and meeting is None:
        raise NothingThere(what="tombol")
    day = meeting.day if turn.press and meeting else sheets.parse_day(turn.text, today)
    sheets.check_meeting(day, time.max, turn.now)
    turn.draft["day"] = day.isoformat()
    clocks = dict.fromkeys((*([f"{meeting.clock:%H.%M}"] if meeting else []), *CLOCKS))
    rows = [[Choice("prepare.clock", turn.subject, c, label={"clock": c}) for c in clocks]]
    return put(turn, "prepare.clock", "prepare/ask_clock", rows, day=day, off=turn.uow.time.why_off(day) or "")


def take_clock(turn: Turn) -> Next:
    """The time as typed, or as tapped."""
    begin(turn)
    if "day" not in turn.draft:
        return ask_day(turn)
    clock = sheets.parse_clock(pressed(turn).arg if turn.press else turn.text)
    sheets.check_meeting(date.fromisoformat(turn.draft["day"]), clock, turn.now)
    turn.draft["clock"] = clock.isoformat(timespec="minutes")
    meeting = sheet_of(turn).meeting
    # Kept with the draft, so that a number on a button means what it said.
    places = dict.fromkeys((*([meeting.place] if meeting else []), turn.office.office.meeting_place))
    turn.draft["places"] = list(places)
    rows = [[Choice("prepare.place", turn.subject, str(n), label={"place": p})] for n, p in enumerate(places)]
    return put(turn, "prepare.place", "prepare/ask_place", rows)


def take_place(turn: Turn) -> Next:
    """The place as typed, or as tapped."""
    begin(turn)
    if "clock" not in turn.draft:
        return ask_day(turn)
    places = turn.draft.get("places", [])
    tapped = {str(n): p for n, p in enumerate(places)}
    if turn.press and pressed(turn).arg not in tapped:
        raise NothingThere(what="tombol")
    turn.draft["place"] = tapped[pressed(turn).arg] if turn.press else sheets.parse_text("place", turn.text)
    meeting = sheet_of(turn).meeting
    turn.draft["usual_agenda"] = meeting.agenda if meeting else turn.office.office.meeting_agenda
    return put(
        turn,
        "prepare.agenda",
        "prepare/ask_agenda",
        [[Choice("prepare.agenda", turn.subject)]],
        agenda=turn.draft["usual_agenda"],
    )


def take_agenda(turn: Turn) -> Next:
    """The agenda; the meeting is complete."""
    begin(turn)
    draft = turn.draft
    if not {"day", "clock", "place", "usual_agenda"} <= set(draft):
        return ask_day(turn)
    agenda = draft["usual_agenda"] if turn.press else sheets.parse_text("agenda", turn.text)
    meeting = Meeting(date.fromisoformat(draft["day"]), time.fromisoformat(draft["clock"]), draft["place"], agenda)
    turn.act(actions.save_sheet, turn.subject, sheets.with_meeting(sheet_of(turn), meeting, turn.now))
    turn.say("prepare/meeting_kept", back(turn), **(meeting_facts(sheet_of(turn)) or {}))
    turn.forget_draft()
    return END


BUTTONS = (
    ButtonAction("prepare.meeting", ask_day, ROLE),
    ButtonAction("prepare.day", take_day, ROLE),
    ButtonAction("prepare.clock", take_clock, ROLE),
    ButtonAction("prepare.place", take_place, ROLE),
    ButtonAction("prepare.agenda", take_agenda, ROLE),
)
STATES = (
    State("prepare.day", on_text=take_day),
    State("prepare.clock", on_text=take_clock),
    State("prepare.place", on_text=take_place),
    State("prepare.agenda", on_text=take_agenda),
)
