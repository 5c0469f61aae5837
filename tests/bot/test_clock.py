"""A clock that is moved by hand, from any thread."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import MovableClock, SystemClock

START = datetime(2026, 11, 24, 3, 22, tzinfo=UTC)


def test_a_warping_clock_never_waits_for_real():
    clock = MovableClock(START)
    asyncio.run(clock.sleep(3600))
    assert clock.now() == START + timedelta(hours=1)


def test_without_warp_a_sleeper_wakes_when_another_thread_has_moved_the_time_far_enough():
    clock = MovableClock(START, warp=False)
    asleep = threading.Event()
    woken = []

    async def sleeper():
        asyncio.get_running_loop().call_soon(asleep.set)
        await clock.sleep(60)
        woken.append(clock.now())

    thread = threading.Thread(target=lambda: asyncio.run(sleeper()))
    thread.start()
    assert asleep.wait(5)
    clock.advance(timedelta(seconds=59))
    clock.move_to(START + timedelta(seconds=61))
    thread.join(5)
    assert woken == [START + timedelta(seconds=61)]


def test_subscribers_hear_of_every_move():
    clock, heard = MovableClock(START), []
    clock.subscribe(lambda: heard.append(clock.now()))
    clock.advance(timedelta(minutes=5))
    assert heard == [START + timedelta(minutes=5)]


def test_time_neither_goes_back_nor_is_naive():
    clock = MovableClock(START)
    with pytest.raises(ValueError, match="back"):
        clock.move_to(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="naive"):
        clock.move_to(datetime(2026, 11, 25))  # noqa: DTZ001  (naive on purpose: it is refused)
    assert SystemClock().now().tzinfo is UTC
