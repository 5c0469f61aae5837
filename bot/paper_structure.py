"""The structure of a printed PDF: what an archive and a screen reader rely on. Read with pypdf; no validator's verdict.

Papers are made by the profile PDF/A-3a (document-formats.md, 6.3). What can be read back here is read back; that a file
conforms to the whole standard only a validator could say, and nobody says so on the paper.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.paper_words import FAMILIES

PROFILE: Final = re.compile(rb'pdfaid:part="3"\s+pdfaid:conformance="A"')
FONT_FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
SIMPLE_FONTS: Final = ("/Type1", "/TrueType", "/MMType1", "/CIDFontType0", "/CIDFontType2")
ACTIVE: Final = ("/JavaScript", "/JS", "/Launch", "/AA", "/OpenAction")
CHAPTERS: Final = 5  # pages from which a paper is read by its bookmarks
BESIDE: Final = frozenset({"DejaVuSans", "LiberationMono"})  # boxes to tick and rare letters; codes and links
STYLES: Final = re.compile(r"(Semi|Light|Demi|Bold|Italic|Oblique|Regular)")


def flaws(pdf: bytes, font: str) -> list[str]:
    """What is missing from a paper's structure, a sentence each; none: all is there. *font* is the office's."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        held: list[Any] = [reader.get_object(number) for number in range(1, int(reader.trailer.get("/Size", 0)))]
        objects = [one for one in held if isinstance(one, dict)]
        return [*_named(reader), *_tagged(reader), *_objects(objects), *_unexpected_fonts(objects, font)]
    except PyPdfError as error:
        return [f"cannot be read as a PDF: {error}"]


def _named(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if reader.is_encrypted:
        yield "is locked"
    if not root.get("/Lang"):
        yield "names no language"
    if not (reader.metadata and (reader.metadata.title or "").strip()):
        yield "has no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "does not show its title in the viewer's bar"


def _tagged(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if not root.get("/MarkInfo", {}).get("/Marked") or not root.get("/StructTreeRoot", {}).get("/K"):
        yield "has no tags"
    if "/OutputIntents" not in root:
        yield "has no output intent"
    claims: Any = root.get("/Metadata")
    if claims is None or not PROFILE.search(claims.get_object().get_data()):
        yield "does not claim the profile PDF/A-3a"
    if len(reader.pages) >= CHAPTERS and not reader.outline:
        yield "has several chapters and no bookmarks"
    for file in root.get("/AF", ()):
        if "/AFRelationship" not in file.get_object():
            yield "carries a file without saying what it is to the paper"


def _unexpected_fonts(objects: Sequence[dict[str, Any]], font: str) -> Iterator[str]:
    """A paper in which the office's font is not there, or one that nobody chose is."""
    fonts = [held for held in objects if held.get("/Type") == "/Font"]
    named = {str(held.get("/BaseFont", "")).lstrip("/").rpartition("+")[2] for held in fonts}
    families = {STYLES.sub("", name.replace("-", "").replace(" ", "")) for name in named}
    wanted = FAMILIES[font].replace(" ", "")
    if wanted not in families:
        yield f"is not printed in {font} ({FAMILIES[font]}); is its package of fonts installed?"
    for family in sorted(families - {wanted} - BESIDE):
        yield f"uses the font {family}, which nobody chose"


def _objects(objects: Sequence[dict[str, Any]]) -> Iterator[str]:
    for held in objects:
        if held.get("/Type") == "/Font" and held.get("/Subtype") in SIMPLE_FONTS:
            described = held.get("/FontDescriptor", {})
            if not any(name in described for name in FONT_FILES):
                yield f"uses the font {held.get('/BaseFont')} without carrying it"
        if held.get("/S") == "/Figure" and not held.get("/Alt"):
            yield "has a picture that nobody describes"
        if any(name in held for name in ACTIVE):
            yield "does something of its own when it is opened"
