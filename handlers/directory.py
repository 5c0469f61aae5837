"""Lists to choose from that several dialogues share: roles, agencies and people, in words."""

from typing import Any

from handlers.lists import page_of, turning
from handlers.turn import Turn
from sop.actions.cycles import by_permission
from sop.office import Opd
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR, Acting
from sop.refusals import NothingThere

KEY = 30  # letters of an agency's key that a button carries
Rows = list[list[Choice]]


def managing(turn: Turn) -> None:
    """That this person may manage people. Raises NotYours."""
    by_permission(turn.uow, turn.acting, "manage_people")


def role_rows(turn: Turn, action: str, id: str = "") -> Rows:
    """A button for every role of the SOP, and for the administrators."""
    return [
        [Choice(action, id, role, label_key="people.role_name", label={"role": turn.office.sop.role_name(role)})]
        for role in (*turn.office.sop.actors, ADMINISTRATOR)
    ]


def known_role(turn: Turn, role: str) -> str:
    """The role that a button names. Raises NothingThere."""
    if role != ADMINISTRATOR and role not in turn.office.sop.actors:
        raise NothingThere(what="peran")
    return role


def for_agency(turn: Turn, role: str) -> bool:
    """Whether a member of this role speaks for one agency."""
    actor = turn.office.sop.actors.get(role)
    return actor is not None and actor.one_of == "opd"


def opd_rows(turn: Turn, wanted: str, choose: str, turn_page: str, id: str = "") -> tuple[Rows, dict[str, Any]]:
    """A page of agencies: buttons *choose* with the key, *turn_page* with the page; and what to say of the page."""
    page = page_of(turn.office.opd_list.opds, wanted)
    rows = [
        [Choice(choose, id, opd.key[:KEY], label_key="people.opd_name", label={"name": opd.short})]
        for opd in page.items
    ]
    return [*rows, *turning(page, turn_page, id)], page.facts


def known_opd(turn: Turn, key: str) -> Opd:
    """The agency that a button names. Raises NothingThere."""
    found = next((o for o in turn.office.opd_list.opds if o.key[:KEY] == key), None)
    if found is None:
        raise NothingThere(what="opd")
    return found


def known_person(turn: Turn, id: str) -> Acting:
    """The member that a button names. Raises NothingThere."""
    found = turn.uow.people.get(id, turn.now)
    if found is None:
        raise NothingThere(what="anggota")
    return found


def in_words(turn: Turn, role: str, opd: str | None) -> dict[str, Any]:
    """Role and agency for a sentence."""
    return {"role": turn.office.sop.role_name(role), "opd": turn.office.opd(opd).name if opd else ""}


def described(turn: Turn, person: Acting) -> dict[str, Any]:
    """A line of a list: name, agencies in short, and whether the person can be written to."""
    opds = [turn.office.opd(h.opd).short for h in person.holdings if h.opd]
    return {
        "name": person.name,
        "opds": list(dict.fromkeys(opds)),
        "reachable": person.person.reachable,
        "reason": person.person.unreachable_reason,
    }
