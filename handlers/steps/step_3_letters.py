"""Step 3, the letters: the Sekretariat's card, a letter with its PDF, the signed copy, and the sending."""

from datetime import datetime
from typing import Any

from handlers.cards import stale_or_closed, task_params
from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, CardView, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import letters as actions
from sop.actions.evidence import SentFile
from sop.actions.letters import LetterView, Outlook
from sop.cycle import Cycle, Task
from sop.letters import LetterState
from sop.naming import opd_of
from sop.outgoing import Attachment, Choice, Rows
from sop.people import Acting
from sop.ports import UnitOfWork
from sop.refusals import DialogueClosed

ROLE = frozenset({"sekretariat"})
NAMED = 6  # OPDs named in a message; of the others the number


# --- the card ---


def card(uow: UnitOfWork, task_id: str, who: Acting, now: datetime) -> CardView:
    """The letters with their state, what is still missing, and what can be done now."""
    cycle = uow.cycles.of_task(task_id)
    task = cycle.task(task_id)
    closed = stale_or_closed(uow, cycle, task, who, now)
    if closed is not None:
        return closed
    views = [
        actions.view_of(uow, cycle, task_id, letter)
        for letter in uow.letters.of_cycle(cycle.id, cycle.sop.letters_to_opds)
    ]
    params = task_params(uow, cycle, task, now) | {
        "opds": len(cycle.opds),
        "letters": [_facts(v) for v in views],
        "ready": _all_signed(views),
    }
    return CardView("card/letters", params, _card_choices(cycle, task, views))


def _all_signed(views: list[LetterView]) -> bool:
    return bool(views) and all(v.letter.state is LetterState.SIGNED for v in views)


def _facts(view: LetterView) -> dict[str, Any]:
    return {
        "title": view.title,
        "state": view.letter.state.value,
        "number": view.letter.number,
        "dated": view.letter.dated,
        "signatory": view.signatory.title if view.signatory else "",
        "void": list(view.void),
        "arriving": view.arriving,
    }


def _card_choices(cycle: Cycle, task: Task, views: list[LetterView]) -> Rows:
    """The next act of each letter first; the sending when all are signed; then looking, then the way back."""
    rows: list[tuple[Choice, ...]] = []
    if _all_signed(views):
        rows.append((Choice("letters.send", task.id, style="success"),))
    rows += [(_next_act(task.id, v),) for v in views if v.letter.state is not LetterState.SIGNED]
    rows += [(Choice("letters.look", task.id, v.letter.id, label={"title": v.title}),) for v in views]
    back = (Choice("step.return", task.id, style="danger"),) if "return" in cycle.step_of(task).acts else ()
    rows.append((*back, Choice("step.why", task.id)))
    return tuple(rows)


def _next_act(task_id: str, view: LetterView) -> Choice:
    action = "letters.number" if view.letter.state is LetterState.DRAFT else "letters.upload"
    return Choice(action, task_id, view.letter.id, style="success", label={"title": view.title})


def open_card(turn: Turn) -> Next:
    """Bring the card to the bottom of the chat; one that is decided is answered with what came of it."""
    task_id = pressed(turn).id
    view = card(turn.uow, task_id, turn.acting, turn.now)
    if view.open:
        turn.uow.outbox.refresh_card(task_id, [turn.acting.id], loud=True)
    else:
        turn.show(view.template, **view.params)
    return STAY


# --- one letter ---


def look(turn: Turn) -> Next:
    """A letter as it stands: its PDF (draft, to be signed, or signed), its facts, and what can be changed."""
    task_id, letter_id = pressed(turn).id, pressed(turn).arg
    view = turn.act(actions.look_at_letter, task_id, letter_id)
    letter = view.letter
    paper = letter.signed_paper or (letter.final_paper if letter.number else letter.draft_paper)
    attachment = Attachment(paper=paper) if paper else None
    turn.say("letters/letter", _letter_choices(task_id, view), attachment=attachment, **_facts(view))
    return STAY


