"""Standing sentences of letters that an office words in its own way; where it does not, the template's own stand."""

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Final

from sop.definition import Frozen

LETTERS: Final = ("surat_undangan", "surat_permohonan_data", "undangan_rapat")
OPENED: Final = (*LETTERS, "notula", "dokumen_evaluasi")  # of the book: its kata pengantar
CLOSED: Final = (*OPENED, "laporan_persiapan", "nota_dinas")
PARTS: Final = ("kegiatan", "tahun", "kota", "instrumen")  # what a sentence may name


class Sentences(Frozen):
    """The first and the last sentence of one kind of paper; empty: the template's. They may name `PARTS`."""

    opening: str = ""
    closing: str = ""

    def filled(self, *, kegiatan: str, tahun: int, kota: str, instrumen: str) -> "Sentences":
        """The sentences about one cycle: *kegiatan* its name, *instrumen* the regulation of its indicators."""
        known = {"kegiatan": kegiatan, "tahun": tahun, "kota": kota, "instrumen": instrumen}
        return Sentences(opening=self.opening.format(**known), closing=self.closing.format(**known))


def problems(sentences: Mapping[str, Sentences]) -> list[str]:
    """Papers that take no such sentence, and names in braces that nothing can fill."""
    return [f"sentences.{kind}{wrong}" for kind, chosen in sentences.items() for wrong in _wrong_with(kind, chosen)]


def _wrong_with(kind: str, chosen: Sentences) -> Iterator[str]:
    if kind not in CLOSED:
        yield f": no such paper; known: {', '.join(CLOSED)}"
    elif chosen.opening and kind not in OPENED:
        yield f".opening: only these have one: {', '.join(OPENED)}"
    for name in ("opening", "closing"):
        yield from (f".{name}: {wrong}" for wrong in unreadable(getattr(chosen, name), PARTS))


def unreadable(sentence: str, parts: Sequence[str]) -> Iterator[str]:
    """What is wrong with the braces of a sentence that may name *parts*."""
    try:
        named = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    except ValueError as error:
        yield f"cannot be read ({error})"
        return
    known = ", ".join(f"{{{name}}}" for name in parts)
    yield from (f"unknown '{{{name}}}'; known: {known}" for name in named if name not in parts)
