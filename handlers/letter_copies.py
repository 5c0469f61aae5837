"""A letter of any task (SOP steps 3, 6, 7): as it stands with its PDF, and the upload of its signed copy."""

from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, ButtonAction, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import letters as actions
from sop.actions.letters import LetterView
from sop.actions.sent_files import SentFile
from sop.letters import LetterState
from sop.outgoing import Attachment, Choice, Rows
from sop.refusals import DialogueClosed

WRITERS = frozenset({"sekretariat", "tim_kota", "tim_diskominfo"})  # whose tasks have letters


def letter_facts(view: LetterView) -> dict[str, Any]:
    """What messages and cards say of a letter."""
    return {
        "title": view.title,
        "state": view.letter.state.value,
        "number": view.letter.number,
        "dated": view.letter.dated,
        "signatory": view.signatory.title if view.signatory else "",
        "void": list(view.void),
        "arriving": view.arriving,
    }


def next_act(task_id: str, view: LetterView) -> Choice:
    """Number it, or upload its signed copy."""
    action = "letters.number" if view.letter.state is LetterState.DRAFT else "letters.upload"
    return Choice(action, task_id, view.letter.id, style="success", label={"title": view.title})


# --- one letter ---


def look(turn: Turn) -> Next:
    """A letter as it stands: its PDF (draft, to be signed, or signed), its facts, and what can be changed."""
    task_id, letter_id = pressed(turn).id, pressed(turn).arg
    view = turn.act(actions.look_at_letter, task_id, letter_id)
    letter = view.letter
    paper = letter.signed_paper or (letter.final_paper if letter.number else letter.draft_paper)
    attachment = Attachment(paper=paper) if paper else None
    turn.say("letters/letter", _letter_choices(task_id, view), attachment=attachment, **letter_facts(view))
    return STAY


def _letter_choices(task_id: str, view: LetterView) -> Rows:
    letter = view.letter
    if letter.state is LetterState.DRAFT:
        return ((next_act(task_id, view),), back(task_id, view))
    key = "letters.upload_again" if letter.state is LetterState.SIGNED else "letters.upload_signed"
    upload = Choice("letters.upload", task_id, letter.id, style="primary", label_key=key)
    anew = Choice("letters.number", task_id, letter.id, style="danger", label_key="letters.number_anew")
    return ((upload,), (anew,), back(task_id, view))


def back(task_id: str, view: LetterView) -> tuple[Choice, ...]:
    """The way back: to the card of the task, or, of a letter that replaces another, to where that is done."""
    if view.letter.replaces:
        return (Choice("replace.one", view.letter.id, label_key="replace.back"),)
    return to_card(task_id)


def to_card(task_id: str) -> tuple[Choice, ...]:
    """The way back to the card of the task."""
    return (Choice("step.card", task_id, label_key="letters.to_card"),)


# --- the signed copy ---


def ask_signed(turn: Turn) -> Next:
    """Ask for the signed copy of a letter."""
    task_id, letter_id = pressed(turn).id, pressed(turn).arg
    view = turn.act(actions.ready_to_sign, task_id, letter_id)
    turn.begin(task_id)
    turn.draft["signed_for"] = letter_id
    turn.say("letters/ask_signed", limit_mb=turn.office.office.largest_file_mb, **letter_facts(view))
    return "letters.signed"


def take_signed(turn: Turn) -> Next:
    """The copy came in: it is fetched and kept; the arrival is told when the bytes are there."""
    letter_id = str(turn.draft.get("signed_for", ""))
    if not letter_id:
        raise DialogueClosed
    sent = sent_copy(turn)
    if sent is None:
        return STAY
    view = turn.act(actions.expect_signed_copy, turn.subject, letter_id, sent)
    turn.forget_draft()
    copy_coming(turn, sent, **letter_facts(view))
    return END


def sent_copy(turn: Turn) -> SentFile | None:
    """The file that answers the question for a signed copy; None, and told so once, for the pages of an album.

    Raises:
        DialogueClosed: no file at all.
    """
    upload = turn.upload
    if upload is None:
        raise DialogueClosed
    if upload.album:
        turn.say("letters/signed_album", key=f"signed-album:{turn.chat_id}:{upload.album}")
        return None
    return SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)


def copy_coming(turn: Turn, sent: SentFile, **facts: Any) -> None:
    """Tell that the copy is being fetched; a photo has lost some of its quality."""
    photo = turn.upload is not None and turn.upload.kind == "photo"
    turn.say("letters/copy_coming", filename=sent.filename, photo=photo, **facts)


def want_file(turn: Turn) -> Next:
    """Words came where a file is awaited."""
    turn.say("letters/want_file")
    return STAY


DIALOGUE = Dialogue(
    "letter_copies",
    buttons=(
        ButtonAction("letters.look", look, WRITERS),
        ButtonAction("letters.upload", ask_signed, WRITERS),
    ),
    states=(State("letters.signed", on_text=want_file, on_upload=take_signed),),
)