def _letter_choices(task_id: str, view: LetterView) -> Rows:
    letter = view.letter
    if letter.state is LetterState.DRAFT:
        return ((_next_act(task_id, view),), _to_card(task_id))
    key = "letters.upload_again" if letter.state is LetterState.SIGNED else "letters.upload_signed"
    upload = Choice("letters.upload", task_id, letter.id, style="primary", label_key=key)
    anew = Choice("letters.number", task_id, letter.id, style="danger", label_key="letters.number_anew")
    return ((upload,), (anew,), _to_card(task_id))


def _to_card(task_id: str) -> tuple[Choice, ...]:
    return (Choice("letters.open", task_id),)


# --- the signed copy ---


def ask_signed(turn: Turn) -> Next:
    """Ask for the signed copy of a letter."""
    task_id, letter_id = pressed(turn).id, pressed(turn).arg
    view = turn.act(actions.ready_to_sign, task_id, letter_id)
    turn.begin(task_id)
    turn.draft["signed_for"] = letter_id
    turn.say("letters/ask_signed", limit_mb=turn.office.office.largest_file_mb, **_facts(view))
    return "letters.signed"


def take_signed(turn: Turn) -> Next:
    """The copy came in: it is fetched and kept; the arrival is told when the bytes are there."""
    upload, letter_id = turn.upload, str(turn.draft.get("signed_for", ""))
    if upload is None or not letter_id:
        raise DialogueClosed
    if upload.album and turn.draft.get("album") == upload.album:
        return STAY  # the first page of this album has its answer already
    if upload.album:
        turn.draft["album"] = upload.album
        turn.say("letters/signed_album")
        return STAY
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)
    view = turn.act(actions.expect_signed_copy, turn.subject, letter_id, sent)
    turn.forget_draft()
    turn.say("letters/copy_coming", filename=upload.filename, photo=upload.kind == "photo", **_facts(view))
    return END


def want_file(turn: Turn) -> Next:
    """Words came where a file is awaited."""
    turn.say("letters/want_file")
    return STAY


# --- sending ---


def ask_send(turn: Turn) -> Next:
    """Say what the sending will do, and ask once more: it cannot be taken back."""
    task_id = pressed(turn).id
    ahead = turn.act(actions.outlook, task_id)
    rows = [
        [Choice("letters.send_yes", task_id, style="success", label={"opds": len(ahead.cycle.opds)})],
        [Choice("letters.send_no", task_id)],
    ]
    turn.say("letters/ask_send", rows, **_outlook(turn, ahead))
    return STAY


def send(turn: Turn) -> Next:
    """Send the letters to every OPD."""
    done = turn.act(actions.send_letters, pressed(turn).id)
    rows = [[Choice("letters.list", done.cycle.id, "bawah", style="primary")], [Choice("letters.print", done.cycle.id)]]
    turn.show("letters/sent", rows, **_outlook(turn, done))
    return STAY


def not_yet(turn: Turn) -> Next:
    """Not now: everything stays as it is."""
    turn.show("letters/not_sent", [list(_to_card(pressed(turn).id))])
    return STAY


def _outlook(turn: Turn, ahead: Outlook) -> dict[str, Any]:
    by_hand = [opd_of(turn.uow, ahead.cycle, opd).name for opd in ahead.by_hand]
    return {
        "cycle": ahead.cycle.name,
        "opds": len(ahead.cycle.opds),
        "by_bot": len(ahead.by_bot),
        "by_hand": len(by_hand),
        "by_hand_names": by_hand[:NAMED],
        "target_at": ahead.deadlines.target_at,
        "due_at": ahead.deadlines.due_at,
        "printed_at": ahead.deadlines.printed if ahead.deadlines.later else None,
    }


DIALOGUE = Dialogue(
    "letters",
    buttons=(
        ButtonAction("letters.open", open_card, ROLE),
        ButtonAction("letters.look", look, ROLE),
        ButtonAction("letters.upload", ask_signed, ROLE),
        ButtonAction("letters.send", ask_send, ROLE),
        ButtonAction("letters.send_yes", send, ROLE),
        ButtonAction("letters.send_no", not_yet, ROLE),
    ),
    states=(State("letters.signed", on_text=want_file, on_upload=take_signed),),
    card=card,
)
