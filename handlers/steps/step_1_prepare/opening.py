"""Step 1, the opening of a cycle: `/siklus_baru`, a form of five questions that survives everything."""

from typing import Any

from handlers.lists import PAGE, page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Next, State
from handlers.turn import Turn
from sop.actions.cycles import OpenCycle, by_permission, open_cycle
from sop.outgoing import Choice
from sop.refusals import BadInput, NothingThere
from sop.worktime import WIB

SUBJECT = "new_cycle"
NAME = "open.name"
WEEKS = (1, 2, 3, 4)
ROLE = frozenset({"tim_diskominfo"})


def begin(turn: Turn) -> Next:
    """`/siklus_baru`: go on where the form was left, or begin with name and year."""
    by_permission(turn.uow, turn.acting, "open_cycle")
    turn.begin(SUBJECT)
    return summary(turn) if turn.draft.get("name") and turn.draft.get("instrument") else ask_name(turn)


def number_of(text: str, *, below: int, least: int = 0) -> int:
    """A number that a button carries. Raises NothingThere for what no button of ours says."""
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) < below):
        raise NothingThere(what="tombol")
    return int(text)


def ask_name(turn: Turn) -> Next:
    """Name and year."""
    turn.begin(SUBJECT)
    year = turn.now.astimezone(WIB).year
    names = [f"Evaluasi Mandiri {turn.office.office.subject_short} {y}" for y in (year, year + 1)]
    rows = [[Choice("open.name", arg=str(y), label={"name": n})] for n, y in zip(names, (year, year + 1), strict=True)]
    turn.say("open_cycle/ask_name", rows, example=names[0])
    return NAME


def take_name(turn: Turn) -> Next:
    """A typed name; the year is its last number of four digits."""
    words = turn.text.strip()
    years = [w for w in words.split() if w.isdigit() and len(w) == 4]
    if not years:
        raise BadInput(field="cycle_name", problem="no_year", value=words)
    return _named(turn, words, int(years[-1]))


def choose_name(turn: Turn) -> Next:
    """The suggested name of a year."""
    turn.begin(SUBJECT)
    year = number_of(pressed(turn).arg, below=2100, least=2000)
    return _named(turn, f"Evaluasi Mandiri {turn.office.office.subject_short} {year}", year)


def _named(turn: Turn, name: str, year: int) -> Next:
    turn.draft |= {"name": name, "year": year}
    turn.draft.setdefault("opds", [o.key for o in turn.office.opd_list.opds])
    ask_instrument(turn)
    return END


def ask_instrument(turn: Turn) -> Next:
    """Which instrument; the one that fits the year first."""
    turn.begin(SUBJECT)
    year = turn.draft.get("year", 0)
    known = sorted(turn.office.instruments.values(), key=lambda i: (year not in i.valid_years, i.id))
    rows = [[Choice("open.instrument", arg=i.id[:30], label={"name": i.short})] for i in known]
    turn.show(
        "open_cycle/ask_instrument",
        rows,
        name=turn.draft.get("name", ""),
        instruments=[{"short": i.short, "count": len(i.indicators), "fits": year in i.valid_years} for i in known],
    )
    return STAY


def choose_instrument(turn: Turn) -> Next:
    """Take the instrument; what is asked of each OPD follows it."""
    turn.begin(SUBJECT)
    wanted = pressed(turn).arg
    turn.draft["instrument"] = next((i for i in turn.office.instruments if i[:30] == wanted), "")
    turn.draft["asked"] = {}
    return summary(turn)


def asked(turn: Turn, opd: str) -> list[str]:
    """The codes asked of an OPD: the office's list unless it was changed in this form."""
    chosen: list[str] | None = turn.draft.get("asked", {}).get(opd)
    if chosen is not None:
        return chosen
    return list(turn.office.asked_of(opd, turn.draft["instrument"]))


def summary(turn: Turn) -> Next:
    """Everything at a glance, each part with its button, and the opening."""
    turn.begin(SUBJECT)
    draft = turn.draft
    if not draft.get("name"):
        return ask_name(turn)
    if not draft.get("instrument"):
        return ask_instrument(turn)
    step = next((s for s in turn.office.sop.steps if s.each), None)
    target = draft.get("target") or (step.target.weeks if step and step.target else None)
    limit = draft.get("limit") or (step.limit.weeks if step else None)
    rows = [
        [Choice("open.yes", style="success")],
        [Choice("open.opds"), Choice("open.asked")],
        [Choice("open.times"), Choice("open.again")],
    ]
    turn.show(
        "open_cycle/summary",
        rows,
        name=draft["name"],
        year=draft["year"],
        instrument=turn.office.instruments[draft["instrument"]].short,
        opds=len(draft["opds"]),
        of=len(turn.office.opd_list.opds),
        items=sum(len(asked(turn, o)) for o in draft["opds"]),
        changed=len(draft.get("asked", {})),
        target=target or 0,
        limit=limit or 0,
    )
    return STAY


