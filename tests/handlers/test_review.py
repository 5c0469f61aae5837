"""The review as Tim SPBE Diskominfo lives it: counts, verdicts, the rest at once, closing the collection."""

import pytest

from handlers.buttons import encode
from sop.cycle import TaskState
from sop.evidence import ItemState
from tests.handlers.evidence_desk import DEWI, RINA, SARI, TONI, EvidenceDesk, tap


@pytest.fixture
def desk():
    made = EvidenceDesk()
    made.fills(RINA, "U1", "I12", "I33")
    return made


def templates(said):
    return [s.template for s in said]


def open_opd(desk, who=TONI):
    return desk.taps(who, tap(desk.says(who, "/periksa"), desk.office.opd(desk.health).short))


def hand_over(desk):
    return desk.taps(RINA, tap(desk.says(RINA, "/serahkan"), "Ya, serahkan"))


def test_the_list_counts_what_waits_in_every_agency(desk):
    (said,) = desk.says(TONI, "/periksa")
    assert "0 dari 2 perangkat daerah sudah menyerahkan; 3 butir menunggu penilaian" in said.words
    assert ": 3 menunggu penilaian\n" in said.words
    assert ": 3 belum diunggah\n" in said.words
    assert said.labels[0].endswith("· 3")  # who has something to review comes first


def test_only_the_team_reviews(desk):
    item = desk.item("I12")
    for who in (RINA, DEWI, 21, 22):
        assert templates(desk.says(who, "/periksa")) == ["refusals/not_yours"]
        for action in ("review.ok", "review.item", "review.files", "review.reject_yes"):
            assert set(templates(desk.taps(who, encode(action, item.id)))) == {"refusals/not_yours"}
    assert desk.item("I12").state is ItemState.UPLOADED


def test_sesuai_is_one_tap_and_leads_to_the_next_item(desk):
    said = desk.taps(TONI, tap(open_opd(desk), "I12"))
    said = desk.taps(TONI, tap(said, "Sesuai"))
    assert desk.item("I12").state is ItemState.ACCEPTED
    assert "<b>I12</b> dinilai sesuai" in said[-1].words
    assert "<b>U1 " in said[-1].words


def test_the_files_of_an_item_come_with_the_verdict_after_them(desk):
    said = desk.taps(TONI, tap(open_opd(desk), "I12"))
    said = desk.taps(TONI, tap(said, "Lihat 1 berkas"))
    assert said[0].attachment["sha256"] == desk.item("I12").files[0].sha256
    assert "Sesuai" in said[-1].labels


def test_what_needs_repair_goes_back_with_its_reason_and_a_button_that_points_at_it(desk):
    hand_over(desk)
    said = desk.taps(TONI, tap(desk.taps(TONI, tap(open_opd(desk), "I12")), "Perlu perbaikan"))
    said = desk.taps(TONI, tap(said, "Belum ditandatangani"))
    (told, _) = [s for s in said if s.template == "item_returned"]
    assert "Belum ditandatangani" in told.words
    assert "Batas waktu" in told.words
    task = desk.task(desk.health)
    assert (task.open, task.pass_no) == (True, 2)
    assert desk.task(desk.school).pass_no == 1
    said = desk.taps(RINA, tap(told, "Buka I12"))
    desk.taps(RINA, tap(said, "Kirim berkas"))
    desk.passes(minutes=1)
    desk.sends(RINA, "SK bertanda tangan.pdf")
    desk.arrives()
    assert desk.item("I12").state is ItemState.UPLOADED
    said = hand_over(desk)
    receipts = desk.look(lambda uow: uow.papers.of_cycle(desk.cycle, kind="tanda_terima", current=False))
    assert [p.state for p in receipts] == ["replaced", "queued"]


def test_one_may_write_the_reason_in_own_words_and_think_better_of_it(desk):
    said = desk.taps(TONI, tap(open_opd(desk), "I12"))
    said = desk.taps(TONI, tap(desk.taps(TONI, tap(said, "Perlu perbaikan")), "Tulis sendiri"))
    assert desk.question(TONI) == "review.reason"
    desk.taps(TONI, tap(said, "Tidak jadi"))
    assert desk.question(TONI) == ""
    desk.taps(TONI, tap(said, "Tidak jadi"))
    desk.taps(TONI, encode("review.own_reason", desk.item("I12").id))
    desk.says(TONI, "Halaman pengesahan belum ada.")
    assert desk.item("I12").verdict_reason == "Halaman pengesahan belum ada."
    assert desk.question(TONI) == ""


def test_tidak_sesuai_is_confirmed_and_final_for_the_agency(desk):
    said = desk.taps(TONI, tap(desk.taps(TONI, tap(open_opd(desk), "I12")), "Tidak sesuai"))
    assert desk.item("I12").state is ItemState.UPLOADED
    desk.taps(TONI, tap(said, "Ya, tulis alasan"))
    said = desk.says(TONI, "Bukan dokumen yang diminta.")
    assert desk.item("I12").state is ItemState.REJECTED
    assert "item_rejected" in templates(said)
    said = desk.taps(RINA, encode("evidence.send", desk.item("I12").id))
    assert templates(said)[:1] == ["refusals/not_now"]


