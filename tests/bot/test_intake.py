"""Nothing is confirmed to Telegram before it is stored."""

import asyncio
import socket
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from telegram.ext import ExtBot

from bot.clock import MovableClock
from bot.intake import AnotherInstance, Polling, TokenRefused
from bot.webhook import SECRET_HEADER, Webhook
from latihan.botapi import BotApi
from latihan.faults import Fault
from storage.database import Database
from storage.tables.base import Base

NOW = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)
SECRET = "rahasia-untuk-uji"


@pytest.fixture
def server():
    with BotApi(repeat_hold=0.0, allow_loopback_webhook=True, webhook_retry_seconds=(0.05,)) as api:
        yield api


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/bot.db")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


def stored(database):
    query = "SELECT update_id FROM inbox ORDER BY update_id"
    return [n for (n,) in database.call(lambda uow: uow.session.connection().exec_driver_sql(query).fetchall())]


def polling(server, database, token=None):
    bot = ExtBot(token or server.token, base_url=server.base_url)
    return Polling(database, bot, MovableClock(NOW), lambda: None, wait=1)


async def until(job, condition):
    """Run *job* until *condition* (checked in another thread, may block) has held; its errors are passed on."""
    task = asyncio.create_task(job)
    waiter = asyncio.create_task(asyncio.to_thread(condition))
    await asyncio.wait([task, waiter], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    assert await waiter
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_a_batch_that_could_not_be_stored_is_not_confirmed_and_comes_again(server, database):
    person = server.person("Rina Marlina")
    for number in range(5):
        person.says(f"pesan {number}")
    confirmed_at_failure = []

    def fail_once(connection):
        if not confirmed_at_failure:
            confirmed_at_failure.append(server.confirmed_offset)
            raise OperationalError("COMMIT", {}, Exception("disk full"))

    event.listen(database.engine, "commit", fail_once)
    asyncio.run(until(polling(server, database).run(), server.wait_confirmed))
    assert confirmed_at_failure == [0]
    assert len(stored(database)) == 5


def test_the_error_page_of_a_proxy_is_waited_out_and_blames_no_token(server, database):
    faults = [Fault.error(404, "Not Found", html=True)]
    server.on_request(lambda method, params: faults.pop() if faults else None)
    server.person("Rina Marlina").says("halo")
    asyncio.run(until(polling(server, database).run(), server.wait_confirmed))
    assert len(stored(database)) == 1


def test_a_second_bot_is_told_at_start_that_another_one_runs(server, database):
    server.on_request(lambda method, params: Fault.error(409, "Conflict: terminated by other getUpdates request"))
    with pytest.raises(AnotherInstance, match="token yang sama"):
        asyncio.run(polling(server, database).run())


def test_a_conflict_later_on_is_waited_out(server, database):
    server.person("Rina Marlina").says("satu")
    asked = []

    def second_time(method, params):
        asked.append(method)
        return Fault.error(409, "Conflict: terminated by other getUpdates request") if len(asked) == 2 else None

    server.on_request(second_time)
    asyncio.run(until(polling(server, database).run(), lambda: server.wait_confirmed() and len(asked) >= 3))
    assert len(stored(database)) == 1


def test_an_active_webhook_is_removed_when_the_bot_polls(server, database):
    async def scenario():
        async with ExtBot(server.token, base_url=server.base_url) as bot:
            await bot.set_webhook("http://127.0.0.1:1/nobody")
            server.person("Rina Marlina").says("satu")
            job = Polling(database, bot, MovableClock(NOW), lambda: None, wait=1).run()
            await until(job, server.wait_confirmed)

    asyncio.run(scenario())
    assert len(stored(database)) == 1


def test_a_page_of_a_proxy_and_a_lost_connection_pass(server, database):
    troubles = [Fault.error(502, "Bad Gateway", html=True), Fault.drop(), Fault.retry_after(0)]
    server.on_request(lambda method, params: troubles.pop(0) if troubles else None)
    server.person("Rina Marlina").says("satu")
    asyncio.run(until(polling(server, database).run(), server.wait_confirmed))
    assert troubles == []
    assert len(stored(database)) == 1


def test_a_wrong_token_ends_the_program_with_a_sentence(server, database):
    with pytest.raises(TokenRefused, match="ditolak"):
        asyncio.run(polling(server, database, "7000000001:salah-salah-salah-salah-salah-salah").run())


def test_a_webhook_says_200_only_when_the_update_is_stored(server, database, unused_port):
    failures = [1, 1]

    def fail(connection):
        if failures and failures.pop():
            raise OperationalError("COMMIT", {}, Exception("disk full"))

    event.listen(database.engine, "commit", fail)
    server.person("Rina Marlina").says("satu")
    server.person("Budi Santoso").says("dua")

    async def scenario():
        async with ExtBot(server.token, base_url=server.base_url) as bot:
            hook = webhook(bot, f"http://127.0.0.1:{unused_port}/masuk", database, unused_port)
            await until(hook.run(), server.wait_confirmed)

    asyncio.run(scenario())
    assert failures == []
    assert len(stored(database)) == 2


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [("lain", '{"update_id": 1}', 403), (SECRET, "bukan json", 400), (SECRET, "[]", 400), (SECRET, "{}", 400)],
)
def test_a_webhook_takes_updates_from_telegram_only(server, database, unused_port, secret, body, status):
    address = f"http://127.0.0.1:{unused_port}/masuk"

    def knock():
        server.wait_requests("setWebhook")
        answer = httpx.post(address, content=body, headers={SECRET_HEADER: secret}, trust_env=False)
        return answer.status_code == status

    async def scenario():
        async with ExtBot(server.token, base_url=server.base_url) as bot:
            await until(webhook(bot, address, database, unused_port).run(), knock)

    asyncio.run(scenario())
    assert stored(database) == []


def webhook(bot, address, database, port):
    clock = MovableClock(NOW)
    return Webhook(
        bot, address, database, clock, lambda: None, host="127.0.0.1", port=port, path="/masuk", secret=SECRET
    )


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
