"""Appointing a substitute: for whom, who, Plh. or Plt., from when to when; also for one's own absence."""

from datetime import date, timedelta
from typing import Any

from handlers.directory import in_words, known_person, known_role, role_rows
from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next, State
from handlers.substitutes import BUTTONS, appoints_others, overview, today
from handlers.turn import Turn
from sop.actions import substitution
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR, Acting, Holding
from sop.preparation import parse_day
from sop.refusals import BadInput, NothingThere

SUBJECT = "delegation"
FROM, UNTIL = "delegation.from", "delegation.until"
KINDS = {"plh": "Plh.", "plt": "Plt."}
Rows = list[list[Choice]]


# --- who is absent, in which role


def start(turn: Turn) -> Next:
    """Whose place is to be taken: one's own, or somebody else's for those who appoint."""
    turn.begin(SUBJECT)
    turn.forget_draft()
    manages, me = appoints_others(turn), turn.acting
    if not manages and not me.holdings:
        raise NothingThere(what="peran")
    rows: Rows = [
        [Choice("delegation.holding", me.id, h.id, label_key="delegation.mine", label=in_words(turn, h.role, h.opd))]
        for h in me.holdings[:8]
    ]
    if manages:
        rows.append([Choice("delegation.others")])
    turn.say("delegation/ask_absent", rows, own=bool(me.holdings), manages=manages)
    return END


def others(turn: Turn) -> Next:
    """Which role's holder is absent."""
    turn.begin(SUBJECT)
    if not appoints_others(turn):
        raise NothingThere(what="tombol")
    rows = [row for row in role_rows(turn, "delegation.role") if _appoints_for(turn, row[0].arg)]
    turn.show("delegation/ask_role", rows)
    return STAY


def of_role(turn: Turn) -> Next:
    """Which of its holders."""
    role, _, number = pressed(turn).arg.partition(".")
    if not _appoints_for(turn, known_role(turn, role)):
        raise NothingThere(what="peran")
    held = [(m, h) for m in turn.uow.people.members(turn.now) for h in m.holdings if h.role == role]
    page = page_of(held, number)
    rows: Rows = [[Choice("delegation.holding", m.id, h.id, label=_who(turn, m, h.opd))] for m, h in page.items]
    rows += [
        [Choice(c.action, arg=f"{role}.{c.arg}", label_key=c.label_key) for c in row]
        for row in turning(page, "delegation.role")
    ]
    rows.append([Choice("delegation.others", label_key="delegation.other_role")])
    turn.show("delegation/ask_holder", rows, role=turn.office.sop.role_name(role), **page.facts)
    return STAY


def _appoints_for(turn: Turn, role: str, opd: str | None = None) -> bool:
    return substitution.may_appoint(turn.uow, turn.acting, role, opd)


def _who(turn: Turn, person: Acting, opd: str | None) -> dict[str, str]:
    return {"name": person.name, "opd": turn.office.opd(opd).short if opd else ""}


def choose_holding(turn: Turn) -> Next:
    """The role of the absent one; then who takes it over."""
    absent = known_person(turn, pressed(turn).id)
    held = next((h for h in absent.holdings if h.id == pressed(turn).arg), None)
    if held is None or (absent.id != turn.acting.id and not _appoints_for(turn, held.role, held.opd)):
        raise NothingThere(what="peran")
    turn.begin(SUBJECT)
    turn.draft.clear()
    turn.draft |= {"absent": absent.id, "role": held.role, "opd": held.opd}
    return turn_candidates(turn)


# --- who stands in


def turn_candidates(turn: Turn) -> Next:
    """A page of those who can stand in."""
    turn.begin(SUBJECT)
    absent, held = _chosen(turn)
    page = page_of(_candidates(turn, absent, held), pressed(turn).arg)
    rows: Rows = [
        [Choice("delegation.to", m.id, label=_who(turn, m, next((h.opd for h in m.holdings if h.opd), None)))]
        for m in page.items
    ]
    rows += turning(page, "delegation.candidates")
    facts = in_words(turn, held.role, held.opd)
    contact = turn.office.office.contact
    turn.show("delegation/ask_substitute", rows, absent=absent.name, contact=contact, **facts, **page.facts)
    return STAY


def _chosen(turn: Turn) -> tuple[Acting, Holding]:
    """The absent one and the role, chosen before; a button of a form that is done with finds none."""
    if not turn.draft.get("absent"):
        raise NothingThere(what="tombol")
    absent = known_person(turn, str(turn.draft["absent"]))
    wanted = (turn.draft["role"], turn.draft["opd"])
    held = next((h for h in absent.holdings if (h.role, h.opd) == wanted), None)
    if held is None:
        raise NothingThere(what="peran")
    return absent, held


def _candidates(turn: Turn, absent: Acting, held: Holding) -> list[Acting]:
    """Who can be asked: everybody for those who appoint (themselves only if they manage people); else only
    colleagues, of the same agency or of the office."""
    others = [m for m in turn.uow.people.members(turn.now) if m.holdings and m.id != absent.id]
    if _appoints_for(turn, ADMINISTRATOR):
        return others
    others = [m for m in others if m.id != turn.acting.id]
    if appoints_others(turn):
        return others
    if held.opd:
        return [m for m in others if any(h.opd == held.opd for h in m.holdings)]
    return [m for m in others if any(h.opd is None for h in m.holdings)]


