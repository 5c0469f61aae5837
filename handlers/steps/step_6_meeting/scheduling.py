"""The date of a sitting: day, time, place and agenda, one after another, then all of it once more to be confirmed."""

from datetime import date, datetime, time
from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Next, State
from handlers.steps.step_6_meeting.shared import ROLE, closing, here, phase_of, to_card
from handlers.turn import Turn
from sop.actions import meeting_dates
from sop.actions.meeting_dates import Plan
from sop.meeting import FARTHEST, Sitting, read_words
from sop.meeting_words import read_agenda
from sop.outgoing import Choice
from sop.preparation import parse_clock, parse_day
from sop.refusals import BadInput, NothingThere
from sop.worktime import WIB

CLOCKS = ("09.00", "13.30")
_PARTS = {"day", "clock", "place", "agenda"}


def ask_day(turn: Turn) -> Next:
    """The day of the next sitting: of the first, of one that moves, or of a further one."""
    found = here(turn)
    turn.begin(found.task.id)
    turn.forget_draft()
    now = _ahead(turn)
    rows = []
    if now and now.starts_at > turn.now:
        rows.append([Choice("meeting.day", found.task.id, label={"at": now.starts_at})])
    turn.say(
        "meeting/ask_day",
        rows,
        cycle=found.cycle.name,
        further=phase_of(found.meeting, found.task) in ("berlangsung", "jeda", "lanjutan", "notula"),
        now_at=now.starts_at if now else None,
        place=now.place if now else "",
    )
    return "meeting.day"


def _ahead(turn: Turn) -> Sitting | None:
    """The sitting that is to be moved, if one is ahead."""
    last = turn.uow.meetings.of_cycle(turn.uow.cycles.of_task(turn.subject).id).sitting
    return last if last and last.began_at is None else None


def take_day(turn: Turn) -> Next:
    """The day as typed, or as it stood."""
    _begin(turn)
    now = _ahead(turn)
    if turn.press and now is None:
        raise NothingThere(what="tombol")
    today = turn.now.astimezone(WIB).date()
    day = now.starts_at.astimezone(WIB).date() if turn.press and now else parse_day(turn.text, today)
    _check(turn, day, time.max)
    turn.draft["day"] = day.isoformat()
    usual = [f"{now.starts_at.astimezone(WIB):%H.%M}"] if now else []
    rows = [[Choice("meeting.clock", turn.subject, c, label={"clock": c}) for c in dict.fromkeys((*usual, *CLOCKS))]]
    turn.say("meeting/ask_clock", rows, day=day, off=turn.uow.time.why_off(day) or "")
    return "meeting.clock"


def _begin(turn: Turn) -> None:
    """Turn to the task, if this person may still act on it: nobody is to type in vain."""
    turn.begin(here(turn).task.id)


def _check(turn: Turn, day: date, clock: time) -> datetime:
    at = datetime.combine(day, clock, WIB)
    if at <= turn.now or at > turn.now + FARTHEST:
        raise BadInput(field="meeting_date", problem="past" if at <= turn.now else "far", value=day.isoformat())
    return at


def take_clock(turn: Turn) -> Next:
    """The time as typed, or as tapped."""
    _begin(turn)
    if "day" not in turn.draft:
        return ask_day(turn)
    clock = parse_clock(pressed(turn).arg if turn.press else turn.text)
    _check(turn, date.fromisoformat(turn.draft["day"]), clock)
    turn.draft["clock"] = clock.isoformat(timespec="minutes")
    last = turn.uow.meetings.of_cycle(turn.uow.cycles.of_task(turn.subject).id).sitting
    places = list(dict.fromkeys((*([last.place] if last else []), turn.office.office.meeting_place)))
    turn.draft["places"] = places  # kept, so that a number on a button means what it said
    rows = [[Choice("meeting.place", turn.subject, str(n), label={"place": p})] for n, p in enumerate(places)]
    turn.say("meeting/ask_place", rows)
    return "meeting.place"


def take_place(turn: Turn) -> Next:
    """The place as typed, or as tapped."""
    _begin(turn)
    if "clock" not in turn.draft:
        return ask_day(turn)
    tapped = {str(n): p for n, p in enumerate(turn.draft.get("places", []))}
    if turn.press and pressed(turn).arg not in tapped:
        raise NothingThere(what="tombol")
    turn.draft["place"] = tapped[pressed(turn).arg] if turn.press else read_words("place", turn.text)
    last = turn.uow.meetings.of_cycle(turn.uow.cycles.of_task(turn.subject).id).sitting
    usual = list(last.agenda) if last else [turn.office.office.meeting_subject]
    turn.draft["usual_agenda"] = usual
    turn.say("meeting/ask_agenda", [[Choice("meeting.agenda", turn.subject)]], agenda=usual)
    return "meeting.agenda"


