"""The gallery: every paper of the SOP as page images, in `docs/gallery/` (`make gallery`).

Each paper is printed by the same press from the same samples that `check` uses, ready for signature, and all its pages
are laid side by side. Nothing in the pictures is drawn by hand.
"""

import asyncio
from pathlib import Path
from typing import Final

from PIL import Image

from bot.paper_samples import flavoured
from bot.printing_press import Press
from docs.gambar import pictures_of, save_small
from sop.papers import KINDS, to_json

GALLERY: Final = Path(__file__).resolve().parent / "gallery"
DPI: Final = 62  # F4 is then 525 pixels wide: readable, and small in a repository
ACROSS: Final = 6  # pages in a row
GAP: Final = 8
PAPER, EDGE = "#ffffff", "#b8bcc2"


async def printed() -> dict[str, bytes]:
    """Every kind of paper as a PDF."""
    press = Press(strict=True)
    try:
        return {kind: await press.render(kind, to_json(flavoured(kind, "normal"))) for kind in KINDS}
    finally:
        await press.close()


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Sheets on a white table, in rows, each with a thin edge."""
    wide, high = (2 + GAP + max(getattr(page, side) for page in pages) for side in ("width", "height"))
    rows = -(-len(pages) // ACROSS)
    table = Image.new("RGB", (GAP + wide * min(len(pages), ACROSS), GAP + high * rows), PAPER)
    for number, page in enumerate(pages):
        left, top = GAP + wide * (number % ACROSS), GAP + high * (number // ACROSS)
        table.paste(EDGE, (left, top, left + page.width + 2, top + page.height + 2))
        table.paste(page, (left + 1, top + 1))
    return table


def main() -> None:
    """Print everything anew; pictures of papers that are no more go."""
    GALLERY.mkdir(exist_ok=True)
    for old in GALLERY.glob("*.png"):
        old.unlink()
    for kind, pdf in asyncio.run(printed()).items():
        save_small(side_by_side(pictures_of(pdf, DPI)), GALLERY / f"{kind}.png")


if __name__ == "__main__":
    main()
