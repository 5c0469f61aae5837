"""Intake by webhook: Telegram gets its 200 only after the update is stored; until then it comes again."""

import asyncio
import hmac
import json
import logging
from typing import Any

from aiohttp import web

from bot.clock import Clock
from bot.intake import ALLOWED_UPDATES, Stored, store
from storage.database import Database

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_UPDATE = 1024 * 1024  # bytes; real ones have some kilobytes

log = logging.getLogger(__name__)


class Webhook:
    """A small server behind the TLS proxy of the office.

    *url* is its public address, *secret* what Telegram sends along (1-256 of A-Za-z0-9_-).
    """

    connected = True  # Telegram comes to us and repeats what it could not deliver

    def __init__(
        self,
        bot: Any,
        url: str,
        database: Database,
        clock: Clock,
        stored: Stored,
        *,
        host: str,
        port: int,
        path: str,
        secret: str,
    ) -> None:
        if not secret:
            raise ValueError("a webhook without a secret would take updates from anybody")
        self._bot = bot
        self._url = url
        self._database = database
        self._clock = clock
        self._stored = stored
        self._host, self._port, self._path = host, port, path
        self._secret = secret.encode()

    async def run(self) -> None:
        """Listen, tell Telegram the public address, and serve until cancelled."""
        application = web.Application(client_max_size=LARGEST_UPDATE)
        application.router.add_post(self._path, self._take)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            secret = self._secret.decode()
            await self._bot.set_webhook(self._url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))
            log.info("webhook is set; listening on port %s", self._port)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
            number = update["update_id"]
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        if not isinstance(number, int):
            return web.Response(status=400)
        await store(self._database, [update], self._clock)  # an error here is a 500, and Telegram repeats
        self._stored()
        return web.Response()
