"""*Tanya dulu* stops the clock: nobody is shown as late for the time of the wait."""

import pytest

from tests.handlers.preparing_desk import BUDI, RINA, PreparingDesk, only


@pytest.fixture
def desk():
    return PreparingDesk()


@pytest.fixture
def task(desk):
    task = desk.hands_over()
    desk.passes(minutes=10)
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Apakah ruangannya sudah dipesan?")
    return task


def test_a_clock_that_stands_is_not_late_however_long_the_answer_takes(desk, task):
    desk.passes(days=2)
    for who in (BUDI, RINA):
        table = only(desk.says(who, "/status"), "status/table").words
        assert "waktu dihentikan" in table
        assert "terlambat" not in table
        assert "⚠️" not in table
    card = desk.card(BUDI, "disposisi").words
    assert "Waktu berhenti sampai pertanyaan dijawab" in card
    assert "⚠️" not in card


def test_a_task_that_was_late_already_keeps_what_it_was_late_by_without_the_sign(desk):
    task = desk.hands_over()
    desk.passes(hours=3)
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Apakah ruangannya sudah dipesan?")
    late = only(desk.says(RINA, "/status"), "status/table").words
    desk.passes(days=2)
    assert only(desk.says(RINA, "/status"), "status/table").words == late
    assert "menit kerja, waktu dihentikan" in late
    assert "⚠️" not in late
