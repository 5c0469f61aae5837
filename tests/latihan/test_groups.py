"""Groups: privacy mode, migration, topics, coming and going (Bot API facts, section 6)."""

from __future__ import annotations

from typing import Any

import pytest

from latihan.botapi import BotApi
from latihan.people import NotSeen, Person
from tests.latihan.conftest import Client


def drain(call: Client) -> list[dict[str, Any]]:
    """Everything new, confirmed."""
    updates = call.updates()
    if updates:
        call.updates(offset=updates[-1]["update_id"] + 1)
    return updates


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [u["message"]["text"] for u in updates if "text" in u.get("message", {})]


def test_privacy_mode_lets_commands_and_replies_through(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    drain(call)
    for text in (
        "halo semua",
        "/status",
        "/status@bot_lain",
        "/status@Monev_Latihan_Bot",
        "@monev_latihan_bot hai",
    ):
        rina.says_in(group, text)
    assert texts(drain(call)) == ["/status@Monev_Latihan_Bot"]
    call("sendMessage", chat_id=group.id, text="Siklus 2026")
    rina.says_in(group, "/status")
    rina.says_in(group, "baik", reply_to=group.sees("Siklus"))
    rina.says_in(group, "terima kasih")
    assert texts(drain(call)) == ["/status", "baik"]
    rina.sends_in(group, "bukti.pdf", b"%PDF", "bukti kami")
    assert drain(call) == []
    group.promotes_bot()
    rina.says_in(group, "sekarang terdengar")
    assert texts(drain(call)) == ["sekarang terdengar"]


def test_the_bot_hears_of_being_added_and_removed(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    group.kicks_bot()
    rina.says_in(group, "/status@monev_latihan_bot")
    changes = [u["my_chat_member"] for u in call.updates() if "my_chat_member" in u]
    moves = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert moves == [("left", "member"), ("member", "kicked")]
    assert texts(call.updates()) == ["/start"]


def test_a_group_that_grows_gets_a_new_id(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    old = group.id
    drain(call)
    new = group.migrates()
    updates = drain(call)
    assert [next(k for k in u if k != "update_id") for u in updates] == [
        "message",
        "my_chat_member",
        "message",
    ]
    first, second = updates[0]["message"], updates[2]["message"]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old, new)
    assert (second["chat"]["id"], second["migrate_from_chat_id"], second["message_id"]) == (new, old, 1)
    answer = call.answer("sendMessage", chat_id=old, text="x").json()
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    call("sendMessage", chat_id=new, text="Tetap di sini")
    assert group.sees("Tetap").chat.kind == "supergroup"


def test_topics_are_kept_and_general_has_no_id(server: BotApi, call: Client, rina: Person) -> None:
    forum = server.group("Forum SPBE", [rina], forum=True)
    topic = forum.topic("Siklus 2026")
    drain(call)
    rina.says_in(forum, "/status@monev_latihan_bot", thread=topic)
    rina.says_in(forum, "/status@monev_latihan_bot", thread=1)
    inside, general = (u["message"] for u in drain(call))
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (topic, True)
    assert "message_thread_id" not in general
    with pytest.raises(ValueError, match="no topic"):
        rina.says_in(forum, "x", thread=99)


def test_pins_come_back_as_a_service_message(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    group.promotes_bot()
    board = call("sendMessage", chat_id=group.id, text="Papan siklus")
    drain(call)
    call("pinChatMessage", chat_id=group.id, message_id=board["message_id"])
    assert drain(call)[0]["message"]["pinned_message"]["text"] == "Papan siklus"
    assert call("getChat", chat_id=group.id)["pinned_message"]["text"] == "Papan siklus"
    call("unpinChatMessage", chat_id=group.id, message_id=board["message_id"])
    assert "pinned_message" not in call("getChat", chat_id=group.id)


def test_members_and_administrators_are_told(server: BotApi, call: Client, rina: Person) -> None:
    budi, luar = server.person("Budi Santoso"), server.person("Orang Luar")
    group = server.group("Tim SPBE Diskominfo", [rina, budi])
    luar.start()
    status = [call("getChatMember", chat_id=group.id, user_id=p.id)["status"] for p in (rina, budi, luar)]
    assert status == ["creator", "member", "left"]
    assert call("getChatMember", chat_id=group.id, user_id=server.world.bot.id)["status"] == "member"
    group.makes_admin(budi)
    admins = call("getChatAdministrators", chat_id=group.id)
    assert [a["user"]["first_name"] for a in admins] == ["Rina", "Budi"]
    group.leaves(budi)
    with pytest.raises(ValueError, match="not in"):
        budi.says_in(group, "x")
    group.joins(luar)
    assert call.updates()[-1]["message"]["new_chat_members"][0]["id"] == luar.id


def test_a_tap_in_a_group_comes_from_the_one_who_tapped(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    buttons = [[{"text": "Buka di chat pribadi", "url": "https://t.me/monev_latihan_bot?start=tugas"}]]
    buttons.append([{"text": "Lihat", "callback_data": "lihat"}])
    call("sendMessage", chat_id=group.id, text="Satu baris", reply_markup={"inline_keyboard": buttons})
    drain(call)
    rina.taps_in(group, "Lihat")
    rina.taps_in(group, "Buka")
    tap, start = drain(call)
    assert tap["callback_query"]["from"]["id"] == rina.id
    assert tap["callback_query"]["message"]["chat"]["id"] == group.id
    assert (start["message"]["chat"]["id"], start["message"]["text"]) == (rina.id, "/start tugas")
    with pytest.raises(NotSeen, match="Lihat"):
        rina.taps_in(group, "Setujui", timeout=0)
