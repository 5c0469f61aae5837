"""A list of people as a spreadsheet: its rows become invitations, or mistakes with their row; never half of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sop.actions.inviting import Wanted, agency_roles
from sop.definition import ADMINISTRATOR
from sop.office import Bundle
from sop.refusals import BadInput

COLUMNS = ("kode OPD", "nama OPD", "nama petugas", "peran", "catatan")
_CODE, _NAME, _ROLE = "kode opd", "nama petugas", "peran"
MOST = 500  # invitations at once: what one sheet of slips can carry
HEADER_WITHIN = 10  # rows in which the header may stand


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a row (counted as the spreadsheet does); *problem* selects the sentence."""

    row: int
    problem: str  # unknown_opd | opd_missing | unknown_role | twice | name_long
    value: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The invitations of a list in its order, or its mistakes: there are no invitations where there are mistakes."""

    wanted: tuple[Wanted, ...]
    mistakes: tuple[Mistake, ...] = ()

    @property
    def opds(self) -> int:
        """How many agencies are named."""
        return len({w.opd for w in self.wanted if w.opd})


def read(rows: Sequence[Sequence[str]], bundle: Bundle) -> Roster:
    """The list. Rows without a name are left out: the form comes with a row for every agency.

    Raises:
        BadInput: no header, no name at all, or more people than one sheet can carry (field `roster`).
    """
    start, places = _header(rows)
    wanted: list[Wanted] = []
    mistakes: list[Mistake] = []
    seen: set[tuple[str, str, str]] = set()
    for number, row in enumerate(rows[start:], start + 1):
        values = {key: _cell(row, place) for key, place in places.items()}
        if not values[_NAME]:
            continue
        found = _invitation(number, values, bundle)
        if isinstance(found, Wanted):
            identity = (found.role, found.opd or "", found.label.casefold())
            found = Mistake(number, "twice", found.label) if identity in seen else found
            seen.add(identity)
        if isinstance(found, Mistake):
            mistakes.append(found)
        else:
            wanted.append(found)
    if not wanted and not mistakes:
        raise BadInput(field="roster", problem="empty")
    if len(wanted) + len(mistakes) > MOST:
        raise BadInput(field="roster", problem="many", value=str(MOST))
    return Roster((), tuple(mistakes)) if mistakes else Roster(tuple(wanted))


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Where the rows begin, and in which place each column stands; their order does not matter."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        titles = [" ".join(cell.split()).casefold() for cell in row]
        if _NAME in titles and _CODE in titles:
            places = {key: titles.index(key) for key in (_CODE, _NAME)}
            return number + 1, places | ({_ROLE: titles.index(_ROLE)} if _ROLE in titles else {})
    raise BadInput(field="roster", problem="header")


def _cell(row: Sequence[str], place: int) -> str:
    words = row[place] if place < len(row) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _invitation(number: int, values: dict[str, str], bundle: Bundle) -> Wanted | Mistake:
    name, code, role = values[_NAME], values[_CODE].casefold(), _role(values.get(_ROLE, ""), bundle)
    if len(name) > 80:
        return Mistake(number, "name_long", name)
    if role is None:
        return Mistake(number, "unknown_role", values.get(_ROLE, ""))
    if role not in agency_roles(bundle.sop):
        # The form comes with the code in every row: for a role of the office itself, it says nothing.
        return Wanted(role, None, name)
    if not code:
        return Mistake(number, "opd_missing", name)
    opd = next((o.key for o in bundle.opd_list.opds if code in (o.key.casefold(), o.short.casefold())), None)
    return Mistake(number, "unknown_opd", values[_CODE]) if opd is None else Wanted(role, opd, name)


def _role(words: str, bundle: Bundle) -> str | None:
    """The role by key, name or short name; none written means: the focal point of an agency."""
    if not words:
        return next(iter(agency_roles(bundle.sop)), None)
    known = {ADMINISTRATOR: ADMINISTRATOR}
    for key, actor in bundle.sop.actors.items():
        known |= {key.casefold(): key, actor.name.casefold(): key}
        known |= {actor.short.casefold(): key} if actor.short else {}
    return known.get(words.casefold())


def form_rows(bundle: Bundle) -> list[list[str]]:
    """The rows of the empty form: every agency with its code, so that only names are to be written."""
    role = next(iter(agency_roles(bundle.sop)), "")
    return [[o.key, o.name, "", bundle.sop.role_name(role), ""] for o in bundle.opd_list.opds]


def role_names(bundle: Bundle) -> list[str]:
    """The roles as they can be written in the list."""
    return [actor.short or actor.name for actor in bundle.sop.actors.values()]
