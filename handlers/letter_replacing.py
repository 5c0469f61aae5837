"""After the sending (SOP step 3): a letter is replaced by a new one, or revoked. Numbering and signing: as ever."""

from datetime import date, datetime, time
from typing import Any

from handlers.letter_copies import letter_facts, next_act
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import replacing as actions
from sop.actions.replacing import Reached, Replacement
from sop.cycle import Cycle
from sop.letters import LONGEST_REASON, Letter, LetterState, read_reason
from sop.outgoing import Attachment, Choice, Rows
from sop.preparation import Meeting, check_meeting, parse_clock, parse_day, parse_text
from sop.refusals import DialogueClosed
from sop.worktime import WIB

ROLE = frozenset({"sekretariat"})
NAMED = 6  # OPDs named in a message; of the others the number


# --- which letter ---


def show_sent(turn: Turn) -> Next:
    """The letters that hold, and what is being prepared in the place of one."""
    found = turn.act(actions.sent, pressed(turn).id)
    taken = {x.replaces for x in found.coming}
    rows = [
        [Choice("replace.one", x.id, label_key="replace.go_on", label=_label(found.cycle, x))] for x in found.coming
    ]
    rows += [[Choice("replace.letter", x.id, label=_label(found.cycle, x))] for x in found.letters if x.id not in taken]
    rows.append([Choice("letters.list", found.cycle.id)])
    turn.show("replace/sent", rows, cycle=found.cycle.name, letters=[_facts(found.cycle, x) for x in found.letters])
    return STAY


def show_letter(turn: Turn) -> Next:
    """One letter: what can be done with it."""
    cycle, letter, _ = turn.act(actions.in_force, pressed(turn).id)
    rows = [
        [Choice("replace.begin", letter.id, style="success")],
        [Choice("replace.revoke", letter.id, style="danger")],
        [Choice("replace.sent", cycle.id, label_key="replace.back_to_sent")],
    ]
    turn.show("replace/letter", rows, cycle=cycle.name, sent_at=letter.sent_at, **_facts(cycle, letter))
    return STAY


def _label(cycle: Cycle, letter: Letter) -> dict[str, Any]:
    return {"title": cycle.sop.papers[letter.kind].title}


def _facts(cycle: Cycle, letter: Letter) -> dict[str, Any]:
    return {
        "title": cycle.sop.papers[letter.kind].title,
        "number": letter.number,
        "dated": letter.dated,
    }


# --- a new one: reason, and the meeting where it is an invitation ---


def ask_reason(turn: Turn) -> Next:
    """Why is it to be replaced? The OPDs read it."""
    cycle, letter, _ = turn.act(actions.in_force, pressed(turn).id)
    turn.begin(letter.id)
    turn.forget_draft()
    turn.say("replace/ask_reason", longest=LONGEST_REASON, **_facts(cycle, letter))
    return "replace.reason"


def take_reason(turn: Turn) -> Next:
    """The reason; an invitation may get another meeting, another letter is drafted at once."""
    cycle, letter, _ = turn.act(actions.in_force, turn.subject)
    turn.draft["reason"] = read_reason(turn.text)
    meeting = actions.invites_to(turn.uow, cycle, letter)
    if meeting is None:
        return _draft(turn, None)
    keep = Choice("replace.same_meeting", letter.id, style="success")
    turn.say("replace/ask_meeting", [[keep]], **_meeting(meeting))
    return "replace.day"


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {"at": datetime.combine(meeting.day, meeting.clock, WIB), "place": meeting.place}


def same_meeting(turn: Turn) -> Next:
    """Day, time and place stay as they are."""
    turn.begin(pressed(turn).id)
    return _draft(turn, None)


def take_day(turn: Turn) -> Next:
    """Another day."""
    today = turn.now.astimezone(WIB).date()
    day = parse_day(turn.text, today)
    check_meeting(day, time.max, turn.now)
    turn.draft["day"] = day.isoformat()
    turn.say("replace/ask_clock", day=day)
    return "replace.clock"


def take_clock(turn: Turn) -> Next:
    """Another time; the place stays, or is typed."""
    clock = parse_clock(turn.text)
    check_meeting(date.fromisoformat(_kept(turn, "day")), clock, turn.now)
    turn.draft["clock"] = clock.isoformat(timespec="minutes")
    cycle, letter, _ = turn.act(actions.in_force, turn.subject)
    meeting = actions.invites_to(turn.uow, cycle, letter)
    place = meeting.place if meeting else turn.office.office.meeting_place
    turn.draft["place"] = place
    keep = Choice("replace.same_place", letter.id, style="success")
    turn.say("replace/ask_place", [[keep]], place=place)
    return "replace.place"


def same_place(turn: Turn) -> Next:
    """The place stays."""
    turn.begin(pressed(turn).id)
    return _with_place(turn, _kept(turn, "place"))


def take_place(turn: Turn) -> Next:
    """Another place."""
    return _with_place(turn, parse_text("place", turn.text))


def _with_place(turn: Turn, place: str) -> Next:
    return _draft(turn, (date.fromisoformat(_kept(turn, "day")), time.fromisoformat(_kept(turn, "clock")), place))


def _draft(turn: Turn, meeting: tuple[date, time, str] | None) -> Next:
    reason = _kept(turn, "reason")
    letter = turn.act(actions.prepare_replacement, turn.subject, reason, meeting=meeting, bot_name=turn.bot_name)
    turn.forget_draft()
    found = turn.act(actions.replacement, letter.id)
    waiting = Attachment(paper=letter.draft_paper)
    turn.say("replace/drafted", _one_choices(found), attachment=waiting, **_one(found))
    return END


