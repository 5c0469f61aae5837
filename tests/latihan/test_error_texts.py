"""The table of error texts, row by row, over HTTP (Bot API facts, section 1)."""

from __future__ import annotations

from typing import Any

import pytest

from latihan.botapi import BotApi
from latihan.clock import HandClock
from latihan.people import Person
from tests.latihan.conftest import Client

BAD = "Bad Request: "
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def tap(data: str) -> dict[str, str]:
    return {"text": "Setujui", "callback_data": data}


TEXTS: list[tuple[dict[str, Any], str]] = [
    ({}, "message text is empty"),
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "é" * 16385}, "text is too long"),
    (
        {"text": "a < b", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ),
    (
        {"text": "<b><i>é</b>", "parse_mode": "html"},
        'can\'t parse entities: Unmatched end tag at byte offset 8, expected "</i>", found "</b>"',
    ),
    (
        {"text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        {"text": "31.12.2026", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    (
        {"text": "ya *tebal", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 3",
    ),
    ({"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
    ({"text": "x", "reply_markup": keyboard(tap("x" * 65))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(tap("é" * 33))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(tap(""))}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(*[tap("x")] * 101)}, "reply markup is too long"),
    (
        {"text": "x", "reply_markup": keyboard(*[{"text": "x" * 300, "callback_data": "a"}] * 40)},
        "reply markup is too long",
    ),
    (
        {"text": "x", "reply_markup": keyboard({"text": "x"})},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": keyboard({"text": "x", "url": "http://localhost:80/a"})},
        "inline keyboard button URL 'http://localhost:80/a' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": keyboard({"text": "x", "url": "ftp://kota.go.id"})},
        "inline keyboard button URL 'ftp://kota.go.id' is invalid: Unsupported URL protocol",
    ),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "message_thread_id": 7}, "message thread not found"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 42}, "chat not found"),
    ({"text": "x", "chat_id": "@tidak_ada"}, "chat not found"),
]


@pytest.mark.parametrize(("params", "words"), TEXTS)
def test_a_message_is_refused_in_the_words_of_telegram(
    call: Client, rina: Person, params: dict[str, Any], words: str
) -> None:
    assert call.refused("sendMessage", **{"chat_id": rina.id, **params}) == (400, BAD + words)


def test_limits_count_after_parsing_and_trimming(call: Client, rina: Person) -> None:
    text = "  \n<b>" + "é" * 4096 + "</b>  "
    sent = call("sendMessage", chat_id=rina.id, text=text, parse_mode="HTML")
    assert sent["text"] == "é" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


def test_a_row_of_many_buttons_is_no_error(call: Client, rina: Person) -> None:
    wide = {"inline_keyboard": [[tap(str(n)) for n in range(12)]]}
    assert call("sendMessage", chat_id=rina.id, text="x", reply_markup=wide)["reply_markup"] == wide


def test_edits_are_refused_in_the_words_of_telegram(call: Client, rina: Person, clock: HandClock) -> None:
    chat = {"chat_id": rina.id}
    text = call("sendMessage", **chat, text="<b>satu</b>", parse_mode="HTML", reply_markup=keyboard(tap("a")))
    file = call("sendDocument", **chat, files={"document": ("a.pdf", b"%PDF")}, caption="berkas")
    clock.advance(60)
    reply = call("sendMessage", **chat, text="x", reply_markup={"keyboard": [[{"text": "Ya"}]]})
    hers = rina.says("halo")

    def words(method: str, number: int, **params: Any) -> str:
        status, description = call.refused(method, **chat, message_id=number, **params)
        assert status == 400
        return description.removeprefix(BAD)

    same = {"text": "<b>satu</b>", "parse_mode": "HTML", "reply_markup": keyboard(tap("a"))}
    assert words("editMessageText", text["message_id"], **same) == NOT_MODIFIED
    assert words("editMessageReplyMarkup", text["message_id"], reply_markup=keyboard(tap("a"))) == NOT_MODIFIED
    assert words("editMessageCaption", file["message_id"], caption="berkas") == NOT_MODIFIED
    assert words("editMessageText", 999, text="x") == "message to edit not found"
    assert words("editMessageText", hers.id, text="x") == "message can't be edited"
    assert words("editMessageText", reply["message_id"], text="y") == "message can't be edited"
    assert words("editMessageText", file["message_id"], text="x") == "there is no text in the message to edit"
    assert words("editMessageCaption", text["message_id"], caption="x") == (
        "there is no caption in the message to edit"
    )
    assert words("editMessageCaption", file["message_id"], caption="x" * 1025) == "message caption is too long"
    assert words("deleteMessage", 999) == "message to delete not found"
    assert words("copyMessage", 999, from_chat_id=rina.id) == "message to copy not found"
    assert words("forwardMessage", 999, from_chat_id=rina.id) == "message to forward not found"
    clock.advance(48 * 3600 + 1)
    assert words("deleteMessage", text["message_id"]) == "message can't be deleted for everyone"
    call("editMessageText", **chat, message_id=text["message_id"], text="dua")
    assert [m.text for m in rina.chat if m.id == text["message_id"]] == ["dua"]
    assert rina.chat[1].history[0].source == "<b>satu</b>"


