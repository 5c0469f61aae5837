"""What an update turned out to be, and how it is carried out inside the transaction of its turn."""

from dataclasses import dataclass

from handlers.registry import END, STAY, ButtonAction, Callback, Command, Next, Registry
from handlers.turn import Turn
from sop.people import to_name
from sop.refusals import (
    AlreadyDecided,
    BadInput,
    DialogueClosed,
    Incomplete,
    NothingThere,
    NotMember,
    NotNow,
    NotYours,
    Refused,
    SameEyes,
)

_TO_READ_AGAIN = (AlreadyDecided, BadInput, Incomplete, NotNow, SameEyes)
"""What the person has to act upon or may have to show: an alert, once closed, must not be its only record."""


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A command of the table."""

    command: Command


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """A tap; on None: a button that we do not know (any more)."""

    button: ButtonAction | None


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """Words or a file, while memory has a question open. Which one is open, the row says."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Anything outside of commands, buttons and questions: what the registry has a callback for."""

    callback: Callback


Claim = CommandGiven | ButtonPressed | QuestionAnswered | Happened


class UnknownState(LookupError):
    """A callback returned a state that is not in the table, or wanted to ask something in a group; our mistake."""


def perform(turn: Turn, claim: Claim, registry: Registry) -> Next:
    """Carry a claim out: call its callback, write the open question and the draft, answer the tap.

    Raises:
        Refused: what the callback was refused, a stranger's wish (NotMember), a role without use of a command
            (NotYours), an answer to a question that is no longer open (DialogueClosed). Roll back, then `refuse`.
        UnknownState: a mistake in the table.
    """
    found = _callback(turn, claim, registry)(turn)
    if found is not STAY:
        if found != END and (found not in registry.states() or not turn.private):
            raise UnknownState(f"state {found!r} in a {turn.chat_type} chat")
        turn.uow.dialogues.move(turn.user_id, turn.chat_id, None if found == END else found, turn.subject, turn.now)
    turn.keep_draft()
    _stop_spinner(turn)
    return found


def refuse(turn: Turn, refusal: Refused, *, late: bool) -> Next:
    """Tell why not: a tap gets an alert, anything else a message.

    A tap gets the message as well when the reason must be readable again (in the private chat: a group is not told
    what one of its members was refused), and when it comes *late*: its alert may not be shown any more.
    """
    template = f"refusals/{refusal.template}"
    if turn.update.callback_query is not None:
        turn.notify(template, refusal.facts(), alert=True)
    if turn.update.callback_query is None or late or (turn.private and isinstance(refusal, _TO_READ_AGAIN)):
        turn.tell(template, refusal.facts())
    if isinstance(refusal, DialogueClosed):
        turn.uow.dialogues.move(turn.user_id, turn.chat_id, None, "", turn.now)
        return END
    return STAY


def _callback(turn: Turn, claim: Claim, registry: Registry) -> Callback:
    match claim:
        case CommandGiven(command):
            return _of_command(turn, command, registry)
        case ButtonPressed(None):
            raise NothingThere(what="tombol")
        case ButtonPressed(button) if button is not None:
            if turn.who is None and not button.public:
                raise NotMember
            return button.callback
        case QuestionAnswered():
            return _of_answer(turn, registry)
        case Happened(callback):
            return callback
    raise AssertionError(claim)


def _of_command(turn: Turn, command: Command, registry: Registry) -> Callback:
    if turn.who is None and not command.public:
        raise NotMember
    if command.roles and turn.who is not None and not command.roles & turn.who.roles:
        raise NotYours(role=to_name(sorted(command.roles)))
    here = "private" if turn.private else "group"
    if command.where not in (here, "both") and registry.wrong_place is not None:
        return registry.wrong_place
    return command.callback


def _of_answer(turn: Turn, registry: Registry) -> Callback:
    state = registry.states().get(turn.state)
    if state is None:  # somebody else has closed it, or a newer version no longer asks this
        raise DialogueClosed
    callback = state.on_upload if turn.upload else state.on_text
    if callback is None:
        raise DialogueClosed
    return callback


def _stop_spinner(turn: Turn) -> None:
    if not turn.answered:
        turn.notify("", {})
