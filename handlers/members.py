"""`/anggota`: who is there by role, who cannot be reminded and why; giving and revoking roles."""

from typing import Any

from handlers.directory import described, in_words, known_person, known_role, managing, role_rows
from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Next
from handlers.turn import Turn
from sop.actions import people
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR, Acting, Holding
from sop.refusals import NothingThere

ROLES = frozenset({ADMINISTRATOR})
Rows = list[list[Choice]]


def roster(turn: Turn) -> Next:
    """`/anggota`: how many by role, and who cannot be reminded. Inside the list (arg "0") it turns the page."""
    managing(turn)
    members = [m for m in turn.uow.people.members(turn.now) if m.holdings]
    unused = turn.uow.people.unanswered()
    cut_off = [m for m in members if not m.person.reachable]
    rows = [_role_button(turn, role, members) for role in (*turn.office.sop.actors, ADMINISTRATOR)]
    if unused:
        rows.append([Choice("people.invitations", label={"count": len(unused)})])
    if cut_off:
        rows.append([Choice("people.cut_off", label={"count": len(cut_off)})])
    rows.append([Choice("invite.start", style="primary"), Choice("delegation.open")])
    covered = {h.opd for m in members for h in m.holdings if h.opd}
    opds = [o.key for o in turn.office.opd_list.opds]
    (turn.show if pressed(turn).arg else turn.say)(
        "people/roster",
        rows,
        members=len(members),
        unused=len(unused),
        cut_off=len(cut_off),
        opds=len(opds),
        covered=len(covered & set(opds)),
    )
    return STAY if pressed(turn).arg else END


def _role_button(turn: Turn, role: str, members: list[Acting]) -> list[Choice]:
    count = sum(any(h.role == role for h in m.holdings) for m in members)
    name = {"role": turn.office.sop.role_name(role), "count": count}
    return [Choice("people.role", role, "0", label=name)]


def of_role(turn: Turn) -> Next:
    """The holders of a role, eight to a page."""
    managing(turn)
    role = known_role(turn, pressed(turn).id)
    holders = [m for m in turn.uow.people.members(turn.now) if any(h.role == role for h in m.holdings)]
    _list(turn, holders, "people.role", role, "people/of_role", in_words(turn, role, None))
    return STAY


def cut_off(turn: Turn) -> Next:
    """Those whom Telegram does not let us write to."""
    managing(turn)
    found = [m for m in turn.uow.people.members(turn.now) if m.holdings and not m.person.reachable]
    _list(turn, found, "people.cut_off", "", "people/cut_off", {})
    return STAY


def _list(turn: Turn, found: list[Acting], action: str, id: str, template: str, facts: dict[str, Any]) -> None:
    page = page_of(found, pressed(turn).arg)
    lines = [described(turn, m) for m in page.items]
    rows: Rows = [
        [Choice("people.person", member.id, label={"name": line["name"], "opds": line["opds"]})]
        for member, line in zip(page.items, lines, strict=True)
    ]
    rows += turning(page, action, id)
    rows.append([Choice("people.roster", arg="0", label_key="people.back")])
    turn.show(template, rows, people=lines, **facts, **page.facts)


# --- one person


def person(turn: Turn) -> Next:
    """One member: roles, substitutions, and what can be done."""
    managing(turn)
    _show_person(turn, known_person(turn, pressed(turn).id))
    return STAY


def _show_person(turn: Turn, who: Acting) -> None:
    rows: Rows = [
        [Choice("people.revoke", who.id, h.id, style="danger", label=in_words(turn, h.role, h.opd))]
        for h in who.holdings[:6]
    ]
    rows.append([Choice("people.give", who.id)])
    rows.append([Choice("people.roster", arg="0", label_key="people.back")])
    lent = [d for d in turn.uow.people.delegations(turn.now) if who.id in (d.substitute, d.absent)]
    turn.show(
        "people/person",
        rows,
        **described(turn, who),
        roles=[in_words(turn, h.role, h.opd) | {"since": h.since} for h in who.holdings],
        started_at=who.person.started_at,
        substitutions=[
            in_words(turn, d.role, d.opd)
            | {
                "kind": d.kind,
                "absent": d.absent_name,
                "substitute": known_person(turn, d.substitute).name,
                "starts_on": d.starts_on,
                "ends_on": d.ends_on,
            }
            for d in lent[:3]
        ],
    )


def _holding(turn: Turn) -> tuple[Acting, Holding]:
    who = known_person(turn, pressed(turn).id)
    held = next((h for h in who.holdings if h.id == pressed(turn).arg), None)
    if held is None:
        raise NothingThere(what="peran")
    return who, held


def ask_revoke(turn: Turn) -> Next:
    """Say what revoking means, and ask once."""
    managing(turn)
    who, held = _holding(turn)
    rows: Rows = [
        [Choice("people.revoke_yes", who.id, held.id, style="danger")],
        [Choice("people.person", who.id, label_key="people.keep")],
    ]
    left = len(turn.uow.people.holders(held.role, held.opd, turn.now)) - 1
    facts = in_words(turn, held.role, held.opd)
    turn.show("people/ask_revoke", rows, name=who.name, left=left, last=len(who.holdings) == 1, **facts)
    return STAY


def revoke(turn: Turn) -> Next:
    """Take the role back."""
    who, held = _holding(turn)
    turn.act(people.revoke_role, who.id, held.role, held.opd)
    rows: Rows = [
        [Choice("people.person", who.id, label_key="people.back_to_person")],
        [Choice("people.roster", arg="0", label_key="people.back")],
    ]
    turn.show("people/revoked", rows, name=who.name, **in_words(turn, held.role, held.opd))
    return STAY


def ask_give(turn: Turn) -> Next:
    """A further role for somebody who is here already."""
    managing(turn)
    who = known_person(turn, pressed(turn).id)
    rows = role_rows(turn, "people.give_role", who.id)
    rows.append([Choice("people.person", who.id, label_key="people.keep")])
    turn.show("people/ask_give", rows, name=who.name)
    return STAY


BUTTONS = (
    ButtonAction("people.open", roster, roles=ROLES),
    ButtonAction("people.roster", roster, roles=ROLES),
    ButtonAction("people.role", of_role, roles=ROLES),
    ButtonAction("people.cut_off", cut_off, roles=ROLES),
    ButtonAction("people.person", person, roles=ROLES),
    ButtonAction("people.revoke", ask_revoke, roles=ROLES),
    ButtonAction("people.revoke_yes", revoke, roles=ROLES),
    ButtonAction("people.give", ask_give, roles=ROLES),
)
COMMANDS = (Command("anggota", roster, roles=ROLES),)
