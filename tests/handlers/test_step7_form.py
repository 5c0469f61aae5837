"""The form as Tim SPBE Diskominfo lives it: it begins with what the meeting has written, and lacks what it lacks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.buttons import encode
from sop import cycle as rules
from sop.actions.cycles import change
from sop.actions.scoring import form_missing
from storage.content import ContentStore
from tests.handlers.scoring_desk import CITRA, KABID, NEW, TONI, ScoringDesk, tap


def in_the_form(made: ScoringDesk, value="3", **more) -> ScoringDesk:
    made.filled(value, **more)
    made.goes_on("tim_kota")
    return made


@pytest.fixture
def content(tmp_path):
    return ContentStore(tmp_path)


@pytest.fixture
def desk(content):
    return in_the_form(ScoringDesk(content))


def templates(said):
    return [s.template for s in said]


def at(desk, code, who=TONI):
    return desk.says(who, f"/formulir {code}")


def missing(desk):
    return desk.look(lambda uow: form_missing(uow, uow.cycles.get(desk.cycle)))


def test_the_form_is_opened_by_command_or_by_the_cards_button(desk):
    (said,) = desk.says(TONI, "/formulir")
    assert "47 indikator, 0 lengkap" in said.words
    task = desk.look(lambda uow: uow.cycles.get(desk.cycle).latest("formulir").id)
    for id in (task, desk.cycle):
        (opened,) = desk.taps(TONI, encode("form.open", id))
        assert opened.words == said.words


def test_an_indicator_is_complete_with_explanation_and_improvement(desk):
    assert len(missing(desk)) == 47
    (said,) = at(desk, "I12")
    assert "Nilai akhir: <b>3 – Terdefinisi</b>" in said.words
    assert "Belum ada penjelasan dan perbaikan" in said.words
    desk.taps(TONI, tap(said, "Tulis penjelasan"))
    (shown,) = desk.says(TONI, "Perwali sudah ada.")
    assert "Belum ada perbaikan" in shown.words
    desk.taps(TONI, tap(shown, "Tulis perbaikan"))
    (shown,) = desk.says(TONI, "Reviu tahunan.")
    assert "47 indikator, 1 lengkap" in shown.words
    assert "I12" not in missing(desk)


def test_the_note_of_the_meeting_is_the_explanation_until_it_is_rewritten(content):
    desk = in_the_form(ScoringDesk(content), "5", note="Semua unit memakai.")
    assert missing(desk) == ()
    (said,) = at(desk, "I12")
    assert "Penjelasan (dari catatan rapat): “Semua unit memakai.”" in said.words
    desk.taps(TONI, tap(said, "Ubah penjelasan"))
    (shown,) = desk.says(TONI, "Seluruh unit kerja memakai aplikasi umum.")
    assert "Penjelasan: “Seluruh unit" in shown.words
    assert (desk.score("I12").note, desk.score("I12").explanation) == (
        "Semua unit memakai.",
        "Seluruh unit kerja memakai aplikasi umum.",
    )


def test_the_top_level_needs_no_improvement(content):
    desk = in_the_form(ScoringDesk(content), "5")
    (said,) = at(desk, "I12")
    assert "Belum ada penjelasan." in said.words


def test_another_final_value_stands_beside_the_meetings_and_going_back_to_it_leaves_nothing_copied(desk):
    said = desk.taps(TONI, tap(at(desk, "I12"), "4"))
    shown = next(s for s in said if s.template == "indicator/one")
    assert "Nilai akhir: <b>4 – Terpadu dan Terukur</b>" in shown.words
    assert "nilai rapat 3" in shown.words
    assert (desk.score("I12").value, desk.score("I12").final) == (Decimal(3), Decimal(4))
    desk.taps(TONI, tap(shown, "3"))
    assert desk.score("I12").final is None


def test_a_return_to_the_meeting_keeps_everything_and_a_new_value_there_takes_the_place_of_the_forms(desk):
    desk.taps(TONI, tap(at(desk, "I12"), "4"))
    desk.taps(TONI, tap(at(desk, "I12"), "Tulis penjelasan"))
    desk.says(TONI, "Perwali sudah ada.")
    desk.look(lambda uow: goes_back(desk, uow))
    desk.heard()
    assert templates(desk.taps(TONI, encode("fill.level", desk.cycle, "I12.5.a")))[0] == "refusals/already_decided"
    (said,) = desk.says(CITRA, "/nilai I12")
    assert "Nilai: <b>4" in said.words
    assert "ini nilai formulir, nilai rapat sebelumnya 3" in said.words
    desk.taps(CITRA, tap(said, "3"))
    score = desk.score("I12")
    assert (score.value, score.final, score.explanation) == (Decimal(3), None, "Perwali sudah ada.")


def goes_back(desk, uow):
    cycle = uow.cycles.get(desk.cycle)
    team, task = uow.people.acting(TONI, desk.now), cycle.open_tasks()[0].id
    change(
        uow,
        cycle,
        None,
        desk.now,
        lambda c: rules.return_task(
            c, task, "rapat", "Perlu dibahas ulang.", team, time=uow.time, ids=uow.new_id, now=desk.now
        ),
    )


def test_only_the_team_writes_and_the_others_read(desk):
    for who in (KABID, CITRA):
        assert "Yang mengisi di langkah ini Tim SPBE Diskominfo" in at(desk, "I12", who)[0].words
        for action, arg in (("fill.level", "I12.4.abc"), ("fill.words", "I12"), ("fill.sheet", "")):
            assert templates(desk.taps(who, encode(action, desk.cycle, arg)))[0] == "refusals/not_yours"


def test_once_reported_the_form_is_read_only(desk):
    screen = at(desk, "I12")
    desk.taps(TONI, tap(at(desk, "I12"), "Tulis penjelasan"))

    def reported(uow):
        cycle = uow.cycles.get(desk.cycle)
        tasks = tuple(replace(t, reported_at=desk.now) if t.open else t for t in cycle.tasks)
        uow.cycles.save(replace(cycle, tasks=tasks))

    desk.look(reported)
    assert templates(desk.taps(TONI, tap(screen, "4")))[0] == "refusals/not_now"
    said = desk.says(TONI, "Terlambat.")
    assert "Formulir sudah dilaporkan" in said[0].words
    assert desk.question(TONI) == ""
    assert "Formulir sudah dilaporkan" in at(desk, "I12")[0].words


def test_an_external_value_that_is_waited_for_needs_nothing_and_one_that_comes_late_is_taken_in_the_form(content):
    desk = in_the_form(ScoringDesk(content, NEW), "5", note="Sudah.")
    assert missing(desk) == ()
    (said,) = at(desk, "I06")
    desk.taps(TONI, tap(said, "Isi nilai"))
    desk.says(TONI, "3,1")
    (shown,) = desk.says(TONI, "Laporan BIG 2026")
    assert "Nilai akhir: <b>3,1</b>" in shown.words
    assert "Masih menunggu" not in shown.labels
    assert missing(desk) == ("I06",)  # below the top: an improvement
    assert templates(desk.taps(TONI, encode("score.wait", desk.cycle, "I06")))[0] == "refusals/not_yours"


def test_before_the_meeting_has_ended_there_is_no_form(content):
    desk = ScoringDesk(content)
    assert templates(desk.says(TONI, "/formulir")) == ["indicator/nothing_yet"]
    assert templates(desk.taps(TONI, encode("form.open", desk.cycle)))[0] == "refusals/not_now"
