"""The printing process: contexts in on standard input, PDFs out. Only this module imports weasyprint.

One document at a time, so that the cyclic garbage collector can rest while it works (measured: 1.8 times
faster on long tables). It opens no file and no connection for a document, and knows no clock: the same
context gives the same bytes.

Protocol, per job: one line of JSON ``{"kind", "context", "strict"}``; the answer is one line of JSON
``{"ok", "size" | "error", "warnings", "last"}`` and then *size* bytes. *last*: the process ends after it.
"""

import contextlib
import gc
import json
import logging
import os
import re
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import (
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from bot.paper_flow import flow_pages
from bot.paper_layout import blank_fields, layout_flaws
from bot.paper_words import FILTERS
from sop.papers import Context, Rekapitulasi, from_json, kind_of

TEMPLATES: Final = Path(__file__).parents[1] / "templates"
# Only the families of our papers are seen, whatever else the machine has. Fontconfig reads this at its first use.
os.environ["FONTCONFIG_FILE"] = str(TEMPLATES / "styles" / "fonts.conf")
VARIANT: Final = "pdf/a-3a"
RECYCLE_AT: Final = 600 * 1024  # KB of peak memory; the allocator keeps what a big document needed
NICE: Final = 10
GLYPHLESS: Final = re.compile(r"^\.notdef glyph .*\(U\+([0-9A-F]+)\)$")
NO_GLYPH: Final = "□"


class UnfitPaper(Exception):
    """The document cannot be printed as it stands: context, template or style is at fault."""


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
    """Lets a document use what it carries along (data URIs); anything else stops the print."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Open a data URI.

        Raises:
            FatalURLFetchingError: the address is of a file or of a server.
        """
        if not url.lower().startswith("data:"):
            raise FatalURLFetchingError(f"a document may not open {url[:80]}")
        return super().fetch(url, headers)


class _Warnings(logging.Handler):
    """Keeps what weasyprint complains of while it prints one document."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _finished(value: Any) -> Any:
    if value is None:
        raise UnfitPaper("a template prints a value that is not there")
    return value


@cache
def environment() -> Environment:
    """The Jinja environment of the documents: everything is escaped, and a misspelt name is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "documents"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    made.globals["flow_pages"] = flow_pages
    made.globals["naskah"] = _within_another
    return made


def _within_another(context: Context) -> Markup:
    """A paper as it stands in the annexes of another one: the base leaves out its frame and its marks of a draft."""
    kind = kind_of(context)
    return Markup(environment().get_template(f"{kind}.html").render(isi=context, kind=kind, tersemat=True))


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _styles() -> tuple[CSS, ...]:
    return tuple(
        CSS(string=style.read_text(encoding="utf-8"), font_config=_fonts(), url_fetcher=ClosedFetcher())
        for style in sorted((TEMPLATES / "styles").glob("*.css"))
    )


def paper_html(kind: str, values: dict[str, Any]) -> str:
    """The HTML of a document.

    Raises:
        UnfitPaper: no such kind, a field is missing or wrong, or the template names what is not there.
    """
    try:
        context = from_json(kind, values)
        return environment().get_template(f"{kind}.html").render(isi=context, kind=kind, tersemat=False)
    except UnfitPaper:
        raise
    except Exception as error:
        raise UnfitPaper(f"{kind}: {type(error).__name__}: {error}") from error


@dataclass(frozen=True)
class DataFile:
    """A file of data that goes along inside a PDF, dated as its document says (UTC)."""

    name: str
    content: bytes
    at: datetime

    def attachment(self) -> Attachment:
        """For one print: weasyprint reads it once only."""
        return Attachment(
            string=self.content,
            name=self.name,
            relationship="Data",
            created=self.at,
            modified=self.at,
            url_fetcher=ClosedFetcher(),
        )


def paper_data(kind: str, values: dict[str, Any]) -> list[DataFile]:
    """The data that a document carries inside its PDF: documents/<kind>.*.csv.

    UTF-8 with its mark and semicolons, as a spreadsheet in Indonesian opens it.
    """
    context = from_json(kind, values)
    if not isinstance(context, Rekapitulasi):
        return []
    return [
        DataFile(
            form.name,
            environment().get_template(form.name).render(isi=context).encode("utf-8-sig"),
            context.as_of.astimezone(UTC),
        )
        for form in sorted((TEMPLATES / "documents").glob(f"{kind}.*.csv"))
    ]


def _write(html: str, data: Sequence[DataFile], *, strict: bool) -> tuple[bytes, list[str]]:
    source = HTML(string=html, url_fetcher=ClosedFetcher())
    chosen = {"pdf_variant": VARIANT, "attachments": [file.attachment() for file in data]}
    document = source.render(stylesheets=list(_styles()), font_config=_fonts(), **chosen)
    flaws = [*blank_fields(source.etree_element), *layout_flaws(document)] if strict else []
    return document.write_pdf(**chosen), flaws


def html_to_pdf(html: str, data: Sequence[DataFile] = (), *, strict: bool = False) -> tuple[bytes, list[str]]:
    """Print HTML, with *data* inside; returns the PDF and weasyprint's warnings; *strict* adds what an eye would see.

    A sign that no font has (in the name of a file, say) becomes a square, in a second run: PDF/A allows no
    missing glyphs.

    Raises:
        UnfitPaper: weasyprint gave up, or the document asked for something outside itself.
    """
    heard = _Warnings()
    log = logging.getLogger("weasyprint")
    log.addHandler(heard)
    try:
        pdf, flaws = _write(html, data, strict=strict)
        if glyphless := {chr(int(code, 16)) for line in heard.lines for code in GLYPHLESS.findall(line)}:
            heard.lines.clear()
            readable = html.translate({ord(sign): NO_GLYPH for sign in glyphless})
            pdf, flaws = _write(readable, data, strict=strict)
    except (FatalURLFetchingError, Exception) as error:  # the first is no Exception
        raise UnfitPaper(f"{type(error).__name__}: {error}") from error
    finally:
        log.removeHandler(heard)
    return pdf, [*heard.lines, *flaws]


def print_paper(kind: str, values: dict[str, Any], *, strict: bool) -> tuple[bytes, list[str]]:
    """A document's PDF, with the garbage collector resting; *strict* makes a warning an error.

    Raises:
        UnfitPaper: see `paper_html` and `html_to_pdf`.
    """
    gc.disable()
    try:
        pdf, warnings = html_to_pdf(paper_html(kind, values), paper_data(kind, values), strict=strict)
    finally:
        gc.enable()
        gc.collect()
    if strict and warnings:
        raise UnfitPaper(f"{kind}: {'; '.join(warnings)}")
    return pdf, warnings


def _answer(out: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    out.write(json.dumps(head).encode() + b"\n" + body)
    out.flush()


def serve(jobs: BinaryIO, out: BinaryIO) -> None:
    """Print job after job until the other side closes, or the process has grown too fat."""
    last = False
    while not last and (line := jobs.readline()):
        job = json.loads(line)
        try:
            pdf, warnings = print_paper(job["kind"], job["context"], strict=job["strict"])
            head = {"ok": True, "size": len(pdf), "warnings": warnings}
        except UnfitPaper as error:
            pdf, head = b"", {"ok": False, "error": str(error), "warnings": []}
        # One that failed may have failed for want of memory, and what is left of it is in pieces.
        last = not head["ok"] or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > RECYCLE_AT
        _answer(out, {**head, "last": last}, pdf)


def main() -> None:
    """Take over standard output for the answers; whatever prints by accident goes to standard error.

    The first argument is how many bytes of address space the process may have.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
    html_to_pdf('<html lang="id"><title>-</title><p>☐ -</p></html>')
    gc.collect()
    gc.freeze()
    with contextlib.suppress(BrokenPipeError):  # the bot is gone, and with it whoever wanted the paper
        serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
