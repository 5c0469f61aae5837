"""Scoring as Tim SPBE Kota lives it: one indicator a screen, a tap for a level, its evidence at hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.buttons import encode
from sop.actions import minutes
from sop.cycle import CycleState
from sop.ports import GroupBinding
from sop.scoring import Score
from storage.content import ContentStore
from tests.handlers.scoring_desk import CITRA, DONI, KABID, NEW, RINA, TONI, YANTO, ScoringDesk, tap


@pytest.fixture
def content(tmp_path):
    return ContentStore(tmp_path)


@pytest.fixture
def desk(content):
    return ScoringDesk(content)


@pytest.fixture
def new(content):
    return ScoringDesk(content, NEW)


def templates(said):
    return [s.template for s in said]


def at(desk, code, who=CITRA):
    """The screen of an indicator."""
    return desk.says(who, f"/nilai {code}")


def test_the_command_tells_how_far_it_has_come_and_leads_to_what_is_missing(desk):
    desk.filled("3", but=("I17", "I45"))
    (said,) = desk.says(CITRA, "/nilai")
    assert "47 indikator, 45 selesai" in said.words
    assert "Belum bernilai: I17, I45" in said.words
    assert "Indeks SPBE sementara: <b>3,00</b>" in said.words
    (shown,) = desk.taps(CITRA, tap(said, "Lanjut ke I17"))
    assert "<b>I17 " in shown.words
    assert "Belum bernilai" in shown.words


def test_an_indicator_shows_its_levels_its_evidence_and_what_it_had_last_year(desk):
    earlier = desk.look(lambda uow: a_year_ago(desk, uow))
    (said,) = at(desk, "I12")
    assert "bobot" in said.words
    assert "3 Terdefinisi: sesuai pedoman/standar" in said.words
    assert "Dinkes — sesuai, 1 berkas" in said.words
    assert "Dindikbud — belum" in said.words
    assert f"Siklus lalu ({earlier}): 2" in said.words


def a_year_ago(desk, uow):
    """The year before, completed, under the same instrument."""
    now = uow.cycles.get(desk.cycle)
    old = replace(now, id="lastyear00", name="Evaluasi Mandiri 2025", tasks=(), version=0)
    old = replace(old, opened_at=now.opened_at.replace(year=2025), state=CycleState.COMPLETED)
    uow.cycles.add(old)
    uow.scores.save(Score(old.id, "I12", value=Decimal(2)))
    return old.name


def test_a_level_is_one_tap_and_stands_with_who_gave_it_and_when(desk):
    said = desk.taps(CITRA, tap(at(desk, "I12"), "3"))
    toast = next(s for s in desk.taps(CITRA, tap(said, "4")) if s.kind == "toast")
    assert toast.words == "I12: 4 – Terpadu dan Terukur tersimpan."
    score = desk.score("I12")
    assert (score.value, score.scored_by.name) == (Decimal(4), "Citra Maharani")
    (shown,) = at(desk, "I12")
    assert "Nilai: <b>4 – Terpadu dan Terukur</b> (Citra Maharani, 24 Nov pukul 08.00 WIB)" in shown.words
    assert "✓ 4" in shown.labels


def test_tapping_the_same_level_twice_changes_nothing_more(desk):
    level = tap(at(desk, "I12"), "3")
    desk.taps(CITRA, level)
    desk.taps(CITRA, level)
    lines = desk.look(lambda uow: [x for x in uow.journal.page(limit=20) if x.event == "ScoreChanged"])
    assert [(x.facts["before"], x.facts["after"]) for x in lines] == [({"value": ""}, {"value": "3"})]


def test_next_and_back_walk_through_the_instrument_and_jump_over_what_is_done(desk):
    desk.filled("3", but=("I03", "I20"))
    (said,) = at(desk, "I03")
    assert "<b>I04 " in desk.taps(CITRA, tap(said, "Berikutnya"))[0].words
    assert "<b>I02 " in desk.taps(CITRA, tap(said, "Sebelumnya"))[0].words
    assert "<b>I20 " in desk.taps(CITRA, tap(said, "Ke I20"))[0].words
    (last,) = at(desk, "I47")
    assert "Berikutnya ›" not in last.labels
    assert "<b>I03 " in desk.taps(CITRA, tap(last, "Ke I03"))[0].words
    (first,) = at(desk, "I01")
    assert "‹ Sebelumnya" not in first.labels


def test_the_list_shows_every_indicator_on_pages(desk):
    desk.filled("3", but=("I02",))
    (said,) = desk.taps(CITRA, tap(desk.says(CITRA, "/nilai"), "Semua indikator"))
    assert "halaman 1 dari 6" in said.words
    assert {"✅ I01 · 3", "⬜ I02"} <= set(said.labels)
    (second,) = desk.taps(CITRA, tap(said, "Berikutnya »"))
    assert "<b>I09</b>" in second.words
    assert "<b>I10 " in desk.taps(CITRA, tap(second, "I10"))[0].words


def test_a_note_is_typed_and_the_screen_comes_back(desk):
    asked = desk.taps(CITRA, tap(at(desk, "I12"), "Tulis catatan"))
    assert desk.question(CITRA) == "score.text"
    (shown,) = desk.says(CITRA, "Sudah ada perwali, belum direviu.")
    assert "Catatan: “Sudah ada perwali, belum direviu.”" in shown.words
    assert desk.question(CITRA) == ""
    assert desk.score("I12").note == "Sudah ada perwali, belum direviu."
    assert "Tidak jadi" in asked[0].labels


def test_a_note_that_is_too_long_is_refused_and_the_question_stays(desk):
    desk.taps(CITRA, tap(at(desk, "I12"), "Tulis catatan"))
    assert templates(desk.says(CITRA, "a" * 601)) == ["refusals/bad_input"]
    assert desk.question(CITRA) == "score.text"
    assert desk.score("I12").note == ""


def test_thinking_better_of_a_note_closes_its_question(desk):
    asked = desk.taps(CITRA, tap(at(desk, "I12"), "Tulis catatan"))
    (shown,) = desk.taps(CITRA, tap(asked, "Tidak jadi"))
    assert shown.template == "indicator/one"
    assert desk.question(CITRA) == ""


def test_whoever_writes_last_wins_and_is_told_what_was_there(desk):
    mine, theirs = at(desk, "I12"), at(desk, "I12", DONI)
    desk.taps(CITRA, tap(mine, "3"))
    desk.passes(minutes=22)
    said = desk.taps(DONI, tap(theirs, "4"))
    toast = next(s for s in said if s.kind == "toast")
    assert "sudah diubah oleh Citra Maharani pukul 08.00 WIB: nilainya 3" in toast.words
    shown = next(s for s in said if s.template == "indicator/one")
    assert "sudah diubah oleh Citra Maharani" in shown.words
    assert desk.score("I12").value == Decimal(4)


def test_a_change_of_ones_own_or_one_that_was_seen_needs_no_warning(desk):
    desk.taps(CITRA, tap(at(desk, "I12"), "3"))
    said = desk.taps(CITRA, encode("score.level", desk.cycle, "I12.4.000000"))
    assert "sudah diubah" not in said[0].words
    said = desk.taps(DONI, tap(at(desk, "I12", DONI), "5"))
    assert all("sudah diubah" not in s.words for s in said)


def test_the_files_of_an_indicator_come_with_the_screen_after_them(desk):
    said = desk.taps(CITRA, tap(at(desk, "I12"), "Kirim 1 berkas"))
    assert templates(said) == ["review/file_sent", "indicator/one"]
    assert said[0].attachment["sha256"] == "ab" * 32
    seen = desk.look(lambda uow: uow.journal.page(limit=1))
    assert seen[0].event == "PaperSeen"


def test_a_sector_service_is_named(desk):
    (said,) = at(desk, "I45")
    assert "Layanan yang dinilai belum disebutkan" in said.words
    assert "Nama layanan" not in at(desk, "I44")[0].labels
    desk.taps(CITRA, tap(said, "Nama layanan"))
    (shown,) = desk.says(CITRA, "Perizinan berusaha")
    assert "Layanan: Perizinan berusaha" in shown.words
    assert desk.score("I45").service == "Perizinan berusaha"


def test_who_may_read_reads_and_cannot_write(desk):
    for who in (TONI, KABID):
        (said,) = at(desk, "I12", who)
        assert "Yang mengisi di langkah ini Tim SPBE Kota Pangkalpinang" in said.words
        assert "3" not in said.labels
        for data in ("I12.3.abcdef",):
            assert templates(desk.taps(who, encode("score.level", desk.cycle, data)))[0] == "refusals/not_yours"
        assert templates(desk.taps(who, encode("score.sheet", desk.cycle)))[0] == "refusals/not_yours"
    for who in (YANTO, RINA):
        assert templates(desk.says(who, "/nilai")) == ["refusals/not_yours"]
        assert templates(desk.taps(who, encode("score.show", desk.cycle, "I12")))[0] == "refusals/not_yours"
    assert desk.score("I12").value is None


def test_after_the_hand_over_values_are_read_only(desk):
    screen = at(desk, "I12")
    asked = desk.taps(DONI, tap(at(desk, "I12", DONI), "Tulis catatan"))
    assert asked
    desk.filled("3")
    desk.goes_on("tim_kota")
    assert templates(desk.taps(CITRA, tap(screen, "4")))[0] == "refusals/already_decided"
    assert templates(desk.says(DONI, "Terlambat.")) == ["refusals/already_decided"]
    assert desk.question(DONI) == ""
    assert "Langkah ini sudah selesai" in at(desk, "I12")[0].words
    assert desk.score("I12").value == Decimal(3)


def test_a_button_that_nobody_gave_is_refused(desk):
    for arg in ("I99.3.abcdef", "I12.9.abcdef", "I12", "I12.x.y", "I12.2.5.a"):
        said = desk.taps(CITRA, encode("score.level", desk.cycle, arg))
        assert said[0].template in ("refusals/nothing_there", "refusals/bad_input"), arg
    assert templates(desk.taps(CITRA, encode("score.value", desk.cycle, "I12.abc")))[0] == "refusals/nothing_there"
    assert templates(desk.taps(CITRA, encode("score.improvement", desk.cycle, "I12")))[0] == "refusals/nothing_there"
    desk.filled("3")
    assert templates(desk.taps(CITRA, encode("score.wait", desk.cycle, "I12")))[0] == "refusals/nothing_there"
    assert desk.score("I12").value == Decimal(3)


def test_when_the_last_value_comes_the_groups_hear_a_line_without_values(desk):
    desk.filled("3", but=("I17",))
    desk.look(lambda uow: bind(uow, desk.now))
    heard = desk.taps(CITRA, tap(at(desk, "I17"), "2"))
    (line,) = [s for s in heard if s.template == "group/scores_complete"]
    assert line.words.startswith("👥 Evaluasi Mandiri 2026: semua 47 indikator sudah dinilai (")
    (said,) = desk.says(CITRA, "/nilai")
    assert "Semua indikator sudah bernilai" in said.words
    assert "Indeks SPBE: <b>2,9" in said.words
    assert "(Baik)" in said.words


def bind(uow, now):
    uow.groups.bind(GroupBinding("tim_kota", -100, None, "Tim Kota"), "x", now)


def test_two_cycles_are_asked_apart(desk):
    desk.begins("Evaluasi Pemdi 2026", 2026, NEW, codes=("I01",))
    desk.heard()
    (asked,) = desk.says(CITRA, "/nilai")
    assert asked.template == "indicator/which_cycle"
    (said,) = desk.taps(CITRA, tap(asked, "Evaluasi Pemdi 2026"))
    assert "20 indikator, 4 selesai" in said.words


def test_before_the_recap_is_handed_over_there_is_nothing_to_score(content):
    desk = ScoringDesk(content, recap=False)
    assert templates(desk.says(CITRA, "/nilai")) == ["indicator/nothing_yet"]
    said = desk.taps(CITRA, encode("score.level", desk.cycle, "I12.3.abcdef"))
    assert said[0].template == "refusals/not_now"


# --- PermenPANRB 8/2026: fractions, and values that other ministries give


def test_a_value_between_the_levels_is_typed(new):
    desk = new
    desk.taps(CITRA, tap(at(desk, "I01"), "Nilai lain"))
    assert templates(desk.says(CITRA, "dua")) == ["refusals/bad_input"]
    assert templates(desk.says(CITRA, "2,755")) == ["refusals/bad_input"]
    (shown,) = desk.says(CITRA, "2,75")
    assert "Nilai: <b>2,75</b>" in shown.words
    assert desk.score("I01").value == Decimal("2.75")


def test_whole_levels_offer_no_other_value(desk):
    assert "Nilai lain" not in at(desk, "I12")[0].labels


def test_an_external_value_may_wait_or_come_with_its_source(new):
    desk = new
    (said,) = at(desk, "I06")
    assert "Menunggu nilai eksternal dari BIG; sementara dihitung 1" in said.words
    assert "3" not in said.labels
    desk.taps(CITRA, tap(said, "Isi nilai"))
    (asked,) = desk.says(CITRA, "3,1")
    assert asked.template == "indicator/ask_source"
    assert desk.score("I06").value is None
    assert templates(desk.says(CITRA, "  ")) == ["refusals/bad_input"]
    (shown,) = desk.says(CITRA, "Surat BIG nomor 12 tanggal 3 November 2026")
    assert "Sumber: “Surat BIG" in shown.words
    assert desk.score("I06").value == Decimal("3.1")
    desk.taps(CITRA, tap(shown, "Masih menunggu"))
    assert (desk.score("I06").value, desk.score("I06").note) == (None, "")


def test_an_index_that_counts_a_value_as_one_says_that_it_is_provisional(new):
    desk = new
    desk.filled("3")
    (said,) = desk.says(CITRA, "/nilai")
    assert "Menunggu nilai eksternal (sementara dihitung 1): I05, I06, I07, I18" in said.words
    assert "Indeks Pemdi sementara: <b>2," in said.words
    assert "Semua indikator sudah bernilai" in said.words


def test_what_the_meeting_still_owes_is_known_to_the_hand_over(desk):
    desk.filled("3", but=("I17",))

    def owed(uow):
        _, progress = minutes.missing(uow, uow.cycles.get(desk.cycle), uow.meetings.of_cycle(desk.cycle))
        return progress.left

    assert desk.look(owed) == ("I17",)
