"""Step 5 as Tim SPBE Diskominfo lives it: the numbers, the hand-over with its papers, a return, a second pass."""

import io

import pytest
from openpyxl import load_workbook

from handlers.buttons import encode
from sop import papers
from sop.cycle import TaskState
from sop.papers import from_json
from tests.handlers.evidence_desk import SARI
from tests.handlers.recap_desk import AYU, DEWI, KABID, RINA, TONI, RecapDesk, tap


@pytest.fixture
def desk(tmp_path):
    made = RecapDesk(tmp_path)
    made.collected()
    return made


def templates(said):
    return [s.template for s in said]


def name(desk):
    return desk.office.opd(desk.health).name


def hand_over(desk, who=TONI, note=""):
    """The whole conversation."""
    if note:
        desk.taps(who, encode("recap.note", desk.recap.id))
        desk.says(who, note)
    said = desk.taps(who, tap(desk.card(who), "Serahkan ke Tim Kota"))
    yes = "Tetap serahkan" if "Tetap serahkan" in said[-1].labels else "Ya, serahkan"
    return desk.taps(who, tap(said, yes))


# --- the card and the screens


def test_the_card_counts_agencies_and_items_by_state(desk):
    desk.judges(desk.health, U1="Sesuai", I33="Tidak sesuai")
    card = desk.card()
    assert "Langkah 5/8 · Rekapitulasi" in card.words
    assert "2 dari 2 perangkat daerah menyerahkan." in card.words
    assert "✅ 1 sesuai" in card.words
    assert "0 perlu perbaikan, 1 tidak sesuai" in card.words
    assert "2 belum diperiksa, 2 belum ada kiriman" in card.words
    assert card.labels[:3] == ["Periksa", "Lihat rekap", "Serahkan ke Tim Kota"]


def test_when_everything_is_judged_the_hand_over_comes_first(desk):
    desk.accepts_all()
    assert desk.card().labels[0] == "Serahkan ke Tim Kota"


def test_a_verdict_changes_the_numbers_on_the_card_of_everybody_in_the_team(desk):
    heard = desk.everything(lambda: desk.taps(TONI, encode("review.ok", desk.item("I12").id)))
    cards = {s.to: s.words for s in heard if s.kind == "card" and "Langkah 5/8" in s.words}
    assert set(cards) == {desk.people[TONI], desk.people[SARI]}
    assert all("✅ 1 sesuai" in words for words in cards.values())


def test_reviewing_from_the_card_leaves_the_card_where_it_is(desk):
    said = desk.taps(TONI, tap(desk.card(), "Periksa"))
    assert said[-1].template == "review/opds"


def test_the_recap_is_read_by_agency(desk):
    desk.judges(desk.health, U1="Sesuai")
    said = desk.says(TONI, "/rekap")
    said = desk.taps(TONI, tap(said, "Per OPD"))
    assert f"{name(desk)}: 1 dari 3 sesuai, 2 belum diperiksa" in said[-1].words
    said = desk.taps(TONI, tap(said, desk.office.opd(desk.school).short))
    assert "0 dari 3 sesuai, 1 belum diperiksa, 2 belum ada" in said[-1].words
    assert "<b>I12</b>" in said[-1].words
    assert "Periksa butirnya" in said[-1].labels
    desk.taps(TONI, tap(said, "Ringkasan"))


def test_the_recap_is_read_by_indicator_with_what_each_agency_gave(desk):
    desk.judges(desk.health, I12="Sesuai")
    said = desk.taps(TONI, tap(desk.says(TONI, "/rekap"), "Per indikator"))
    while not any(label == "I12" for label in said[-1].labels):
        said = desk.taps(TONI, tap(said, "Berikutnya »"))
    assert "1 dari 2 OPD sesuai, 1 berkas" in said[-1].words
    said = desk.taps(TONI, tap(said, "I12"))
    assert "1 dari 2 perangkat daerah sesuai (1 berkas)" in said[-1].words
    assert "diunggah, belum diperiksa" in said[-1].words
    back = desk.taps(TONI, tap(said, "Daftar indikator"))
    assert "I12" in back[-1].labels  # the page that one came from


