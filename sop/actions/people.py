"""Acts on people: first administrator, invitations, joining, roles, reachability, settings, groups."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from sop import events
from sop.actions.cycles import by_permission
from sop.actions.substitution import end, known_member
from sop.cycle import Signed
from sop.definition import Sop
from sop.people import ADMINISTRATOR, Acting, Person, Settings
from sop.ports import GroupBinding, Invitation, UnitOfWork
from sop.refusals import BadInput, InvitationUseless, NothingThere
from sop.telling import tell


def hash_code(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def new_code() -> str:
    """A code that fits a deep link (Bot API: 1-64 of A-Z a-z 0-9 _ -), 128 bits."""
    return secrets.token_urlsafe(16)


def issue_first_code(uow: UnitOfWork, *, now: datetime) -> str | None:
    """The one-time code for the first administrator; None when there is one. An unused older code ends."""
    if uow.people.holders(ADMINISTRATOR, None, now):
        return None
    for old in uow.people.invitations(now):
        if old.role == ADMINISTRATOR:
            uow.people.revoke_invitation(old.id, now)
    code = new_code()
    invitation = Invitation(uow.new_id(), ADMINISTRATOR, None, "pertama", now, now + timedelta(days=30), "")
    uow.people.invite(invitation, hash_code(code))
    _issued(uow, None, invitation, now)
    return code


def invite(uow: UnitOfWork, who: Acting, role: str, opd: str | None, label: str, *, now: datetime) -> str:
    """Make a single-use, expiring link for a role (and agency); the code is returned once and kept hashed.

    Raises:
        NotYours: no permission. BadInput: unknown role, or an agency where one is needed.
    """
    by = by_permission(uow, who, "manage_people")
    _check_role(uow, role, opd)
    code = new_code()
    expires = now + timedelta(days=uow.office.office.invitation_days)
    invitation = Invitation(uow.new_id(), role, opd, label.strip()[:80], now, expires, who.id)
    uow.people.invite(invitation, hash_code(code))
    _issued(uow, by, invitation, now)
    return code


def _issued(uow: UnitOfWork, by: Signed | None, invitation: Invitation, now: datetime) -> None:
    happened = events.InvitationIssued(
        invitation=invitation.id, role=invitation.role, opd=invitation.opd, label=invitation.label
    )
    tell(uow, by, now, happened)


def _check_role(uow: UnitOfWork, role: str, opd: str | None) -> None:
    actor = uow.office.sop.actors.get(role)
    if actor is None and role != ADMINISTRATOR:
        raise BadInput(field="role", problem="unknown", value=role)
    needs_opd = actor is not None and actor.one_of == "opd"
    known = {o.key for o in uow.office.opd_list.opds}
    if needs_opd and opd not in known:
        raise BadInput(field="opd", problem="unknown", value=opd or "")
    if not needs_opd and opd:
        raise BadInput(field="opd", problem="not_for_role", value=opd)


def look_at_invitation(uow: UnitOfWork, code: str, *, now: datetime) -> Invitation:
    """What a link would bind, before it is confirmed.

    Raises:
        InvitationUseless: unknown, expired, used or revoked; one answer for all, so that it tells nothing.
    """
    return _usable(uow, hash_code(code), now)


def _usable(uow: UnitOfWork, code_hash: str, now: datetime) -> Invitation:
    found = uow.people.invitation(code_hash)
    if found is None or found.used_at or found.revoked_at or found.expires_at <= now:
        raise InvitationUseless()
    return found


def accept_invitation(uow: UnitOfWork, telegram_id: int, name: str, code_hash: str, *, now: datetime) -> Person:
    """Bind the role of a link to this Telegram id, once; of its code only the hash is known (`hash_code`).

    Raises:
        InvitationUseless: it cannot be used (any more), also when somebody else was a moment faster.
    """
    found = _usable(uow, code_hash, now)
    person = uow.people.join(telegram_id, name.strip()[:80] or str(telegram_id), now)
    if not uow.people.use_invitation(found.id, person.id, now):
        raise InvitationUseless()
    uow.people.hold(person.id, found.role, found.opd, found.created_by, now)
    by = Signed(person.id, person.name, found.role, uow.office.sop.role_name(found.role), found.opd)
    joined = events.MemberJoined(person=person.id, name=person.name, role=found.role, opd=found.opd)
    tell(uow, by, now, joined)
    return person


def revoke_role(uow: UnitOfWork, who: Acting, person_id: str, role: str, opd: str | None, *, now: datetime) -> None:
    """Take a role back. The last administrator cannot be taken away.

    Raises:
        NotYours: no permission. NothingThere: the person does not hold it. BadInput: the last administrator.
    """
    by = by_permission(uow, who, "manage_people")
    person = known_member(uow, person_id, now)
    if not person.holds(role, opd):
        raise NothingThere(what="peran")
    if role == ADMINISTRATOR and sum(m.holds(role, None) for m in uow.people.members(now)) <= 1:
        raise BadInput(field="role", problem="last_administrator")
    uow.people.revoke(person_id, role, opd, now)
    tell(uow, by, now, events.RoleRevoked(person=person_id, name=person.name, role=role, opd=opd))
    for lent in uow.people.delegations(now):  # nobody acts for somebody who has no such role any more
        if (lent.absent, lent.role, lent.opd) == (person_id, role, opd):
            end(uow, lent.id, by, now)


def grant_role(uow: UnitOfWork, who: Acting, person_id: str, role: str, opd: str | None, *, now: datetime) -> None:
    """Give a member a further role, without an invitation.

    Raises:
        NotYours: no permission. NothingThere: no such member. BadInput: unknown role, an agency where none belongs or
            none where one is needed, or a role held already.
    """
    by = by_permission(uow, who, "manage_people")
    _check_role(uow, role, opd)
    person = known_member(uow, person_id, now)
    if person.holds(role, opd):
        raise BadInput(field="role", problem="held")
    uow.people.hold(person_id, role, opd, who.id, now)
    tell(uow, by, now, events.RoleGranted(person=person_id, name=person.name, role=role, opd=opd))


def revoke_invitation(uow: UnitOfWork, who: Acting, invitation: str, *, now: datetime) -> None:
    """Make an unused link useless.

    Raises:
        NotYours: no permission. NothingThere: it was used or revoked.
    """
    by = by_permission(uow, who, "manage_people")
    found = next((i for i in uow.people.unanswered() if i.id == invitation), None)
    if found is None or not uow.people.revoke_invitation(invitation, now):
        raise NothingThere(what="undangan")
    revoked = events.InvitationRevoked(invitation=found.id, role=found.role, opd=found.opd, label=found.label)
    tell(uow, by, now, revoked)


def unreachable(uow: UnitOfWork, person_id: str, reason: str, *, now: datetime) -> None:
    """Telegram says for good that this person cannot be written to; seen in the roster, told once."""
    person = uow.people.get(person_id, now)
    if person is None or not person.person.reachable:
        return
    uow.people.mark_reachable(person_id, False, reason)
    tell(uow, None, now, events.Unreachable(person=person_id, name=person.name, reason=reason))


def reachable_again(uow: UnitOfWork, person_id: str, *, now: datetime) -> None:
    """The person wrote to us or unblocked the bot."""
    person = uow.people.get(person_id, now)
    if person is None or person.person.reachable:
        return
    uow.people.mark_reachable(person_id, True)
    tell(uow, None, now, events.ReachableAgain(person=person_id, name=person.name))


_CLOCK = re.compile(r"^([01]\d|2[0-3])\.[0-5]\d$")


def change_settings(uow: UnitOfWork, who: Acting, wanted: Settings, *, now: datetime) -> Settings:
    """Quiet hours within what the office allows, digest or single notices.

    Raises:
        BadInput: no time of day, or outside the office's range.
    """
    allowed = uow.office.office.quiet
    if wanted.quiet_from or wanted.quiet_until:
        if not (_CLOCK.match(wanted.quiet_from) and _CLOCK.match(wanted.quiet_until)):
            raise BadInput(field="quiet", problem="form")
        if wanted.quiet_from < allowed.earliest_from or wanted.quiet_until > allowed.latest_until:
            raise BadInput(field="quiet", problem="range", value=f"{allowed.earliest_from}–{allowed.latest_until}")
    before = uow.people.settings(who.id)
    uow.people.set_settings(who.id, wanted)
    by = Signed(who.id, who.name, "", "")
    happened = events.SettingsChanged(person=who.id, before=_settings(before), after=_settings(wanted))
    tell(uow, by, now, happened)
    return wanted


def _settings(value: Settings) -> dict[str, object]:
    return {"quiet_from": value.quiet_from, "quiet_until": value.quiet_until, "digest": value.digest}


_TEAMS = ("tim_diskominfo", "tim_kota")


def group_purposes(sop: Sop) -> tuple[str, ...]:
    """What a group can be bound for: the two teams; under another SOP, every actor who is no agency."""
    teams = tuple(team for team in _TEAMS if team in sop.actors)
    return teams or tuple(key for key, actor in sop.actors.items() if actor.one_of is None)


def bind_group(uow: UnitOfWork, who: Acting, binding: GroupBinding, *, now: datetime) -> None:
    """Bind a group (and topic) to its purpose: the actor whose members live in it. Twice does no harm.

    Raises:
        NotYours: no permission. BadInput: no such purpose.
    """
    by = by_permission(uow, who, "bind_group")
    if binding.purpose not in group_purposes(uow.office.sop):
        raise BadInput(field="group_purpose", problem="unknown", value=binding.purpose)
    before = uow.groups.of(binding.purpose)
    if before is not None and (before.chat, before.thread) == (binding.chat, binding.thread):
        return
    uow.groups.bind(binding, who.id, now)
    happened = events.GroupBound(purpose=binding.purpose, chat=binding.chat, thread=binding.thread, title=binding.title)
    tell(uow, by, now, happened)


def migrate_group(uow: UnitOfWork, old_chat: int, new_chat: int, *, now: datetime) -> None:
    """A group became a supergroup: its number changes everywhere in this unit of work; twice does no harm."""
    for binding in uow.groups.migrate(old_chat, new_chat):
        happened = events.GroupMigrated(purpose=binding.purpose, old_chat=old_chat, new_chat=new_chat)
        tell(uow, None, now, happened)


def lose_group(uow: UnitOfWork, chat: int, reason: str, *, now: datetime) -> None:
    """The bot was removed from a group: its bindings end, the administrators are told."""
    for binding in uow.groups.lose(chat, now):
        tell(uow, None, now, events.GroupLost(purpose=binding.purpose, chat=chat, reason=reason))
