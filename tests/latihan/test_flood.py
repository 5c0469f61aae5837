"""Flood limits by a clock moved by hand (Bot API facts, section 7)."""

from __future__ import annotations

import pytest

from latihan.botapi import BotApi
from latihan.clock import HandClock
from latihan.people import Person
from tests.latihan.conftest import Client


def send(call: Client, chat_id: int) -> int:
    """0 when sent, else the seconds to wait."""
    answer = call.answer("sendMessage", chat_id=chat_id, text="x")
    if answer.status_code == 200:
        return 0
    assert answer.status_code == 429
    seconds = int(answer.headers["Retry-After"])
    assert answer.json()["parameters"] == {"retry_after": seconds}
    assert answer.json()["description"] == f"Too Many Requests: retry after {seconds}"
    return seconds


def test_a_short_burst_to_one_chat_passes_then_one_a_second(
    server: BotApi, call: Client, rina: Person, clock: HandClock
) -> None:
    assert [send(call, rina.id) for _ in range(4)] == [0, 0, 0, 3]
    clock.advance(2)
    assert send(call, rina.id) == 1
    clock.advance(1)
    assert send(call, rina.id) == 0
    assert server.floods == [("sendMessage", rina.id, 3), ("sendMessage", rina.id, 1)]


def test_one_message_a_second_never_floods(server: BotApi, call: Client, rina: Person, clock: HandClock) -> None:
    for _ in range(10):
        assert send(call, rina.id) == 0
        clock.advance(1)
    assert server.floods == []


def test_edits_count(call: Client, rina: Person) -> None:
    number = call("sendMessage", chat_id=rina.id, text="0")["message_id"]
    edit = {"chat_id": rina.id, "message_id": number}
    call("editMessageText", **edit, text="1")
    call("editMessageText", **edit, text="2")
    assert call.refused("editMessageText", **edit, text="3")[0] == 429


def test_thirty_a_second_over_all_chats(server: BotApi, call: Client, clock: HandClock) -> None:
    people = [server.person(f"Pegawai {n}") for n in range(31)]
    for person in people:
        person.start()
    assert [send(call, p.id) for p in people] == [0] * 30 + [1]
    clock.advance(1)
    assert send(call, people[30].id) == 0


def test_twenty_a_minute_in_one_group(server: BotApi, call: Client, rina: Person, clock: HandClock) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    for _ in range(20):
        assert send(call, group.id) == 0
        clock.advance(1)
    assert send(call, group.id) == 40
    assert send(call, rina.id) == 0
    clock.advance(40)
    assert send(call, group.id) == 0


def test_an_album_counts_each_of_its_files(call: Client, rina: Person) -> None:
    files = {f"f{n}": (f"{n}.pdf", b"%PDF") for n in range(3)}
    media = [{"type": "document", "media": f"attach://{name}"} for name in files]
    assert len(call("sendMediaGroup", files, chat_id=rina.id, media=media)) == 3
    assert send(call, rina.id) == 3


def test_a_large_letter_for_many_is_sent_by_file_id_after_one_upload(
    server: BotApi, call: Client, clock: HandClock
) -> None:
    letter = {"document": ("surat.pdf", b"%PDF" + bytes(200_000))}
    people = [server.person(f"OPD {n}") for n in range(13)]
    for person in people:
        person.start()
    first = call("sendDocument", letter, chat_id=people[0].id)
    results = [call.answer("sendDocument", letter, chat_id=p.id).status_code for p in people[1:]]
    assert results == [200] * 10 + [429] * 2
    assert server.floods[-1][2] == 60
    call("sendDocument", chat_id=people[12].id, document=first["document"]["file_id"])


def test_limits_can_be_switched_off(calm: BotApi, call: Client) -> None:
    person = calm.person("Rina Marlina")
    person.start()
    quiet = Client(calm, call.http)
    assert [send(quiet, person.id) for _ in range(40)] == [0] * 40


def test_time_does_not_go_back(clock: HandClock) -> None:
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)
