"""The drawing of the SOP sheet's flow table: where symbols, arrows and page connectors lie. Pure geometry.

Each row of the table carries its own strip of the drawing over the actors' columns; a strip knows only its
row, so rows are given a fixed height, estimated generously from their texts, and pages are broken here.
PermenPANRB 35/2012: capsule, box, diamond, arrow, five-sided off-page connector, and no other symbol.
"""

import math
from dataclasses import dataclass, field
from typing import Final

from sop.papers import SopSheet, SopStep

# Millimetres, for F4 landscape; A4 shrinks the widths.
COLUMNS: Final = {
    "no": 9.0,
    "activity": 68.0,
    "actors": 110.0,
    "completeness": 36.0,
    "time": 18.0,
    "output": 34.0,
    "note": 31.0,
}
SHEET: Final = {"F4": (330.0, 215.0), "A4": (297.0, 210.0)}
MARGIN: Final = 12.0
HEADER: Final = 27.0  # caption and the two header rows, on every page
LINE: Final = 3.7  # 8.5 pt text
GLYPH: Final = 1.55  # a generous mean width of a glyph
WIDE_GLYPH: Final = 2.4
SMALLEST: Final = 16.0
BOX: Final = (13.0, 7.0)
DIAMOND: Final = (14.0, 10.0)
CONNECTOR: Final = 6.0

Point = tuple[float, float]


@dataclass
class Strip:
    """The drawing of one row, in millimetres from its upper left corner."""

    step: SopStep
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    dividers: list[float] = field(default_factory=list)
    lines: list[list[Point]] = field(default_factory=list)
    arrows: list[list[Point]] = field(default_factory=list)
    labels: list[tuple[float, float, str]] = field(default_factory=list)
    connectors: list[tuple[float, float, int]] = field(default_factory=list)

    @property
    def column(self) -> float:
        """Width of one actor's column."""
        return self.width / (len(self.dividers) + 1)

    @property
    def half(self) -> Point:
        """Half width and half height of the symbol."""
        width, height = DIAMOND if self.step.symbol == "belah_ketupat" else BOX
        return width / 2, height / 2


@dataclass(frozen=True)
class FlowPage:
    """One page of the flow table, with the widths of its columns in millimetres."""

    strips: tuple[Strip, ...]
    widths: dict[str, float]
    actor_width: float


def _scale(sheet: SopSheet) -> float:
    return (SHEET[sheet.look.paper][0] - 2 * MARGIN) / sum(COLUMNS.values())


def _lines(text: str | None, width: float) -> int:
    if text is None:
        return 1
    room = width - 3
    words = [sum(WIDE_GLYPH if sign.isupper() else GLYPH for sign in word) for word in text.split()]
    return math.ceil((sum(words) + GLYPH * len(words)) / room) + sum(word > room for word in words)


def _height(step: SopStep, scale: float) -> float:
    texts = {
        "activity": step.activity,
        "completeness": step.completeness,
        "time": step.time,
        "output": step.output,
        "note": step.note,
    }
    lines = max(_lines(text, COLUMNS[name] * scale) for name, text in texts.items())
    return max(SMALLEST, lines * LINE + 3)


def _split(sheet: SopSheet, scale: float) -> list[list[Strip]]:
    """Rows to pages, each page with room for a connector above its first and below its last row."""
    room = SHEET[sheet.look.paper][1] - 2 * MARGIN - HEADER - 2 * CONNECTOR
    width = COLUMNS["actors"] * scale
    pages: list[list[Strip]] = [[]]
    used = 0.0
    for step in sheet.steps:
        strip = Strip(step, width, _height(step, scale))
        if pages[-1] and used + strip.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(strip)
        used += strip.height
    return pages


def _place(sheet: SopSheet, pages: list[list[Strip]]) -> None:
    """Symbols to their columns; a page's first and last row grow by the room of their connector."""
    count = len(sheet.actors)
    column = {actor.key: index for index, actor in enumerate(sheet.actors)}
    for number, page in enumerate(pages):
        above = CONNECTOR if number > 0 else 0.0
        below = CONNECTOR if number < len(pages) - 1 else 0.0
        page[0].height += above
        page[-1].height += below
        for strip in page:
            strip.dividers = [strip.width * index / count for index in range(1, count)]
            strip.x = strip.width * (column[strip.step.actor] + 0.5) / count
            top = above if strip is page[0] else 0.0
            bottom = below if strip is page[-1] else 0.0
            strip.y = top + (strip.height - top - bottom) / 2