def _kept(turn: Turn, key: str) -> str:
    """What was answered before; a button of a question that has ended finds nothing."""
    if key not in turn.draft:
        raise DialogueClosed
    return str(turn.draft[key])


# --- the new one on its way ---


def show_one(turn: Turn) -> Next:
    """The letter that replaces, as it stands, with its next act."""
    found = turn.act(actions.replacement, pressed(turn).id)
    turn.show("replace/one", _one_choices(found), **_one(found))
    return STAY


def _one(found: Replacement) -> dict[str, Any]:
    return {
        "cycle": found.cycle.name,
        "old_number": found.old.number,
        "old_dated": found.old.dated,
        "reason": found.view.letter.reason,
        "meeting": _meeting(found.meeting) if found.meeting else None,
        **letter_facts(found.view),
    }


def _one_choices(found: Replacement) -> Rows:
    letter = found.view.letter
    rows: list[tuple[Choice, ...]] = []
    if letter.state is LetterState.SIGNED:
        rows.append((Choice("replace.send", letter.id, style="success"),))
    else:
        rows.append((next_act(found.task, found.view),))
    rows.append((Choice("letters.look", found.task, letter.id, label={"title": found.view.title}),))
    rows.append((Choice("replace.drop", letter.id, style="danger"),))
    return tuple(rows)


def ask_send(turn: Turn) -> Next:
    """Say whom the new letter will reach, and ask once more."""
    found, reached = turn.act(actions.ready_to_replace, pressed(turn).id)
    letter = found.view.letter
    rows = [
        [Choice("replace.send_yes", letter.id, style="success")],
        [Choice("replace.one", letter.id, label_key="replace.later")],
    ]
    turn.show("replace/ask_send", rows, **_one(found), **_reached(reached))
    return STAY


def send(turn: Turn) -> Next:
    """Send it: the one before holds no more."""
    found, _ = turn.act(actions.ready_to_replace, pressed(turn).id)
    reached = turn.act(actions.send_replacement, pressed(turn).id)
    rows = [[Choice("letters.list", found.cycle.id, "bawah", style="primary")]]
    turn.show("replace/replaced", rows, **_one(found), **_reached(reached))
    return STAY


def ask_drop(turn: Turn) -> Next:
    """Not to be replaced after all? Ask once more: a number of it will be void."""
    found = turn.act(actions.replacement, pressed(turn).id)
    letter = found.view.letter
    rows = [
        [Choice("replace.drop_yes", letter.id, style="danger")],
        [Choice("replace.one", letter.id, label_key="replace.back")],
    ]
    turn.show("replace/ask_drop", rows, **_one(found))
    return STAY


def drop(turn: Turn) -> Next:
    """It is not replaced."""
    found = turn.act(actions.drop_replacement, pressed(turn).id)
    turn.show("replace/dropped", [[Choice("letters.list", found.cycle.id)]], **_one(found))
    return STAY


def _reached(reached: Reached) -> dict[str, Any]:
    return {
        "by_bot": reached.by_bot,
        "by_hand": len(reached.by_hand),
        "by_hand_names": list(reached.by_hand[:NAMED]),
    }


# --- nothing in its place ---


def ask_revoke(turn: Turn) -> Next:
    """Say whom it reaches, and ask why: everybody who got the letter reads it."""
    reached = turn.act(actions.ready_to_revoke, pressed(turn).id)
    turn.begin(reached.old.id)
    turn.forget_draft()
    turn.say("replace/ask_revoke", **_facts(reached.cycle, reached.old), **_reached(reached))
    return "replace.revoked"


def take_revoke_reason(turn: Turn) -> Next:
    """The reason; what can't be undone is asked once more."""
    reached = turn.act(actions.ready_to_revoke, turn.subject)
    turn.draft["reason"] = read_reason(turn.text)
    letter = reached.old
    rows = [
        [Choice("replace.revoke_yes", letter.id, style="danger")],
        [Choice("replace.letter", letter.id, label_key="replace.later")],
    ]
    turn.say(
        "replace/confirm_revoke",
        rows,
        reason=turn.draft["reason"],
        **_facts(reached.cycle, letter),
        **_reached(reached),
    )
    return END


def revoke(turn: Turn) -> Next:
    """It holds no more."""
    turn.begin(pressed(turn).id)
    reason = _kept(turn, "reason")
    reached = turn.act(actions.revoke_letter, turn.subject, reason)
    turn.forget_draft()
    turn.show("replace/revoked", reason=reason, **_facts(reached.cycle, reached.old), **_reached(reached))
    return STAY


DIALOGUE = Dialogue(
    "letter_replacing",
    buttons=(
        ButtonAction("replace.sent", show_sent, ROLE),
        ButtonAction("replace.letter", show_letter, ROLE),
        ButtonAction("replace.begin", ask_reason, ROLE),
        ButtonAction("replace.same_meeting", same_meeting, ROLE),
        ButtonAction("replace.same_place", same_place, ROLE),
        ButtonAction("replace.one", show_one, ROLE),
        ButtonAction("replace.send", ask_send, ROLE),
        ButtonAction("replace.send_yes", send, ROLE),
        ButtonAction("replace.drop", ask_drop, ROLE),
        ButtonAction("replace.drop_yes", drop, ROLE),
        ButtonAction("replace.revoke", ask_revoke, ROLE),
        ButtonAction("replace.revoke_yes", revoke, ROLE),
    ),
    states=(
        State("replace.reason", on_text=take_reason),
        State("replace.day", on_text=take_day),
        State("replace.clock", on_text=take_clock),
        State("replace.place", on_text=take_place),
        State("replace.revoked", on_text=take_revoke_reason),
    ),
)