def test_of_two_reviewers_one_is_told_who_was_first_and_a_verdict_is_changed_on_purpose_only(desk):
    mine = desk.taps(TONI, tap(open_opd(desk), "I12"))
    theirs = desk.taps(SARI, tap(open_opd(desk, SARI), "I12"))
    desk.taps(TONI, tap(mine, "Sesuai"))
    said = desk.taps(SARI, tap(theirs, "Sesuai"))
    assert templates(said)[:1] == ["refusals/already_decided"]
    assert "sudah dinilai sesuai" in said[0].words
    item = desk.taps(SARI, encode("review.item", desk.item("I12").id))
    again = desk.taps(SARI, tap(item, "Ubah penilaian"))
    said = desk.taps(SARI, tap(desk.taps(SARI, tap(again, "Perlu perbaikan")), "Dokumen tahun lalu"))
    assert desk.item("I12").state is ItemState.REPAIR


def test_an_accepted_absence_stays_an_absence(desk):
    item = desk.item("U1", desk.school)
    desk.taps(DEWI, encode("evidence.absent", item.id))
    desk.says(DEWI, "Kami tidak mengelola aplikasi.")
    said = desk.taps(TONI, encode("review.item", item.id))
    said = desk.taps(TONI, tap(said, "Terima pernyataan"))
    item = desk.item("U1", desk.school)
    assert item.state is ItemState.DECLARED_ABSENT
    assert item.verdict_by.name == "Toni Wijaya"
    assert not item.to_review


def test_the_rest_is_accepted_after_a_confirmation_that_names_it(desk):
    (asked,) = desk.taps(TONI, tap(open_opd(desk), "Setujui 3 sisanya"))
    assert "U1, I12, I33" in asked.words
    said = desk.taps(TONI, tap(asked, "Ya, setujui"))
    assert said[-1].template == "review/rest_done"
    assert {desk.item(c).state for c in ("U1", "I12", "I33")} == {ItemState.ACCEPTED}
    assert templates(desk.taps(TONI, tap(asked, "Ya, setujui")))[:1] == ["refusals/nothing_there"]


def test_what_came_in_since_the_confirmation_was_shown_is_not_accepted_unseen(desk):
    asked = desk.taps(TONI, tap(open_opd(desk), "Setujui 3 sisanya"))
    desk.passes(minutes=1)
    desk.sends(RINA, "I12_baru.pdf")
    desk.arrives()
    said = desk.taps(TONI, tap(asked, "Ya, setujui"))
    assert "review/rest" in templates(said)
    assert desk.item("I12").state is ItemState.UPLOADED


def test_who_uploaded_does_not_review(desk):
    desk.member(TONI, "Toni Wijaya", "opd", desk.health)
    desk.sends(TONI, "I12_punya_toni.pdf")
    desk.arrives()
    said = desk.taps(TONI, encode("review.ok", desk.item("I12").id))
    assert templates(said)[:1] == ["refusals/same_eyes"]
    asked = desk.taps(TONI, tap(open_opd(desk), "Setujui 3 sisanya"))
    said = desk.taps(TONI, tap(asked, "Ya, setujui"))
    assert "Dilewati: I12" in said[-1].words
    assert desk.item("I12").state is ItemState.UPLOADED


# --- closing


def begin_closing(desk):
    return desk.taps(TONI, tap(desk.says(TONI, "/periksa"), "Tutup pengumpulan"))


def test_the_collection_is_closed_with_one_reason_for_all_after_a_confirmation(desk):
    said = begin_closing(desk)
    assert "2 perangkat daerah belum menyerahkan" in said[-1].words
    desk.taps(TONI, tap(said, "Satu alasan"))
    said = desk.says(TONI, "Batas waktu sudah lewat.")
    assert desk.task(desk.school).open
    said = desk.taps(TONI, tap(said, "Ya, tutup"))
    assert {desk.task(o).state for o in (desk.health, desk.school)} == {TaskState.CLOSED}
    assert desk.task(desk.school).note == "Batas waktu sudah lewat."
    assert "Berikutnya: Rekapitulasi" in said[-1].words
    assert desk.look(lambda uow: uow.dialogues.drafts(TONI)) == ()


def test_each_agency_can_have_its_own_reason_and_one_that_hands_over_meanwhile_needs_none(desk):
    said = desk.taps(TONI, tap(begin_closing(desk), "Alasan per OPD"))
    hand_over(desk)
    said = desk.says(TONI, "Sedang pindah kantor.")
    if said[-1].template == "review/ask_close_one":
        said = desk.says(TONI, "Tidak ada kabar.")
    desk.taps(TONI, tap(said, "Ya, tutup"))
    assert desk.task(desk.health).state is TaskState.DONE
    assert desk.task(desk.school).state is TaskState.CLOSED
    assert desk.task(desk.school).note


def test_thinking_better_of_closing_forgets_the_reasons(desk):
    desk.taps(TONI, tap(begin_closing(desk), "Satu alasan"))
    said = desk.says(TONI, "Batas waktu sudah lewat.")
    desk.taps(TONI, tap(said, "Tidak jadi"))
    assert desk.look(lambda uow: uow.dialogues.drafts(TONI)) == ()
    assert desk.task(desk.school).open


def test_closing_twice_says_that_it_is_closed(desk):
    desk.taps(TONI, tap(begin_closing(desk), "Satu alasan"))
    said = desk.says(TONI, "Batas waktu sudah lewat.")
    desk.taps(TONI, tap(said, "Ya, tutup"))
    assert templates(desk.taps(TONI, tap(said, "Ya, tutup")))[:1] == ["refusals/not_now"]
    assert "Tutup pengumpulan" not in desk.says(TONI, "/periksa")[0].labels
