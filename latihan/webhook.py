"""The webhook: its address and checks, and the posting of updates in order (Bot API facts, section 2)."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Hashable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from latihan.chats import World
from latihan.errors import bad_request
from latihan.params import Params
from latihan.updates import Update

PORTS = (80, 88, 443, 8443)
RETRY_SECONDS = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Webhook:
    """Posts updates while `url` is set; lives in the server's loop."""

    def __init__(self, world: World, allow_loopback: bool, retry_seconds: tuple[float, ...]) -> None:
        self.world = world
        self.allow_loopback = allow_loopback
        self.retry_seconds = retry_seconds
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self.last_error: tuple[int, str] | None = None
        self._lines: dict[Hashable, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def configure(self, params: Params) -> None:
        """Take the parameters of setWebhook; raises the 400 errors of the server."""
        url = params.text("url").strip()
        secret = params.text("secret_token")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]+", secret):
            raise bad_request("secret token contains unallowed characters")
        if url:
            self._check(url)
        self.url, self.secret = url, secret
        self.max_connections = params.clamped("max_connections", 40, 1, 100)
        self.last_error = None

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if self.allow_loopback and parts.scheme == "http" and parts.hostname in LOOPBACK:
            return
        if parts.scheme != "https" or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")

    def info(self) -> dict[str, Any]:
        """The WebhookInfo object."""
        body: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.updates.pending()),
        }
        if self.url:
            body["max_connections"] = self.max_connections
        if self.world.updates.allowed:
            body["allowed_updates"] = self.world.updates.allowed
        if self.last_error:
            body["last_error_date"], body["last_error_message"] = self.last_error
        return body

    def pump(self) -> None:
        """Start a line for every chat or person with waiting updates. Call in the loop at every change."""
        if not self.url:
            return
        with self.world.lock:
            waiting = {update.line for update in self.world.updates.pending()}
        for line in waiting:
            if line not in self._lines:
                task = asyncio.get_running_loop().create_task(self._serve(line))
                self._lines[line] = task

    async def stop(self) -> None:
        """End every line and close the connections."""
        tasks = list(self._lines.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lines.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _serve(self, line: Hashable) -> None:
        """Deliver the updates of one line, one after another, a failing one again and again."""
        failures = 0
        try:
            while self.url and (update := self._first(line)) is not None:
                if await self._post(update):
                    failures = 0
                    with self.world.lock:
                        self.world.updates.confirm(update)
                        self.world.notify()
                else:
                    await asyncio.sleep(self.retry_seconds[min(failures, len(self.retry_seconds) - 1)])
                    failures += 1
        finally:
            self._lines.pop(line, None)

    def _first(self, line: Hashable) -> Update | None:
        with self.world.lock:
            return next((u for u in self.world.updates.pending() if u.line == line), None)

    async def _post(self, update: Update) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.post(self.url, json=update.to_api(), headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                self.last_error = (self.world.date(), reason)
                return False
        self.last_error = (self.world.date(), "Connection refused")
        return False
