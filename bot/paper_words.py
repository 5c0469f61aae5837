"""How dates, numbers and links read on paper: the Jinja filters of the documents. Pure; no clock."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

import segno
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from num2words import num2words

WIB: Final = ZoneInfo("Asia/Jakarta")
# What prints for a font by name: free, with the same widths (Bookman: nearly), and on every machine the same.
FAMILIES: Final = {
    "Arial": "Liberation Sans",
    "Times New Roman": "Liberation Serif",
    "Bookman Old Style": "URW Bookman",
}
ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _day(moment: date) -> date:
    """The day in WIB of a moment, or the day itself.

    Raises:
        ValueError: a moment without a time zone, whose day nobody can know.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment on paper needs a time zone")
    return moment.astimezone(WIB).date()


def tanggal(moment: date) -> str:
    """24 November 2026."""
    return format_date(_day(moment), "d MMMM y", locale="id")


def hari_tanggal(moment: date) -> str:
    """Selasa, 24 November 2026. The weekday is computed, never typed."""
    return format_date(_day(moment), "EEEE, d MMMM y", locale="id")


def jam(moment: datetime) -> str:
    """10.22, in WIB."""
    _day(moment)
    return format_time(moment, "HH.mm", tzinfo=WIB, locale="id")


def pukul_wib(moment: datetime) -> str:
    """10.22 WIB."""
    return f"{jam(moment)} WIB"


def terbilang(number: int | float) -> str:
    """24 as "dua puluh empat"; 3.27 as "tiga koma dua tujuh"."""
    return str(num2words(number, lang="id"))


def angka(number: int | float) -> str:
    """1234.5 as "1.234,5"."""
    return format_decimal(number, locale="id")


def nilai(value: Decimal) -> str:
    """A value with two places, rounded half up: 3.405 as "3,41". It is computed exactly, and cut only here."""
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP)}".replace(".", ",")


def senjang(value: Decimal, highest: Decimal) -> str:
    """What a value lacks to the highest one, such that both as they are printed sum up to it."""
    return nilai(highest - value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def bobot(weight: Decimal) -> str:
    """A weight in per cent without needless zeros: 13.00 as "13", 2.50 as "2,5"."""
    return f"{weight.normalize():f}".replace(".", ",")


def berurutan(rows: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Rows under their headings, in the order they come (Jinja's own ``groupby`` sorts them)."""
    return [(key, list(group)) for key, group in groupby(rows, attrgetter(attribute))]


def sel(value: str | datetime | None) -> str:
    """A cell of a CSV file, quoted. What a spreadsheet would take for a formula is made a text by a "'"."""
    if value is None:
        return '""'
    if isinstance(value, datetime):
        return f'"{value.astimezone(WIB):%Y-%m-%d %H:%M}"'
    line = " ".join(value.split())
    escaped = line.replace('"', '""')
    return f'"\'{escaped}"' if line.startswith(("=", "+", "-", "@")) else f'"{escaped}"'


def ukuran_berkas(size: int) -> str:
    """Bytes as a person reads them: "830 byte", "412 KB", "12,4 MB" (1 KB = 1024 bytes)."""
    if size < 1024:
        return f"{size} byte"
    if size < 1024 * 1024:
        return f"{angka(round(size / 1024))} KB"
    return f"{format_decimal(size / 1024 / 1024, format='#,##0.0', locale='id')} MB"


def romawi(number: int) -> str:
    """1 to 39 in Roman numerals: attachments and months."""
    if not 0 < number < 40:
        raise ValueError(f"no Roman numeral for {number} on our papers")
    text = ""
    for value, sign in ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def nilai_terbilang(value: Decimal) -> str:
    """The two places of a value in words: 3.405 as "tiga koma empat satu", 2 as "dua koma nol nol"."""
    whole, places = nilai(value).split(",")
    return " ".join((terbilang(int(whole)), "koma", *(terbilang(int(digit)) for digit in places)))


def hari_terbilang(day: date) -> str:
    """Selasa, tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam (24-11-2026)."""
    weekday, month, digits = (format_date(day, pattern, locale="id") for pattern in ("EEEE", "MMMM", "dd-MM-y"))
    return f"{weekday}, tanggal {terbilang(day.day)} bulan {month} tahun {terbilang(day.year)} ({digits})"


def nip(digits: str) -> str:
    """A NIP in its groups of 8, 6, 1 and 3."""
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def keluarga_huruf(font: str) -> str:
    """The family of type that prints for an office's font."""
    return FAMILIES[font]


def kode_qr(link: str) -> str:
    """A QR code of a link as an SVG data URI (error correction M: it survives a copier)."""
    return segno.make_qr(link, error="m").svg_data_uri(border=2)


FILTERS: Final = {
    function.__name__: function
    for function in (
        tanggal,
        hari_tanggal,
        jam,
        pukul_wib,
        terbilang,
        angka,
        nilai,
        senjang,
        bobot,
        berurutan,
        sel,
        ukuran_berkas,
        romawi,
        nilai_terbilang,
        hari_terbilang,
        nip,
        keluarga_huruf,
        kode_qr,
    )
}
