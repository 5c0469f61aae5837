"""/cek: is this paper genuine? For everybody who holds one, strangers too: by its code, or by the file itself."""

from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.turn import Turn
from sop.actions import verifying
from sop.actions.sent_files import SentFile
from sop.outgoing import Choice
from sop.verification import LINK, read_code

ASK = "check.ask"
SUBJECT = "check:"  # and behind it the code of the paper that the next file is compared with, if one was given


def start(turn: Turn) -> Next:
    """Ask for a code or the file; a code behind the command is answered at once."""
    if turn.arguments:
        return _check(turn, turn.arguments)
    turn.begin(SUBJECT)
    turn.say("check/ask", [_done()], limit_mb=turn.office.office.largest_file_mb)
    return ASK


def check_link(turn: Turn) -> Next:
    """The QR code of a paper was scanned."""
    return _check(turn, turn.arguments.removeprefix(LINK))


def take_code(turn: Turn) -> Next:
    """A code was typed."""
    return _check(turn, turn.text)


def _check(turn: Turn, text: str) -> Next:
    found = verifying.check_code(turn.uow, turn.user_id, text, now=turn.now)
    if found is None:
        turn.begin(SUBJECT)
        turn.say("check/unknown", [_done()], readable=read_code(text) is not None)
        return ASK
    turn.begin(f"{SUBJECT}{found.verification.code}")
    facts = verifying.facts_of(found)
    turn.say("check/answer", [_done()], city=turn.office.office.city, **facts)
    return ASK


def take_file(turn: Turn) -> Next:
    """The file itself: its hash is compared, nothing of it is kept. One file ends the question, so that a member who
    goes on with other work does not have evidence taken for it."""
    upload = turn.upload
    if upload is None:
        return STAY
    if upload.album:
        turn.say("check/one_file", [_done()], key=f"check-album:{turn.chat_id}:{upload.album}")
        return STAY
    if upload.kind != "document":
        turn.say("check/as_document", [_done()])
        return STAY
    code = turn.subject.removeprefix(SUBJECT)
    sent = SentFile(upload.file_id, upload.filename, upload.mime, upload.size, turn.chat_id)
    verifying.expect_file(turn.uow, turn.user_id, code, sent, now=turn.now)
    turn.say("check/reading", filename=upload.filename)
    return END


def done(turn: Turn) -> Next:
    """Enough."""
    turn.show("check/done")
    return END if turn.state == ASK else STAY


def _done() -> list[Choice]:
    return [Choice("check.done")]


DIALOGUE = Dialogue(
    key="verification",
    commands=(Command("cek", start, public=True),),
    buttons=(
        ButtonAction("check.start", start, public=True),
        ButtonAction("check.done", done, public=True),
    ),
    states=(State(ASK, on_text=take_code, on_upload=take_file),),
)
