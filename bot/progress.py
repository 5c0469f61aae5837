"""While a paper is long in the press, those who asked for it see that something is under way.

Telegram shows "mengirim berkas …" for five seconds after sendChatAction, or until a message arrives (Bot API); so it is
renewed until the paper is out. It is a courtesy: when it fails, nothing depends on it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from storage.database import Database

LONG = 1.5  # real seconds after which a print is called long
RENEWED = 4.5  # real seconds; what the other side shows fades after five

log = logging.getLogger(__name__)


class Progress:
    """Shows a chat action where somebody waits for a paper. *long*, *renewed*: real seconds."""

    def __init__(self, database: Database, bot: Bot, *, long: float = LONG, renewed: float = RENEWED) -> None:
        self._database = database
        self._bot = bot
        self._long = long
        self._renewed = renewed

    @asynccontextmanager
    async def shown(self) -> AsyncIterator[None]:
        """As long as the block lasts."""
        showing = asyncio.create_task(self._show())
        try:
            yield
        finally:
            showing.cancel()
            (ended,) = await asyncio.gather(showing, return_exceptions=True)
            if isinstance(ended, Exception):
                log.warning("progress could not be shown: %s: %s", type(ended).__name__, ended)

    async def _show(self) -> None:
        await asyncio.sleep(self._long)
        while True:
            for chat in await self._database.run(lambda uow: uow.outbox.awaiting_papers()):
                try:
                    await self._bot.send_chat_action(chat, ChatAction.UPLOAD_DOCUMENT)
                except TelegramError as error:  # the message itself will meet the same fate, and is cared for
                    log.debug("no progress for a chat: %s", type(error).__name__)
            await asyncio.sleep(self._renewed)
