"""Every paper prints, says what it must, looks as it must, and reaches for nothing outside itself."""

import io
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from bot import paper_process
from bot.paper_sample_parts import FLAVOURS, PRESSED
from bot.paper_samples import MAKERS, flavoured, sample
from bot.paper_structure import flaws
from sop.papers import (
    KINDS,
    Look,
    Signature,
    SuratPermohonanData,
    from_json,
    to_json,
)
from tests.pages import pages, text
from tests.words import result_papers
from tests.words.prints import alone, pdf_of, printed, printed_alone

MM = 72 / 25.4
# The layout engine leaves the file of its own colour profile to the garbage collector to close.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

LETTERS = ("surat_undangan", "surat_permohonan_data", "undangan_rapat")


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return [(round(float(box.width) / MM), round(float(box.height) / MM)) for box in boxes]


def test_every_kind_of_paper_has_a_sample() -> None:
    assert MAKERS.keys() == KINDS.keys()


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_prints_without_a_warning(kind: str, flavour: str) -> None:
    pdf = printed(kind, flavour)

    assert pdf.startswith(b"%PDF-")
    assert flaws(pdf, "Arial") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_names_its_language_and_title_and_claims_its_profile(kind: str) -> None:
    reader = PdfReader(io.BytesIO(printed_alone(kind)))

    assert reader.root_object["/Lang"] == "id"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b'pdfaid:part="3" pdfaid:conformance="A"' in reader.root_object["/Metadata"].get_data()


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_context_survives_its_trip_through_json(kind: str, flavour: str) -> None:
    context = flavoured(kind, flavour)

    assert from_json(kind, to_json(context)) == context


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_gives_the_same_bytes(kind: str) -> None:
    assert pdf_of(alone(kind)) == printed_alone(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_field_is_an_error_and_never_an_empty_space(kind: str) -> None:
    whole = to_json(sample(kind))
    needed = [item.name for item in fields(sample(kind)) if item.name not in optional(kind)]

    for name in needed:
        with pytest.raises(paper_process.UnfitPaper, match=name):
            paper_process.paper_html(kind, {key: value for key, value in whole.items() if key != name})


def optional(kind: str) -> set[str]:
    required = {error["loc"][0] for error in errors_of_nothing(kind)}
    return {item.name for item in fields(KINDS[kind])} - required


def errors_of_nothing(kind: str) -> list[dict[str, tuple[str, ...]]]:
    with pytest.raises(ValueError, match="required") as caught:
        from_json(kind, {})
    return caught.value.errors()  # type: ignore[attr-defined]


@pytest.mark.parametrize("blank", ["", "   ", "\u202e\x00"])
def test_a_blank_text_is_refused(blank: str) -> None:
    with pytest.raises(ValueError, match=r"text|character"):
        Signature(title=blank, name="Maya Larasati")


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        replace(sample("tanda_terima"), received_at=PRESSED.replace(tzinfo=None))


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("opened", ["number", "date"])
def test_a_letter_ready_for_signature_has_number_and_date_from_a_person(kind: str, opened: str) -> None:
    letter = sample(kind)

    with pytest.raises(ValueError, match=f"head.{opened}"):
        replace(letter, head=replace(letter.head, **{opened: None}))  # type: ignore[union-attr,arg-type]


def test_a_data_request_ready_for_signature_has_its_limit() -> None:
    with pytest.raises(ValueError, match="limit"):
        replace(sample("surat_permohonan_data"), limit=None)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_draft_says_so_on_every_page_and_shows_the_gap_of_its_number(kind: str) -> None:
    draft = pages(printed(kind, "draft"))

    assert all("RANCANGAN" in page and "belum ditandatangani dan belum bernomor" in page for page in draft)
    assert "/……/…" in draft[0]


@pytest.mark.parametrize("kind", LETTERS)
def test_a_final_paper_bears_its_number_and_no_mark_of_a_draft(kind: str) -> None:
    final = text(printed(kind))

    assert "RANCANGAN" not in final
    assert "……" not in final
    assert flavoured(kind, "normal").head.number in final


@pytest.mark.parametrize("flavour", ["draft", "normal"])
def test_a_report_with_a_title_has_no_number_for_nobody_could_give_it_one(flavour: str) -> None:
    report = pages(printed("laporan_persiapan", flavour))

    assert "NOMOR" not in report[0]
    assert "belum bernomor" not in report[0]
    assert all(("RANCANGAN – belum ditandatangani" in page) == (flavour == "draft") for page in report)
    assert ("……" in " ".join(report)) == (flavour == "draft")  # the day of a draft


def test_a_report_that_was_kept_when_it_still_had_a_number_can_be_printed_again() -> None:
    report = sample("laporan_persiapan")
    kept = to_json(report) | {"number": None, "number_gap": "000.8/……/…"}

    assert from_json("laporan_persiapan", kept) == report


@pytest.mark.parametrize(
    ("urgency", "security", "boxes"),
    [
        ("biasa", "biasa", "☐ Sangat Segera ☐ Segera ☐ Rahasia Hal"),
        ("sangat_segera", "rahasia", "☑ Sangat Segera ☐ Segera ☑ Rahasia Hal"),
        ("segera", "terbatas", "☐ Sangat Segera ☑ Segera ☐ Rahasia ☑ Terbatas Hal"),
        ("biasa", "sangat_rahasia", "☐ Sangat Segera ☐ Segera ☐ Rahasia ☑ Sangat Rahasia Hal"),
    ],
)
def test_the_disposition_sheet_ticks_urgency_and_security_apart(urgency: str, security: str, boxes: str) -> None:
    sheet = replace(sample("lembar_disposisi"), urgency=urgency, security=security)  # type: ignore[call-arg]

    assert boxes in text(pdf_of(sheet))


def test_a_disposition_sheet_without_agenda_number_has_a_gap_for_the_pen() -> None:
    assert "No. agenda : ……" in text(printed("lembar_disposisi", "minimal"))


@pytest.mark.parametrize(("secret", "security"), [(True, "rahasia"), (False, "biasa")])
def test_a_disposition_sheet_that_was_kept_when_it_knew_only_secret_or_not_can_be_read(
    secret: bool, security: str
) -> None:
    kept = to_json(sample("lembar_disposisi")) | {"secret": secret}
    del kept["security"]

    assert to_json(from_json("lembar_disposisi", kept))["security"] == security


EXPECTED = {
    "surat_undangan": (
        "PEMERINTAH KOTA PANGKALPINANG", "DINAS KOMUNIKASI DAN INFORMATIKA",
        "Sifat : Penting", "Hal : Undangan",
        "Pangkalpinang, 26 November 2026", "(daftar terlampir)",
        "hari, tanggal : Kamis, 3 Desember 2026",
        "pukul : 09.00 s.d. 12.00 WIB", "Pembina Utama Muda (IV/c)", "NIP 19750312 200003 1 002", "Tembusan:",
        "DAFTAR PENERIMA SURAT", "Kepala Dinas Kesehatan",
    ),
    "surat_permohonan_data": (
        "a.n. Wali Kota Pangkalpinang Sekretaris Daerah,", "target : Jumat, 4 Desember 2026",
        "Lampiran II surat ini",
        "batas waktu : Jumat, 11 Desember 2026 pukul 16.30 WIB", "Lampiran III: Formulir Evaluasi SPBE",
        "DATA DUKUNG YANG DIMINTA", "I12", "Peta Rencana SPBE", "Surat Wali Kota Pangkalpinang",
    ),
    "laporan_persiapan": (
        "LAPORAN TENTANG",
        "PERSIAPAN PELAKSANAAN EVALUASI MANDIRI SPBE 2026",
        "7 (tujuh) perangkat daerah", "pada tanggal 23 November 2026", "☐ belum siap",
        "Sebanyak 1 dari 3 kelengkapan belum siap.",
    ),
    "lembar_disposisi": (
        "LEMBAR DISPOSISI", "No. agenda : 312/XI/2026", "☐ Sangat Segera", "☑ Segera", "☐ Rahasia",
        "☑ Proses lebih lanjut", "Paraf:",
        "Tercatat disetujui dan didisposisikan melalui sistem oleh Plh. Kabid Penyelenggaraan E-Government",
        "pada Selasa, 24 November 2026 pukul 10.22 WIB.",
    ),
    "ekspedisi": (
        "DAFTAR EKSPEDISI SURAT", "Keadaan Jumat, 27 November 2026 pukul 10.22 WIB", "belum tercatat",
        "oleh Dewi Anggraini", "diterima oleh 5 dari 7 perangkat daerah",
    ),
    "tanda_terima": (
        "TANDA TERIMA DOKUMEN", "Kode TT-2026-7F3K9Q", "akun Telegram @dewi_dinkes", "1,2 MB", "01" * 16,
        "Dinyatakan tidak ada oleh perangkat daerah: Layanan ini dikelola oleh BKPSDMD.",
        "Belum ada berkas saat diserahkan.", "7 (tujuh) berkas",
        "Tanda terima ini bukan penilaian kelengkapan atau kebenaran isi.",
    ),
    "undangan_akun": (
        "Dinas Kesehatan", "https://t.me/monev_spbe_bot?start=contoh_0000_AbCdEfGhIjKlMnOp",
        "sampai Jumat, 11 Desember 2026 pukul 16.30 WIB",
    ),
    "sop": (
        "Nomor SOP", "(belum ditetapkan)", "Dasar Hukum", "Kualifikasi Pelaksana", "Mutu Baku", "1–2 minggu",
        "Tim SPBE Kota Pangkalpinang", "Ya", "Tidak",
    ),
    "register_surat": (
        "REGISTER NOMOR SURAT KELUAR", "UNIT DISKOMINFO TAHUN 2026", "001 s.d. 012", "Dipakai di luar bot",
        "013 s.d. 014 belum tercatat dipakai", "Diganti", "Dibatalkan", "26 perangkat daerah", "SPBE-2026/9",
        "Salah tulis pada buku agenda.", "Nomor yang belum tercatat dipakai: 013 s.d. 014.",
    ),
    "rekapitulasi": (
        "REKAPITULASI DATA DUKUNG", "Keadaan Kamis, 17 Desember 2026 pukul 14.40 WIB", "A. Ringkasan",
        "7 dimintai data: 5 menyerahkan, 1 ditutup tanpa penyerahan, 1 belum menyerahkan",
        "49 diminta: 20 sesuai, 5 perlu perbaikan, 1 tidak sesuai, 4 dinyatakan tidak ada, 5 belum diperiksa, "
        "14 belum ada berkas", "Ditutup tanpa penyerahan: Inspektorat Daerah.",
        "Alasan: Sampai batas waktu tidak ada tanggapan", "10 dari 12 memiliki data dukung yang sesuai (11 berkas)",
        "nilai berasal dari Satu Data Indonesia (Bappenas)", "Dinas Kesehatan (1 berkas)", "D. Catatan",
        "Dua perangkat daerah memohon tambahan waktu", "Diperiksa oleh:", "Disusun oleh:",
        "Tercatat diserahkan kepada Tim SPBE Kota melalui sistem oleh Tim SPBE Diskominfo",
    ),
    "undangan_rapat": (
        "Hal : Undangan Rapat Koordinasi", "Anggota Tim SPBE Kota Pangkalpinang (daftar terlampir)",
        "hari, tanggal : Rabu, 6 Januari 2027", "Susunan acara rapat tercantum dalam Lampiran II surat ini.",
        "SUSUNAN ACARA", "09.15 s.d. 09.45 WIB", "11.50 s.d. 12.00 WIB",
        "Mohon agar peserta rapat membawa:", "DAFTAR PENERIMA SURAT",
    ),
    "daftar_hadir": (
        "DAFTAR HADIR", "Pertemuan ke-1", "Pertemuan ke-2", "melalui sistem pukul 08.50 WIB",
        "dicatat oleh Rina Kartika, A.Md. pukul 08.53 WIB", "belum tercatat", "Tercatat hadir 6 dari 7 orang.",
        "bukan tanda tangan",
    ),
    "notula": (
        "NOTULA RAPAT KOORDINASI", "nomor 500.12/012/SETDA/XII/2026, tanggal 29 Desember 2026",
        "Pertemuan ke-2 Hari, tanggal : Jumat, 8 Januari 2027", "Pimpinan rapat : Ir. Hendra Wirawan, M.Si.",
        "tercatat hadir 6 dari 7 orang yang diundang", "Indeks SPBE sebesar 3,06 dengan predikat Baik",
        "hasil penilaian mandiri", "Tata Kelola SPBE 25 3,00", "Teknologi Informasi dan Komunikasi 10 2,75",
        "Hasil penilaian mandiri diterima", "Jumat, 26 Februari 2027", "tidak ditetapkan",
        "Pimpinan rapat:", "Pencatat:", "Tercatat dikonfirmasi melalui sistem oleh Tim SPBE Kota Pangkalpinang",
    ),
    **result_papers.EXPECTED,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_shows_its_fields(kind: str) -> None:
    said = text(printed(kind))

    assert [words for words in EXPECTED[kind] if words not in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_pretends_an_electronic_signature(kind: str) -> None:
    said = text(printed_alone(kind)).casefold()

    forbidden = ("bsre", "secara elektronik", "tanda tangan basah", "sertifikat")
    assert not any(words in said for words in forbidden)


CARRIED = {"rekapitulasi": {"rekapitulasi.indikator.csv", "rekapitulasi.perangkat_daerah.csv"}}


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_what_people_typed_is_printed_and_not_obeyed(kind: str) -> None:
    pdf = printed(kind, "hostile")

    assert "<script>1</script>" in text(pdf).replace(" ", "")
    assert "{{7*7}}" in text(pdf).replace(" ", "")
    assert set(PdfReader(io.BytesIO(pdf)).attachments) == CARRIED.get(kind, set())
    assert b"passwd" not in pdf


PORTRAIT, LANDSCAPE = (215, 330), (330, 215)
SHAPES: dict[str, tuple[tuple[int, int], ...]] = {
    "laporan_persiapan": (PORTRAIT,) * 3,
    "surat_undangan": (PORTRAIT, PORTRAIT),
    "surat_permohonan_data": (PORTRAIT, PORTRAIT, LANDSCAPE, LANDSCAPE),
    "lembar_disposisi": ((215, 165),),
    "ekspedisi": (LANDSCAPE,),
    "tanda_terima": (PORTRAIT,),
    "undangan_akun": (PORTRAIT, PORTRAIT),
    "sop": (LANDSCAPE, LANDSCAPE),
    "register_surat": (LANDSCAPE,) * 2,
    "rekapitulasi": (LANDSCAPE,) * 4,
    "undangan_rapat": (PORTRAIT,) * 3,
    "daftar_hadir": (PORTRAIT,) * 4,
    "notula": (PORTRAIT,) * 3,
    **result_papers.SHAPES,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_has_the_size_the_office_uses(kind: str) -> None:
    assert tuple(sizes(printed(kind))) == SHAPES[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_one_setting_changes_paper_and_font(kind: str) -> None:
    look = Look(paper="A4", font="Times New Roman", font_size=11, name_style="tebal_bergaris")
    pdf = pdf_of(flavoured(kind, "minimal", look))

    assert set(sizes(pdf)) <= {(210, 297), (297, 210), (210, 148)}
    assert flaws(pdf, "Times New Roman") == []


@pytest.mark.parametrize("filling", range(1, 40, 3))
def test_a_signature_never_stands_alone_on_a_page(filling: int) -> None:
    letter = replace(flavoured("surat_undangan", "minimal"), bring=tuple(f"Bahan rapat {n}" for n in range(filling)))

    signed = next(page for page in pages(pdf_of(letter)) if "NIP 19750312" in page)

    assert signed.index("Demikian disampaikan") < signed.index("Kepala Dinas Komunikasi dan Informatika,")


def test_a_letter_to_few_names_them_and_has_no_list() -> None:
    letter = text(printed("surat_undangan", "minimal"))

    assert "Yth. Kepala Dinas Kesehatan" in letter
    assert "DAFTAR PENERIMA" not in letter


def test_a_draft_request_does_not_invent_a_limit() -> None:
    draft = text(printed("surat_permohonan_data", "draft"))

    assert "(1–2 minggu, dihitung saat surat diberi nomor)" in draft
    assert "Desember" not in draft


def test_a_delegated_signer_is_named_with_both_offices() -> None:
    letter = sample("surat_permohonan_data")
    assert isinstance(letter, SuratPermohonanData)
    signer = Signature(
        on_behalf_of="Sekretaris Daerah",
        through="Asisten Administrasi Umum",
        acting="Plt.",
        title="Kepala Bagian Umum",
        name="Tari Puspita, S.E.",
    )

    said = text(pdf_of(replace(letter, signature=signer)))

    titles = "a.n. Sekretaris Daerah Asisten Administrasi Umum u.b. Plt. Kepala Bagian Umum,"
    assert f"{titles} Tari Puspita, S.E." in said


@pytest.mark.parametrize(
    "reach",
    [
        '<img alt="x" src="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<style>@import "file:///etc/hostname";</style>',
        '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
    ],
)
def test_a_document_can_open_neither_files_nor_connections(reach: str) -> None:
    with pytest.raises(paper_process.UnfitPaper, match="may not open"):
        paper_process.html_to_pdf(f'<html lang="id"><title>x</title>{reach}</html>')


def test_a_layout_warning_is_heard() -> None:
    page = '<html lang="id"><title>x</title><p style="filter: none">x</p></html>'

    _, warnings = paper_process.html_to_pdf(page)

    assert any("filter" in warning for warning in warnings)


FILTERS: list[tuple[str, object, str]] = [
    ("tanggal", date(2026, 11, 24), "24 November 2026"),
    ("hari_tanggal", PRESSED, "Selasa, 24 November 2026"),
    ("hari_tanggal", date(2026, 12, 11), "Jumat, 11 Desember 2026"),
    ("pukul_wib", PRESSED, "10.22 WIB"),
    ("terbilang", 24, "dua puluh empat"),
    ("terbilang", 3.27, "tiga koma dua tujuh"),
    ("angka", 12345, "12.345"),
    ("nilai", Decimal("3.405"), "3,41"),
    ("nilai", Decimal("2"), "2,00"),
    ("bobot", Decimal("13.00"), "13"),
    ("bobot", Decimal("100"), "100"),
    ("bobot", Decimal("16.5"), "16,5"),
    ("ukuran_berkas", 830, "830 byte"),
    ("ukuran_berkas", 412 * 1024, "412 KB"),
    ("ukuran_berkas", 13_000_000, "12,4 MB"),
    ("romawi", 14, "XIV"),
    ("romawi", 9, "IX"),
    ("nilai", Decimal("3.405"), "3,41"),
    ("nilai", Decimal("2"), "2,00"),
    ("bobot", Decimal("16.50"), "16,5"),
    ("bobot", Decimal("10.0"), "10"),
    ("nilai_terbilang", Decimal("3.405"), "tiga koma empat satu"),
    ("nilai_terbilang", Decimal("2"), "dua koma nol nol"),
    (
        "hari_terbilang",
        date(2026, 12, 1),
        "Selasa, tanggal satu bulan Desember tahun dua ribu dua puluh enam (01-12-2026)",
    ),
    ("nip", "197503122000031002", "19750312 200003 1 002"),
]


@pytest.mark.parametrize(("name", "value", "words"), FILTERS)
def test_dates_and_numbers_read_as_the_office_writes_them(name: str, value: object, words: str) -> None:
    render: Callable[..., str] = paper_process.environment().filters[name]

    assert render(value) == words