def take_agenda(turn: Turn) -> Next:
    """The agenda: then all of it once more, with what follows when it is set."""
    _begin(turn)
    if not {"day", "clock", "place", "usual_agenda"} <= set(turn.draft):
        return ask_day(turn)
    turn.draft["agenda"] = turn.draft["usual_agenda"] if turn.press else list(read_agenda(turn.text))
    found = here(turn)
    plan = _plan(turn)
    rows = [
        [Choice("meeting.schedule_yes", turn.subject, style="success")],
        [Choice("meeting.schedule", turn.subject, label_key="meeting.again"), Choice("step.keep", turn.subject)],
    ]
    last = found.meeting.sitting
    turn.say(
        "meeting/confirm_date",
        rows,
        **_facts(plan),
        told=len(last.told) if last and not last.began_at else 0,
        phase=phase_of(found.meeting, found.task),
        off=turn.uow.time.why_off(plan.starts_at.date()) or "",
    )
    return END


def _plan(turn: Turn) -> Plan:
    day, clock = date.fromisoformat(turn.draft["day"]), time.fromisoformat(turn.draft["clock"])
    return Plan(_check(turn, day, clock), turn.draft["place"], tuple(turn.draft["agenda"]))


def _facts(plan: Plan) -> dict[str, Any]:
    return {"starts_at": plan.starts_at, "place": plan.place, "agenda": list(plan.agenda)}


def schedule(turn: Turn) -> Next:
    """Confirmed: the date is set."""
    found = here(turn)
    task_id = found.task.id
    turn.begin(task_id)
    if not set(turn.draft) >= _PARTS:
        raise NothingThere(what="tombol")
    running = phase_of(found.meeting, found.task) in ("berlangsung", "jeda")
    act = meeting_dates.adjourn if running else meeting_dates.schedule
    plan = _plan(turn)
    done = turn.act(act, task_id, plan, bot_name=turn.bot_name)
    turn.forget_draft()
    turn.show(
        "meeting/date_set",
        [to_card(task_id)],
        **_facts(plan),
        sitting=done.sitting.number,
        told=len(done.sitting.told),
        letter=done.letter.state.value if done.letter else "",
        before=done.before if done.before != plan.starts_at else None,
    )
    return closing(turn, task_id)


# --- a further sitting that is not needed, and a new letter


def ask_call_off(turn: Turn) -> Next:
    """The further sitting is not needed: who will be told?"""
    found = here(turn)
    last = found.meeting.sittings[-1] if found.meeting.sittings else None
    if last is None or last.began_at is not None or found.meeting.held is None:
        raise NothingThere(what="tombol")
    rows = [
        [Choice("meeting.call_off_yes", found.task.id, style="danger")],
        [Choice("step.keep", found.task.id)],
    ]
    turn.say("meeting/ask_call_off", rows, starts_at=last.starts_at, told=len(last.told))
    return STAY


def call_off(turn: Turn) -> Next:
    """It is off."""
    task_id = pressed(turn).id
    gone = turn.act(meeting_dates.call_off, task_id)
    turn.show("meeting/called_off", [to_card(task_id)], starts_at=gone.starts_at, told=len(gone.told))
    return STAY


def new_letter(turn: Turn) -> Next:
    """A letter for the sitting ahead is drafted; it goes the usual way from here."""
    task_id = pressed(turn).id
    letter = turn.act(meeting_dates.write_letter, task_id, bot_name=turn.bot_name)
    title = turn.uow.cycles.of_task(task_id).sop.papers[letter.kind].title
    number = Choice("letters.number", task_id, letter.id, style="success", label={"title": title})
    turn.say("meeting/letter_drafted", [[number], to_card(task_id)], title=title)
    return STAY


BUTTONS = (
    ButtonAction("meeting.schedule", ask_day, ROLE),
    ButtonAction("meeting.day", take_day, ROLE),
    ButtonAction("meeting.clock", take_clock, ROLE),
    ButtonAction("meeting.place", take_place, ROLE),
    ButtonAction("meeting.agenda", take_agenda, ROLE),
    ButtonAction("meeting.schedule_yes", schedule, ROLE),
    ButtonAction("meeting.call_off", ask_call_off, ROLE),
    ButtonAction("meeting.call_off_yes", call_off, ROLE),
    ButtonAction("meeting.letter", new_letter, ROLE),
)
STATES = (
    State("meeting.day", on_text=take_day),
    State("meeting.clock", on_text=take_clock),
    State("meeting.place", on_text=take_place),
    State("meeting.agenda", on_text=take_agenda),
)
