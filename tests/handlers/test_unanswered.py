"""A question of *Tanya dulu* that nobody answers: it waits in the team's /tugas and is recalled each working day."""

from datetime import UTC, datetime, timedelta

import pytest

from sop.actions.cycles import change_whole
from tests.handlers.alarm import moves_to
from tests.handlers.preparing_desk import AYU, BUDI, RINA, SARI, PreparingDesk, labelled, only

QUESTION = "Apakah ruangannya sudah dipesan?"


@pytest.fixture
def desk():
    desk = PreparingDesk()
    desk.task_id = desk.hands_over()
    desk.passes(minutes=10)
    desk.taps(BUDI, f"step.ask:{desk.task_id}:")
    desk.says(BUDI, QUESTION)
    return desk


def _suspend(uow, desk):
    cycle = uow.cycles.current()[0].id
    change_whole(uow, desk.who(uow, BUDI), "suspend", cycle, "Menunggu penetapan", now=desk.now)


def test_the_question_stands_in_the_tasks_of_the_whole_team_with_its_button(desk):
    for who in (RINA, AYU):
        said = only(desk.says(who, "/tugas"), "tasks/list")
        assert "❓ menunggu jawaban Bapak/Ibu atas pertanyaan Kabid Penyelenggaraan E-Government" in said.words
        assert "batas waktu" not in said.words
        assert "Jawab pertanyaan" in said.labels
    answered = desk.taps(AYU, labelled(said, "Jawab pertanyaan"))
    assert QUESTION in only(answered, "step/ask_answer").words
    desk.says(AYU, "Sudah.")
    for who in (RINA, AYU):
        only(desk.says(who, "/tugas"), "tasks/none")


def test_who_has_asked_sees_that_an_answer_is_awaited(desk):
    said = only(desk.says(BUDI, "/tugas"), "tasks/list").words
    assert "❓ menunggu jawaban Tim SPBE Diskominfo" in said
    assert "batas waktu" not in said
    assert "❓ menunggu jawaban Bapak/Ibu" in only(desk.says(RINA, "/status"), "status/table").words
    only(desk.says(SARI, "/tugas"), "tasks/none")


def test_the_team_is_reminded_each_working_day_until_it_answers(desk):
    said = moves_to(desk, datetime(2026, 11, 30, 5, 0, tzinfo=UTC))  # Senin, 30 November 2026 pukul 12.00 WIB
    asked = [(at, s) for at, s in said if s.template == "question_waits"]
    assert {s.to for _, s in asked} == {desk.people[RINA], desk.people[AYU]}
    assert [f"{at + timedelta(hours=7):%d.%m %H.%M}" for at, s in asked if s.to == desk.people[RINA]] == [
        "25.11 08.00",
        "26.11 08.00",
        "27.11 08.00",
        "30.11 08.00",
    ]
    assert QUESTION in asked[0][1].words
    assert asked[0][1].labels == ["Jawab pertanyaan"]
    assert [s.template for _, s in said if s.to == desk.people[BUDI]] == []
    desk.taps(RINA, asked[-1][1].choices[0])
    desk.says(RINA, "Sudah.")
    later = moves_to(desk, datetime(2026, 12, 3, 5, 0, tzinfo=UTC))
    assert "question_waits" not in [s.template for _, s in later]
    assert {s.to for _, s in later if s.template == "reminder"} == {desk.people[BUDI]}


def test_while_the_cycle_is_suspended_nobody_is_asked_for_an_answer(desk):
    desk.look(lambda uow: _suspend(uow, desk))
    desk.heard()
    assert moves_to(desk, datetime(2026, 11, 30, 5, 0, tzinfo=UTC)) == []
    only(desk.says(RINA, "/tugas"), "tasks/none")
