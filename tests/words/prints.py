"""The prints that tests look at: each sample once in a run, whichever worker asks first."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock

from bot import paper_process
from bot.paper_samples import flavoured
from sop.papers import Annexes, Context, DokumenEvaluasi, kind_of, to_json


class Shelf:
    """Where the prints of this run lie, for all its workers; the fixture `shelf` names the folder."""

    folder: Path | None = None


def printed(kind: str, flavour: str = "normal") -> bytes:
    """A sample of a kind in a flavour."""
    return _once(f"{kind}-{flavour}", lambda: pdf_of(flavoured(kind, flavour)))


def printed_alone(kind: str, flavour: str = "normal") -> bytes:
    """The same; the book without the papers that it carries."""
    context = alone(kind, flavour)
    if not isinstance(context, DokumenEvaluasi):
        return printed(kind, flavour)
    return _once(f"{kind}-{flavour}-alone", lambda: pdf_of(context))


def alone(kind: str, flavour: str = "normal") -> Context:
    """A sample; the book without the papers that it carries."""
    context = flavoured(kind, flavour)
    return replace(context, annexes=Annexes()) if isinstance(context, DokumenEvaluasi) else context


def pdf_of(context: Context) -> bytes:
    """A print of its own, strictly."""
    return paper_process.print_paper(kind_of(context), to_json(context), strict=True)[0]


def _once(name: str, make: Callable[[], bytes]) -> bytes:
    if Shelf.folder is None:  # outside of a test run
        return make()
    kept = Shelf.folder / f"{name}.pdf"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            kept.write_bytes(make())
        return kept.read_bytes()
