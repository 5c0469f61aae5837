"""One person's turn: all that a callback may read and do. Built inside the transaction, gone with it."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, TypeVar

from telegram import Message as TelegramMessage
from telegram import Update

from handlers.buttons import Press, parse
from handlers.uploads import Upload, upload_of
from sop.office import Bundle
from sop.outgoing import Attachment, Choice, Message, Priority, ToChat
from sop.people import Acting
from sop.ports import Draft, UnitOfWork
from sop.refusals import NotMember

R = TypeVar("R")
Choices = Sequence[Sequence[Choice]]


class Turn:
    """An update, the person behind it and the transaction in which it is handled."""

    def __init__(self, uow: UnitOfWork, update: Update, now: datetime) -> None:
        user, chat, message = update.effective_user, update.effective_chat, update.effective_message
        self.uow = uow
        self.update = update
        self.now = now
        self.user_id: int = user.id if user else 0
        self.user_name: str = user.full_name if user else ""
        self.chat_id: int = chat.id if chat else 0
        self.chat_type: str = str(chat.type) if chat else ""
        self.thread_id: int | None = _thread(message)
        self.text: str = _text(update)
        self.arguments: str = _arguments(self.text)
        self.press: Press | None = parse((update.callback_query and update.callback_query.data) or "")
        self.upload: Upload | None = upload_of(message) if message and update.message else None
        self.who: Acting | None = uow.people.acting(self.user_id, now) if user else None
        self.answered = False  # whether the tap behind this turn has got its toast
        self.state, self.subject = self._open_question()
        self.draft: dict[str, Any] = {}
        self._draft_before: dict[str, Any] = {}
        self._load_draft()

    # --- who

    @property
    def acting(self) -> Acting:
        """The member behind this turn. Raises NotMember for a stranger."""
        if self.who is None:
            raise NotMember
        return self.who

    @property
    def private(self) -> bool:
        """Whether this is the private chat with the person."""
        return self.chat_type == "private"

    @property
    def office(self) -> Bundle:
        """The office's definitions."""
        return self.uow.office

    @property
    def bot_name(self) -> str:
        """The bot's user name, for deep links."""
        return str(self.update.get_bot().username)

    # --- acting

    def act(self, action: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Let the member do something: `action(uow, acting, *args, now=now, **kwargs)`.

        Raises:
            NotMember: for a stranger.
            Refused: whatever the action refuses.
        """
        return action(self.uow, self.acting, *args, **kwargs, now=self.now)

    # --- what the person has typed so far

    def begin(self, subject: str) -> None:
        """Turn to *subject* (a task, a new cycle): its draft is loaded, and goes on where the person left it."""
        self.keep_draft()
        self.subject = subject
        self._load_draft()

    def forget_draft(self) -> None:
        """The act is done: nothing of what was typed is needed any more."""
        self.draft.clear()

    def keep_draft(self) -> None:
        """Write the draft if it has changed; called at the end of the turn."""
        if not self.subject or self.draft == self._draft_before:
            return
        if self.draft:
            self.uow.dialogues.save_draft(self.user_id, Draft(self.subject, self.draft), self.now)
        else:
            self.uow.dialogues.drop_draft(self.user_id, self.subject)
        self._draft_before = deepcopy(self.draft)

    def _open_question(self) -> tuple[str, str]:
        found = self.uow.dialogues.open(self.user_id, self.chat_id) if self.private else None
        return found or ("", "")

    def _load_draft(self) -> None:
        self.draft = dict(self.uow.dialogues.draft(self.user_id, self.subject).values) if self.subject else {}
        self._draft_before = deepcopy(self.draft)

    # --- answering

    def say(
        self,
        template: str,
        choices: Choices = (),
        *,
        attachment: Attachment | None = None,
        after: Sequence[str] = (),
        key: str = "",
        **params: Any,
    ) -> None:
        """Answer in this chat (in a group: in the topic, as a reply). Goes out after the commit."""
        self._send(template, choices, params, attachment=attachment, after=tuple(after), key=key)

    def tell(self, template: str, params: Mapping[str, Any]) -> None:
        """`say` with parameters that may have any name."""
        self._send(template, (), params)

    def show(self, template: str, choices: Choices = (), **params: Any) -> None:
        """Turn the page: edit the message whose button was pressed; if that cannot be edited, answer anew."""
        self._send(template, choices, params, edit=self._pressed_message())

    def toast(self, template: str, *, alert: bool = False, **params: Any) -> None:
        """Answer the tap with a short notice; *alert*: one that must be closed. Nothing may depend on it."""
        self.notify(template, params, alert=alert)

    def notify(self, template: str, params: Mapping[str, Any], *, alert: bool = False) -> None:
        """`toast` with parameters that may have any name; an empty template only stops the spinner."""
        query = self.update.callback_query
        if query is not None:
            self.uow.outbox.toast(query.id, template, dict(params), alert=alert)
            self.answered = True

    def _send(self, template: str, choices: Choices, params: Mapping[str, Any], **fields: Any) -> None:
        rows = tuple(tuple(row) for row in choices)
        self.uow.outbox.add(Message(self._here(), template, params, rows, priority=Priority.ANSWER, **fields))

    def _here(self) -> ToChat:
        if self.private:
            return ToChat(self.chat_id)
        message = self.update.message
        return ToChat(self.chat_id, self.thread_id, message.message_id if message else None)

    def _pressed_message(self) -> int | None:
        query = self.update.callback_query
        message = query.message if query else None
        is_text = isinstance(message, TelegramMessage) and message.text is not None
        return message.message_id if message and is_text else None


def _thread(message: TelegramMessage | None) -> int | None:
    """The topic; none in private chats and in General (Bot API: thread ids fail there)."""
    return message.message_thread_id if message and message.is_topic_message else None


def _text(update: Update) -> str:
    message = update.message or update.edited_message
    return ((message.text or message.caption) if message else "") or ""


def _arguments(text: str) -> str:
    words = text.split(maxsplit=1)
    return words[1].strip() if text.startswith("/") and len(words) == 2 else ""
