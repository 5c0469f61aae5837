"""Step 1, the opening of a cycle: `/siklus_baru`, a form of five questions that survives everything."""

import re
from typing import Any

from handlers.lists import pressed
from handlers.registry import END, ButtonAction, Command, Next, State
from handlers.turn import Turn
from sop.actions.cycles import OpenCycle, by_permission, check_name, open_cycle
from sop.outgoing import Choice
from sop.refusals import BadInput, NothingThere
from sop.worktime import WIB

SUBJECT = "new_cycle"
NAME = "open.name"
ROLE = frozenset({"tim_diskominfo"})


# --- the form as it stands


def form(turn: Turn) -> dict[str, Any]:
    """The form of somebody who may open a cycle, with nothing in it that has left the office's lists since.

    Raises:
        NotYours: no permission. NothingThere: nothing is begun, so the button is an old one.
    """
    by_permission(turn.uow, turn.acting, "open_cycle")
    turn.begin(SUBJECT)
    if not turn.draft.get("name"):
        raise NothingThere(what="tombol")
    _follow_office(turn)
    return turn.draft


def _follow_office(turn: Turn) -> None:
    draft, office = turn.draft, turn.office
    chosen = draft.get("opds")
    draft["opds"] = [o.key for o in office.opd_list.opds if chosen is None or o.key in chosen]
    if draft.get("instrument") not in office.instruments:
        draft |= {"instrument": "", "asked": {}}


def asked(turn: Turn, opd: str) -> list[str]:
    """The codes asked of an OPD: the office's list unless it was changed in this form."""
    usual = turn.office.asked_of(opd, turn.draft["instrument"])
    known = turn.office.askable(turn.draft["instrument"])
    return [code for code in turn.draft.get("asked", {}).get(opd, usual) if code in known]


def weeks_of(turn: Turn) -> tuple[int, int]:
    """Target and batas waktu of the collection in weeks, as chosen or as in the SOP; 0 where neither says weeks."""
    step = next((s for s in turn.office.sop.steps if s.each), None)
    target = turn.draft.get("target") or (step.target.weeks if step and step.target else None)
    limit = turn.draft.get("limit") or (step.limit.weeks if step else None)
    return target or 0, limit or 0


# --- its pages


def begin(turn: Turn) -> Next:
    """`/siklus_baru`: go on where the form was left, or begin with name and year."""
    by_permission(turn.uow, turn.acting, "open_cycle")
    turn.begin(SUBJECT)
    return summary(turn) if turn.draft.get("name") else ask_name(turn)


def begin_anew(turn: Turn) -> Next:
    """Forget what was filled in."""
    form(turn)
    turn.forget_draft()
    return ask_name(turn)


def ask_name(turn: Turn) -> Next:
    """Name and year: two that are not taken, or one's own."""
    by_permission(turn.uow, turn.acting, "open_cycle")
    turn.begin(SUBJECT)
    this_year = turn.now.astimezone(WIB).year
    taken = {c.name.casefold() for c in turn.uow.cycles.all()}
    free = [y for y in range(this_year, this_year + 3) if _usual_name(turn, y).casefold() not in taken][:2]
    rows = [[Choice("open.name", arg=str(y), label={"name": _usual_name(turn, y)})] for y in free]
    if turn.draft.get("name"):
        rows.append([Choice("open.summary")])
    turn.say("open_cycle/ask_name", rows, example=_usual_name(turn, (*free, this_year)[0]))
    return NAME


def _usual_name(turn: Turn, year: int) -> str:
    return f"Evaluasi Mandiri {turn.office.office.subject_short} {year}"


def take_name(turn: Turn) -> Next:
    """A typed name; the year is its last number of four digits."""
    words = " ".join(turn.text.split())
    years = re.findall(r"(?<!\d)[0-9]{4}(?!\d)", words)
    if not years:
        raise BadInput(field="cycle_name", problem="no_year", value=words)
    return _named(turn, words, int(years[-1]))


