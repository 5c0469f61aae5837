"""`/delegasi`: who stands in for whom (Plh./Plt.) now and in the days ahead, and its end before the date."""

from datetime import date
from typing import Any

from handlers.directory import in_words
from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Next
from handlers.turn import Turn
from sop.actions import substitution
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR, Delegation
from sop.refusals import NothingThere
from sop.worktime import WIB

Rows = list[list[Choice]]


def appoints_others(turn: Turn) -> bool:
    """Whether this person may appoint substitutes for others."""
    return bool(turn.acting.roles & set(turn.office.sop.may("delegate")))


def today(turn: Turn) -> date:
    return turn.now.astimezone(WIB).date()


def overview(turn: Turn) -> Next:
    """`/delegasi`: substitutions in force or ahead that concern this person, or all for those who appoint."""
    rows, facts = _overview(turn)
    (turn.show if pressed(turn).arg else turn.say)("delegation/list", rows, **facts)
    return STAY if pressed(turn).arg else END


def _overview(turn: Turn) -> tuple[Rows, dict[str, Any]]:
    manages, me = appoints_others(turn), turn.acting.id
    mine = [d for d in turn.uow.people.delegations(turn.now) if manages or me in (d.absent, d.substitute)]
    page = page_of(mine, pressed(turn).arg)
    rows: Rows = [
        [Choice("delegation.end", d.id, style="danger", label={"substitute": _name(turn, d.substitute)})]
        for d in page.items
        if d.absent == me or (manages and (d.role != ADMINISTRATOR or ADMINISTRATOR in turn.acting.roles))
    ]
    rows += turning(page, "delegation.list")
    if manages or turn.acting.holdings:
        rows.append([Choice("delegation.start", style="primary")])
    return rows, {"lines": [_line(turn, d) for d in page.items], **page.facts}


def _line(turn: Turn, lent: Delegation) -> dict[str, Any]:
    return in_words(turn, lent.role, lent.opd) | {
        "kind": lent.kind,
        "absent": lent.absent_name,
        "substitute": _name(turn, lent.substitute),
        "starts_on": lent.starts_on,
        "ends_on": lent.ends_on,
        "running": lent.holds_on(today(turn)),
    }


def _name(turn: Turn, person: str) -> str:
    found = turn.uow.people.get(person, turn.now)
    return found.name if found else ""


def ask_end(turn: Turn) -> Next:
    """Ask once; those whom it does not concern learn nothing of it."""
    found = next((d for d in turn.uow.people.delegations(turn.now) if d.id == pressed(turn).id), None)
    if found is None or not (appoints_others(turn) or found.absent == turn.acting.id):
        raise NothingThere(what="delegasi")
    rows: Rows = [
        [Choice("delegation.end_yes", found.id, style="danger")],
        [Choice("delegation.list", arg="0", label_key="delegation.keep")],
    ]
    turn.show("delegation/ask_end", rows, **_line(turn, found))
    return STAY


def end(turn: Turn) -> Next:
    """It ends now; both hear of it."""
    turn.act(substitution.end_delegation, pressed(turn).id)
    turn.show("delegation/ended", [[Choice("delegation.list", arg="0", label_key="delegation.back")]])
    return STAY


BUTTONS = (
    ButtonAction("delegation.open", overview),
    ButtonAction("delegation.list", overview),
    ButtonAction("delegation.end", ask_end),
    ButtonAction("delegation.end_yes", end),
)
