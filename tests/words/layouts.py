"""Where the words of every paper stand, as recorded and as printed now; `python -m tests.words.layouts` records anew.

A recording is a text for people: page, millimetres from the left and from the top, words. Who changes a paper on
purpose records it anew, looks at the difference, and at the page (`make gallery`).
"""

from pathlib import Path
from typing import Final

import pypdfium2

from sop.papers import KINDS
from tests.words.prints import printed_alone

RECORDED: Final = Path(__file__).parent / "layouts"
MM: Final = 25.4 / 72
SLACK: Final = 1  # millimetres; what rounding may move

Line = tuple[int, int, str]


def pages(pdf: bytes) -> list[tuple[str, list[Line]]]:
    """Every page: its size, and its words with their millimetres from the left and from the top."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[number]) for number in range(len(document))]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> tuple[str, list[Line]]:
    width, height = (side * MM for side in page.get_size())
    words = page.get_textpage()
    lines = []
    for number in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(number)
        said = " ".join(words.get_text_bounded(left, bottom, right, top).split())
        if said:
            lines.append((round(left * MM), round(height - bottom * MM), said))
    return f"{width:.0f} x {height:.0f} mm", lines


def recorded(kind: str) -> list[tuple[str, list[Line]]]:
    """What was recorded of a kind of paper."""
    found: list[tuple[str, list[Line]]] = []
    for row in (RECORDED / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("== "):
            found.append((row.partition(": ")[2], []))
        elif row:
            left, top, said = row.split(maxsplit=2)
            found[-1][1].append((int(left), int(top), said))
    return found


def differences(before: list[tuple[str, list[Line]]], now: list[tuple[str, list[Line]]]) -> list[str]:
    """What stands elsewhere, is gone or is new, a sentence each."""
    found = [] if len(before) == len(now) else [f"{len(now)} pages instead of {len(before)}"]
    for number, ((size, old), (new_size, new)) in enumerate(zip(before, now, strict=False), 1):
        if size != new_size:
            found.append(f"page {number}: {new_size} instead of {size}")
        if [line[2] for line in old] != [line[2] for line in new]:
            gone, come = {line[2] for line in old}, {line[2] for line in new}
            found.append(f"page {number}: gone {sorted(gone - come)}, new {sorted(come - gone)}")
            continue
        found += [
            f"page {number}: “{was[2]}” at {is_now[:2]} instead of {was[:2]}"
            for was, is_now in zip(old, new, strict=True)
            if abs(was[0] - is_now[0]) > SLACK or abs(was[1] - is_now[1]) > SLACK
        ]
    return found


def main() -> None:
    """Record every paper anew."""
    for old in RECORDED.glob("*.txt"):
        old.unlink()
    for kind in KINDS:
        rows = []
        for number, (size, lines) in enumerate(pages(printed_alone(kind)), 1):
            rows += [f"== halaman {number}: {size}", *(f"{left:4} {top:4} {said}" for left, top, said in lines), ""]
        (RECORDED / f"{kind}.txt").write_text("\n".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
