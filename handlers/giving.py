"""Giving a member a further role; and the invitations that nobody has used, with their end."""

from handlers.directory import for_agency, in_words, known_opd, known_person, known_role, managing, opd_rows
from handlers.lists import page_of, pressed, turning
from handlers.members import ROLES
from handlers.registry import STAY, ButtonAction, Next
from handlers.turn import Turn
from sop.actions import people
from sop.outgoing import Choice
from sop.ports import Invitation
from sop.refusals import NothingThere

SUBJECT = "give:"  # and the person: what is chosen so far


def choose_role(turn: Turn) -> Next:
    """Which role; then the agency, where the role needs one."""
    managing(turn)
    who, role = known_person(turn, pressed(turn).id), known_role(turn, pressed(turn).arg)
    turn.begin(SUBJECT + who.id)
    turn.draft.clear()
    turn.draft["role"] = role
    return turn_opds(turn) if for_agency(turn, role) else _confirm(turn)


def turn_opds(turn: Turn) -> Next:
    """A page of agencies."""
    who = known_person(turn, pressed(turn).id)
    turn.begin(SUBJECT + who.id)
    rows, facts = opd_rows(turn, pressed(turn).arg, "people.give_opd", "people.give_opds", who.id)
    turn.show("people/ask_opd", rows, **in_words(turn, _role(turn), None), **facts)
    return STAY


def choose_opd(turn: Turn) -> Next:
    """The agency."""
    turn.begin(SUBJECT + pressed(turn).id)
    _role(turn)
    turn.draft["opd"] = known_opd(turn, pressed(turn).arg).key
    return _confirm(turn)


def _role(turn: Turn) -> str:
    role = turn.draft.get("role")
    if not role:
        raise NothingThere(what="tombol")
    return str(role)


def _confirm(turn: Turn) -> Next:
    who = known_person(turn, pressed(turn).id)
    rows = [
        [Choice("people.give_yes", who.id, style="success")],
        [Choice("people.person", who.id, label_key="people.keep")],
    ]
    turn.show("people/confirm_give", rows, name=who.name, **in_words(turn, _role(turn), turn.draft.get("opd")))
    return STAY


def give(turn: Turn) -> Next:
    """The role is theirs; they hear of it, and get its open tasks."""
    who = known_person(turn, pressed(turn).id)
    turn.begin(SUBJECT + who.id)
    role, opd = _role(turn), turn.draft.get("opd")
    turn.act(people.grant_role, who.id, role, opd)
    turn.forget_draft()
    rows = [[Choice("people.person", who.id, label_key="people.back_to_person")]]
    turn.show("people/given", rows, name=who.name, **in_words(turn, role, opd))
    return STAY


# --- invitations that nobody has used


def invitations(turn: Turn) -> Next:
    """Links that are out; whoever they are for has never pressed Start in that role, and cannot be reminded."""
    managing(turn)
    page = page_of(turn.uow.people.unanswered(), pressed(turn).arg)
    rows = [
        [Choice("people.invitation", i.id, label=_short(turn, i) | {"lapsed": i.expires_at <= turn.now})]
        for i in page.items
    ]
    rows += turning(page, "people.invitations")
    rows.append([Choice("people.roster", arg="0", label_key="people.back")])
    turn.show("people/invitations", rows, **page.facts)
    return STAY


def _short(turn: Turn, invitation: Invitation) -> dict[str, str]:
    opd = turn.office.opd(invitation.opd).short if invitation.opd else ""
    return {"label": invitation.label, "opd": opd, "role": turn.office.sop.role_name(invitation.role)}


def _found(turn: Turn) -> Invitation:
    found = next((i for i in turn.uow.people.unanswered() if i.id == pressed(turn).id), None)
    if found is None:
        raise NothingThere(what="undangan")
    return found


def invitation(turn: Turn) -> Next:
    """One of them, and its end."""
    managing(turn)
    found = _found(turn)
    maker = turn.uow.people.get(found.created_by, turn.now)
    rows = [
        [Choice("people.uninvite", found.id, style="danger")],
        [Choice("people.invitations", label_key="people.back_to_invitations")],
    ]
    turn.show(
        "people/invitation",
        rows,
        **in_words(turn, found.role, found.opd),
        label=found.label,
        created_at=found.created_at,
        expires_at=found.expires_at,
        lapsed=found.expires_at <= turn.now,
        by=maker.name if maker else "",
    )
    return STAY


def uninvite(turn: Turn) -> Next:
    """The link is useless from here on."""
    found = _found(turn)
    turn.act(people.revoke_invitation, found.id)
    rows = [
        [Choice("people.invitations", label_key="people.back_to_invitations")],
        [Choice("invite.start", label_key="invite.another")],
    ]
    turn.show("people/uninvited", rows, label=found.label, **in_words(turn, found.role, found.opd))
    return STAY


BUTTONS = (
    ButtonAction("people.give_role", choose_role, roles=ROLES),
    ButtonAction("people.give_opds", turn_opds, roles=ROLES),
    ButtonAction("people.give_opd", choose_opd, roles=ROLES),
    ButtonAction("people.give_yes", give, roles=ROLES),
    ButtonAction("people.invitations", invitations, roles=ROLES),
    ButtonAction("people.invitation", invitation, roles=ROLES),
    ButtonAction("people.uninvite", uninvite, roles=ROLES),
)
