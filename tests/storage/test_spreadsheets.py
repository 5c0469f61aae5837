"""Spreadsheets from strangers' phones: read as words, and hostile ones refused before they are unpacked."""

import zipfile
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sop.refusals import BadInput
from storage.spreadsheets import LARGEST, ROWS, XLSX, read_rows


def book(*rows, title="Petugas") -> bytes:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def packed(entries: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return written.getvalue()


def problem(data: bytes, mime: str = XLSX) -> str:
    with pytest.raises(BadInput) as refused:
        read_rows(data, mime)
    return refused.value.problem


def test_cells_become_words_and_formulas_nothing():
    rows = read_rows(book(["kode", 12.0, 1.5, date(2026, 12, 3), None, True, "=1+1"]), XLSX)

    assert rows == [["kode", "12", "1.5", "2026-12-03T00:00:00", "", "True"]]


def test_the_sheet_of_the_people_is_read_wherever_it_stands():
    made = Workbook()
    made.active.append(["bukan ini"])
    made.create_sheet("PETUGAS ").append(["ini"])
    written = BytesIO()
    made.save(written)

    assert read_rows(written.getvalue(), XLSX) == [["ini"]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_as_offices_write_it(mark, encoding):
    data = f"kode{mark}nama\r\ndlh{mark}Désirée\r\n\r\n".encode(encoding)

    assert read_rows(data, "text/csv") == [["kode", "nama"], ["dlh", "Désirée"]]


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_unopened():
    assert problem(packed({"xl/worksheets/sheet1.xml": b"0" * 12_000_000})) == "large"
    assert problem(packed({f"{n}.xml": b"x" for n in range(300)})) == "large"
    assert problem(b"PK" + b"0" * LARGEST) == "large"


def test_entities_that_multiply_are_not_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><s>&l9;</s>'
    with zipfile.ZipFile(BytesIO(book(["a"]))) as real:
        entries = {name: real.read(name) for name in real.namelist()}

    assert problem(packed(entries | {"xl/workbook.xml": text.encode()})) == "broken"


def test_a_sheet_that_goes_on_for_ever_is_cut_off():
    far = Workbook()
    far.active.title = "Petugas"
    far.active.cell(1, 1, "kode")
    far.active.cell(1_000_000, 16_000, "jauh")
    written = BytesIO()
    far.save(written)

    assert read_rows(written.getvalue(), XLSX) == [["kode"]]
    assert problem(b"a\n" * (ROWS + 5), "text/csv") == "many"


def test_what_is_no_spreadsheet_is_refused():
    assert problem(b"%PDF-1.7", "application/pdf") == "format"
    assert problem(b"PK\x03\x04 not really") == "broken"
    assert problem(book(["a"])[:-200]) == "broken"


@given(st.binary(max_size=400), st.sampled_from([XLSX, "text/csv", "text/plain", "application/zip"]))
def test_no_bytes_whatever_get_through_but_as_words_or_a_refusal(data, mime):
    with suppress(BadInput):
        rows = read_rows(data, mime)
        assert all(isinstance(cell, str) for row in rows for cell in row)
