"""The papers of the recap and of the meeting say no more than what was recorded, and carry their data."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from bot import paper_process
from bot.paper_samples import flavoured, sample
from sop.papers import (
    Answer,
    Attendee,
    Context,
    DaftarHadir,
    IndicatorRecap,
    Notula,
    Rekapitulasi,
    UndanganRapat,
    from_json,
    kind_of,
    to_json,
)
from tests.pages import pages, text
from tests.words.prints import pdf_of

pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")


def recap() -> Rekapitulasi:
    made = sample("rekapitulasi")
    assert isinstance(made, Rekapitulasi)
    return made


def notula() -> Notula:
    made = sample("notula")
    assert isinstance(made, Notula)
    return made


def invitation(flavour: str = "normal") -> UndanganRapat:
    made = flavoured("undangan_rapat", flavour)
    assert isinstance(made, UndanganRapat)
    return made


def table(context: Context, name: str) -> list[dict[str, str]]:
    carried = PdfReader(io.BytesIO(pdf_of(context))).attachments[name][0]
    return list(csv.DictReader(io.StringIO(carried.decode("utf-8-sig")), delimiter=";"))


def test_the_recap_carries_the_lines_of_every_opd() -> None:
    rows = table(recap(), "rekapitulasi.perangkat_daerah.csv")

    assert [row["perangkat_daerah"] for row in rows] == [opd.opd for opd in recap().opds]
    assert [int(row["belum_ada"]) for row in rows] == [opd.missing for opd in recap().opds]
    assert rows[0]["diserahkan_wib"] == "2026-12-11 16:30"
    assert rows[4]["alasan_ditutup"].startswith("Sampai batas waktu")


def test_the_recap_carries_a_line_for_every_answer_to_an_indicator() -> None:
    rows = table(recap(), "rekapitulasi.indikator.csv")

    assert len(rows) == sum(max(1, len(indicator.answers)) for indicator in recap().indicators)
    assert sum(int(row["berkas_sesuai"]) for row in rows) == sum(item.files for item in recap().indicators)
    assert {row["nilai_dari"] for row in rows if row["kode"] == "I5"} == {"Satu Data Indonesia (Bappenas)"}


@pytest.mark.parametrize("typed", ['=HYPERLINK("x")', "+1", "-1", "@x", 'a";b\nc'])
def test_what_people_typed_is_no_formula_and_no_new_cell(typed: str) -> None:
    answer = Answer(opd="Dinas Kesehatan", state="belum", note=typed)
    one = replace(recap(), indicators=(IndicatorRecap(code="I1", name="Uji", aspect=None, answers=(answer,)),))

    (row,) = table(one, "rekapitulasi.indikator.csv")

    assert row["catatan"] == ("'" if typed[0] in "=+-@" else "") + " ".join(typed.split())


def test_the_states_of_an_opd_make_what_it_was_asked() -> None:
    with pytest.raises(ValueError, match="states make"):
        replace(recap().opds[0], missing=1)


def test_a_closing_has_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        replace(recap().opds[0], closed_at=recap().as_of)


def test_only_what_is_sesuai_counts_files() -> None:
    with pytest.raises(ValueError, match="sesuai"):
        Answer(opd="Dinas Kesehatan", state="perlu perbaikan", files=1)


def test_a_few_points_without_times_stand_in_the_letter_itself() -> None:
    letter = text(pdf_of(invitation("draft")))

    assert "Pokok bahasan rapat:" in letter
    assert "SUSUNAN ACARA" not in letter
    assert "rapat lanjutan (pertemuan ke-2)" in letter


def test_an_agenda_with_times_has_a_time_for_every_point() -> None:
    letter = invitation()
    first, *rest = letter.agenda

    with pytest.raises(ValueError, match="every point"):
        replace(letter, agenda=(replace(first, starts_at=None), *rest))


def test_an_attendance_recorded_on_another_day_says_which() -> None:
    lists = sample("daftar_hadir")
    assert isinstance(lists, DaftarHadir)
    sitting = lists.sittings[0]
    late = replace(sitting.attendees[0], recorded_at=sitting.meeting.starts_at + timedelta(days=1))

    said = text(pdf_of(replace(lists, sittings=(replace(sitting, attendees=(late,)),))))

    assert "melalui sistem 7 Januari 2027 pukul 09.00 WIB" in said
    assert "Pertemuan ke-" not in said


def test_nobody_is_written_down_by_somebody_at_no_time() -> None:
    with pytest.raises(ValueError, match="at no time"):
        Attendee(name="Dewi", position="Staf", agency="Dinas Kesehatan", recorded_at=None, recorded_by="Rina")


def test_an_index_with_missing_external_values_is_called_provisional() -> None:
    result = notula().result
    assert result is not None

    said = text(pdf_of(replace(notula(), result=replace(result, provisional=("I5", "I6")))))

    assert "predikat Baik (sementara)" in said
    assert "dihitung 1 untuk indikator I5, I6." in said


def test_values_keep_every_digit_in_what_is_kept() -> None:
    result = notula().result
    assert result is not None
    exact = Decimal("1.545454545454545454545454545")
    kept = replace(notula(), result=replace(result, value=exact))

    back = from_json(kind_of(kept), to_json(kept))

    assert isinstance(back, Notula)
    assert back.result is not None
    assert back.result.value == exact


def test_the_office_may_call_it_notulen() -> None:
    assert "NOTULEN RAPAT" in text(pdf_of(replace(notula(), label="Notulen")))


@pytest.mark.parametrize("filling", range(0, 30, 2))
def test_two_signatures_never_stand_alone_on_a_page(filling: int) -> None:
    words = "\n".join(f"Paragraf {n}." for n in range(filling + 1))
    pdf = pdf_of(replace(notula(), closing=words))

    signed = next(page for page in pages(pdf) if "Pimpinan rapat:" in page)

    assert "Demikian notula ini dibuat" in signed
    assert "NIP 19680101" in signed


def test_only_the_recap_carries_data() -> None:
    assert paper_process.paper_data("notula", to_json(notula())) == []
