"""Workbooks as people fill them in: the file that the bot sent, with some cells written, saved again."""

from collections.abc import Callable
from io import BytesIO

from openpyxl import load_workbook

Filler = Callable[[str, str], str | float | None]
"""What to write for a code into the column of a title; None leaves the cell as it is."""


def filled(data: bytes, sheet: str, columns: tuple[str, ...], filler: Filler) -> bytes:
    """Fill the named columns of a sheet whose first row holds the titles and whose first column the codes."""
    book = load_workbook(BytesIO(data))
    table = book[sheet]
    places = {str(title): number for number, title in enumerate(next(table.values), 1)}
    for row in range(2, table.max_row + 1):
        code = str(table.cell(row, 1).value)
        for title in columns:
            wanted = filler(code, title)
            if wanted is not None:
                table.cell(row, places[title]).value = wanted
    written = BytesIO()
    book.save(written)
    return written.getvalue()