def test_kabid_and_tim_kota_read_the_recap_and_others_do_not(desk):
    for who in (KABID, AYU):
        said = desk.says(who, "/rekap")
        assert templates(said) == ["recap/recap"]
        assert "Serahkan ke Tim Kota" not in said[0].labels
        said = desk.taps(who, tap(desk.taps(who, tap(said, "Per OPD")), desk.office.opd(desk.health).short))
        assert "Periksa butirnya" not in said[-1].labels
    for who in (RINA, 22):
        assert templates(desk.says(who, "/rekap")) == ["refusals/not_yours"]
        for action, id in (("recap.show", desk.cycle), ("recap.opd", desk.task(desk.health).id)):
            assert set(templates(desk.taps(who, encode(action, id, "0")))) == {"refusals/not_yours"}


def test_while_the_agencies_collect_the_recap_shows_what_is_there_and_cannot_be_handed_over(tmp_path):
    desk = RecapDesk(tmp_path)
    (said,) = desk.says(TONI, "/rekap")
    assert "0 dari 2 perangkat daerah menyerahkan" in said.words
    assert said.labels == ["Per OPD", "Per indikator"]


# --- handing over


def test_what_nobody_has_judged_is_named_in_numbers_before_it_goes(desk):
    said = desk.taps(TONI, tap(desk.card(), "Serahkan ke Tim Kota"))
    assert "4 butir belum diperiksa" in said[-1].words
    assert said[-1].labels[0] == "Periksa dulu"
    assert desk.recap.open
    said = desk.taps(TONI, tap(said, "Tetap serahkan"))
    assert "Rekapitulasi sudah diserahkan" in said[-1].words
    assert desk.recap.state is TaskState.DONE
    assert desk.meeting.open


def test_what_came_to_wait_since_the_question_is_shown_before_it_goes(desk):
    desk.accepts_all()
    asked = desk.taps(TONI, tap(desk.card(), "Serahkan ke Tim Kota"))
    desk.taps(TONI, encode("review.reopen", desk.task(desk.school).id))
    desk.says(TONI, "Berkas perlu ditambah.")
    said = desk.taps(TONI, tap(asked, "Ya, serahkan"))
    assert "recap/owing" in templates(said)
    desk.fills(DEWI, "U1")
    desk.hands_over(DEWI, "Tetap serahkan")
    said = desk.taps(TONI, tap(asked, "Ya, serahkan"))
    assert "recap/confirm" in templates(said)
    assert "1 butir belum diperiksa" in next(s.words for s in said if s.template == "recap/confirm")
    assert desk.recap.open


def test_while_an_agency_repairs_the_recap_waits_and_says_for_whom(desk):
    desk.judges(desk.health, I12="Perlu perbaikan")
    assert f"Masih memegang data dukungnya: {name(desk)}" in desk.card().words
    said = desk.taps(TONI, tap(desk.card(), "Serahkan ke Tim Kota"))
    assert templates(said) == ["recap/owing"]
    desk.taps(TONI, encode("recap.hand_over_yes", desk.recap.id, "99"))
    assert desk.recap.open


def test_a_repair_that_never_comes_is_closed_with_a_reason_that_the_paper_carries(desk):
    desk.judges(desk.health, I12="Perlu perbaikan")
    said = desk.taps(TONI, tap(desk.says(TONI, "/periksa"), "Tutup pengumpulan"))
    desk.taps(TONI, tap(said, "Tulis alasan"))
    desk.taps(TONI, tap(desk.says(TONI, "Tidak ada perbaikan sampai batas waktu."), "Ya, tutup"))
    hand_over(desk)
    (paper,) = desk.papers("rekapitulasi")
    line = from_json("rekapitulasi", paper.context).opds[0]
    assert line.handed_over_at
    assert line.closed_reason == "Tidak ada perbaikan sampai batas waktu."


