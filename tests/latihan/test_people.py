"""What people can do and see, and how a bot built with python-telegram-bot gets along with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from latihan.botapi import BotApi
from latihan.model import Event
from latihan.people import NotSeen, Person
from tests.latihan.conftest import Client

CONTEXT = ContextTypes.DEFAULT_TYPE
YES = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Setujui", callback_data="ya:1", style="success")]])


async def welcome(update: Update, context: CONTEXT) -> None:
    await update.effective_chat.send_message("<b>Selamat datang</b>, Ibu", parse_mode="HTML", reply_markup=YES)


async def approve(update: Update, context: CONTEXT) -> None:
    await update.callback_query.answer("Sudah disetujui", show_alert=True)
    await update.callback_query.edit_message_text("Disetujui")


async def keep(update: Update, context: CONTEXT) -> None:
    file = await update.message.document.get_file()
    data = bytes(await file.download_as_bytearray())
    name = update.message.document.file_name
    await update.message.reply_document(data, filename=f"Tanda Terima {name}", caption=f"{len(data)} bita")


@pytest.fixture
def application(server: BotApi) -> Iterator[None]:
    """A real PTB application in a thread of its own, polling our server."""
    loop = asyncio.new_event_loop()
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        builder = Application.builder().token(server.token)
        app = builder.base_url(server.base_url).base_file_url(server.file_url).build()
        app.add_handler(CommandHandler("start", welcome))
        app.add_handler(CallbackQueryHandler(approve))
        app.add_handler(MessageHandler(filters.Document.ALL, keep))
        async with app:
            await app.start()
            await app.updater.start_polling(timeout=20)
            ready.set()
            await stop.wait()
            await app.updater.stop()
            await app.stop()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(10)
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.mark.usefixtures("application")
def test_a_conversation_with_a_real_bot(server: BotApi) -> None:
    heard: list[tuple[str, str]] = []

    def listen(event: Event) -> None:
        heard.append((event.kind, event.text))

    server.observe(listen)
    rina = server.person("Rina Marlina")
    rina.start("undangan-1")
    card = rina.sees("Selamat datang")
    assert (card.source, card.text) == ("<b>Selamat datang</b>, Ibu", "Selamat datang, Ibu")
    assert card.buttons[0][0].style == "success"
    rina.taps("Setujui")
    toast = rina.sees_toast("disetujui")
    assert toast.alert
    edited = rina.sees("Disetujui")
    assert edited is card
    assert (edited.buttons, edited.history[0].buttons[0][0].data) == ([], "ya:1")
    rina.sends("bukti.pdf", b"%PDF-1.7", caption="Bukti")
    receipt = rina.sees_file("Tanda Terima")
    assert receipt.document is not None
    assert (receipt.document.name, receipt.document.data, receipt.caption) == (
        "Tanda Terima bukti.pdf",
        b"%PDF-1.7",
        "8 bita",
    )
    assert server.wait_confirmed()
    assert server.floods == []
    assert heard[:5] == [
        ("said", "/start undangan-1"),
        ("sent", "Selamat datang, Ibu"),
        ("tapped", "✅ Setujui"),
        ("toast", "Sudah disetujui"),
        ("edited", "Disetujui"),
    ]


def test_ptb_raises_what_it_raises_with_telegram(server: BotApi, rina: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    group = server.group("Tim SPBE Diskominfo", [rina])
    old = group.id
    group.migrates()
    blocked = server.person("Budi Santoso")
    blocked.start()
    blocked.blocks_bot()

    async def play() -> None:
        async with Bot(server.token, base_url=server.base_url, base_file_url=server.file_url) as bot:
            with pytest.raises(ChatMigrated) as migrated:
                await bot.send_message(old, "x")
            assert migrated.value.new_chat_id == group.id
            with pytest.raises(Forbidden, match="blocked"):
                await bot.send_message(blocked.id, "x")
            with pytest.raises(BadRequest, match=r"(?i)message text is empty"):
                await bot.send_message(rina.id, "")
            for _ in range(3):
                await bot.send_message(rina.id, "x")
            with pytest.raises(RetryAfter) as flood:
                await bot.send_message(rina.id, "x")
            assert flood.value.retry_after == timedelta(seconds=3)
        with pytest.raises(InvalidToken):
            async with Bot("7000000001:salah-tetapi-benar-bentuk", base_url=server.base_url):
                pytest.fail("a wrong token was accepted")

    asyncio.run(play())


def test_ptb_sends_albums_and_commands(server: BotApi, rina: Person) -> None:
    async def play() -> None:
        async with Bot(server.token, base_url=server.base_url, base_file_url=server.file_url) as bot:
            media = [InputMediaDocument(b"%PDF" + bytes([n]), filename=f"{n}.pdf", caption=f"ke-{n}") for n in (1, 2)]
            sent = await bot.send_media_group(rina.id, media)
            assert len({m.media_group_id for m in sent}) == 1
            await bot.set_my_commands([("tugas", "Yang menunggu")])
            me, chat = await bot.get_me(), await bot.get_chat(rina.id)
            assert (me.username, chat.first_name) == ("monev_latihan_bot", "Rina")
            updates = await bot.get_updates(timeout=0)
            assert updates[0].message.from_user.full_name == "Rina Marlina"
            with pytest.raises(NetworkError):
                await bot.send_document(rina.id, bytes(50 * 1024 * 1024 + 1), filename="besar.zip")

    asyncio.run(play())
    assert [m.document.name for m in server.messages_to(rina.id) if m.document] == ["1.pdf", "2.pdf"]
    assert rina.commands == [{"command": "tugas", "description": "Yang menunggu"}]


def test_two_ptb_pollers_are_in_conflict(server: BotApi) -> None:
    async def play() -> None:
        async with (
            Bot(server.token, base_url=server.base_url) as bot,
            Bot(server.token, base_url=server.base_url) as other,
        ):
            older = asyncio.create_task(bot.get_updates(timeout=20))
            await asyncio.to_thread(server.wait_requests, "getUpdates", 1)
            newer = asyncio.create_task(other.get_updates(timeout=20))
            with pytest.raises(Conflict):
                await older
            server.person("Rina Marlina").start()
            assert len(await newer) == 1

    asyncio.run(play())


def last_update(call: Client, kind: str = "message") -> dict[str, Any]:
    body = call.updates()[-1][kind]
    assert isinstance(body, dict)
    return body


def test_an_album_arrives_as_one_message_per_file(call: Client, rina: Person) -> None:
    rina.sends_album([("a.pdf", b"a"), ("b.docx", b"b")], caption="Bukti I-1")
    first, second = (u["message"] for u in call.updates()[-2:])
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Bukti I-1", False)
    assert (first["document"]["file_name"], first["document"]["mime_type"]) == ("a.pdf", "application/pdf")


def test_a_photo_has_sizes_and_no_name(call: Client, rina: Person) -> None:
    rina.sends_photo(b"\xff\xd8\xff gambar")
    sizes = last_update(call)["photo"]
    assert len({size["file_unique_id"] for size in sizes}) == len(sizes) > 1
    assert "file_name" not in sizes[0]


def test_file_ids_differ_and_unique_ids_follow_the_bytes(call: Client, rina: Person) -> None:
    rina.sends_album([("a.pdf", b"sama"), ("b.pdf", b"sama")])
    first, second = (u["message"]["document"] for u in call.updates()[-2:])
    assert first["file_unique_id"] == second["file_unique_id"]
    assert first["file_id"] != second["file_id"]


def test_a_file_of_claimed_size_up_to_20_mb_can_be_fetched(server: BotApi, call: Client, rina: Person) -> None:
    rina.sends("sedang.bin", b"x", claimed_size=20 * 1024 * 1024)
    path = call("getFile", file_id=last_update(call)["document"]["file_id"])["file_path"]
    fetched = call.http.get(f"{server.file_url}{server.token}/{path}")
    assert len(fetched.content) == 20 * 1024 * 1024
    assert call.http.get(f"{server.file_url}{server.token}/documents/file_99.pdf").status_code == 404


def test_a_contact_card_names_its_owner(call: Client, rina: Person) -> None:
    rina.shares_contact("+62811000001")
    assert last_update(call)["contact"]["user_id"] == rina.id
    rina.shares_contact("+62811000002", "Orang Lain", user_id=7)
    assert last_update(call)["contact"]["user_id"] == 7


def test_the_reply_keyboard_sends_its_text_or_the_own_contact(call: Client, rina: Person) -> None:
    keys = {"keyboard": [[{"text": "Kirim nomor", "request_contact": True}, {"text": "Batal"}]]}
    call("sendMessage", chat_id=rina.id, text="Nomor?", reply_markup=keys)
    rina.presses("nomor")
    assert last_update(call)["contact"]["user_id"] == rina.id
    rina.presses("Batal")
    assert last_update(call)["text"] == "Batal"
    call("sendMessage", chat_id=rina.id, text="Baik", reply_markup={"remove_keyboard": True})
    with pytest.raises(NotSeen):
        rina.presses("Batal")


def test_forged_and_late_taps_reach_the_bot(call: Client, rina: Person) -> None:
    with pytest.raises(NotSeen):
        rina.taps_data("palsu")
    number = call("sendMessage", chat_id=rina.id, text="Kartu")["message_id"]
    rina.taps_data("palsu:9")
    query = last_update(call, "callback_query")
    assert (query["data"], query["message"]["text"]) == ("palsu:9", "Kartu")
    card = rina.last
    call("deleteMessage", chat_id=rina.id, message_id=number)
    rina.taps_data("lama", card)
    assert last_update(call, "callback_query")["message"]["date"] == 0


def test_a_missing_button_or_text_is_told_with_what_is_there(call: Client, rina: Person) -> None:
    buttons = {"inline_keyboard": [[{"text": "Kembalikan", "callback_data": "k"}]]}
    call("sendMessage", chat_id=rina.id, text="Draf surat", reply_markup=buttons)
    with pytest.raises(NotSeen, match="Kembalikan"):
        rina.taps("Setujui", timeout=0)
    with pytest.raises(NotSeen, match="Draf surat"):
        rina.sees("Lembar Disposisi", timeout=0)
    assert rina.sees("Draf", timeout=0) is rina.last
    with pytest.raises(NotSeen):
        rina.sees("Draf", timeout=0)


def test_sight_can_begin_after_a_message(call: Client, rina: Person) -> None:
    for text in ("satu", "dua", "satu lagi"):
        call("sendMessage", chat_id=rina.id, text=text)
    first = rina.sees("satu")
    rina.catches_up()
    assert rina.sees("satu", after=first).text == "satu lagi"


def test_links_to_other_bots_are_not_followed(rina: Person) -> None:
    with pytest.raises(ValueError, match="not a link"):
        rina.opens("https://t.me/bot_lain?start=x")
    with pytest.raises(ValueError, match="cannot carry"):
        rina.opens("https://t.me/monev_latihan_bot?start=" + "x" * 65)
    assert rina.opens("https://t.me/monev_latihan_bot?start=x").text == "/start x"
