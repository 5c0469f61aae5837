"""Numbers of letters by the office's pattern: written, and read back for the next serial."""

import re
from datetime import date
from string import Formatter

from sop.office import NUMBER_PARTS, Numbering, Office

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_READ = dict.fromkeys(NUMBER_PARTS, ".+?") | {"urut": r"\d+", "bulan_romawi": "[IVX]+", "tahun": r"\d{4}"}


def number_gap(office: Office, day: date) -> str:
    """The visible gap of an unnumbered draft, by the office's pattern."""
    return _number(office.numbering, "……", day)


def suggested_number(office: Office, used: tuple[str, ...], day: date) -> str:
    """The next number by the office's pattern: one above the highest serial used in this register and year."""
    highest = max((serial(office.numbering, number) or 0 for number in used), default=0)
    return _number(office.numbering, f"{highest + 1:03d}", day)


def serial(numbering: Numbering, number: str) -> int | None:
    """The serial in a number, wherever the pattern has it; None for a number of another form."""
    found = re.fullmatch(_expression(numbering.pattern), number.strip(), re.IGNORECASE)
    return int(found["urut"]) if found else None


def _expression(pattern: str) -> str:
    parts: list[str] = []
    for words, name, _, _ in Formatter().parse(pattern):
        parts.append(re.escape(words))
        if name == "urut" and "(?P<urut>" not in "".join(parts):
            parts.append(rf"(?P<urut>{_READ[name]})")
        elif name is not None:
            parts.append(_READ[name])
    return "".join(parts)


def _number(numbering: Numbering, serial: str, day: date) -> str:
    return numbering.pattern.format(
        klasifikasi=numbering.classification,
        urut=serial,
        unit=numbering.unit,
        bulan_romawi=_ROMAN[day.month - 1],
        tahun=day.year,
    )
