"""Tables that people fill in: where the header stands, and the cells below it by the name of their column."""

from collections.abc import Iterator, Sequence

HEADER_WITHIN = 10  # rows in which the header may stand

Rows = Sequence[Sequence[str]]


def header(rows: Rows, needed: tuple[str, ...], useful: tuple[str, ...] = ()) -> tuple[int, dict[str, int]] | None:
    """Where the rows begin, and in which place each column stands (their order does not matter); None without header.

    *needed* and *useful* in small letters.
    """
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        titles = [" ".join(cell.split()).casefold() for cell in row]
        if all(title in titles for title in needed):
            return number + 1, {title: titles.index(title) for title in (*needed, *useful) if title in titles}
    return None


def cells(rows: Rows, start: int, places: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows from *start* on: number as the spreadsheet counts, and the words of each column on one line."""
    for number, row in enumerate(rows[start:], start + 1):
        yield number, {title: _cell(row, place) for title, place in places.items()}


def _cell(row: Sequence[str], place: int) -> str:
    words = row[place] if place < len(row) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