def choose_name(turn: Turn) -> Next:
    """The suggested name of a year."""
    by_permission(turn.uow, turn.acting, "open_cycle")
    if not re.fullmatch(r"[0-9]{4}", pressed(turn).arg):
        raise NothingThere(what="tombol")
    year = int(pressed(turn).arg)
    return _named(turn, _usual_name(turn, year), year)


def _named(turn: Turn, name: str, year: int) -> Next:
    by_permission(turn.uow, turn.acting, "open_cycle")
    check_name(turn.uow, name, year)
    turn.begin(SUBJECT)
    turn.draft |= {"name": name, "year": year}
    return summary(turn)


def ask_instrument(turn: Turn) -> Next:
    """Which instrument; the one that fits the year first."""
    draft = form(turn)
    year = draft["year"]
    known = sorted(turn.office.instruments.values(), key=lambda i: (year not in i.valid_years, i.id))
    rows = [[Choice("open.instrument", arg=i.id[:30], label={"name": i.short})] for i in known]
    turn.show(
        "open_cycle/ask_instrument",
        rows,
        name=draft["name"],
        instruments=[{"short": i.short, "count": len(i.indicators), "fits": year in i.valid_years} for i in known],
    )
    return END


def choose_instrument(turn: Turn) -> Next:
    """Take the instrument; what is asked of each OPD follows it."""
    draft = form(turn)
    wanted = next((i for i in turn.office.instruments if i[:30] == pressed(turn).arg), None)
    if wanted is None:
        raise NothingThere(what="tombol")
    if wanted != draft["instrument"]:
        draft |= {"instrument": wanted, "asked": {}}
    return summary(turn)


def summary(turn: Turn) -> Next:
    """Everything at a glance, each part with its button, and the opening."""
    draft = form(turn)
    if not draft["instrument"]:
        return ask_instrument(turn)
    instrument = turn.office.instruments[draft["instrument"]]
    target, limit = weeks_of(turn)
    times = [Choice("open.times")] if limit else []
    rows = [
        [Choice("open.yes", style="success")],
        [Choice("open.opds"), Choice("open.asked")],
        [*times, Choice("open.again")],
        [Choice("open.instruments"), Choice("open.anew", style="danger")],
    ]
    turn.show(
        "open_cycle/summary",
        rows,
        name=draft["name"],
        year=draft["year"],
        instrument=instrument.short,
        fits=draft["year"] in instrument.valid_years,
        opds=len(draft["opds"]),
        of=len(turn.office.opd_list.opds),
        items=sum(len(asked(turn, o)) for o in draft["opds"]),
        changed=sum(1 for o in draft.get("asked", {}) if o in draft["opds"]),
        target=target,
        limit=limit,
    )
    return END


def open_it(turn: Turn) -> Next:
    """Open the cycle; the card of step 1 follows by itself."""
    draft = form(turn)
    if not draft["instrument"]:
        return ask_instrument(turn)
    opds = tuple(draft["opds"])
    cycle = turn.act(
        open_cycle,
        OpenCycle(
            name=draft["name"],
            year=draft["year"],
            instrument=draft["instrument"],
            opds=opds,
            asked={o: tuple(asked(turn, o)) for o in opds},
            target_weeks=draft.get("target"),
            limit_weeks=draft.get("limit"),
        ),
    )
    turn.show("open_cycle/opened", name=cycle.name, opds=len(opds), step=cycle.sop.steps[0].title)
    turn.forget_draft()
    return END


COMMANDS = (Command("siklus_baru", begin, roles=ROLE),)
BUTTONS = (
    ButtonAction("open.begin", begin, ROLE),
    ButtonAction("open.name", choose_name, ROLE),
    ButtonAction("open.again", ask_name, ROLE),
    ButtonAction("open.anew", begin_anew, ROLE),
    ButtonAction("open.instruments", ask_instrument, ROLE),
    ButtonAction("open.instrument", choose_instrument, ROLE),
    ButtonAction("open.summary", summary, ROLE),
    ButtonAction("open.yes", open_it, ROLE),
)
STATES = (State(NAME, on_text=take_name),)