def test_files_are_refused_in_the_words_of_telegram(call: Client, rina: Person) -> None:
    chat = {"chat_id": rina.id}
    photo = call("sendPhoto", **chat, files={"photo": ("a.png", b"\x89PNG rest")})["photo"][-1]["file_id"]

    def words(method: str, **params: Any) -> str:
        status, description = call.refused(method, **params)
        assert status == 400
        return description.removeprefix(BAD)

    big = rina.sends("besar.zip", b"PK", claimed_size=25_000_000)
    assert big.document is not None
    assert big.document.size == 25_000_000
    assert words("getFile", file_id=big.document.file_id) == "file is too big"
    assert words("getFile", file_id="") == "invalid file_id"
    assert words("getFile", file_id="salah") == "wrong file_id or the file is temporarily unavailable"
    assert words("sendDocument", **chat, files={"document": ("a.pdf", b"")}) == "file must be non-empty"
    assert words("sendDocument", **chat, document=photo) == "can't use file of type Photo as Document"
    assert words("sendDocument", **chat, document="a.b") == "wrong file identifier/HTTP URL specified"
    assert words("sendDocument", **chat, document="AAAAAAAAAAAA").startswith("wrong remote file identifier specified: ")
    assert words("sendDocument", **chat) == "there is no document in the request"
    assert words("sendPhoto", **chat, files={"photo": ("a.jpg", b"bukan gambar")}) == "IMAGE_PROCESS_FAILED"
    mixed = [{"type": "photo", "media": photo}, {"type": "document", "media": big.document.file_id}]
    assert words("sendMediaGroup", **chat, media=mixed) == "document can't be mixed with other media types"
    assert words("sendChatAction", **chat, action="menari") == "wrong parameter action in request"


def test_an_upload_above_50_mb_is_413(call: Client, rina: Person) -> None:
    files = {"document": ("a.zip", bytes(50 * 1024 * 1024 + 1))}
    assert call.refused("sendDocument", files, chat_id=rina.id) == (413, "Request Entity Too Large")


def test_tokens_and_methods_that_do_not_exist(call: Client) -> None:
    wrong = call.answer("getMe", token="7000000001:salah-tetapi-bentuknya-benar")
    assert (wrong.status_code, wrong.json()["description"]) == (401, "Unauthorized")
    malformed = call.answer("getMe", token="salah")
    assert (malformed.status_code, malformed.json()["description"]) == (404, "Not Found")
    assert call.refused("sendTelepathy") == (404, "Not Found: method not found")
    assert call("getme")["username"] == "monev_latihan_bot"


