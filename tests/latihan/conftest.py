"""A server with a clock moved by hand, and a plain HTTP client that sees its exact words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from latihan.botapi import BotApi
from latihan.clock import HandClock
from latihan.people import Person

FILES = dict[str, tuple[str, bytes]]


@dataclass
class Client:
    """Calls methods as form fields, with JSON where the Bot API wants JSON."""

    server: BotApi
    http: httpx.Client

    def answer(
        self, method: str, files: FILES | None = None, token: str | None = None, **params: Any
    ) -> httpx.Response:
        fields = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        url = f"{self.server.base_url}{token or self.server.token}/{method}"
        return self.http.post(url, data=fields, files=files)

    def __call__(self, method: str, files: FILES | None = None, **params: Any) -> Any:
        """The result; fails the test when the answer is an error."""
        body = self.answer(method, files, **params).json()
        assert body["ok"], body
        return body["result"]

    def refused(self, method: str, files: FILES | None = None, **params: Any) -> tuple[int, str]:
        """Status and description of an error."""
        answer = self.answer(method, files, **params)
        body = answer.json()
        assert not body["ok"], body
        assert body["error_code"] == answer.status_code
        return answer.status_code, body["description"]

    def updates(self, **params: Any) -> list[dict[str, Any]]:
        return self("getUpdates", **params)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(1000.0)


@pytest.fixture
def server(clock: HandClock) -> Iterator[BotApi]:
    with BotApi(clock=clock, repeat_hold=0.0, allow_loopback_webhook=True, webhook_retry_seconds=(0.0,)) as server:
        yield server


@pytest.fixture
def calm(clock: HandClock) -> Iterator[BotApi]:
    """A server without flood limits."""
    with BotApi(clock=clock, repeat_hold=0.0, enforce_flood=False) as server:
        yield server


@pytest.fixture
def call(server: BotApi) -> Iterator[Client]:
    with httpx.Client(timeout=20) as http:
        yield Client(server, http)


@pytest.fixture
def rina(server: BotApi) -> Person:
    """A person who has pressed Start."""
    person = server.person("Rina Marlina")
    person.start()
    return person
