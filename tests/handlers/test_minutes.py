"""The notula of step 6: written part by part by Tim SPBE Kota, shown, confirmed; what it lacks is named."""

from datetime import UTC, date, datetime

import pytest

from sop import papers
from sop.cycle import TaskState
from sop.meeting import Point
from storage.tables.assessment import MeetingRow
from tests.handlers.meeting_desk import AHMAD, BUDI, RANI, Sixth

KEPT = "meeting/{}_kept"


@pytest.fixture
def desk(tmp_path) -> Sixth:
    made = Sixth(tmp_path)
    made.held()
    return made


def printed(desk: Sixth, kind: str):
    """What the newest paper of a kind says."""
    paper = desk.look(lambda uow: uow.papers.of_cycle(desk.cycle, kind=kind)[-1])
    return papers.from_json(kind, paper.context)


def test_what_the_notula_lacks_is_named_and_nothing_is_confirmed(desk):
    said = desk.taps(AHMAD, f"meeting.confirm:{desk.task.id}:")
    assert "Masih kurang: pimpinan rapat, notulis, pembahasan, keputusan." in said[-1].words
    desk.writes_minutes()
    said = desk.taps(AHMAD, f"meeting.confirm_yes:{desk.task.id}:")
    assert "47 indikator belum bernilai: I01, I02" in said[-1].words
    assert desk.task.open
    assert "Nilai: 0 dari 47 indikator" in desk.card().words


def test_the_confirmed_notula_ends_the_step_and_goes_to_both_teams(desk):
    desk.writes_minutes()
    desk.scores()
    asked = desk.only(desk.at_card("Sahkan notula"), "meeting/ask_confirm")
    assert "langkah 7 (Formulir dan Berita Acara) dimulai oleh Tim SPBE Diskominfo" in asked.words
    said = desk.press(AHMAD, asked, "Ya, sahkan")
    assert "Notula disahkan" in desk.only(said, "meeting/confirmed").words
    assert desk.task.state is TaskState.DONE
    assert desk.look(lambda uow: uow.cycles.get(desk.cycle).latest("formulir")).open
    sent = desk.all(said, "paper")
    assert {(s.to, s.words.partition("</b>")[0].partition("<b>")[2]) for s in sent} == {
        (desk.ids[n], title) for n in (AHMAD, BUDI, RANI) for title in ("Daftar Hadir", "Notula")
    }
    notula = printed(desk, "notula")
    assert notula.state == papers.SIAP_TANDA_TANGAN
    assert notula.invitation_number == desk.letter.number
    assert notula.result.value == 3
    assert notula.result.scored == 47
    assert notula.chair.nip == "196808201993032004"  # the office knows her
    assert (notula.minute_taker.name, notula.minute_taker.title) == ("Rani", "Pranata Komputer")
    assert [s.present for s in notula.sittings] == [2]
    assert [a.name for a in printed(desk, "daftar_hadir").sittings[0].attendees] == ["Dewi", "Rani"]
    assert desk.taps(BUDI, f"meeting.confirm_yes:{notula and desk.task.id}:")[-1].template == "refusals/already_decided"


def test_a_draft_can_be_looked_at_at_any_time(desk):
    said = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pratinjau")
    assert desk.only(said, "meeting/minutes_paper").attachment["paper"]
    notula = printed(desk, "notula")
    assert (notula.state, notula.result, notula.decisions) == (papers.RANCANGAN, None, ())


