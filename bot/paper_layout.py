"""What an eye sees on a laid-out paper: words outside their place or over others, a lone signature, a blank field.

Reads the boxes that weasyprint laid out, before they are drawn. Lengths are CSS pixels (96 an inch). Only for checks:
whoever prints for an officer does not wait for this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

SLACK: Final = 1.5  # px; glyphs lean over their boxes, and a justified line is right to a fraction
SIGNATURES: Final = frozenset({"ttd", "ttd-pasangan"})
NO_COMPANY: Final = frozenset({"kop", "kepala-lampiran", "judul"})  # what stands above a signature without being text
FIELDS: Final = frozenset({"td", "th", "li", "p", "h1", "h2", "h3", "figcaption"})
FREE: Final = "rongga"  # the class of a cell that is blank on purpose: for a pen, or to hold a table's shape
PICTURES: Final = ("img", "svg", "{http://www.w3.org/2000/svg}svg")


@dataclass(frozen=True)
class _Words:
    """Words or a picture as laid out: where they stand, and the box that must hold them."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    within: tuple[float, float] | None
    signature: Any
    alone: bool

    def over(self, other: "_Words") -> bool:
        """Whether both are printed on the same spot."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > SLACK and down > 0.3 * min(self.bottom - self.top, other.bottom - other.top)


def layout_flaws(document: Any) -> list[str]:
    """What is wrong with a rendered weasyprint document, a sentence each; none: nothing is."""
    found: list[str] = []
    before: list[_Words] = []
    for number, page in enumerate(document.pages, 1):
        body = [words for box in page._page_box.children if not _in_margin(box) for words in _words(box)]
        flaws = (*_page_flaws(page._page_box, body), *_lone_signatures(body, before))
        found += [f"page {number}: {flaw}" for flaw in flaws]
        before = body
    return found


def _page_flaws(page: Any, body: list[_Words]) -> Iterator[str]:
    margins = [list(_words(box)) for box in page.children if _in_margin(box)]
    edges = (page.position_x, page.margin_width(), page.margin_height())
    yield from _outside(body, page)
    for words in (one for margin in margins for one in margin):
        if words.left < edges[0] or words.right > edges[1] + SLACK or words.bottom > edges[2]:
            yield f"“{words.text}” leaves the sheet"
    for one, other in combinations(margins, 2):
        if any(a.over(b) for a in one for b in other):
            yield f"“{one[0].text}” and “{other[0].text}” are printed over each other in the margin"
    yield from _overlaps(body)
    if not body:
        yield "is blank"


def _in_margin(box: Any) -> bool:
    return type(box).__name__ == "MarginBox"


def _outside(body: list[_Words], page: Any) -> Iterator[str]:
    left, right = page.content_box_x(), page.content_box_x() + page.width
    bottom = page.content_box_y() + page.height
    for words in body:
        start, end = words.within or (left, right)
        if words.left < start - SLACK or words.right > end + SLACK:
            yield f"“{words.text}” is wider than its place"
        elif words.bottom > bottom + SLACK:
            yield f"“{words.text}” runs into the lower margin"


def _overlaps(body: list[_Words]) -> Iterator[str]:
    line: list[_Words] = []
    for words in sorted(body, key=lambda one: one.top):
        line = [other for other in line if other.bottom > words.top]
        yield from (f"“{words.text}” is printed over “{other.text}”" for other in line if words.over(other))
        line.append(words)


def _lone_signatures(body: list[_Words], before: list[_Words]) -> Iterator[str]:
    """Signatures apart from what is signed, or in two pieces; the second of many may begin a page."""
    if before and body and before[-1].signature is not None and body[0].signature is not None:
        if body[0].signature is before[-1].signature:
            yield "goes on with a signature that began on the page before"
        return
    for block in dict.fromkeys(words.signature for words in body if words.signature is not None):
        top = min(words.top for words in body if words.signature is block)
        if not any(words.bottom <= top + SLACK and not words.alone for words in body if words.signature is None):
            yield "has a signature and nothing that is signed"


def _words(
    box: Any, within: tuple[float, float] | None = None, signature: Any = None, alone: bool = False
) -> Iterator[_Words]:
    """Every line of text and every picture below *box*; what is turned (a watermark) lies under everything."""
    kind = type(box).__name__
    if kind == "AbsolutePlaceholder":
        box, kind = box._box, type(box._box).__name__
    if box.style["transform"]:
        return
    classes = _classes(box)
    signature = box.element if signature is None and classes & SIGNATURES else signature
    alone = alone or bool(classes & NO_COMPANY) or box.element_tag == "thead"
    if kind == "TableCellBox":
        within = (box.position_x, box.position_x + box.border_width())
    if kind == "TextBox" or "Replaced" in kind:
        text = box.text.strip() if kind == "TextBox" else f"<{box.element_tag}>"
        if text:
            right, bottom = box.position_x + box.margin_width(), box.position_y + box.margin_height()
            yield _Words(text[:60], box.position_x, box.position_y, right, bottom, within, signature, alone)
        return
    for child in getattr(box, "children", ()):
        yield from _words(child, within, signature, alone)


def _classes(box: Any) -> frozenset[str]:
    element = box.element
    tagged = element is not None and not isinstance(element, str) and "::" not in (box.element_tag or "")
    return frozenset((element.get("class") or "").split()) if tagged else frozenset()


def blank_fields(root: Any) -> list[str]:
    """Fields of a document's tree that print nothing, and are not left free for a pen."""
    return [
        f"a blank <{element.tag}> after “{before}”"
        for element, before in _fields(root)
        if not "".join(element.itertext()).strip() and all(next(element.iter(p), None) is None for p in PICTURES)
    ]


def _fields(root: Any) -> Iterator[tuple[Any, str]]:
    """Every field that must say something, with the last words in front of it."""
    before = ""
    for element in root.iter():
        if element.tag in FIELDS and FREE not in (element.get("class") or "").split():
            yield element, before
        before = (element.text or "").strip()[:40] or before
