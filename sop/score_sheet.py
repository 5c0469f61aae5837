"""Values of the indicators as a spreadsheet: filled in beside the chat, read back as differences, never half taken.

Every row carries a key made of the cycle and of what each cell said when the sheet was made. So a cell that nobody has
touched changes nothing, even if the chat has moved on; and one that was touched on both sides is shown as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sop import scoring
from sop.instrument import Indicator, Instrument
from sop.refusals import BadInput
from sop.scoring import Entry, Phase, Score

CODE, KEY = "kode", "kunci (jangan diubah)"
TITLES: Mapping[Phase, Mapping[str, str]] = {  # fields of `Entry` → title of their column
    Phase.MEETING: {"value": "nilai", "words": "catatan", "service": "nama layanan"},
    Phase.FORM: {
        "value": "nilai akhir",
        "words": "penjelasan",
        "improvement": "perbaikan",
        "service": "nama layanan",
    },
}
FORMS: Mapping[Phase, str] = {Phase.MEETING: "penilaian", Phase.FORM: "formulir"}  # in templates/spreadsheets/
HEADER_WITHIN = 10  # rows in which the header may stand
Cells = Sequence[Sequence[str | Decimal]]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a row (counted as the spreadsheet does); *problem* selects the sentence."""

    row: int
    code: str
    problem: str  # unknown_code | twice | form | range | whole | places | long | no_service | source
    value: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that would change something. *overtaken*: the chat has changed it too since the sheet was made."""

    row: int
    code: str
    field: str
    before: str
    after: str
    overtaken: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that came back: new entries by code, with their differences; or its mistakes, and then no entries."""

    entries: Mapping[str, Entry]
    differences: tuple[Difference, ...] = ()
    mistakes: tuple[Mistake, ...] = ()

    @property
    def digest(self) -> str:
        """Changes with what would be changed: a button carries it, so that nothing is taken unseen."""
        return scoring.digest("\n".join(f"{d.code}.{d.field}:{d.before}>{d.after}" for d in self.differences))


def rows(
    cycle: str, instrument: Instrument, scores: Mapping[str, Score], phase: Phase, beside: Mapping[str, tuple[str, str]]
) -> Cells:
    """The table of the sheet. *beside*: what stands next to each code to be read only (last year's value, evidence)."""
    made = []
    for indicator in instrument.indicators:
        entry = scoring.entry_of(scores[indicator.code], phase)
        cells = entry.cells()
        fields = [f for f in TITLES[phase] if f != "value"]
        made.append(
            [
                indicator.code,
                indicator.name,
                *beside[indicator.code],
                entry.value if entry.value is not None else "",
                *(cells[f] for f in fields),
                _key(cycle, cells, phase),
            ]
        )
    return made


def _key(cycle: str, cells: Mapping[str, str], phase: Phase) -> str:
    return ".".join((cycle, *(scoring.digest(cells[f]) for f in TITLES[phase])))


def read(
    found: Sequence[Sequence[str]], cycle: str, instrument: Instrument, scores: Mapping[str, Score], phase: Phase
) -> Filled:
    """The filled sheet against what stands now. Empty cells leave things as they are; their order does not matter.

    Raises:
        BadInput (`score_sheet`): no header (`header`), the sheet of another cycle or step (`other`), nothing in it
            (`empty`).
    """
    start, places = _header(found, phase)
    entries: dict[str, Entry] = {}
    differences: list[Difference] = []
    mistakes: list[Mistake] = []
    seen: set[str] = set()
    for number, row in enumerate(found[start:], start + 1):
        cells = {title: row[place].strip() if place < len(row) else "" for title, place in places.items()}
        if not any(cells.values()):
            continue
        indicator = _indicator(instrument, cells[CODE])
        if indicator is None or indicator.code in seen:
            mistakes.append(Mistake(number, cells[CODE], "twice" if indicator else "unknown_code", cells[CODE]))
            continue
        seen.add(indicator.code)
        known = _known(cells.get(KEY, ""), cycle, phase)
        stands = scoring.entry_of(scores[indicator.code], phase)
        entry, changed, wrong = _row(number, cells, known, instrument, indicator, stands, phase)
        mistakes += wrong
        differences += changed
        if changed:
            entries[indicator.code] = entry
    if not seen and not mistakes:
        raise BadInput(field="score_sheet", problem="empty")
    return Filled({}, (), tuple(mistakes)) if mistakes else Filled(entries, tuple(differences))


def _header(found: Sequence[Sequence[str]], phase: Phase) -> tuple[int, dict[str, int]]:
    """Where the rows begin, and in which place each column stands."""
    wanted = (CODE, *TITLES[phase].values(), KEY)
    needed = TITLES[phase]["value"]
    for number, row in enumerate(found[:HEADER_WITHIN]):
        titles = [" ".join(cell.split()).casefold() for cell in row]
        if CODE in titles and needed in titles:
            return number + 1, {title: titles.index(title) for title in wanted if title in titles}
        if CODE in titles and any(t["value"] in titles for t in TITLES.values()):
            raise BadInput(field="score_sheet", problem="other")
    raise BadInput(field="score_sheet", problem="header")


def _indicator(instrument: Instrument, code: str) -> Indicator | None:
    return next((i for i in instrument.indicators if i.code.casefold() == code.casefold()), None)


def _known(key: str, cycle: str, phase: Phase) -> dict[str, str]:
    """What each field said when the sheet was made, as digests; nothing for a row without its key.

    Raises:
        BadInput: the sheet belongs to another cycle.
    """
    of_cycle, *digests = key.split(".")
    if not key or len(digests) != len(TITLES[phase]):
        return {}
    if of_cycle != cycle:
        raise BadInput(field="score_sheet", problem="other")
    return dict(zip(TITLES[phase], digests, strict=True))


def _row(
    number: int,
    cells: Mapping[str, str],
    known: Mapping[str, str],
    instrument: Instrument,
    indicator: Indicator,
    stands: Entry,
    phase: Phase,
) -> tuple[Entry, list[Difference], list[Mistake]]:
    entry, changed, wrong = stands, [], []
    before = stands.cells()
    for field, title in TITLES[phase].items():
        sent = cells.get(title, "")
        if not sent or known.get(field) == scoring.digest(sent):
            continue
        try:
            entry = replace(entry, **{field: _cell(instrument, indicator, field, sent)})  # type: ignore[arg-type]  # `_cell` reads each field as its own type
        except BadInput as bad:
            wrong.append(Mistake(number, indicator.code, bad.problem, sent))
            continue
        after = entry.cells()[field]
        if after != before[field]:
            overtaken = bool(known) and known[field] != scoring.digest(before[field])
            changed.append(Difference(number, indicator.code, field, before[field], after, overtaken))
    if changed and indicator.external and entry.value is not None and not entry.words:
        wrong.append(Mistake(number, indicator.code, "source"))
    return entry, changed, wrong


def _cell(instrument: Instrument, indicator: Indicator, field: str, sent: str) -> str | Decimal:
    if field == "value":
        return scoring.read_value(instrument, indicator, sent)
    if field == "service" and not indicator.named_service:
        raise BadInput(field="service", problem="no_service", value=indicator.code)
    return scoring.read_words(field, sent, scoring.LONGEST_SERVICE if field == "service" else scoring.LONGEST_NOTE)
