"""Reminders that are held back, for quiet hours or for the digest of the morning: they go to those who owe then."""

from datetime import UTC, datetime

import pytest

from sop.actions.cycles import change_whole
from sop.people import Settings
from tests.handlers.alarm import moves_to
from tests.handlers.preparing_desk import AYU, BUDI, RINA, PreparingDesk, only

# The step 1 that opens on Selasa, 24 November 2026 at 08.00 WIB is due on Jumat, 27 November.
BEFORE = datetime(2026, 11, 26, 0, 45, tzinfo=UTC)  # Kamis pukul 07.45: the morning message is out
AFTER = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)  # Kamis pukul 08.30: the rung of the working day before has fallen
NEXT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)  # Jumat pukul 09.00


def sets(desk, who, **settings):
    desk.look(lambda uow: uow.people.set_settings(desk.people[who], Settings(**settings)))


def to(desk, who, said):
    return [(at, s) for at, s in said if s.to == desk.people[who] and s.template in ("digest", "reminder")]


@pytest.fixture
def desk():
    desk = PreparingDesk()
    sets(desk, RINA, digest=True)
    sets(desk, AYU, quiet_from="07.00", quiet_until="10.00")
    return desk


def test_the_digest_of_the_morning_tells_what_is_owed_then(desk):
    said = to(desk, RINA, moves_to(desk, NEXT))
    assert {s.template for _, s in said} == {"digest"}
    assert {f"{at:%H.%M}" for at, _ in said} == {"00.30"}  # pukul 07.30 WIB, when the office opens
    assert "Langkah 1 · Persiapan" in said[-1][1].words
    assert "⚠️" not in said[-1][1].words


def test_who_owes_nothing_any_more_gets_no_digest(desk):
    moves_to(desk, AFTER)
    desk.hands_over()
    assert to(desk, RINA, moves_to(desk, NEXT)) == []


def test_in_a_cycle_that_stands_still_nobody_gets_a_digest(desk):
    moves_to(desk, AFTER)
    cycle = desk.cycle().id
    desk.look(lambda uow: change_whole(uow, desk.who(uow, BUDI), "suspend", cycle, "Menunggu", now=desk.now))
    desk.heard()
    assert to(desk, RINA, moves_to(desk, NEXT)) == []


def test_a_reminder_waits_for_the_end_of_the_quiet_hours(desk):
    said = to(desk, AYU, moves_to(desk, datetime(2026, 11, 26, 4, 0, tzinfo=UTC)))
    assert [f"{at:%d %H.%M}" for at, s in said if "Tinggal satu hari kerja" in s.words] == ["26 03.00"]


def test_what_is_done_in_the_quiet_hours_is_not_recalled_after_them(desk):
    before = moves_to(desk, AFTER)
    assert "Tinggal satu hari kerja" not in "".join(s.words for _, s in to(desk, AYU, before))
    desk.hands_over()
    assert to(desk, AYU, moves_to(desk, NEXT)) == []


def test_a_question_to_be_answered_stands_in_the_digest(desk):
    task = desk.hands_over()
    desk.taps(BUDI, f"step.ask:{task}:")
    desk.says(BUDI, "Apakah ruangannya sudah dipesan?")
    moves_to(desk, BEFORE)
    said = to(desk, RINA, moves_to(desk, NEXT))
    assert "❓ menunggu jawaban Bapak/Ibu" in said[-1][1].words
    assert "batas waktu" not in said[-1][1].words
    desk.taps(RINA, f"step.answer:{task}:")
    only(desk.says(RINA, "Sudah."), "step/answered")
