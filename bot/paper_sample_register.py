"""Sample of the register of letter numbers, for `check` and the tests."""

from datetime import date, timedelta

from bot.paper_sample_parts import PRESSED, Flavour, kop
from sop.papers import NumberState, RegisterLine, RegisterSurat

_NUMBER = "500.12/{:03d}/DISKOMINFO/XI/2026"


def register_surat(f: Flavour) -> RegisterSurat:
    """A book with every state of a number, folded runs, gaps, and a number of another form."""
    first = (
        RegisterLine(
            first=1,
            last=12,
            state="luar",
            number=_NUMBER.format(1),
            dated=date(2026, 11, 20),
            subject=f.typed("Surat sebelum register ini dipakai"),
            by=f.typed("Sari Melati"),
            at=PRESSED,
        ),
    )
    rest = (
        RegisterLine(first=13, last=14, state="kosong"),
        _letter(f, 15, "diganti", "Tanggal rapat berubah."),
        RegisterLine(
            first=16,
            last=16,
            state="batal",
            number=_NUMBER.format(16),
            by=f.typed("Sari Melati"),
            at=PRESSED,
            note=f.typed("Salah tulis pada buku agenda."),
        ),
        _letter(f, 17, "dibatalkan", "Kegiatan ditunda."),
        *(_letter(f, n, "terpakai", "") for n in range(18, 18 + (60 if f.opds > 20 else 6))),
        RegisterLine(
            first=None,
            last=None,
            state="luar",
            number="SPBE-2026/9",
            dated=date(2026, 11, 23),
            subject=f.typed("Surat dari sistem lain"),
            by=f.typed("Sari Melati"),
            at=PRESSED,
        ),
    )
    return RegisterSurat(
        kop=kop(),
        unit="DISKOMINFO",
        year=2026,
        as_of=PRESSED + timedelta(days=3),
        lines=(*first, *rest) if f.full else first,
        look=f.look,
    )


def _letter(f: Flavour, serial: int, state: NumberState, note: str) -> RegisterLine:
    return RegisterLine(
        first=serial,
        last=serial,
        state=state,
        number=_NUMBER.format(serial),
        dated=date(2026, 11, 24),
        subject=f.typed("Surat Undangan Evaluasi Mandiri SPBE 2026"),
        receivers=26,
        by=f.typed("Sari Melati"),
        at=PRESSED,
        note=f.typed(note) if note else None,
    )
