"""Numbers of letters by the office's pattern: written, and read back for the next serial."""

import re
from datetime import date
from string import Formatter

from sop.office import NUMBER_PARTS, Numbering, Office

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_READ = dict.fromkeys(NUMBER_PARTS, ".+?") | {"urut": r"\d+", "bulan_romawi": "[IVX]+", "tahun": r"\d{4}"}
_KEPT = ("urut", "unit")  # the parts that are read back


def number_gap(office: Office, kind: str, day: date, letterhead: str = "") -> str:
    """The visible gap of an unnumbered draft of a kind of letter: serial and month are open until it is numbered."""
    return office.numbering.pattern.format(
        klasifikasi=office.classification_of(kind),
        urut="……",
        unit=office.numbering.unit_of(letterhead),
        bulan_romawi="…",
        tahun=day.year,
    )


def number_of(numbering: Numbering, serial: int, day: date, unit: str, classification: str = "") -> str:
    """The number with this serial, by the office's pattern; *classification* of its kind of letter, where known."""
    return numbering.pattern.format(
        klasifikasi=classification or numbering.classification,
        urut=f"{serial:03d}",
        unit=unit,
        bulan_romawi=_ROMAN[day.month - 1],
        tahun=day.year,
    )


def serial(numbering: Numbering, number: str) -> int | None:
    """The serial in a number, wherever the pattern has it; None for a number of another form."""
    found = _read(numbering, number)
    return int(found["urut"]) if found else None


def unit_in(numbering: Numbering, number: str) -> str:
    """Which of the office's units a number names; empty when it is of another form, or names none of them."""
    found = _read(numbering, number)
    named = (found.groupdict().get("unit") or "").casefold() if found else ""
    return next((unit for unit in numbering.all_units if unit.casefold() == named), "")


def _read(numbering: Numbering, number: str) -> re.Match[str] | None:
    return re.fullmatch(_expression(numbering.pattern), number.strip(), re.IGNORECASE)


def _expression(pattern: str) -> str:
    parts: list[str] = []
    for words, name, _, _ in Formatter().parse(pattern):
        parts.append(re.escape(words))
        if name in _KEPT and f"(?P<{name}>" not in "".join(parts):
            parts.append(rf"(?P<{name}>{_READ[name]})")
        elif name is not None:
            parts.append(_READ[name])
    return "".join(parts)
