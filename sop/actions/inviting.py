"""Many invitations at once, on paper: a sheet of slips, printed once. The codes are kept nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sop import papers, paperwork_sheets
from sop.actions import people
from sop.actions.cycles import by_permission
from sop.definition import Sop
from sop.people import Acting
from sop.ports import Invitation, UnitOfWork
from sop.refusals import BadInput
from sop.worktime import WIB

SHEET = "undangan_akun"  # kind of the paper; it belongs to no cycle

Slip = tuple[str, str, str, datetime]  # holder, role in words, link, expiry


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invitation to be made; *label* names the person, if known."""

    role: str
    opd: str | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Agencies without anybody to speak for them: *fresh* were never invited (or no link is valid any more),
    *invited* have a link that nobody has used yet."""

    fresh: tuple[Wanted, ...]
    invited: tuple[Wanted, ...]


def agency_roles(sop: Sop) -> tuple[str, ...]:
    """The roles whose members each speak for one agency."""
    return tuple(key for key, actor in sop.actors.items() if actor.one_of == "opd")


def gaps(uow: UnitOfWork, now: datetime) -> Gaps:
    """Which agencies have no focal point."""
    covered = {(h.role, h.opd) for member in uow.people.members(now) for h in member.holdings}
    invited = {(i.role, i.opd) for i in uow.people.invitations(now)}
    missing = [
        Wanted(role, opd.key)
        for role in agency_roles(uow.office.sop)
        for opd in uow.office.opd_list.opds
        if (role, opd.key) not in covered
    ]
    return Gaps(
        tuple(w for w in missing if (w.role, w.opd) not in invited),
        tuple(w for w in missing if (w.role, w.opd) in invited),
    )


def invite_agencies(uow: UnitOfWork, who: Acting, *, again: bool, bot_name: str, now: datetime) -> tuple[str, int]:
    """One invitation for each agency without a focal point, as a sheet of slips; the paper and how many slips.

    *again*: also for those who have an unused invitation, which ends by this (its code cannot be printed again).

    Raises:
        NotYours: no permission. BadInput: every agency has somebody, or an invitation.
    """
    by_permission(uow, who, "manage_people")
    found = gaps(uow, now)
    wanted = (*found.fresh, *found.invited) if again else found.fresh
    if not wanted:
        raise BadInput(field="invitations", problem="none_missing")
    replaced = {(w.role, w.opd) for w in wanted}
    for old in uow.people.unanswered():
        if (old.role, old.opd) in replaced:
            people.revoke_invitation(uow, who, old.id, now=now)
    places = [o.key for o in uow.office.opd_list.opds]
    in_order = sorted(wanted, key=lambda w: (w.role, places.index(w.opd or "")))
    return invite_many(uow, who, in_order, bot_name=bot_name, now=now), len(wanted)


def invite_many(uow: UnitOfWork, who: Acting, wanted: Iterable[Wanted], *, bot_name: str, now: datetime) -> str:
    """All these invitations, and the paper with their slips (id; it is printed after the commit).

    Raises:
        NotYours: no permission. BadInput: an unknown role or agency. Nothing is made then.
    """
    slips = []
    for want in wanted:
        code = people.invite(uow, who, want.role, want.opd, want.label, now=now)
        slips.append(_slip(uow, people.look_at_invitation(uow, code, now=now), link(bot_name, code)))
    context = paperwork_sheets.undangan_akun(uow.office, tuple(slips), bot_name=bot_name)
    day = now.astimezone(WIB).date()
    return uow.papers.request(
        SHEET,
        papers.to_json(context),
        title=SHEET,
        filename=f"undangan-akun-{day:%Y-%m-%d}.pdf",
        audience="internal",
        cycle="",
        made_by=who.id,
        now=now,
    )


def link(bot_name: str, code: str) -> str:
    """The deep link of a code (Bot API)."""
    return f"https://t.me/{bot_name}?start={code}"


def _slip(uow: UnitOfWork, invitation: Invitation, address: str) -> Slip:
    role = uow.office.sop.role_name(invitation.role)
    opd = uow.office.opd(invitation.opd).name if invitation.opd else ""
    holder = ", ".join(filter(None, (invitation.label, opd))) or role
    return holder, role, address, invitation.expires_at
