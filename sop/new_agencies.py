"""Agencies in a spreadsheet: those that the office's list does not have yet, or the mistakes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sop.office import Opd
from sop.sheets import Rows, cells, header

COLUMNS = ("kode", "nama", "singkatan", "sebutan kepala")
LONGEST = {"nama": 120, "singkatan": 30, "sebutan kepala": 140}
_CODE = re.compile(r"[a-z0-9_]{2,30}")  # a button carries it whole


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a row (counted as the spreadsheet does); *problem* selects the sentence.

    *table* is the sheet: `petugas` or `opd`.
    """

    row: int
    problem: str  # people: unknown_opd | opd_missing | unknown_role | twice | name_long; agencies: see `_agency`
    value: str = ""
    table: str = "petugas"


def read_agencies(rows: Rows, known: Sequence[Opd]) -> tuple[list[Opd] | None, list[Mistake]]:
    """The agencies that are not *known*, and the mistakes; None when the rows are no list of agencies.

    A row that repeats an agency, known or in an earlier row, is left out: the same list may come again after a
    correction.
    """
    found = header(rows, COLUMNS)
    if found is None:
        return None, []
    fresh: list[Opd] = []
    mistakes: list[Mistake] = []
    for number, values in cells(rows, *found):
        if not any(values.values()):
            continue
        opd = Opd(
            key=values["kode"].casefold(), name=values["nama"], short=values["singkatan"], head=values["sebutan kepala"]
        )
        problem, value = _agency(opd, (*known, *fresh))
        if problem:
            mistakes.append(Mistake(number, problem, value, "opd"))
        elif opd not in (*known, *fresh):
            fresh.append(opd)
    return fresh, mistakes


def _agency(opd: Opd, known: Sequence[Opd]) -> tuple[str, str]:
    """What is wrong with a row, and the word that says where; ("", "") when nothing is."""
    words = dict(zip(COLUMNS, (opd.key, opd.name, opd.short, opd.head), strict=True))
    if missing := next((title for title in COLUMNS if not words[title]), None):
        return "opd_incomplete", missing
    if not _CODE.fullmatch(opd.key):
        return "opd_code", opd.key
    if long := next((title for title, most in LONGEST.items() if len(words[title]) > most), None):
        return "opd_long", long
    twin = next((o for o in known if _alike(opd, o)), None)
    return ("opd_taken", twin.name) if twin is not None and twin != opd else ("", "")


def _alike(one: Opd, other: Opd) -> bool:
    """Whether one could be taken for the other: people write the code or the short name, letters the name."""
    codes = {one.key, one.short.casefold()}
    return bool(codes & {other.key.casefold(), other.short.casefold()}) or one.name.casefold() == other.name.casefold()
