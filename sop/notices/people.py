"""What follows when people come and go, are substituted or cannot be reached; and when a group is lost."""

from datetime import datetime

from sop import events
from sop.convening import invite_newcomer
from sop.delivery import deliver_to_newcomer
from sop.notices.common import give_open_tasks, opd_name, refresh_role, tell_roles
from sop.notices.hearing import hears
from sop.outgoing import Choice, Message, ToPerson
from sop.people import ADMINISTRATOR
from sop.ports import UnitOfWork


def _catch_up(uow: UnitOfWork, person: str, now: datetime, *, again: bool = False) -> None:
    """What went out before somebody had the role: letters, the date of a meeting, cards of open tasks."""
    deliver_to_newcomer(uow, person, now)
    invite_newcomer(uow, person, now, again=again)
    give_open_tasks(uow, person, now)


@hears(events.MemberJoined)
def _joined(uow: UnitOfWork, event: events.MemberJoined, now: datetime) -> None:
    """Letters that were sent before and open tasks of the role come to the newcomer; menus follow."""
    uow.outbox.refresh_menu(event.person)
    _catch_up(uow, event.person, now)


@hears(events.RoleGranted)
def _granted(uow: UnitOfWork, event: events.RoleGranted, now: datetime) -> None:
    uow.outbox.refresh_menu(event.person)
    uow.outbox.add(
        Message(
            ToPerson(event.person),
            "role_granted",
            {"role": uow.office.sop.role_name(event.role), "opd": opd_name(uow, event.opd)},
            choices=((Choice("tasks.mine", style="primary"), Choice("help.open")),),
            key=f"granted:{event.person}:{event.role}:{event.opd}:{now.isoformat()}",
        )
    )
    _catch_up(uow, event.person, now)


@hears(events.RoleRevoked)
def _revoked(uow: UnitOfWork, event: events.RoleRevoked, now: datetime) -> None:
    """Cards of tasks that are no longer theirs lose their buttons; the person is told."""
    uow.outbox.refresh_menu(event.person)
    refresh_role(uow, event.role, event.opd, [event.person], now)
    uow.outbox.add(
        Message(
            ToPerson(event.person),
            "role_revoked",
            {"role": uow.office.sop.role_name(event.role), "opd": opd_name(uow, event.opd)},
            key=f"revoked:{event.person}:{event.role}:{event.opd}:{now.isoformat()}",
        )
    )


@hears(events.DelegationSet)
def _delegated(uow: UnitOfWork, event: events.DelegationSet, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    params = {
        "kind": event.kind,
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "substitute": event.substitute_name,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
    }
    for person in (event.substitute, event.absent):
        uow.outbox.add(
            Message(
                ToPerson(person),
                "delegation_set" if person == event.substitute else "delegation_of_you",
                params,
                choices=((Choice("tasks.mine", style="primary"),),),
                key=f"delegation:{event.delegation}:{person}",
            )
        )
    _catch_up(uow, event.substitute, now)


@hears(events.DelegationBegan)
def _delegation_began(uow: UnitOfWork, event: events.DelegationBegan, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    params = {
        "kind": event.kind,
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "ends_on": event.ends_on,
    }
    uow.outbox.add(
        Message(
            ToPerson(event.substitute),
            "delegation_begins",
            params,
            choices=((Choice("tasks.mine", style="primary"),),),
            key=f"delegation_begins:{event.delegation}",
        )
    )
    _catch_up(uow, event.substitute, now)


@hears(events.DelegationEnded)
@hears(events.DelegationExpired)
def _delegation_ended(uow: UnitOfWork, event: events.DelegationEnded | events.DelegationExpired, now: datetime) -> None:
    uow.outbox.refresh_menu(event.substitute)
    refresh_role(uow, event.role, None, [event.substitute], now)
    params = {
        "role": uow.office.sop.role_name(event.role),
        "absent": event.absent_name,
        "substitute": event.substitute_name,
    }
    for person in (event.substitute, event.absent):
        key = f"undelegated:{event.delegation}:{person}"
        uow.outbox.add(
            Message(ToPerson(person), "delegation_ended", params | {"yours": person == event.absent}, key=key)
        )


@hears(events.Unreachable)
def _unreachable(uow: UnitOfWork, event: events.Unreachable, now: datetime) -> None:
    tell_roles(
        uow,
        (ADMINISTRATOR,),
        "person_unreachable",
        {"name": event.name, "reason": event.reason},
        now,
        choices=((Choice("people.roster"),),),
        key=f"unreachable:{event.person}:{now.date().isoformat()}",
        but=event.person,
    )


@hears(events.ReachableAgain)
def _reachable_again(uow: UnitOfWork, event: events.ReachableAgain, now: datetime) -> None:
    """Letters that went out, and tasks that fell to them, while the person could not be written to."""
    _catch_up(uow, event.person, now, again=True)


@hears(events.GroupLost)
def _group_lost(uow: UnitOfWork, event: events.GroupLost, now: datetime) -> None:
    tell_roles(
        uow,
        (ADMINISTRATOR,),
        "group_lost",
        {"team": uow.office.sop.role_name(event.purpose), "reason": event.reason},
        now,
        key=f"group_lost:{event.chat}:{now.isoformat()}",
    )
