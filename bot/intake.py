"""Intake by polling: what Telegram hands over is stored first, and confirmed by the next poll only then."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import httpx
from telegram import Bot

from bot.clock import Clock
from storage.database import Database, is_passing

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 50  # the longest that the Bot API waits
BATCH = 100
LONGEST_PAUSE = 30.0
KEEP_HANDLED = timedelta(days=3)  # Telegram repeats an update for one day at most

log = logging.getLogger(__name__)

Stored = Callable[[], None]
CutOff = Callable[[datetime], Awaitable[None]]


class Intake(Protocol):
    """How updates come in: by polling or by webhook."""

    @property
    def connected(self) -> bool:
        """Whether people reach the bot now."""

    async def run(self) -> None:
        """Take updates until cancelled."""


class AnotherInstance(Exception):
    """At start, Telegram says that another process polls with the same token."""

    def __init__(self) -> None:
        super().__init__(
            "Proses lain sudah menerima pesan dengan token yang sama. Hentikan proses itu dahulu; satu bot hanya boleh "
            "dijalankan oleh satu proses."
        )


class TokenRefused(Exception):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__("Token bot ditolak Telegram. Periksa TELEGRAM_TOKEN, atau minta token baru kepada @BotFather.")


class _Refused(Exception):
    """An answer other than a list of updates; *pause*: seconds that Telegram asks us to wait."""

    def __init__(self, status: int, description: str, pause: float | None, by_telegram: bool) -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.by_telegram = by_telegram  # not by a proxy on the way
        self.description = description
        self.pause = pause


async def store(database: Database, updates: Sequence[dict[str, Any]], clock: Clock) -> None:
    """Keep a batch in one commit; when this returns, it may be confirmed."""
    now = clock.now()

    def keep(uow: Any) -> None:
        uow.inbox.store(updates, now)
        uow.inbox.forget(now - KEEP_HANDLED)

    await database.run(keep)


class Polling:
    """The polling loop. *stored* is called after each batch that was kept, *back* after a time without answers.

    Raw JSON is kept rather than telegram.Update, so that nothing is lost that this version of the library does not
    know, and an update that it cannot read does not stop the intake.
    """

    def __init__(
        self,
        database: Database,
        bot: Bot,
        clock: Clock,
        stored: Stored,
        *,
        back: CutOff | None = None,
        wait: int = POLL_SECONDS,
    ) -> None:
        self._database = database
        self._bot = bot
        self._clock = clock
        self._stored = stored
        self._wait = wait
        self._offset = 0
        self._heard = False  # whether Telegram has ever answered properly
        self._pause = 0.0
        self._back = back
        self._asked_at = clock.now()
        self._cut_off_since: datetime | None = None

    @property
    def connected(self) -> bool:
        """Whether Telegram answered the last time; while it does not, taps are lost."""
        return self._cut_off_since is None

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            AnotherInstance: at start, before the first proper answer; later a conflict is waited out.
            TokenRefused: the token is wrong or was revoked.
        """
        timeout = httpx.Timeout(10.0, read=self._wait + 10.0)
        async with httpx.AsyncClient(timeout=timeout) as client:
            while True:
                await self._poll(client)
                if self._pause:
                    await asyncio.sleep(self._pause)  # real time: the other side is real, whatever our clock shows

    async def _poll(self, client: httpx.AsyncClient) -> None:
        self._asked_at = self._clock.now()
        try:
            updates = await self._fetch(client)
            if updates:
                await store(self._database, updates, self._clock)
                self._offset = max(int(u["update_id"]) for u in updates) + 1
                self._stored()
            self._heard, self._pause = True, 0.0
            await self._is_back()
        except _Refused as answer:
            await self._react(answer)
        except httpx.HTTPError as error:
            self._slow_down(f"{type(error).__name__}")  # its text may carry the address, and that the token
        except Exception as error:
            if not is_passing(error):
                raise
            self._slow_down(f"database: {error}")  # nothing was confirmed, so it comes again

    async def _fetch(self, client: httpx.AsyncClient) -> list[dict[str, Any]]:
        query = {"timeout": self._wait, "limit": BATCH, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._offset:
            query["offset"] = self._offset
        response = await client.post(f"{self._bot.base_url}/getUpdates", json=query)
        try:
            body = response.json()
        except ValueError:  # the error page of a proxy
            body = {}
        if response.status_code == 200 and body.get("ok"):
            return list(body["result"])
        pause = (body.get("parameters") or {}).get("retry_after")
        by_telegram = body.get("ok") is False
        raise _Refused(response.status_code, str(body.get("description", "")), pause, by_telegram)

    async def _react(self, answer: _Refused) -> None:
        if answer.status in (401, 404) and answer.by_telegram:
            raise TokenRefused
        if answer.status == 409 and "webhook is active" in answer.description:
            await self._bot.delete_webhook()
            log.warning("a webhook was active and has been removed, because this process polls")
            return
        if answer.status == 409 and not self._heard:
            raise AnotherInstance
        self._slow_down(str(answer), answer.pause)

    async def _is_back(self) -> None:
        since, self._cut_off_since = self._cut_off_since, None
        if since is not None and self._back is not None:
            await self._back(since)

    def _slow_down(self, reason: str, pause: float | None = None) -> None:
        self._pause = pause if pause is not None else min(max(self._pause * 2, 1.0), LONGEST_PAUSE)
        self._cut_off_since = self._cut_off_since or self._asked_at
        log.warning("no updates for now (%s); next try in %.0f s", reason, self._pause)