def choose_opds(turn: Turn) -> Next:
    """Which OPDs are asked: a list whose entries toggle."""
    turn.begin(SUBJECT)
    page, _, toggled = pressed(turn).arg.partition(".")
    chosen: list[str] = list(turn.draft.get("opds", []))
    everyone = [o.key for o in turn.office.opd_list.opds]
    if toggled == "all":
        chosen = everyone
    elif toggled == "none":
        chosen = []
    elif toggled:
        key = everyone[number_of(toggled, below=len(everyone))]
        chosen = [k for k in everyone if (k in chosen) != (k == key)]
    turn.draft["opds"] = chosen
    shown = page_of(turn.office.opd_list.opds, page)
    rows = [
        [
            Choice(
                "open.opds",
                arg=f"{shown.number}.{shown.number * PAGE + n}",
                label_key="open.toggle",
                label={"name": o.short, "on": o.key in chosen},
            )
        ]
        for n, o in enumerate(shown.items)
    ]
    rows += turning(shown, "open.opds")
    rows.append(
        [
            Choice("open.opds", arg=f"{shown.number}.all", label_key="open.all"),
            Choice("open.opds", arg=f"{shown.number}.none", label_key="open.none"),
        ]
    )
    rows.append([Choice("open.summary", style="primary")])
    turn.show("open_cycle/opds", rows, chosen=len(chosen), **shown.facts)
    return STAY


def list_asked(turn: Turn) -> Next:
    """Whose list to look at."""
    turn.begin(SUBJECT)
    if not turn.draft.get("instrument"):
        return summary(turn)
    shown = page_of([o for o in turn.office.opd_list.opds if o.key in turn.draft.get("opds", [])], pressed(turn).arg)
    rows = [
        [Choice("open.items", arg=f"{o.key[:30]}.0", label={"name": o.short, "count": len(asked(turn, o.key))})]
        for o in shown.items
    ]
    rows += turning(shown, "open.asked")
    rows.append([Choice("open.summary", style="primary")])
    turn.show("open_cycle/asked", rows, **shown.facts)
    return STAY


def choose_items(turn: Turn) -> Next:
    """What is asked of one OPD: codes that toggle."""
    turn.begin(SUBJECT)
    prefix, page, toggled = [*pressed(turn).arg.split("."), "", ""][:3]
    opd = next((o for o in turn.office.opd_list.opds if o.key[:30] == prefix), None)
    if opd is None:
        raise NothingThere(what="opd")
    if not turn.draft.get("instrument"):
        return summary(turn)
    known = {code: title for code, (title, *_) in turn.office.askable(turn.draft["instrument"]).items()}
    chosen = asked(turn, opd.key)
    if toggled:
        code = list(known)[number_of(toggled, below=len(known))]
        chosen = [c for c in known if (c in chosen) != (c == code)]
        turn.draft.setdefault("asked", {})[opd.key] = chosen
    shown = page_of(list(known.items()), page)
    rows = [
        [
            Choice(
                "open.items",
                arg=f"{prefix}.{shown.number}.{shown.number * PAGE + n}",
                label_key="open.toggle",
                label={"name": f"{code} {title}"[:44], "on": code in chosen},
            )
        ]
        for n, (code, title) in enumerate(shown.items)
    ]
    rows += [
        [Choice("open.items", arg=f"{prefix}.{c.arg}", label_key=c.label_key) for c in row]
        for row in turning(shown, "open.items")
    ]
    rows.append([Choice("open.asked", arg="0", label_key="open.back_asked")])
    turn.show("open_cycle/items", rows, opd=opd.name, chosen=len(chosen), **shown.facts)
    return STAY


def choose_times(turn: Turn) -> Next:
    """Target and batas waktu of the collection, in weeks."""
    turn.begin(SUBJECT)
    kind, _, weeks = pressed(turn).arg.partition(".")
    if weeks in map(str, WEEKS) and kind in ("target", "limit"):
        turn.draft[kind] = int(weeks)
        if turn.draft.get("target", 0) > turn.draft.get("limit", 99):
            turn.draft["limit" if kind == "target" else "target"] = int(weeks)
    step = next(s for s in turn.office.sop.steps if s.each)
    target = turn.draft.get("target") or (step.target.weeks if step.target else 0) or 0
    limit = turn.draft.get("limit") or step.limit.weeks or 0
    rows = [
        [
            Choice("open.times", arg=f"{k}.{w}", label_key="open.weeks", label={"weeks": w, "kind": k, "on": w == now})
            for w in pair
        ]
        for k, now in (("target", target), ("limit", limit))
        for pair in (WEEKS[:2], WEEKS[2:])  # "Batas waktu 1 minggu" has room for two in a row
    ]
    rows.append([Choice("open.summary", style="primary")])
    turn.show("open_cycle/times", rows, target=target, limit=limit)
    return STAY


def open_it(turn: Turn) -> Next:
    """Open the cycle; the card of step 1 follows by itself."""
    turn.begin(SUBJECT)
    draft: dict[str, Any] = turn.draft
    if not draft.get("instrument") or not draft.get("name"):
        return summary(turn)
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
    ButtonAction("open.name", choose_name, ROLE),
    ButtonAction("open.again", ask_name, ROLE),
    ButtonAction("open.instrument", choose_instrument, ROLE),
    ButtonAction("open.summary", summary, ROLE),
    ButtonAction("open.opds", choose_opds, ROLE),
    ButtonAction("open.asked", list_asked, ROLE),
    ButtonAction("open.items", choose_items, ROLE),
    ButtonAction("open.times", choose_times, ROLE),
    ButtonAction("open.yes", open_it, ROLE),
)
STATES = (State(NAME, on_text=take_name),)