def test_the_last_repair_rings_the_team_for_it_is_their_turn_again(desk):
    desk.judges(desk.health, I12="Perlu perbaikan")
    desk.passes(minutes=1)
    desk.fills(RINA, "I12")
    assert desk.loud(desk.recap.id)[-1] is False
    desk.hands_over(RINA, "Ya, serahkan")
    assert desk.loud(desk.recap.id)[-1] is True


def test_paper_and_workbook_are_made_and_go_to_tim_kota_with_the_card(desk):
    desk.judges(desk.health, U1="Sesuai", I33="Tidak sesuai")
    yes = tap(desk.taps(TONI, tap(desk.card(), "Serahkan ke Tim Kota")), "Tetap serahkan")
    to_ayu = [s for s in desk.everything(lambda: desk.taps(TONI, yes)) if s.to == desk.people[AYU]]
    assert [(s.kind, s.attachment.get("filename", "").rpartition(".")[2]) for s in to_ayu] == [
        ("message", "xlsx"),
        ("message", "pdf"),
        ("card", ""),
    ]

    (paper,) = desk.papers("rekapitulasi")
    made = from_json("rekapitulasi", paper.context)
    assert isinstance(made, papers.Rekapitulasi)
    assert (made.receiver, made.recorded[0].verb) == ("Tim SPBE Kota Pangkalpinang", "diserahkan")
    assert [(o.asked, o.accepted, o.rejected, o.uploaded, o.missing) for o in made.opds] == [
        (3, 1, 1, 1, 0),
        (3, 0, 0, 1, 2),
    ]
    (sheet,) = desk.papers("rekapitulasi_lembar")
    book = load_workbook(io.BytesIO(desk.store.read(sheet.sha256)))
    assert book.sheetnames == ["Ringkasan", "Per perangkat daerah", "Per indikator", "Per butir"]
    rows = list(book["Per perangkat daerah"].iter_rows(values_only=True))
    assert rows[1][:9] == (1, name(desk), 3, 1, 0, 1, 0, 1, 0)
    assert sheet.filename.endswith(".xlsx")
    assert sheet.audience == "recap"


def test_the_note_is_kept_shown_and_printed(desk):
    hand_over(desk, note="=SUM(1) Dua OPD memohon tambahan waktu.")
    assert desk.recap.note == "=SUM(1) Dua OPD memohon tambahan waktu."
    (paper,) = desk.papers("rekapitulasi")
    assert from_json("rekapitulasi", paper.context).remarks == ("=SUM(1) Dua OPD memohon tambahan waktu.",)


def test_a_note_may_be_changed_and_is_not_a_file(desk):
    desk.taps(TONI, encode("recap.note", desk.recap.id))
    assert templates(desk.sends(TONI, "catatan.pdf")) == ["recap/only_words"]
    desk.says(TONI, "Lengkap.")
    assert "Catatan pada rekapitulasi: “Lengkap.”" in desk.card().words
    said = desk.taps(TONI, encode("recap.note", desk.recap.id))
    assert "Catatan sekarang: “Lengkap.”" in said[-1].words
    assert templates(desk.says(TONI, "x" * 601)) == ["refusals/bad_input"]
    assert "“Lengkap.”" in desk.card().words


def test_handing_over_twice_says_who_was_first(desk):
    desk.accepts_all()
    mine = desk.taps(TONI, tap(desk.card(), "Serahkan ke Tim Kota"))
    theirs = desk.taps(SARI, tap(desk.card(SARI), "Serahkan ke Tim Kota"))
    desk.taps(TONI, tap(mine, "Ya, serahkan"))
    said = desk.taps(SARI, tap(theirs, "Ya, serahkan"))
    assert templates(said)[:1] == ["refusals/already_decided"]
    assert len(desk.papers("rekapitulasi", current=False)) == 1


def test_only_the_team_hands_over(desk):
    for who in (RINA, KABID, AYU, 22):
        for action in ("recap.hand_over", "recap.hand_over_yes", "recap.note"):
            said = desk.taps(who, encode(action, desk.recap.id, "9"))
            assert set(templates(said)) == {"refusals/not_yours"}
    assert desk.recap.open


