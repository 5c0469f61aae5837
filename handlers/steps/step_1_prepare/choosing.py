"""Step 1, the lists of the opening form: which OPDs, what is asked of each, and until when."""

from handlers.lists import PAGE, page_of, pressed, turning
from handlers.registry import END, ButtonAction, Next
from handlers.steps.step_1_prepare.opening import ROLE, ask_instrument, asked, form, weeks_of
from handlers.turn import Turn
from sop.outgoing import Choice
from sop.refusals import NothingThere

WEEKS = (1, 2, 3, 4)


def choose_opds(turn: Turn) -> Next:
    """Which OPDs are asked: a list whose entries toggle."""
    draft = form(turn)
    page, _, toggled = pressed(turn).arg.partition(".")
    everyone = [o.key for o in turn.office.opd_list.opds]
    if toggled == "all":
        draft["opds"] = everyone
    elif toggled == "none":
        draft["opds"] = []
    elif toggled:
        key = _meant(everyone, toggled)
        draft["opds"] = [k for k in everyone if (k in draft["opds"]) != (k == key)]
    shown = page_of(turn.office.opd_list.opds, page)
    rows = [
        [_toggle("open.opds", f"{shown.number}.{o.key[:30]}", o.short, o.key in draft["opds"])] for o in shown.items
    ]
    rows += turning(shown, "open.opds")
    whole = (("all", "open.all"), ("none", "open.none"))
    rows.append([Choice("open.opds", arg=f"{shown.number}.{word}", label_key=key) for word, key in whole])
    rows.append([Choice("open.summary", style="primary")])
    turn.show("open_cycle/opds", rows, chosen=len(draft["opds"]), **shown.facts)
    return END


def list_asked(turn: Turn) -> Next:
    """Whose list to look at."""
    draft = form(turn)
    if not draft["instrument"]:
        return ask_instrument(turn)
    shown = page_of([o for o in turn.office.opd_list.opds if o.key in draft["opds"]], pressed(turn).arg)
    rows = [
        [Choice("open.items", arg=f"{o.key[:30]}.0", label={"name": o.short, "count": len(asked(turn, o.key))})]
        for o in shown.items
    ]
    rows += turning(shown, "open.asked")
    rows.append([Choice("open.summary", style="primary")])
    turn.show("open_cycle/asked", rows, **shown.facts)
    return END


def choose_items(turn: Turn) -> Next:
    """What is asked of one OPD: codes that toggle; those that the office asks of it come first."""
    draft = form(turn)
    if not draft["instrument"]:
        return ask_instrument(turn)
    prefix, page, toggled = [*pressed(turn).arg.split(".", 2), "", ""][:3]
    opd = turn.office.opd(_meant(draft["opds"], prefix))
    titles = {code: title for code, (title, *_) in turn.office.askable(draft["instrument"]).items()}
    usual = turn.office.asked_of(opd.key, draft["instrument"])
    known = sorted(titles, key=lambda code: code not in usual)
    chosen = asked(turn, opd.key)
    if toggled:
        code = _meant(known, toggled)
        chosen = [c for c in titles if (c in chosen) != (c == code)]
        draft["asked"] = {**draft.get("asked", {}), opd.key: chosen}
    shown = page_of(known, page)
    rows = [
        [_toggle("open.items", f"{prefix}.{shown.number}.{code}", f"{code} {titles[code]}"[:44], code in chosen)]
        for code in shown.items
    ]
    rows += [
        [Choice("open.items", arg=f"{prefix}.{c.arg}", label_key=c.label_key) for c in row]
        for row in turning(shown, "open.items")
    ]
    here = str(draft["opds"].index(opd.key) // PAGE)
    rows.append([Choice("open.asked", arg=here, label_key="open.back_asked")])
    turn.show("open_cycle/items", rows, opd=opd.name, chosen=len(chosen), **shown.facts)
    return END


def choose_times(turn: Turn) -> Next:
    """Target and batas waktu of the collection, in weeks; the target never after the batas waktu."""
    draft = form(turn)
    kind, _, weeks = pressed(turn).arg.partition(".")
    target, limit = weeks_of(turn)
    if not limit:
        raise NothingThere(what="tombol")
    if weeks in map(str, WEEKS) and kind in ("target", "limit"):
        wanted = int(weeks)
        target = wanted if kind == "target" else min(target, wanted)
        limit = wanted if kind == "limit" else max(limit, wanted)
        draft |= {"target": target, "limit": limit}
    rows = [
        [
            Choice("open.times", arg=f"{k}.{w}", label_key="open.weeks", label={"weeks": w, "kind": k, "on": w == now})
            for w in pair
        ]
        for k, now in (("target", target), ("limit", limit))
        for pair in (WEEKS[:2], WEEKS[2:])  # "Batas waktu 1 minggu" has room for two in a row
    ]
    rows.append([Choice("open.summary", style="primary")])
    collecting = next(s for s in turn.office.sop.steps if s.each)
    turn.show("open_cycle/times", rows, target=target, limit=limit, sop_time=collecting.time_text)
    return END


def _toggle(action: str, arg: str, name: str, on: bool) -> Choice:
    return Choice(action, arg=arg, label_key="open.toggle", label={"name": name, "on": on})


def _meant(known: list[str], wanted: str) -> str:
    """The key that a button carries the beginning of. Raises NothingThere for one that is not in the list."""
    for key in known:
        if wanted and key[:30] == wanted:
            return key
    raise NothingThere(what="tombol")


BUTTONS = (
    ButtonAction("open.opds", choose_opds, ROLE),
    ButtonAction("open.asked", list_asked, ROLE),
    ButtonAction("open.items", choose_items, ROLE),
    ButtonAction("open.times", choose_times, ROLE),
)
