"""Receiving: offsets, lifetimes, two pollers, webhook (Bot API facts, section 2)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from latihan.botapi import BotApi
from latihan.clock import HandClock
from latihan.people import Person
from tests.latihan.conftest import Client

BAD = "Bad Request: "


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


def test_updates_come_again_until_the_offset_confirms_them(server: BotApi, call: Client, rina: Person) -> None:
    rina.says("satu")
    rina.says("dua")
    first = ids(call.updates())
    assert first == sorted(first)
    assert ids(call.updates()) == first
    assert ids(call.updates(offset=first[1])) == first[1:]
    assert ids(call.updates(limit=1)) == first[1:2]
    assert server.confirmed_offset == first[1]
    assert ids(call.updates(offset=-1)) == first[2:]
    assert [u.id for u in server.updates_pending()] == first[2:]
    assert not server.wait_confirmed(timeout=0)
    call.updates(offset=first[2] + 1)
    assert server.wait_confirmed(timeout=0)


def test_a_tap_lives_150_seconds_and_a_message_a_day(call: Client, rina: Person, clock: HandClock) -> None:
    button = {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]}
    call("sendMessage", chat_id=rina.id, text="Setuju?", reply_markup=button)
    rina.taps("Ya")
    clock.advance(150)
    assert [list(u)[1] for u in call.updates()] == ["message", "callback_query"]
    clock.advance(1)
    assert [list(u)[1] for u in call.updates()] == ["message"]
    clock.advance(24 * 3600)
    assert call.updates() == []


def test_out_of_range_values_are_clamped(call: Client, rina: Person) -> None:
    assert len(call.updates(limit=0)) == 1
    assert len(call.updates(limit=1000, timeout=-3)) == 1


def test_a_waiting_poll_gets_what_happens_next(server: BotApi, call: Client) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(call.updates, timeout=20)
        assert server.wait_requests("getUpdates")
        server.person("Sari Wulandari").start("kode-undangan")
        assert waiting.result(5)[0]["message"]["text"] == "/start kode-undangan"


def test_the_older_poll_is_ended_by_a_second_one(server: BotApi, call: Client, rina: Person) -> None:
    call.updates(offset=-1)
    call.updates(offset=server.updates_pending()[0].id + 1)
    with ThreadPoolExecutor() as pool:
        older = pool.submit(call.refused, "getUpdates", timeout=20)
        assert server.wait_requests("getUpdates", 3)
        newer = pool.submit(call.updates, timeout=20)
        words = "terminated by other getUpdates request; make sure that only one bot instance is running"
        assert older.result(5) == (409, f"Conflict: {words}")
        rina.says("halo")
        assert len(newer.result(5)) == 1


def test_a_repeated_offset_is_held(clock: HandClock) -> None:
    with BotApi(clock=clock, repeat_hold=0.3) as server, httpx.Client() as http, ThreadPoolExecutor() as pool:
        call = Client(server, http)
        assert call.updates() == []
        held = pool.submit(call.updates)
        assert server.wait_requests("getUpdates", 2)
        person = server.person("Rina Marlina")
        person.start()
        assert len(held.result(5)) == 1
        person.says("satu")
        assert len(call.updates()) == 1


def test_unwanted_kinds_are_dropped_when_they_are_created(server: BotApi, call: Client, rina: Person) -> None:
    call.updates(allowed_updates=["message"])
    rina.blocks_bot()
    assert [list(u)[1] for u in call.updates()] == ["message"]
    call.updates(allowed_updates=[])
    rina.unblocks_bot()
    assert [list(u)[1] for u in call.updates()] == ["message", "my_chat_member"]


def test_state_outlives_an_outage_of_the_server(server: BotApi, call: Client, rina: Person) -> None:
    before = server.url
    with ThreadPoolExecutor() as pool:
        call.updates(offset=server.updates_pending()[0].id + 1)
        waiting = pool.submit(call.answer, "getUpdates", timeout=20)
        assert server.wait_requests("getUpdates", 2)
        server.stop()
        assert waiting.exception(5) or waiting.result().status_code == 500
    with pytest.raises(httpx.TransportError):
        call.answer("getMe")
    rina.says("apakah ada orang?")
    assert server.start() == before
    assert [u["message"]["text"] for u in call.updates()] == ["apakah ada orang?"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://kota.go.id/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://kota.go.id:8080/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://kota.go.id", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://kota.go.id", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
def test_a_wrong_webhook_is_refused(call: Client, params: dict[str, str], words: str) -> None:
    assert call.refused("setWebhook", **params) == (400, BAD + words)


class Receiver:
    """A webhook that fails as often as it is told and keeps what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.failures = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
                failing, receiver.failures = receiver.failures > 0, max(0, receiver.failures - 1)
                self.send_response(500 if failing else 200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.http.shutdown()
    receiver.http.server_close()
    receiver.thread.join()


def test_a_webhook_gets_updates_in_order_until_it_accepts_them(
    server: BotApi, call: Client, rina: Person, receiver: Receiver
) -> None:
    receiver.failures = 2
    url = f"http://127.0.0.1:{receiver.http.server_port}/"
    assert call("setWebhook", url=url, secret_token="rahasia")
    rina.says("dua")
    assert server.wait_confirmed()
    texts = [httpx.Response(200, content=body).json()["message"]["text"] for _, body in receiver.got]
    assert texts == ["/start", "/start", "/start", "dua"]
    assert {secret for secret, _ in receiver.got} == {"rahasia"}
    assert call("getWebhookInfo")["last_error_message"].startswith("Wrong response from the webhook: 500")
    words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert call.refused("getUpdates") == (409, f"Conflict: {words}")
    assert call.refused("setWebhook", url=url) == (429, "Too Many Requests: retry after 1")
    call("deleteWebhook")
    assert call.updates() == []


def test_setting_a_webhook_ends_the_waiting_poll(server: BotApi, call: Client, receiver: Receiver) -> None:
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(call.refused, "getUpdates", timeout=20)
        assert server.wait_requests("getUpdates")
        call("setWebhook", url=f"http://127.0.0.1:{receiver.http.server_port}/")
        assert waiting.result(5) == (409, "Conflict: terminated by setWebhook request")
