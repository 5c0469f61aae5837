"""From the register of letter numbers to its paper."""

from collections.abc import Mapping
from datetime import datetime

from sop import papers as paper
from sop.office import Bundle
from sop.paperwork import kop, look
from sop.register import Line, NumberState


def register_surat(
    bundle: Bundle, unit: str, year: int, lines: tuple[Line, ...], receivers: Mapping[str, int], now: datetime
) -> paper.RegisterSurat:
    """The book of a unit and year; *receivers*: letter → to how many perangkat daerah. Not what is only held."""
    office = bundle.office
    named = (key for key in office.letterheads if office.numbering.unit_of(key) == unit)
    return paper.RegisterSurat(
        kop=kop(office, next(named, next(iter(office.letterheads)))),
        unit=unit,
        year=year,
        as_of=now,
        lines=tuple(_line(x, receivers) for x in lines if not x.entry or x.entry.state is not NumberState.HELD),
        look=look(office),
    )


_STATES: Mapping[NumberState, paper.NumberState] = {
    NumberState.USED: "terpakai",
    NumberState.OUTSIDE: "luar",
    NumberState.VOID: "batal",
    NumberState.REPLACED: "diganti",
    NumberState.REVOKED: "dibatalkan",
}


def _line(line: Line, receivers: Mapping[str, int]) -> paper.RegisterLine:
    entry = line.entry
    if entry is None:
        return paper.RegisterLine(first=line.first, last=line.last, state="kosong")
    return paper.RegisterLine(
        first=line.first,
        last=line.last,
        state=_STATES[entry.state],
        number=entry.number,
        dated=entry.dated,
        subject=entry.subject or None,
        receivers=receivers.get(entry.letter) or None,
        by=entry.by or None,
        at=entry.recorded_at,
        note=entry.note or None,
    )