def test_the_chair_can_be_one_of_those_present(desk):
    asked = desk.only(desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pimpinan"), "meeting/ask_officer")
    assert asked.labels == ["Dewi · OPD", "Rani · Tim SPBE Diskominfo"]
    desk.press(AHMAD, asked, "Rani")
    assert desk.meeting.chair == "Rani - Tim SPBE Diskominfo"
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Notulis")
    assert "tanda hubung" in desk.says(AHMAD, "Rani")[-1].words


def test_the_discussion_has_topic_speaker_and_words(desk):
    asked = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pembahasan")
    assert "Topik - Pembicara: isi" in desk.only(asked, "meeting/ask_discussion").words
    said = desk.says(
        AHMAD, "Rapat dibuka.\n1. Peta Rencana - Dinas Kesehatan: masih rancangan:\nbulan depan ditetapkan"
    )
    assert "sekarang 2 pokok. Terakhir: <b>Peta Rencana</b> (Dinas Kesehatan): masih rancangan:" in said[-1].words
    desk.says(AHMAD, "Audit TIK – Inspektorat:\nLaporannya belum ada")  # the next one can follow at once
    assert [(p.topic, p.speaker, p.words) for p in desk.meeting.discussion] == [
        ("", "", "Rapat dibuka."),
        ("Peta Rencana", "Dinas Kesehatan", "masih rancangan:\nbulan depan ditetapkan"),
        ("Audit TIK", "Inspektorat", "Laporannya belum ada"),
    ]
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pratinjau")
    assert [(d.topic, d.speaker) for d in printed(desk, "notula").discussion] == [
        ("Rapat koordinasi evaluasi mandiri", None),
        ("Peta Rencana", "Dinas Kesehatan"),
        ("Audit TIK", "Inspektorat"),
    ]


def test_what_cannot_be_a_point_is_refused_and_nothing_is_lost(desk):
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pembahasan")
    desk.says(AHMAD, "Satu.")
    assert "terlalu panjang" in desk.says(AHMAD, "x" * 3001)[-1].words
    assert "belum ada isinya" in desk.says(AHMAD, "Peta Rencana - Dinas Kesehatan:")[-1].words
    assert "terlalu panjang" in desk.says(AHMAD, f"{'x' * 151} - Dinas Kesehatan: isi")[-1].words
    assert [p.words for p in desk.meeting.discussion] == ["Satu."]


def test_a_point_is_corrected_in_its_place_or_taken_out(desk):
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pembahasan")
    desk.says(AHMAD, "Peta - Dinkes: rancangan\nAudit - Inspektorat: belum ada")
    listed = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pembahasan (2)")
    opened = desk.press(AHMAD, listed, "1. Peta")
    assert "Pembicara: Dinkes" in opened[-1].words
    asked = desk.press(AHMAD, opened, "Perbaiki")
    assert "<code>Peta - Dinkes: rancangan</code>" in asked[-1].words
    said = desk.says(AHMAD, "Peta Rencana - Dinas Kesehatan: sudah ditetapkan")
    assert "Pokok ini sudah diperbaiki" in said[-1].words
    assert [(p.topic, p.speaker, p.words) for p in desk.meeting.discussion] == [
        ("Peta Rencana", "Dinas Kesehatan", "sudah ditetapkan"),
        ("Audit", "Inspektorat", "belum ada"),
    ]
    assert "tidak ditemukan" in desk.press(BUDI, opened, "Perbaiki")[-1].words  # it says something else now
    desk.press(AHMAD, desk.press(AHMAD, desk.press(AHMAD, said, "Lihat pembahasan"), "2. Audit"), "Hapus")
    assert [p.topic for p in desk.meeting.discussion] == ["Peta Rencana"]


def test_a_discussion_that_an_earlier_version_has_kept_is_one_point(desk):
    def older(uow) -> None:
        meeting = uow.meetings.of_cycle(desk.cycle)
        row = uow.session.get_one(MeetingRow, desk.cycle)
        row.content = {**row.content, "discussion": "Satu.\n\nDua."}
        assert meeting.discussion == ()

    desk.look(older)
    assert desk.meeting.discussion == (Point("Satu.\n\nDua."),)


def test_decisions_are_added_line_by_line_and_taken_out_by_what_they_say(desk):
    desk.writes_minutes()
    said = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Keputusan (2)")
    first = next(c for c in said[-1].choices if c.action == "meeting.remove")
    assert [label for label in said[-1].labels if label.startswith("Hapus")] == ["Hapus 1", "Hapus 2"]
    desk.taps(AHMAD, first)
    assert desk.meeting.decisions == ("Formulir dilengkapi",)
    assert "tidak ditemukan" in desk.taps(BUDI, first)[-1].words  # the same button, a moment later
    assert desk.meeting.decisions == ("Formulir dilengkapi",)


def test_who_holds_otherwise_is_written_down_and_printed(desk):
    desk.writes_minutes()
    assert "Pendapat berbeda: tidak ada (boleh kosong)" in desk.says(AHMAD, "/notula")[-1].words
    asked = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pendapat berbeda (0)")
    desk.press(AHMAD, asked, "Tambah pendapat")
    assert "belum menyebut siapa" in desk.says(AHMAD, "Nilai I08 terlalu tinggi")[-1].words
    desk.says(AHMAD, "1. Inspektorat Daerah: nilai I08: sebaiknya 2\nBappeda: setuju dengan Inspektorat")
    assert [(d.who, d.words) for d in desk.meeting.dissent] == [
        ("Inspektorat Daerah", "nilai I08: sebaiknya 2"),
        ("Bappeda", "setuju dengan Inspektorat"),
    ]
    listed = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pendapat berbeda (2)")
    assert "2. Bappeda: setuju dengan Inspektorat" in listed[-1].words
    left = desk.press(AHMAD, listed, "Hapus 2")
    assert "Bappeda" not in next(s for s in left if s.template == "meeting/dissent").words
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pratinjau")
    draft = printed(desk, "notula")
    assert (draft.result, [(d.by, d.words) for d in draft.dissent]) == (
        None,
        [("Inspektorat Daerah", "nilai I08: sebaiknya 2")],
    )


def test_a_notula_that_an_earlier_version_has_kept_can_be_read(desk):
    desk.writes_minutes()
    desk.scores()
    desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Pratinjau")
    kept = papers.to_json(printed(desk, "notula"))
    del kept["dissent"]
    kept["result"]["dissent"] = None
    assert papers.from_json("notula", kept).dissent == ()


def test_follow_ups_have_who_and_by_when(desk):
    said = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Tindak lanjut")
    desk.press(AHMAD, said, "Tambah tindak lanjut")
    assert "belum terbaca" in desk.says(AHMAD, "Melengkapi SK")[-1].words
    assert "Tanggal pada baris" in desk.says(AHMAD, "Melengkapi SK - Bagian Organisasi - nanti")[-1].words
    assert "sudah lewat" in desk.says(AHMAD, "Melengkapi SK - Bagian Organisasi - 1 Januari 2026")[-1].words
    desk.says(AHMAD, "Melengkapi SK - Bagian Organisasi - 20 Januari 2027\nAudit ulang - Inspektorat")
    found = desk.meeting.follow_ups
    assert [(f.what, f.who, f.by_when) for f in found] == [
        ("Melengkapi SK", "Bagian Organisasi", date(2027, 1, 20)),
        ("Audit ulang", "Inspektorat", None),
    ]
    shown = desk.press(AHMAD, desk.says(AHMAD, "/notula"), "Tindak lanjut (2)")[-1]
    assert "paling lambat Rabu, 20 Januari 2027" in shown.words


def test_a_notula_that_comes_back_is_mended_without_a_new_sitting(desk):
    desk.writes_minutes()
    desk.scores()
    desk.press(AHMAD, desk.at_card("Sahkan notula"), "Ya, sahkan")
    desk.look(desk.reopens)
    card = desk.card()
    assert "Bila cukup memperbaiki nilai atau notula" in card.words
    assert card.labels[:3] == ["Jadwalkan rapat", "Sahkan notula", "Isi notula"]
    desk.press(AHMAD, desk.press(AHMAD, card, "Sahkan notula"), "Ya, sahkan")
    assert desk.task.state is TaskState.DONE
    assert desk.task.pass_no == 2


def test_the_list_of_a_running_sitting_has_rows_for_a_pen(desk):
    desk.dated(day="7 Desember 2026", start="Sidang lanjutan")
    desk.now = datetime(2026, 12, 7, 2, tzinfo=UTC)
    desk.begins()
    said = desk.press(AHMAD, desk.says(AHMAD, "/hadir"), "Cetak daftar")
    assert "edarkan untuk ditandatangani" in desk.only(said, "meeting/list_paper").words
    paper = printed(desk, "daftar_hadir")
    assert [s.number for s in paper.sittings] == [1, 2]
    assert paper.blank_rows == 10