def _forward(here: Strip, there: Strip, used_side: int) -> None:
    """The line from a symbol down to its row's lower edge, above the next symbol."""
    half_width, half_height = here.half
    side = 0 if here.x == there.x else int(math.copysign(1, there.x - here.x))
    if side == 0:
        here.lines.append([(here.x, here.y + half_height), (here.x, here.height)])
    elif side == used_side:
        turn = here.y + half_height + 1.5
        down = [(here.x, here.y + half_height), (here.x, turn), (there.x, turn), (there.x, here.height)]
        here.lines.append(down)
    else:
        here.lines.append([(here.x + side * half_width, here.y), (there.x, here.y), (there.x, here.height)])
    if here.step.symbol == "belah_ketupat":
        sideways = side != 0 and side != used_side
        beside = (here.x + side * (here.column / 2 + 2.2), here.y - 0.8, "Ya")
        below = (here.x + 2.4, here.y + half_height + 2.2, "Ya")
        here.labels.append(beside if sideways else below)


def _back(page: list[Strip], here: Strip, target: int, lane_gap: float) -> int:
    """The "tidak" of a decision, up a lane beside the target's column. Returns the symbol's side it uses."""
    half_width, _ = here.half
    there = next((strip for strip in page if strip.step.number == target), None)
    if there is None:
        here.arrows.append([(here.x - half_width, here.y), (here.x - half_width - 2.2, here.y)])
        here.connectors.append((here.x - half_width - 4.4, here.y, target))
        here.labels.append((here.x - half_width - 1.6, here.y - 3.2, "Tidak"))
        return -1
    direct = there.x < here.x and page.index(here) - page.index(there) == 1
    enters = 1 if there.step.returns_to is not None else -1  # a decision's own "tidak" leaves on its left
    lane = there.x if direct else there.x + enters * lane_gap
    side = -1 if lane < here.x else 1
    here.lines.append([(here.x + side * half_width, here.y), (lane, here.y), (lane, 0)])
    inside = abs(lane - here.x) < here.column / 2
    beside = (here.x + side * (here.column / 2 + 3.6), here.y - 0.8, "Tidak")
    above = (here.x - half_width + 0.5, here.y - 3.4, "Tidak")
    here.labels.append(above if inside else beside)
    for strip in page[page.index(there) + 1 : page.index(here)]:
        strip.lines.append([(lane, strip.height), (lane, 0)])
    if direct:
        there.arrows.append([(lane, there.height), (lane, there.y + there.half[1])])
    else:
        there.arrows.append([(lane, there.height), (lane, there.y), (there.x + enters * there.half[0], there.y)])
    return side


def _connect(page: list[Strip], following: Strip | None, preceding: Strip | None) -> None:
    lane_gap = min(page[0].column / 2 - 0.8, 9.5)
    if preceding is not None:
        first = page[0]
        first.connectors.append((first.x, CONNECTOR / 2, preceding.step.number))
        first.arrows.append([(first.x, CONNECTOR), (first.x, first.y - first.half[1])])
    for here, there in zip(page, [*page[1:], following], strict=True):
        returns = here.step.returns_to
        used_side = _back(page, here, returns, lane_gap) if returns is not None else 0
        if there is None:
            continue
        _forward(here, there, used_side)
        if there is following:
            here.lines[-1][-1] = (there.x, here.height - CONNECTOR)
            here.connectors.append((there.x, here.height - CONNECTOR / 2, there.step.number))
        else:
            there.arrows.append([(there.x, 0), (there.x, there.y - there.half[1])])


def flow_pages(sheet: SopSheet) -> list[FlowPage]:
    """Break the steps of a sheet into pages and draw each page's flow."""
    scale = _scale(sheet)
    pages = _split(sheet, scale)
    _place(sheet, pages)
    for number, page in enumerate(pages):
        following = pages[number + 1][0] if number + 1 < len(pages) else None
        preceding = pages[number - 1][-1] if number > 0 else None
        _connect(page, following, preceding)
    widths = {name: width * scale for name, width in COLUMNS.items()}
    actor_width = widths["actors"] / len(sheet.actors)
    return [FlowPage(tuple(page), widths, actor_width) for page in pages]
