"""Workbooks with several tables, made from a form of templates/spreadsheets/. What people typed stays text in them.

A cell that begins with "=" is a formula to a spreadsheet program; here nothing that anybody has written is one.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sop.ports import Cell, Table
from storage.spreadsheets import FORMS

LONGEST = 32_000  # letters of a cell (the format allows 32,767)
WIB = ZoneInfo("Asia/Jakarta")
_HEAD = PatternFill("solid", fgColor="DDE6EE")


def fill_workbook(form_name: str, tables: Sequence[Table], facts: Mapping[str, str]) -> bytes:
    """An XLSX: a page with the form's lines (filled with *facts*), then one sheet for each of *tables*, in its order.

    Numbers stay numbers; aware moments become dates as WIB reads them, because a cell knows no zone.
    """
    form = yaml.safe_load((FORMS / f"{form_name}.yaml").read_text(encoding="utf-8"))
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)  # a new workbook has a sheet
    _write_guide(guide, form["guide"], facts)
    for about, rows in zip(form["tables"], tables, strict=True):
        _write_table(book.create_sheet(about["title"]), about, rows)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_guide(sheet: Worksheet, about: Mapping[str, Any], facts: Mapping[str, str]) -> None:
    sheet.title = about["title"]
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(about["lines"], 1):
        cell = sheet.cell(number, 1)
        _put(cell, line.format(**facts))
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 11)
    _for_paper(sheet)


def _write_table(sheet: Worksheet, about: Mapping[str, Any], rows: Table) -> None:
    for column, heading in enumerate(about["columns"], 1):
        cell = sheet.cell(1, column)
        _put(cell, heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(column)].width = about["widths"][column - 1]
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _put(sheet.cell(number, column), value)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    _for_paper(sheet)


def _put(cell: SheetCell | MergedCell, value: Cell) -> None:
    if isinstance(value, datetime):
        cell.value = value.astimezone(WIB).replace(tzinfo=None)
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _for_paper(sheet: Worksheet) -> None:
    """Printed as it is, it stands across the page and no column falls off."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
