"""A list of people and new agencies as a spreadsheet: what becomes of its rows, or its mistakes; never half of them."""

from dataclasses import dataclass

from sop.actions.inviting import Wanted, agency_roles
from sop.definition import ADMINISTRATOR
from sop.new_agencies import Mistake, read_agencies
from sop.office import Bundle, Opd
from sop.refusals import BadInput
from sop.sheets import Rows, cells, header

COLUMNS = ("kode OPD", "nama OPD", "nama petugas", "peran", "catatan")
_CODE, _NAME, _ROLE = "kode opd", "nama petugas", "peran"
MOST = 500  # invitations at once: what one sheet of slips can carry


@dataclass(frozen=True, slots=True)
class Roster:
    """The invitations of a list in its order and its new agencies, or its mistakes: then there is nothing else."""

    wanted: tuple[Wanted, ...]
    mistakes: tuple[Mistake, ...] = ()
    agencies: tuple[Opd, ...] = ()

    @property
    def opds(self) -> int:
        """How many agencies the invitations are for."""
        return len({w.opd for w in self.wanted if w.opd})


def read(rows: Rows, bundle: Bundle, agency_rows: Rows = ()) -> Roster:
    """The list of people, and the list of agencies beside it. Rows without a name are left out: the form comes with a
    row for every agency. *agency_rows* may be the same rows (a CSV is one of both lists).

    Raises:
        BadInput: neither header, nothing at all, or more people than one sheet can carry (field `roster`).
    """
    agencies, mistakes = read_agencies(agency_rows, bundle.opd_list.opds)
    known = bundle.with_agencies(agencies or ())
    found = header(rows, (_CODE, _NAME), (_ROLE,))
    if found is None and agencies is None:
        raise BadInput(field="roster", problem="header")
    wanted, wrong = _people(rows, *found, known) if found else ([], [])
    if not (wanted or wrong or agencies or mistakes):
        raise BadInput(field="roster", problem="empty")
    if len(wanted) + len(wrong) > MOST:
        raise BadInput(field="roster", problem="many", value=str(MOST))
    if mistakes or wrong:
        return Roster((), (*mistakes, *wrong))
    return Roster(tuple(wanted), agencies=tuple(agencies or ()))


def _people(rows: Rows, start: int, places: dict[str, int], bundle: Bundle) -> tuple[list[Wanted], list[Mistake]]:
    wanted: list[Wanted] = []
    mistakes: list[Mistake] = []
    seen: set[tuple[str, str, str]] = set()
    for number, values in cells(rows, start, places):
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
    return wanted, mistakes


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
