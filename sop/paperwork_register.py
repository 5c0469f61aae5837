"""From the register of letter numbers to its paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sop import papers as paper
from sop.letters import Letter
from sop.office import Bundle, Office
from sop.paperwork import kop, look
from sop.register import Line, NumberState
from sop.worktime import WIB


@dataclass(frozen=True, slots=True)
class Addressed:
    """To how many perangkat daerah a letter went, or which title it names."""

    opds: int = 0
    title: str = ""


def addressed(office: Office, letter: Letter, opds: int) -> Addressed:
    """Whom a letter is for; *opds* of its cycle, if it is one to them. A Berita Acara is for nobody."""
    if letter.kind == "nota_dinas":
        head = office.signatory(office.letter_signatory, letter.dated or letter.created_at.astimezone(WIB).date())
        return Addressed(title=head.title if head else office.name)
    if letter.kind == "undangan_rapat":
        return Addressed(title=office.meeting_recipients)
    return Addressed(opds=opds)


def register_surat(
    bundle: Bundle, unit: str, year: int, lines: tuple[Line, ...], to: Mapping[str, Addressed], now: datetime
) -> paper.RegisterSurat:
    """The book of a unit and year; *to* by letter. Not what is only held."""
    office = bundle.office
    named = (key for key in office.letterheads if office.numbering.unit_of(key) == unit)
    return paper.RegisterSurat(
        kop=kop(office, next(named, next(iter(office.letterheads)))),
        unit=unit,
        year=year,
        as_of=now,
        lines=tuple(_line(x, to) for x in lines if not x.entry or x.entry.state is not NumberState.HELD),
        look=look(office),
    )


_STATES: Mapping[NumberState, paper.NumberState] = {
    NumberState.USED: "terpakai",
    NumberState.OUTSIDE: "luar",
    NumberState.VOID: "batal",
    NumberState.REPLACED: "diganti",
    NumberState.REVOKED: "dibatalkan",
}


def _line(line: Line, to: Mapping[str, Addressed]) -> paper.RegisterLine:
    entry = line.entry
    if entry is None:
        return paper.RegisterLine(first=line.first, last=line.last, state="kosong")
    letter = to.get(entry.letter, Addressed())
    return paper.RegisterLine(
        first=line.first,
        last=line.last,
        state=_STATES[entry.state],
        number=entry.number,
        dated=entry.dated,
        subject=entry.subject or None,
        receivers=letter.opds or None,
        addressed_to=letter.title or None,
        by=entry.by or None,
        at=entry.recorded_at,
        note=entry.note or None,
    )
