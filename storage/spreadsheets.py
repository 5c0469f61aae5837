"""Spreadsheets in and out: XLSX or CSV to rows of words, and the forms that the bot sends. Hostile files are expected.

An XLSX is a ZIP of XML: a small file can unpack to gigabytes. What is inside is counted before anything is unpacked,
and reading stops at fixed numbers of rows and columns whatever the file claims.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sop.refusals import BadInput

FORMS = Path(__file__).resolve().parents[1] / "templates" / "spreadsheets"
LARGEST = 3 * 1024 * 1024  # bytes of a file
MOST_ENTRIES = 200  # entries of the ZIP
UNPACKED = 16 * 1024 * 1024  # bytes of all entries together
RATIO = 200  # unpacked to packed, of one entry
ROWS, COLUMNS, LETTERS = 3000, 20, 2000

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ZIPPED = (XLSX, "application/zip", "application/octet-stream")

Rows = list[list[str]]


def read_rows(data: bytes, mime: str, sheet: str = "Petugas") -> Rows:
    """The rows of a CSV, or of the *sheet* of an XLSX (else its first), as words. Formulas count as empty.

    *mime* is what the bytes are. Raises BadInput (field `spreadsheet`): too large, neither format, broken, or too long.
    """
    if len(data) > LARGEST:
        raise BadInput(field="spreadsheet", problem="large")
    if data[:2] == b"PK" and mime in _ZIPPED:
        return _xlsx(data, sheet)
    if mime.startswith("text/") or mime == "application/csv":
        return _csv(data)
    raise BadInput(field="spreadsheet", problem="format")


def _xlsx(data: bytes, sheet: str) -> Rows:
    try:
        _guard(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            names = book.sheetnames
            wanted = next((n for n in names if n.strip().casefold() == sheet.casefold()), names[0])
            rows = book[wanted].iter_rows(max_row=ROWS + 1, max_col=COLUMNS, values_only=True)
            found = [[_words(cell) for cell in row] for row in rows]
        finally:
            book.close()
    except BadInput:
        raise
    except Exception as error:  # whatever a damaged or hostile file leads openpyxl and the XML parser to
        raise BadInput(field="spreadsheet", problem="broken") from error
    return _tidy(found)


def _guard(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > UNPACKED:
        raise BadInput(field="spreadsheet", problem="large")
    if any(e.file_size > RATIO * max(e.compress_size, 1) for e in entries):
        raise BadInput(field="spreadsheet", problem="large")


def _csv(data: bytes) -> Rows:
    try:
        text = _text(data)
        first = text.split("\n", 1)[0]
        mark = max(";,\t", key=first.count)
        found = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            found.append([_words(cell) for cell in row[:COLUMNS]])
            if len(found) > ROWS:
                break
    except (csv.Error, UnicodeError) as error:
        raise BadInput(field="spreadsheet", problem="broken") from error
    return _tidy(found)


def _text(data: bytes) -> str:
    """UTF-8 as usual, UTF-16 by its mark, else what older office programs write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _tidy(rows: Rows) -> Rows:
    """Without the empty cells and rows at the ends. Raises BadInput for more rows than are read."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > ROWS:
        raise BadInput(field="spreadsheet", problem="many", value=str(ROWS))
    return rows


def _words(cell: object) -> str:
    """A cell as somebody would write it; whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()[:LETTERS]


def fill_form(name: str, rows: Sequence[Sequence[str | Decimal]], facts: Mapping[str, str]) -> tuple[bytes, str]:
    """An XLSX from the form *name* of templates/spreadsheets/, with *rows* in its table; its bytes and file name.

    Words stay words, also those that begin as a formula does; decimals become numbers. Further tables are empty.
    """
    form = yaml.safe_load((FORMS / f"{name}.yaml").read_text(encoding="utf-8"))
    book = Workbook()
    guide = book.active
    assert guide is not None  # a new workbook has a sheet
    guide.title = form["guide"]["title"]
    guide.column_dimensions["A"].width = 100
    for number, line in enumerate(form["guide"]["lines"], 1):
        cell = guide.cell(number, 1, line.format(**facts) if line else "")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)
    _add_table(book, form["table"], rows)
    for empty in form.get("further", ()):
        _add_table(book, empty, ())
    book.active = 1
    written = io.BytesIO()
    book.save(written)
    return written.getvalue(), str(form["filename"]).format(**facts)


def _add_table(book: Workbook, about: Mapping[str, Any], rows: Sequence[Sequence[str | Decimal]]) -> None:
    table = book.create_sheet(about["title"])
    table.append(about["columns"])
    for cell in table[1]:
        cell.font = Font(bold=True)
    for line, row in enumerate(rows, 2):
        for place, value in enumerate(row, 1):
            _write(table.cell(line, place), value)
    for number, width in enumerate(about["widths"], 1):
        table.column_dimensions[get_column_letter(number)].width = width
    table.freeze_panes = "A2"


def _write(cell: Cell, value: str | Decimal) -> None:
    if isinstance(value, Decimal):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value) or None
    if cell.value is not None:
        cell.data_type = "s"  # else a note that begins with "=" would be a formula
        cell.quotePrefix = value.startswith("=")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
