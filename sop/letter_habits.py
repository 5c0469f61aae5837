"""What an office does in its own way for one kind of letter; where it says nothing, its general habits stand."""

from collections.abc import Iterator, Mapping
from typing import Final

from sop.definition import Frozen

INVITATIONS: Final = ("surat_undangan", "undangan_rapat")
WITH_HEAD: Final = (*INVITATIONS, "surat_permohonan_data", "nota_dinas")  # papers that print sifat and tembusan
NUMBERED: Final = (*WITH_HEAD, "berita_acara")


class LetterHabits(Frozen):
    """Of one kind of letter.

    *classification* (kode klasifikasi arsip, Permendagri 83/2022), *sifat*, *tembusan*: ``""`` or ``None`` follow the
    office's general ones. *bring*: what participants of a meeting bring along.
    """

    classification: str = ""
    sifat: str = ""
    tembusan: tuple[str, ...] | None = None
    bring: tuple[str, ...] = ()


def problems(letters: Mapping[str, LetterHabits]) -> list[str]:
    """Habits of papers that are no letters, or that the paper has no place for."""
    return [f"letters.{kind}{wrong}" for kind, habits in letters.items() for wrong in _wrong_with(kind, habits)]


def _wrong_with(kind: str, habits: LetterHabits) -> Iterator[str]:
    if kind not in NUMBERED:
        yield f": no such letter; known: {', '.join(NUMBERED)}"
        return
    if kind not in WITH_HEAD and (habits.sifat or habits.tembusan is not None):
        yield ": it has neither sifat nor tembusan"
    if kind not in INVITATIONS and habits.bring:
        yield f".bring: only an invitation has it ({', '.join(INVITATIONS)})"
