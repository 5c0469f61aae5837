"""/start: the way in, by an invitation that is confirmed before it binds; and to the state of a paper (cek-…)."""

from typing import Any

from handlers import verification
from handlers.access import RegistryProvider, common_for, special_for
from handlers.registry import STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.actions import people
from sop.outgoing import Choice
from sop.overview import waiting_for
from sop.people import ADMINISTRATOR, Acting
from sop.ports import Invitation
from sop.verification import LINK

INVITATION = "invitation"  # subject of the draft that keeps the hash of a code until the person confirms
CONTINUE = "c-"  # payload of the link that leads from a group to the private chat: c-<command>
_SHOWN_TASKS = 3


def make_dialogue(registry: RegistryProvider) -> Dialogue:
    """/start and the two buttons of an invitation."""

    def start(turn: Turn) -> Next:
        payload = turn.arguments
        known = {c.name for c in registry().commands()}
        if turn.who is not None:
            people.reachable_again(turn.uow, turn.who.id, now=turn.now)
        if payload.startswith(LINK):
            return verification.check_link(turn)
        if payload.removeprefix(CONTINUE) in known and payload.startswith(CONTINUE) and turn.who is not None:
            turn.say("start/go_on", command=payload.removeprefix(CONTINUE))
        elif payload and not payload.startswith(CONTINUE):
            _show_invitation(turn, payload)
        elif turn.who is None:
            turn.say("start/stranger", city=turn.office.office.city, team=turn.office.office.team)
        else:
            _greet(turn, turn.who)
        return STAY

    def _greet(turn: Turn, who: Acting) -> None:
        commands = [c.name for c in special_for(registry(), who.roles)]
        waiting = waiting_for(turn.uow, who, turn.now)
        turn.say(
            "start/member",
            _first_buttons(),
            name=who.name,
            roles=roles_in_words(turn, who),
            count=len(waiting),
            tasks=[
                {"number": w.step.number, "step": w.step.title, "due_at": w.task.due_at} for w in waiting[:_SHOWN_TASKS]
            ],
            commands=commands or [c.name for c in common_for(registry(), who.roles) if c.name != "start"],
        )

    return Dialogue(
        key="start",
        commands=(Command("start", start, public=True),),
        buttons=(
            ButtonAction("start.accept", accept, public=True),
            ButtonAction("start.decline", decline, public=True),
        ),
    )


def _show_invitation(turn: Turn, code: str) -> None:
    """What the link would bind; nothing is bound yet, and the code stays single-use until it is."""
    found = people.look_at_invitation(turn.uow, code, now=turn.now)
    if turn.who is not None and _holds(turn.who, found):
        turn.say("start/held_already", _first_buttons(), **_named(turn, found.role, found.opd))
        return
    turn.begin(INVITATION)
    turn.draft["code_hash"] = people.hash_code(code)
    rows = [[Choice("start.accept", style="success"), Choice("start.decline", style="danger")]]
    turn.say("start/invitation", rows, **_named(turn, found.role, found.opd), expires_at=found.expires_at)


def _holds(who: Acting, invitation: Invitation) -> bool:
    return any(h.role == invitation.role and h.opd == invitation.opd for h in who.holdings)


def accept(turn: Turn) -> Next:
    """Bind the role to this Telegram account; a second tap finds it bound."""
    turn.begin(INVITATION)
    code_hash = str(turn.draft.get("code_hash", ""))
    if not code_hash and turn.who is not None:
        turn.toast("start/joined_already")
        return STAY
    found = turn.uow.people.invitation(code_hash)
    people.accept_invitation(turn.uow, turn.user_id, turn.user_name, code_hash, now=turn.now)
    assert found is not None  # it has just been used
    turn.forget_draft()
    turn.show("start/welcome", _first_buttons(), **_introduction(turn, found.role, found.opd))
    return STAY


def decline(turn: Turn) -> Next:
    """Nothing is bound; the link still works until it expires."""
    turn.begin(INVITATION)
    turn.forget_draft()
    turn.show("start/declined", team=turn.office.office.team, contact=turn.office.office.contact)
    return STAY


def _introduction(turn: Turn, role: str, opd: str | None) -> dict[str, Any]:
    """What this role does, from the SOP itself."""
    steps = turn.office.sop.steps
    mine = [s for s in steps if role in (s.actor, s.acknowledged_by)]
    # What each agency hands over is reviewed by whom it is handed to, while that step still runs.
    reviewed = [s for s in steps if s.each and role in s.hands_over_to]
    return _named(turn, role, opd) | {
        "administrator": role == ADMINISTRATOR,
        "steps": [{"number": s.number, "step": s.title, "time": s.time_text} for s in mine],
        "reviewed": [{"number": s.number, "step": s.title} for s in reviewed],
    }


def _named(turn: Turn, role: str, opd: str | None) -> dict[str, Any]:
    return {
        "role": turn.office.sop.role_name(role),
        "opd": turn.office.opd(opd).name if opd else "",
        "person": turn.user_name,
    }


def roles_in_words(turn: Turn, who: Acting) -> list[dict[str, str]]:
    """Every capacity of today: the role, for which agency, and for whom when it is a substitution."""
    own = [(h.role, h.opd, "", "") for h in who.holdings]
    lent = [(d.role, d.opd, d.kind, d.absent_name) for d in who.delegations]
    return [
        {
            "role": turn.office.sop.role_name(role),
            "opd": turn.office.opd(opd).name if opd else "",
            "kind": kind,
            "absent": absent,
        }
        for role, opd, kind, absent in (*own, *lent)
    ]


def _first_buttons() -> list[list[Choice]]:
    return [[Choice("tasks.mine", style="primary"), Choice("help.open")]]