# --- back from the meeting, and reopening


def send_back(desk):
    said = desk.taps(AYU, encode("step.return", desk.meeting.id))
    desk.taps(AYU, tap(said, "Rekapitulasi belum lengkap"))


def test_the_meeting_returns_the_recap_and_the_second_pass_replaces_the_papers(desk):
    hand_over(desk)
    send_back(desk)
    card = desk.card()
    assert "Dikembalikan oleh Tim SPBE Kota" in card.words
    assert (desk.recap.pass_no, desk.recap.open) == (2, True)
    assert not desk.task(desk.health).open  # step 4 stays closed
    desk.accepts_all()
    hand_over(desk)
    assert desk.meeting.pass_no == 2
    for kind in ("rekapitulasi", "rekapitulasi_lembar"):
        assert [p.state == "replaced" for p in desk.papers(kind, current=False)] == [True, False]
    (paper,) = desk.papers("rekapitulasi")
    assert sum(o.accepted for o in from_json("rekapitulasi", paper.context).opds) == 4


def test_after_a_return_one_named_agency_gets_its_collection_back_with_a_reason(desk):
    desk.accepts_all()
    hand_over(desk)
    send_back(desk)
    said = desk.taps(TONI, tap(desk.says(TONI, "/periksa"), desk.office.opd(desk.school).short))
    said = desk.taps(TONI, tap(said, "Buka kembali"))
    assert "dapat mengunggah lagi" in said[-1].words
    said = desk.says(TONI, "Rapat meminta bukti tambahan.")
    assert said[-1].template == "review/reopened"
    task = desk.task(desk.school)
    assert (task.open, task.pass_no, task.came_back) == (True, 2, "Rapat meminta bukti tambahan.")
    assert desk.task(desk.health).pass_no == 1
    desk.fills(DEWI, "U1")
    desk.hands_over(DEWI, "Tetap serahkan")
    desk.accepts_all()
    hand_over(desk)
    assert desk.meeting.pass_no == 2


def test_a_collection_that_is_open_or_with_the_meeting_is_not_reopened(desk):
    school = desk.task(desk.school).id
    desk.taps(TONI, encode("review.reopen", school))
    desk.says(TONI, "Perlu tambahan.")
    for id in (school, desk.task(desk.school).id):
        assert templates(desk.taps(TONI, encode("review.reopen", id)))[:1] == ["refusals/not_now"]
    desk.fills(DEWI, "U1")
    desk.hands_over(DEWI, "Tetap serahkan")
    desk.accepts_all()
    hand_over(desk)
    said = desk.taps(TONI, encode("review.reopen", desk.task(desk.school).id))
    assert templates(said)[:1] == ["refusals/not_now"]
    assert "tim kota" in said[0].words


def test_a_closed_agency_can_be_opened_again_and_thinking_better_of_it_changes_nothing(tmp_path):
    desk = RecapDesk(tmp_path)
    said = desk.taps(TONI, tap(desk.says(TONI, "/periksa"), "Tutup pengumpulan"))
    desk.taps(TONI, tap(said, "Satu alasan"))
    desk.taps(TONI, tap(desk.says(TONI, "Batas waktu lewat."), "Ya, tutup"))
    task = desk.task(desk.school)
    assert task.state is TaskState.CLOSED
    said = desk.taps(TONI, encode("review.reopen", task.id))
    desk.taps(TONI, tap(said, "Tidak jadi"))
    assert desk.question(TONI) == ""
    assert not desk.task(desk.school).open
    desk.taps(TONI, encode("review.reopen", task.id))
    desk.says(TONI, "   ")
    assert not desk.task(desk.school).open
    desk.says(TONI, "Petugasnya sudah ditunjuk.")
    assert desk.task(desk.school).open


@pytest.mark.parametrize("who", [RINA, KABID, AYU, 22])
def test_only_the_team_opens_a_collection_again(desk, who):
    said = desk.taps(who, encode("review.reopen", desk.task(desk.school).id))
    assert set(templates(said)) == {"refusals/not_yours"}
