"""Numbering a letter of any task (SOP steps 3, 6, 7): number, date, signatory; then the final PDF to be signed."""

from datetime import date, timedelta
from typing import Any

from handlers.letter_copies import WRITERS
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import letters as actions
from sop.letters import LetterState, check_day, read_day
from sop.outgoing import Attachment, Choice
from sop.refusals import BadInput, DialogueClosed
from sop.worktime import WIB

_AGAIN = "lagi"  # extra of the button that takes a void number up again


def ask_number(turn: Turn) -> Next:
    """Which number has the agenda officer given? One is suggested, none is given by us."""
    task_id, letter_id = pressed(turn).id, pressed(turn).arg
    view = turn.act(actions.look_at_letter, task_id, letter_id)
    turn.begin(task_id)
    turn.forget_draft()
    suggested = turn.act(actions.suggest_number, task_id, letter_id)
    turn.draft.update(letter=letter_id, title=view.title, suggested=suggested)
    rows = [[Choice("letters.use_number", task_id, style="success", label={"number": suggested})]]
    if view.void:
        turn.draft["void"] = view.void[0]
        again = Choice(
            "letters.use_number", task_id, _AGAIN, label_key="letters.use_again", label={"number": view.void[0]}
        )
        rows.append([again])
    turn.say(
        "letters/ask_number",
        rows,
        title=view.title,
        suggested=suggested,
        number=view.letter.number,
        signed=view.letter.state is LetterState.SIGNED,
        void=view.void[0] if view.void else "",
        hold_minutes=turn.office.office.numbering.hold_minutes,
    )
    return "letters.number"


def use_number(turn: Turn) -> Next:
    """A suggested number, by its button."""
    turn.begin(pressed(turn).id)
    number = turn.draft.get("void" if pressed(turn).arg == _AGAIN else "suggested")
    if not number:
        raise DialogueClosed
    return _with_number(turn, str(number))


def type_number(turn: Turn) -> Next:
    """A number as it was typed."""
    return _with_number(turn, turn.text)


def _with_number(turn: Turn, text: str) -> Next:
    number = turn.act(actions.check_number, turn.subject, _letter(turn), text)
    turn.draft["number"] = number
    if "signatory" in turn.draft:  # only the number was wanting: the one before was of another unit
        return _finish(turn, _kept(turn, "signatory"))
    today = turn.now.astimezone(WIB).date()
    days = (("letters.today", today, "success"), ("letters.yesterday", today - timedelta(days=1), ""))
    row = [
        Choice("letters.date", turn.subject, day.isoformat(), style=style, label_key=key, label={"day": day})
        for key, day, style in days
    ]
    turn.show("letters/ask_date", [row], number=number, title=_kept(turn, "title"))
    return "letters.date"


def use_date(turn: Turn) -> Next:
    """Today or yesterday, by its button."""
    turn.begin(pressed(turn).id)
    try:
        dated = date.fromisoformat(pressed(turn).arg)
    except ValueError as error:  # it came back from a phone
        raise BadInput(field="letter_date", problem="form", value=pressed(turn).arg) from error
    check_day(dated, turn.now.astimezone(WIB).date())
    return _with_date(turn, dated)


def type_date(turn: Turn) -> Next:
    """A date as it was typed."""
    return _with_date(turn, read_day(turn.text, turn.now.astimezone(WIB).date()))


def _with_date(turn: Turn, dated: date) -> Next:
    """Ask who signs, unless only one can."""
    number = _kept(turn, "number")
    signers = turn.act(actions.signatories, turn.subject, _letter(turn), dated)
    if not signers:
        turn.say("letters/no_signatory", dated=dated)
        return "letters.date"
    turn.draft["dated"] = dated.isoformat()
    if len(signers) == 1:
        return _finish(turn, signers[0].key)
    rows = [
        [Choice("letters.signatory", turn.subject, s.key, style="" if n else "success", label={"title": s.title})]
        for n, s in enumerate(signers)
    ]
    turn.show("letters/ask_signatory", rows, number=number, dated=dated)
    return "letters.signatory"


def want_button(turn: Turn) -> Next:
    """Words came where a button is awaited."""
    turn.say("letters/want_signatory")
    return STAY


def use_signatory(turn: Turn) -> Next:
    """Who signs, by the button."""
    turn.begin(pressed(turn).id)
    return _finish(turn, pressed(turn).arg)


def _finish(turn: Turn, signatory: str) -> Next:
    """All is known: record it, and let the final PDF follow when it is printed."""
    task_id, letter_id = turn.subject, _letter(turn)
    if not turn.act(actions.fits_signatory, task_id, letter_id, _kept(turn, "number"), signatory):
        return _ask_other_unit(turn, signatory)
    command = actions.GiveNumber(letter_id, _kept(turn, "number"), date.fromisoformat(_kept(turn, "dated")), signatory)
    done = turn.act(actions.number_letter, task_id, command, bot_name=turn.bot_name)
    turn.forget_draft()
    facts: dict[str, Any] = {
        "title": turn.uow.cycles.of_task(task_id).sop.papers[done.letter.kind].title,
        "number": done.letter.number,
        "dated": done.letter.dated,
        "signatory": done.signatory.title,
    }
    turn.show("letters/numbered", taken_up=done.taken_up, **facts)
    upload = Choice("letters.upload", task_id, letter_id, style="success", label_key="letters.upload_signed")
    turn.say("letters/to_sign", [[upload]], attachment=Attachment(paper=done.letter.final_paper), **facts)
    return END


def _ask_other_unit(turn: Turn, signatory: str) -> Next:
    """The signatory's letterhead has a register of its own: which number has been given there?"""
    signers = turn.act(actions.signatories, turn.subject, _letter(turn), date.fromisoformat(_kept(turn, "dated")))
    title = next((s.title for s in signers if s.key == signatory), "")
    suggested = turn.act(actions.suggest_number, turn.subject, _letter(turn), signatory=signatory)
    before = _kept(turn, "number")
    turn.draft.update(signatory=signatory, suggested=suggested)
    use = Choice("letters.use_number", turn.subject, style="success", label={"number": suggested})
    turn.show("letters/other_unit", [[use]], signatory=title, number=before, suggested=suggested)
    return "letters.number"


def _letter(turn: Turn) -> str:
    return _kept(turn, "letter")


def _kept(turn: Turn, key: str) -> str:
    """What was answered before; a button of a numbering that has ended finds nothing."""
    if key not in turn.draft:
        raise DialogueClosed
    return str(turn.draft[key])


DIALOGUE = Dialogue(
    "letters_numbering",
    buttons=(
        ButtonAction("letters.number", ask_number, WRITERS),
        ButtonAction("letters.use_number", use_number, WRITERS),
        ButtonAction("letters.date", use_date, WRITERS),
        ButtonAction("letters.signatory", use_signatory, WRITERS),
    ),
    states=(
        State("letters.number", on_text=type_number),
        State("letters.date", on_text=type_date),
        State("letters.signatory", on_text=want_button),
    ),
)
