"""Workbooks that we make: what people typed is text, numbers are numbers, moments are WIB."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from storage.workbooks import fill_workbook

FACTS = dict.fromkeys(
    (
        "siklus",
        "keadaan",
        "penerima",
        "instrumen",
        "opd",
        "menyerahkan",
        "ditutup",
        "diminta",
        "sesuai",
        "perbaikan",
        "tidak_sesuai",
        "tidak_ada",
        "belum_diperiksa",
        "belum_ada",
        "catatan",
    ),
    "x",
)
AT = datetime(2026, 12, 11, 9, 30, tzinfo=UTC)


def book(tables, **facts):
    return load_workbook(io.BytesIO(fill_workbook("rekapitulasi", tables, FACTS | facts)))


def test_what_looks_like_a_formula_stays_text():
    made = book((((1, "=1+1", "+7", "@x"),), (), ()), catatan="=HYPERLINK(0)")
    row = made["Per perangkat daerah"][2]
    assert [(c.value, c.data_type) for c in row[:4]] == [(1, "n"), ("=1+1", "s"), ("+7", "s"), ("@x", "s")]
    assert all(c.data_type == "s" for c in made["Ringkasan"]["A"] if c.value)


def test_signs_that_no_spreadsheet_can_hold_are_dropped_and_endless_words_cut():
    row = book((((1, "a\x00\x0bb", "y" * 40_000),), (), ()))["Per perangkat daerah"][2]
    assert row[1].value == "ab"
    assert len(row[2].value) == 32_000


def test_a_moment_reads_as_wib():
    row = book((((1, AT, None),), (), ()))["Per perangkat daerah"][2]
    assert row[1].value == datetime(2026, 12, 11, 16, 30)  # noqa: DTZ001  (a cell knows no zone)
    assert row[2].value is None


def test_a_table_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="shorter"):
        book(((),))
