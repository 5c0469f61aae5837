"""The workbook: out as things stand, back with differences that are shown first, and never half taken."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.buttons import encode
from storage.content import ContentStore
from tests.handlers.scoring_desk import CITRA, DONI, NEW, TONI, ScoringDesk, tap


@pytest.fixture
def content(tmp_path):
    return ContentStore(tmp_path)


@pytest.fixture
def desk(content):
    return ScoringDesk(content)


def templates(said):
    return [s.template for s in said]


def book(desk, who=CITRA, command="/nilai") -> bytes:
    said = desk.taps(who, tap(desk.says(who, command), "Isi lewat Excel"))
    return desk.bytes_of(said[-1])


def edited(data: bytes, cells: dict[tuple[str, str], object]) -> bytes:
    """The workbook with cells changed, by code and title of the column."""
    made = load_workbook(BytesIO(data))
    table = made["Nilai"]
    titles = {cell.value: cell.column for cell in table[1]}
    rows = {row[0].value: row[0].row for row in table.iter_rows(min_row=2)}
    for (code, title), value in cells.items():
        table.cell(rows[code], titles[title]).value = value
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def shown(desk, data, who=CITRA, **more):
    said = desk.sends_book(who, data, **more)
    return desk.taps(who, tap(said, "Lihat perbedaan"))


def changes(desk):
    lines = desk.look(lambda uow: [x for x in uow.journal.page(limit=200) if x.event == "ScoreChanged"])
    return len(lines)


def test_the_workbook_has_every_indicator_with_what_stands_now(desk):
    desk.filled("3", note="Sudah ada.", but=("I17",))
    table = load_workbook(BytesIO(book(desk)))["Nilai"]
    rows = {r[0]: r for r in table.iter_rows(min_row=2, values_only=True)}
    assert len(rows) == 47
    assert set(rows["I12"][3].split("; ")) == {"Dindikbud: belum (0)", "Dinkes: sesuai (1)"}
    assert rows["I12"][4:6] == (3, "Sudah ada.")
    assert rows["I17"][4] is None


def test_the_workbook_sent_back_as_it_was_changes_nothing(desk):
    desk.filled("3", note="Sudah ada.")
    said = shown(desk, book(desk))
    assert templates(said) == ["indicator/no_differences"]


def test_the_differences_are_shown_before_they_are_taken(desk):
    desk.filled("3", but=("I17",))
    data = edited(book(desk), {("I12", "nilai"): 4, ("I17", "nilai"): 2, ("I17", "catatan"): "Baru sebagian."})
    (said,) = shown(desk, data)
    assert "3 isian berubah pada 2 indikator" in said.words
    assert "<b>I12</b> nilai: 3 → 4" in said.words
    assert "<b>I17</b> catatan: kosong → Baru sebagian." in said.words
    assert desk.score("I12").value == Decimal(3)
    taken = desk.taps(CITRA, tap(said, "Ambil 3 perubahan"))
    assert taken[0].template == "indicator/taken"
    assert "47 indikator, 47 selesai" in taken[1].words
    assert (desk.score("I12").value, desk.score("I17").note) == (Decimal(4), "Baru sebagian.")
    assert desk.score("I17").scored_by.name == "Citra Maharani"
    assert templates(desk.taps(CITRA, tap(said, "Ambil 3 perubahan")))[0] == "refusals/nothing_there"
    assert changes(desk) == 2


def test_bad_cells_are_named_row_by_row_and_nothing_is_taken(desk):
    desk.filled("3")
    cells = {("I01", "nilai"): "tiga", ("I02", "nilai"): 7, ("I03", "nilai"): 2.5, ("I04", "nilai"): 4}
    cells |= {("I05", "catatan"): "a" * 700, ("I06", "nama layanan"): "Perizinan", ("I07", "kode"): "I99"}
    cells |= {("I08", "kode"): "I09"}
    (said,) = shown(desk, edited(book(desk), cells))
    assert said.template == "indicator/mistakes"
    for line in (
        "baris 2, I01: nilai “tiga” bukan angka",
        "baris 3, I02: nilai “7” di luar skala",
        "baris 4, I03: nilai “2.5” bukan tingkat bulat",
        "baris 6, I05: tulisan terlalu panjang",
        "baris 7, I06: indikator ini tidak memakai nama layanan",
        "baris 8: kode “I99” tidak dikenal",
        "baris 10, I09: kode ini sudah ada di baris lain",
    ):
        assert line in said.words
    assert desk.score("I04").value == Decimal(3)
    again = desk.taps(CITRA, tap(said, "Kirim perbaikan"))
    assert templates(again) == ["indicator/ask_file"]
    assert desk.question(CITRA) == "score.file"


def test_a_cell_that_nobody_touched_does_not_undo_what_the_chat_has_changed_meanwhile(desk):
    desk.filled("3")
    data = edited(book(desk), {("I12", "catatan"): "Dari lembar."})
    desk.taps(DONI, tap(desk.says(DONI, "/nilai I12"), "5"))
    (said,) = shown(desk, data)
    assert "1 isian berubah" in said.words
    desk.taps(CITRA, tap(said, "Ambil 1 perubahan"))
    assert (desk.score("I12").value, desk.score("I12").note) == (Decimal(5), "Dari lembar.")


def test_a_cell_that_both_sides_have_changed_is_shown_as_such_first(desk):
    desk.filled("3")
    data = edited(book(desk), {("I01", "nilai"): 2, ("I12", "nilai"): 4})
    desk.taps(DONI, tap(desk.says(DONI, "/nilai I12"), "5"))
    (said,) = shown(desk, data)
    assert "⚠️ <b>I12</b> nilai: 5 → 4" in said.words
    assert "1 isian sudah diubah di percakapan sejak lembar dibuat" in said.words
    assert said.words.index("I12") < said.words.index("I01")


def test_what_has_changed_since_the_differences_were_shown_is_shown_again(desk):
    desk.filled("3")
    (said,) = shown(desk, edited(book(desk), {("I12", "nilai"): 4}))
    desk.taps(DONI, tap(desk.says(DONI, "/nilai I12"), "5"))
    again = desk.taps(CITRA, tap(said, "Ambil 1 perubahan"))
    assert {"indicator/differences", "indicator/changed_meanwhile"} == set(templates(again))
    assert desk.score("I12").value == Decimal(5)


def test_an_external_value_needs_its_source_and_fractions_are_read_with_comma_or_point(content):
    desk = ScoringDesk(content, NEW)
    data = book(desk)
    (said,) = shown(desk, edited(data, {("I06", "nilai"): "3,1"}))
    assert "baris 7, I06: nilai eksternal belum ada sumbernya" in said.words
    desk.taps(CITRA, tap(said, "Kirim perbaikan"))
    cells = {("I06", "nilai"): "3,1", ("I06", "catatan"): "Laporan BIG", ("I01", "nilai"): 2.75}
    (said,) = shown(desk, edited(data, cells))
    assert "<b>I06</b> nilai: kosong → 3,1" in said.words
    assert "<b>I01</b> nilai: kosong → 2,75" in said.words
    desk.taps(CITRA, tap(said, "Ambil 3 perubahan"))
    assert desk.score("I01").value == Decimal("2.75")


def test_words_that_begin_as_a_formula_stay_words(desk):
    desk.filled("3", note="=HYPERLINK(1) tidak dipakai")
    data = book(desk)
    cell = load_workbook(BytesIO(data))["Nilai"].cell(2, 6)
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK(1) tidak dipakai")
    assert templates(shown(desk, data)) == ["indicator/no_differences"]


def test_the_workbook_of_another_cycle_is_refused(desk):
    data = edited(book(desk), {("I12", "nilai"): 4})
    other = desk.begins("Evaluasi Mandiri Ulang 2026", 2026, desk.instrument.id)
    desk.heard()
    desk.taps(CITRA, encode("score.filled", other))
    said = shown(desk, data)
    assert "milik siklus atau langkah lain" in said[0].words


def test_what_is_no_such_workbook_is_refused_and_the_question_stays(desk):
    book(desk)
    assert "XLSX atau CSV" in desk.sends_book(CITRA, b"%PDF", filename="nilai.pdf")[0].words
    assert desk.question(CITRA) == "score.file"
    assert templates(desk.says(CITRA, "nanti saja")) == ["indicator/only_files"]
    said = desk.sends_book(CITRA, b"PK\x03\x04 not really")
    assert "tidak dapat dibaca" in desk.taps(CITRA, tap(said, "Lihat perbedaan"))[0].words
    desk.taps(CITRA, encode("score.filled", desk.cycle))
    said = desk.sends_book(CITRA, b"nama;umur\r\nx;3\r\n", filename="x.csv", mime="text/csv")
    assert "Judul kolom tidak ditemukan" in desk.taps(CITRA, tap(said, "Lihat perbedaan"))[0].words


def test_a_csv_with_a_few_rows_is_enough(desk):
    book(desk)
    (said,) = shown(desk, b"nilai;kode\r\n4;i12\r\n", filename="x.csv", mime="text/csv")
    assert "<b>I12</b> nilai: kosong → 4" in said.words


def test_only_who_may_write_can_take_a_workbook_and_only_for_its_own_step(desk):
    said = desk.sends_book(CITRA, edited(book(desk), {("I12", "nilai"): 4}))
    check = tap(said, "Lihat perbedaan")
    assert templates(desk.taps(TONI, check))[0] == "refusals/not_yours"
    assert templates(desk.taps(TONI, encode("fill.check", check.id)))[0] == "refusals/nothing_there"
    assert templates(desk.taps(DONI, check)) == ["indicator/differences"]


def test_the_form_has_its_own_workbook_filled_with_what_the_meeting_has_said(desk):
    desk.filled("3", note="Sudah ada.")
    desk.goes_on("tim_kota")
    data = book(desk, TONI, "/formulir")
    rows = {r[0]: r for r in load_workbook(BytesIO(data))["Nilai"].iter_rows(min_row=2, values_only=True)}
    assert rows["I12"][4:7] == (3, "Sudah ada.", None)
    cells = {("I12", "nilai akhir"): 4, ("I12", "perbaikan"): "Reviu tahunan.", ("I13", "perbaikan"): "Sosialisasi."}
    (said,) = shown(desk, edited(data, cells), TONI, filename="formulir-2026.xlsx")
    assert "<b>I12</b> perbaikan: kosong → Reviu tahunan." in said.words
    taken = desk.taps(TONI, tap(said, "Ambil 3 perubahan"))
    assert "47 indikator, 2 lengkap" in taken[-1].words
    assert (desk.score("I12").final, desk.score("I13").final) == (Decimal(4), None)
    assert desk.score("I12").explanation == ""