def test_people_who_cannot_be_written_to(server: BotApi, call: Client) -> None:
    stranger = server.person("Budi Belum Mulai")
    assert call.refused("sendMessage", chat_id=stranger.id, text="x") == (400, BAD + "chat not found")
    group = server.group("Tim SPBE Diskominfo", [stranger])
    stranger.says_in(group, "/halo@monev_latihan_bot")
    assert call.refused("sendMessage", chat_id=stranger.id, text="x") == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    stranger.start()
    stranger.blocks_bot()
    assert call.refused("sendMessage", chat_id=stranger.id, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    stranger.start()
    call("sendMessage", chat_id=stranger.id, text="x")
    stranger.deletes_account()
    assert call.refused("sendMessage", chat_id=stranger.id, text="x") == (
        403,
        "Forbidden: user is deactivated",
    )


def test_groups_that_cannot_be_written_to(server: BotApi, call: Client, rina: Person) -> None:
    group = server.group("Tim SPBE Diskominfo", [rina])
    send = {"chat_id": group.id, "text": "x"}
    assert call.refused("pinChatMessage", chat_id=group.id, message_id=1) == (
        400,
        BAD + "not enough rights to manage pinned messages in the chat",
    )
    contact = {"keyboard": [[{"text": "Nomor", "request_contact": True}]]}
    assert call.refused("sendMessage", **send, reply_markup=contact) == (
        400,
        BAD + "phone number can be requested in private chats only",
    )
    group.kicks_bot()
    assert call.refused("sendMessage", **send) == (403, "Forbidden: bot was kicked from the group chat")
    group.adds_bot(by=rina)
    call("leaveChat", chat_id=group.id)
    assert call.refused("sendMessage", **send) == (403, "Forbidden: bot is not a member of the group chat")
    forum = server.group("Forum SPBE", [rina], forum=True)
    topic = forum.topic("Siklus 2026")
    assert call("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)["is_topic_message"]
    assert call.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=1) == (
        400,
        BAD + "message thread not found",
    )
    forum.kicks_bot()
    assert call.refused("sendMessage", chat_id=forum.id, text="x") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


def test_menus_are_checked_and_shown_by_scope(server: BotApi, call: Client, rina: Person) -> None:
    own = {"type": "chat", "chat_id": rina.id}
    assert call.refused("getChatAdministrators", chat_id=rina.id) == (
        400,
        BAD + "there are no administrators in the private chat",
    )
    menu = [{"command": "bantuan", "description": "Cara memakai"}]
    unknown = {"type": "chat", "chat_id": 42}
    assert call.refused("setMyCommands", commands=menu, scope=unknown) == (400, BAD + "chat not found")
    many = [{"command": f"c{n}", "description": "x"} for n in range(101)]
    assert call.refused("setMyCommands", commands=many) == (400, BAD + "BOT_COMMANDS_TOO_MUCH")
    bad = [{"command": "Bantuan", "description": "x"}]
    assert call.refused("setMyCommands", commands=bad) == (400, BAD + "BOT_COMMAND_INVALID")
    call("setMyCommands", commands=menu)
    assert rina.commands == menu
    tasks = [{"command": "tugas", "description": "Yang menunggu"}]
    call("setMyCommands", commands=tasks, scope=own)
    assert (rina.commands, call("getMyCommands"), call("getMyCommands", scope=own)) == (tasks, menu, tasks)
    call("deleteMyCommands", scope=own)
    assert rina.commands == menu


def test_a_tap_is_answered_once_and_in_time(call: Client, rina: Person, clock: HandClock) -> None:
    old = "query is too old and response timeout expired or query ID is invalid"
    call("sendMessage", chat_id=rina.id, text="Setujui?", reply_markup=keyboard(tap("ya")))
    first, second = rina.taps("Setujui"), rina.taps("Setujui")
    assert first is not second
    queries = [u["callback_query"]["id"] for u in call.updates() if "callback_query" in u]
    assert len(set(queries)) == 2
    answer = {"callback_query_id": queries[0], "text": "Baik", "show_alert": True}
    assert call.refused("answerCallbackQuery", callback_query_id=queries[1], text="x" * 201)[0] == 400
    assert call("answerCallbackQuery", **answer) is True
    assert call.refused("answerCallbackQuery", **answer) == (400, BAD + old)
    clock.advance(16)
    assert call.refused("answerCallbackQuery", callback_query_id=queries[1]) == (400, BAD + old)
    assert call.refused("answerCallbackQuery", callback_query_id="1") == (400, BAD + old)
    assert [(t.text, t.alert) for t in rina.toasts] == [("Baik", True)]
