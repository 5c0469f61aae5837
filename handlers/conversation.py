"""The conversation: one stock ConversationHandler made from the table. Only this file knows it.

Its states are a cache. The truth is the row `dialogue`, written in the transaction of the turn; at start the cache is
loaded from the rows, and nothing is ever written back (a timer would write outside of the transaction).
"""

import warnings
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ConversationHandler,
    DictPersistence,
    MessageHandler,
    PersistenceInput,
    filters,
)
from telegram.warnings import PTBUserWarning

from handlers.buttons import parse
from handlers.claims import ButtonPressed, Claim, CommandGiven, Happened, QuestionAnswered
from handlers.registry import END, ButtonAction, Next, Registry, State
from handlers.uploads import UPLOADS

NAME = "dialogues"

Runner = Callable[[Update, Claim], Awaitable[Next]]  # bot/turns.py: one hop, one transaction
Handler = BaseHandler[Any, Any, Any]
OpenQuestions = dict[tuple[int | str, ...], object]  # (chat, user) → state, as the library types it

_WRITTEN = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
_WORDS = _WRITTEN & filters.TEXT & ~filters.COMMAND


class LoadOnly(DictPersistence):
    """Hands the open questions to the ConversationHandler at start, and keeps nothing."""

    def __init__(self, load: Callable[[], Awaitable[OpenQuestions]]) -> None:
        nothing = PersistenceInput(bot_data=False, chat_data=False, user_data=False, callback_data=False)
        super().__init__(store_data=nothing)
        self._load = load

    async def get_conversations(self, name: str) -> OpenQuestions:
        """The open questions, read from the rows."""
        return await self._load()

    async def update_conversation(self, name: str, key: tuple[int | str, ...], new_state: object | None) -> None:
        """Nothing: the turn has written the row already."""


def handlers_of(registry: Registry, run: Runner) -> list[Handler]:
    """Everything that the application is to handle, in this order; each through *run*."""
    return [_conversation(registry, run), *_outside(registry, run)]


def _conversation(registry: Registry, run: Runner) -> Handler:
    with warnings.catch_warnings():
        # "If 'per_message=False', 'CallbackQueryHandler' will not be tracked for every message": intended. A question
        # belongs to a person in a chat; a button carries its own id and is looked up anew.
        warnings.filterwarnings("ignore", r"If 'per_message=False', 'CallbackQueryHandler'", PTBUserWarning)
        return ConversationHandler(
            # Entry points with re-entry are asked before the open question: a command or button always wins.
            entry_points=[*_commands(registry, run), *_buttons(registry, run)],
            states={state.name: _answers(state, run) for state in registry.states().values()},
            fallbacks=[],
            allow_reentry=True,
            name=NAME,
            persistent=True,
        )


def _commands(registry: Registry, run: Runner) -> list[Handler]:
    return [
        CommandHandler([c.name, *c.aliases], _through(run, CommandGiven(c)), filters.UpdateType.MESSAGE)
        for c in registry.commands()
    ]


def _buttons(registry: Registry, run: Runner) -> list[Handler]:
    def carrying(button: ButtonAction) -> Callable[[object], bool]:
        def fits(data: object) -> bool:
            press = parse(data) if isinstance(data, str) else None
            return press is not None and press.action == button.action

        return fits

    return [
        CallbackQueryHandler(_through(run, ButtonPressed(button)), pattern=carrying(button))
        for button in registry.actions().values()
    ]


def _answers(state: State, run: Runner) -> list[Handler]:
    answered = _through(run, QuestionAnswered())
    found: list[Handler] = []
    if state.on_text is not None:
        found.append(MessageHandler(_WORDS, answered))
    if state.on_upload is not None:
        found.append(MessageHandler(_WRITTEN & UPLOADS, answered))
    return found


def _outside(registry: Registry, run: Runner) -> list[Handler]:
    found: list[Handler] = [CallbackQueryHandler(_through(run, ButtonPressed(None)))]
    if registry.on_membership is not None:
        happened = _through(run, Happened(registry.on_membership))
        found.append(ChatMemberHandler(happened, ChatMemberHandler.MY_CHAT_MEMBER))
    if registry.on_migration is not None:
        found.append(MessageHandler(filters.StatusUpdate.MIGRATE, _through(run, Happened(registry.on_migration))))
    if registry.on_edited is not None:
        edited = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
        found.append(MessageHandler(edited, _through(run, Happened(registry.on_edited))))
    if registry.unknown is not None:
        anything = _WRITTEN & ~filters.StatusUpdate.ALL
        found.append(MessageHandler(anything, _through(run, Happened(registry.unknown))))
    return found


def _through(run: Runner, claim: Claim) -> Callable[[Update, Any], Coroutine[Any, Any, object]]:
    async def callback(update: Update, context: Any) -> object:
        found = await run(update, claim)
        return ConversationHandler.END if found == END else found

    return callback
