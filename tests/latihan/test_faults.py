"""Trouble on purpose, at an exact request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from latihan.botapi import BotApi
from latihan.faults import Fault, Gate
from latihan.people import Person
from tests.latihan.conftest import Client


def once(fault: Fault, method: str = "sendMessage") -> Any:
    left = [fault]

    def hook(name: str, params: dict[str, Any]) -> Fault | None:
        return left.pop() if name == method and left else None

    return hook


def test_a_request_that_never_arrived(server: BotApi, call: Client, rina: Person) -> None:
    server.on_request(once(Fault.drop()))
    with pytest.raises(httpx.TransportError):
        call("sendMessage", chat_id=rina.id, text="x")
    assert server.messages_to(rina.id) == []
    call("sendMessage", chat_id=rina.id, text="x")
    assert server.requests["sendMessage"] == 2


def test_an_answer_that_was_lost(server: BotApi, call: Client, rina: Person) -> None:
    server.on_request(once(Fault.lose_answer()))
    with pytest.raises(httpx.TransportError):
        call("sendMessage", chat_id=rina.id, text="x")
    assert [m.text for m in server.messages_to(rina.id)] == ["x"]


def test_errors_out_of_the_blue(server: BotApi, call: Client, rina: Person) -> None:
    server.on_request(once(Fault.retry_after(7)))
    answer = call.answer("sendMessage", chat_id=rina.id, text="x")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    server.on_request(once(Fault.error(502, "Bad Gateway", html=True)))
    answer = call.answer("sendMessage", chat_id=rina.id, text="x")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert server.messages_to(rina.id) == []


@pytest.mark.parametrize("executed", [False, True])
def test_a_request_that_hangs(server: BotApi, call: Client, rina: Person, executed: bool) -> None:
    gate = Gate()
    server.on_request(once(Fault.hold_answer(gate) if executed else Fault.hold(gate)))
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(call, "sendMessage", chat_id=rina.id, text="x")
        assert gate.reached.wait(5)
        assert len(server.messages_to(rina.id)) == int(executed)
        gate.open()
        assert hanging.result(5)["text"] == "x"
    assert len(server.messages_to(rina.id)) == 1


def test_the_hook_sees_what_is_asked(server: BotApi, call: Client, rina: Person) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []

    def hook(name: str, params: dict[str, Any]) -> None:
        seen.append((name, params))

    server.on_request(hook)
    call("sendMessage", chat_id=rina.id, text="x")
    assert seen == [("sendMessage", {"chat_id": str(rina.id), "text": "x"})]