def choose_substitute(turn: Turn) -> Next:
    """Who stands in; then Plh. or Plt."""
    turn.begin(SUBJECT)
    absent, held = _chosen(turn)
    substitute = next((m for m in _candidates(turn, absent, held) if m.id == pressed(turn).id), None)
    if substitute is None:
        raise NothingThere(what="anggota")
    turn.draft["substitute"] = substitute.id
    rows: Rows = [[Choice("delegation.kind", arg=key, label={"kind": kind}) for key, kind in KINDS.items()]]
    turn.show("delegation/ask_kind", rows, substitute=substitute.name, **in_words(turn, held.role, held.opd))
    return STAY


def choose_kind(turn: Turn) -> Next:
    """Plh. or Plt.; then from when."""
    turn.begin(SUBJECT)
    _chosen(turn)
    if pressed(turn).arg not in KINDS or not turn.draft.get("substitute"):
        raise NothingThere(what="tombol")
    turn.draft["kind"] = KINDS[pressed(turn).arg]
    first = today(turn)
    days = ((first, "delegation.today"), (first + timedelta(days=1), "delegation.tomorrow"))
    rows: Rows = [[Choice("delegation.from", arg=d.isoformat(), label_key=k, label={"day": d}) for d, k in days]]
    turn.show("delegation/ask_from", rows, kind=turn.draft["kind"])
    return FROM


# --- from when to when


def choose_from(turn: Turn) -> Next:
    """The first day by button."""
    turn.begin(SUBJECT)
    return _take_from(turn, _day(pressed(turn).arg))


def type_from(turn: Turn) -> Next:
    """The first day as typed."""
    return _take_from(turn, parse_day(turn.text, today(turn)))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NothingThere(what="tombol") from error


def _take_from(turn: Turn, day: date) -> Next:
    _ready(turn, "kind")
    if day < today(turn):
        raise BadInput(field="delegation_dates", problem="past")
    if day > today(turn) + timedelta(days=substitution.LONGEST_DAYS):
        raise BadInput(field="delegation_dates", problem="far")
    turn.draft["starts_on"] = day.isoformat()
    ends = ((day, "delegation.one_day"), (day + timedelta(days=3), "delegation.days"))
    rows: Rows = [[Choice("delegation.until", arg=d.isoformat(), label_key=k, label={"day": d}) for d, k in ends]]
    turn.show("delegation/ask_until", rows, starts_on=day)
    return UNTIL


def choose_until(turn: Turn) -> Next:
    """The last day by button."""
    turn.begin(SUBJECT)
    return _take_until(turn, _day(pressed(turn).arg))


def type_until(turn: Turn) -> Next:
    """The last day as typed."""
    return _take_until(turn, parse_day(turn.text, today(turn)))


def _take_until(turn: Turn, day: date) -> Next:
    _ready(turn, "starts_on")
    if day < date.fromisoformat(turn.draft["starts_on"]):
        raise BadInput(field="delegation_dates", problem="order")
    if (day - date.fromisoformat(turn.draft["starts_on"])).days > substitution.LONGEST_DAYS:
        raise BadInput(field="delegation_dates", problem="long")
    turn.draft["ends_on"] = day.isoformat()
    rows: Rows = [
        [Choice("delegation.yes", style="success")],
        [Choice("delegation.start", label_key="delegation.again")],
    ]
    turn.show("delegation/confirm", rows, **_summary(turn))
    return END


def _ready(turn: Turn, need: str) -> None:
    if not turn.draft.get(need):
        raise NothingThere(what="tombol")


def _summary(turn: Turn) -> dict[str, Any]:
    absent, held = _chosen(turn)
    return in_words(turn, held.role, held.opd) | {
        "absent": absent.name,
        "substitute": known_person(turn, turn.draft["substitute"]).name,
        "kind": turn.draft["kind"],
        "starts_on": date.fromisoformat(turn.draft["starts_on"]),
        "ends_on": date.fromisoformat(turn.draft["ends_on"]),
    }


def appoint(turn: Turn) -> Next:
    """The act: both hear of it, the substitute gets the open tasks from the first day on."""
    turn.begin(SUBJECT)
    _ready(turn, "ends_on")
    facts = _summary(turn)
    wanted = substitution.Delegate(
        role=turn.draft["role"],
        opd=turn.draft["opd"],
        absent=turn.draft["absent"],
        substitute=turn.draft["substitute"],
        kind=turn.draft["kind"],
        starts_on=facts["starts_on"],
        ends_on=facts["ends_on"],
    )
    turn.act(substitution.delegate, wanted)
    turn.forget_draft()
    turn.show("delegation/appointed", [[Choice("delegation.list", arg="0", label_key="delegation.back")]], **facts)
    return STAY


DIALOGUE = Dialogue(
    key="delegation",
    commands=(Command("delegasi", overview),),
    buttons=(
        *BUTTONS,
        ButtonAction("delegation.start", start),
        ButtonAction("delegation.others", others),
        ButtonAction("delegation.role", of_role),
        ButtonAction("delegation.holding", choose_holding),
        ButtonAction("delegation.candidates", turn_candidates),
        ButtonAction("delegation.to", choose_substitute),
        ButtonAction("delegation.kind", choose_kind),
        ButtonAction("delegation.from", choose_from),
        ButtonAction("delegation.until", choose_until),
        ButtonAction("delegation.yes", appoint),
    ),
    states=(State(FROM, on_text=type_from), State(UNTIL, on_text=type_until)),
)
