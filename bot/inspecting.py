"""What bytes are, whatever their sender says: sniffed type, pages of a PDF, active content."""

import logging
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import magic
from pypdf import PdfReader

PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP = "application/zip"  # what an office file looks like when its first entry is unusual
_AGREE: dict[str, frozenset[str]] = {
    ".pdf": frozenset({PDF}),
    ".docx": frozenset({f"{_OFFICE}.wordprocessingml.document", _ZIP}),
    ".xlsx": frozenset({f"{_OFFICE}.spreadsheetml.sheet", _ZIP}),
    ".pptx": frozenset({f"{_OFFICE}.presentationml.presentation", _ZIP}),
    ".doc": frozenset({"application/msword", "application/CDFV2", "application/x-ole-storage"}),
    ".xls": frozenset({"application/vnd.ms-excel", "application/CDFV2", "application/x-ole-storage"}),
    ".ppt": frozenset({"application/vnd.ms-powerpoint", "application/CDFV2", "application/x-ole-storage"}),
    ".odt": frozenset({"application/vnd.oasis.opendocument.text"}),
    ".ods": frozenset({"application/vnd.oasis.opendocument.spreadsheet"}),
    ".jpg": frozenset({"image/jpeg"}),
    ".jpeg": frozenset({"image/jpeg"}),
    ".png": frozenset({"image/png"}),
    ".mp4": frozenset({"video/mp4", "video/quicktime", "video/x-m4v"}),
    ".zip": frozenset({_ZIP}),
    ".csv": frozenset({"text/csv", "text/plain"}),
    ".txt": frozenset({"text/plain"}),
}
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found. *agrees*: name and bytes tell the same; None for an ending that is on no list."""

    mime: str
    pages: int | None
    agrees: bool | None
    active: tuple[str, ...] = ()  # names of active content in a PDF

    def facts(self) -> dict[str, Any]:
        """For the facts of an incoming file."""
        return {"mime": self.mime, "pages": self.pages, "agrees": self.agrees, "active": list(self.active)}


def inspect(path: Path, filename: str, *, inside: bool = True) -> Findings:
    """Look at the bytes of *path*, which was sent as *filename*. May take seconds: not for the loop.

    *inside*: also read a PDF's structure, for its pages and active content.
    """
    with path.open("rb") as file:
        head = file.read(8192)
    mime = magic.from_buffer(head, mime=True) if head else "application/x-empty"
    if mime == PDF and not head.startswith(b"%PDF-"):
        mime = "application/octet-stream"  # a viewer may still open it, but it is something else as well
    expected = _AGREE.get(PurePath(filename).suffix.lower())
    agrees = None if expected is None else mime in expected
    pages, active = _pdf(path) if inside and mime == PDF else (None, ())
    return Findings(mime, pages, agrees, active)


def _pdf(path: Path) -> tuple[int | None, tuple[str, ...]]:
    """Pages and active content of a PDF; nothing is known of a damaged or locked one."""
    try:
        reader = PdfReader(path)
        pages = len(reader.pages)
        active = sorted(_active(reader))
    except Exception as error:  # pypdf raises whatever hostile bytes lead it to; the file is kept all the same
        log.info("a PDF cannot be read: %s: %s", type(error).__name__, error)
        return None, ()
    return pages, tuple(active)


def _active(reader: PdfReader) -> set[str]:
    root = reader.root_object
    found = {name.removeprefix("/") for name in ("/OpenAction", "/AA") if name in root and _acts(root[name])}
    for number in range(1, min(int(reader.trailer.get("/Size", 0)), 20_000)):
        held = reader.get_object(number)
        if isinstance(held, dict):
            found |= {name.removeprefix("/") for name in _ACTIVE if name in held}
            found |= {"JavaScript"} if held.get("/S") == "/JavaScript" else set()
    return found


def _acts(value: Any) -> bool:
    """An opening action may be a mere place to scroll to (a list, or a GoTo)."""
    held = value.get_object() if hasattr(value, "get_object") else value
    return isinstance(held, dict) and held.get("/S") != "/GoTo"
