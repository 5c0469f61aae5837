"""HTTP: requests in, answers out, long polling, faults. Runs in the server's loop."""

from __future__ import annotations

import asyncio
import re
import time
from io import BytesIO
from typing import Any

from aiohttp import web
from multipart import MultipartParser, parse_options_header

from latihan import editing, profile, rooms, sending
from latihan.chats import World
from latihan.errors import ApiError, bad_request, conflict, refusal, too_many_requests
from latihan.faults import Fault, RequestHook
from latihan.limits import UPLOAD_LIMIT
from latihan.params import Params, Upload
from latihan.registry import METHODS, NAMES
from latihan.webhook import Webhook

LOADED = (editing, profile, rooms, sending)
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,80}")
FORM_SLACK = 1024 * 1024
POLL_SECONDS = 50
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"
HTML = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"


class Poll:
    """A waiting getUpdates: woken by changes, ended by a second one or by a webhook."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.ended: ApiError | None = None

    def end(self, error: ApiError) -> None:
        self.ended = error
        self.wake.set()


class Service:
    """The routes and the polling of one bot."""

    def __init__(
        self,
        world: World,
        token: str,
        allow_loopback: bool,
        retry_seconds: tuple[float, ...],
        repeat_hold: float,
    ) -> None:
        self.world = world
        self.token = token
        self.hook: RequestHook | None = None
        self.closing = asyncio.Event()
        self.webhook = Webhook(world, allow_loopback, retry_seconds)
        self.repeat_hold = repeat_hold
        self.poll: Poll | None = None
        self.last_poll = (0, -1e9)
        self.last_set_webhook = -1e9

    def application(self) -> web.Application:
        app = web.Application(client_max_size=UPLOAD_LIMIT + FORM_SLACK)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._request)
        app.router.add_route("*", "/{anything:.*}", self._nothing)
        return app

    async def run_until_closed(self) -> None:
        """Serve until `closing` is set; wakes polls and webhook lines whenever the world changes."""
        self.closing = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._changed)

        with self.world.lock:
            self.world.on_change.append(wake)
        self._changed()
        await self.closing.wait()
        with self.world.lock:
            self.world.on_change.remove(wake)
        if self.poll is not None:
            self.poll.end(refusal(500, "restart"))
        await self.webhook.stop()

    def _changed(self) -> None:
        if self.poll is not None:
            self.poll.wake.set()
        self.webhook.pump()

    # --- routes

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        return _answer(ApiError(404, "Not Found"))

    async def _download(self, request: web.Request) -> web.StreamResponse:
        refused = self._token_refusal(request)
        if refused is not None:
            return _answer(refused)
        with self.world.lock:
            data = self.world.files.download(request.match_info["path"])
        if data is None:
            return _answer(ApiError(404, "Not Found"))
        return web.Response(body=data, content_type="application/octet-stream")

    def _token_refusal(self, request: web.Request) -> ApiError | None:
        token = request.match_info["token"]
        if not TOKEN.fullmatch(token):
            return ApiError(404, "Not Found")
        return None if token == self.token else ApiError(401, "Unauthorized")

    async def _request(self, request: web.Request) -> web.StreamResponse:
        refused = self._token_refusal(request)
        if refused is not None:
            return _answer(refused)
        try:
            params = await _read(request)
        except web.HTTPRequestEntityTooLarge:
            return _answer(ApiError(413, "Request Entity Too Large"))
        called = request.match_info["method"]
        name = NAMES.get(called.lower(), called)
        with self.world.lock:
            self.world.requests[name] += 1
            self.world.notify()
        fault = self.hook(name, dict(params.fields)) if self.hook else None
        return await self._with_fault(request, name, params, fault)

    async def _with_fault(
        self, request: web.Request, name: str, params: Params, fault: Fault | None
    ) -> web.StreamResponse:
        kind = fault.kind if fault else ""
        if fault and kind == "error":
            return _fault_answer(fault)
        if kind == "drop":
            return _cut(request)
        if fault and fault.gate and kind == "hold":
            await fault.gate.passed()
        answer = await self._execute(name, params)
        if kind == "lose":
            return _cut(request)
        if fault and fault.gate and kind == "late":
            await fault.gate.passed()
        return answer

    async def _execute(self, name: str, params: Params) -> web.StreamResponse:
        try:
            if self.world.texts.get("logged_out"):
                raise bad_request("logged out")
            if name == "getUpdates":
                return _answer(await self._get_updates(params))
            if name in ("setWebhook", "deleteWebhook", "getWebhookInfo"):
                return _answer(await self._webhook_method(name, params))
            if name not in METHODS:
                raise refusal(404, "method not found")
            with self.world.lock:
                return _answer(METHODS[name](self.world, params))
        except ApiError as error:
            return _answer(error)

    # --- receiving

    async def _get_updates(self, params: Params) -> list[dict[str, Any]]:
        if self.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        if self.poll is not None:
            self.poll.end(conflict(OTHER_POLL))
        self._remember_allowed(params)
        offset = params.number("offset")
        limit, seconds = self._pacing(offset, params)
        poll = self.poll = Poll()
        try:
            return await self._wait(poll, offset, limit, seconds)
        finally:
            if self.poll is poll:
                self.poll = None

    def _pacing(self, offset: int, params: Params) -> tuple[int, float]:
        """Limit and seconds to wait; a repeated offset is slowed down, so that a hot loop does no harm."""
        limit = params.clamped("limit", 100, 1, 100)
        seconds = float(params.clamped("timeout", 0, 0, POLL_SECONDS))
        before, at = self.last_poll
        now = time.monotonic()
        if offset == before and now < at + self.repeat_hold:
            seconds = max(seconds, self.repeat_hold)
            limit = 1 if now < at + 0.5 else limit
        self.last_poll = (offset, now)
        return limit, seconds

    async def _wait(self, poll: Poll, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        end = time.monotonic() + seconds
        while True:
            with self.world.lock:
                before = self.world.updates.confirmed_offset
                batch = self.world.updates.take(offset, limit)
                poll.wake.clear()
                if before != self.world.updates.confirmed_offset:
                    self.world.changed.notify_all()
            remaining = end - time.monotonic()
            if batch or remaining <= 0:
                return [update.to_api() for update in batch]
            try:
                await asyncio.wait_for(poll.wake.wait(), remaining)
            except TimeoutError:
                return []
            if poll.ended is not None:
                raise poll.ended

    def _remember_allowed(self, params: Params) -> None:
        """Left out: unchanged. An empty list: the default kinds."""
        kinds = params.json("allowed_updates", "allowed updates")
        if isinstance(kinds, list):
            with self.world.lock:
                self.world.updates.allowed = [str(kind) for kind in kinds]

    async def _webhook_method(self, name: str, params: Params) -> Any:
        if name == "getWebhookInfo":
            with self.world.lock:
                return self.webhook.info()
        if name == "setWebhook":
            now = time.monotonic()
            if now < self.last_set_webhook + 1:
                raise too_many_requests(1)
            self.webhook.configure(params)
            self.last_set_webhook = now
            self._remember_allowed(params)
            if self.webhook.url and self.poll is not None:
                self.poll.end(conflict(BY_WEBHOOK))
        else:
            self.webhook.url = ""
        if params.flag("drop_pending_updates"):
            with self.world.lock:
                self.world.updates.clear()
                self.world.notify()
        self.webhook.pump()
        return True


async def _read(request: web.Request) -> Params:
    """Query, form, multipart or JSON; raises HTTPRequestEntityTooLarge for more than the upload limit."""
    fields: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        body = await request.json() if await request.read() else {}
        fields |= body if isinstance(body, dict) else {}
        return Params(fields, files)
    if request.content_type == "multipart/form-data":
        # A parser of its own: aiohttp's calls a method that aiohttp itself has deprecated, on some cuts of the stream.
        _, options = parse_options_header(request.headers["Content-Type"])
        for part in MultipartParser(BytesIO(await request.read()), options.get("boundary", "")):
            if part.filename:
                files[part.name] = Upload(part.filename, part.file.read(), part.content_type or None)
            else:
                fields[part.name] = part.raw.decode(errors="replace")
            part.close()
    else:
        fields |= await request.post()
    if sum(len(upload.data) for upload in files.values()) > UPLOAD_LIMIT:
        raise web.HTTPRequestEntityTooLarge(UPLOAD_LIMIT, UPLOAD_LIMIT + 1)
    return Params(fields, files)


def _answer(result: Any) -> web.Response:
    if not isinstance(result, ApiError):
        return web.json_response({"ok": True, "result": result})
    headers = {}
    if result.parameters and "retry_after" in result.parameters:
        headers["Retry-After"] = str(result.parameters["retry_after"])
    return web.json_response(result.body(), status=result.status, headers=headers)


def _fault_answer(fault: Fault) -> web.Response:
    if fault.html:
        page = HTML.format(f"{fault.status} {fault.description}")
        return web.Response(text=page, status=fault.status, content_type="text/html")
    return _answer(ApiError(fault.status, fault.description, dict(fault.parameters or {}) or None))


def _cut(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
