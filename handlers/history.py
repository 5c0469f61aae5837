"""`/riwayat`: the journal, newest first, in sentences; of all cycles or of one."""

from typing import Any

from handlers.lists import page_of, pressed, turning
from handlers.registry import END, STAY, ButtonAction, Command, Dialogue, Next
from handlers.turn import Turn
from sop.actions.cycles import by_permission
from sop.cycle import Cycle
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.people import ADMINISTRATOR
from sop.ports import JournalLine
from sop.refusals import NothingThere

PAGE = 8
DIGITS = 18  # of a line's number: a forged button may carry more than a database counts
ROLES = frozenset({ADMINISTRATOR, "kabid", "tim_diskominfo"})
Rows = list[list[Choice]]


def page(turn: Turn) -> Next:
    """A page: of one cycle (the button's id) or of all; older than a line (its arg), or from the newest."""
    by_permission(turn.uow, turn.acting, "see_audit")
    cycle, before = pressed(turn).id, pressed(turn).arg
    older_than = int(before) if before.isdecimal() and len(before) <= DIGITS else None
    lines = turn.uow.journal.page(older_than, PAGE + 1, cycle or None)
    shown, more = lines[:PAGE], len(lines) > PAGE
    cycles = {c.id: c for c in turn.uow.cycles.all()}
    older = [Choice("history.page", cycle, str(shown[-1].id), label_key="history.older")] if more else []
    newest = [Choice("history.page", cycle, "new", label_key="history.newest")] if older_than else []
    rows: Rows = [row for row in ([*newest, *older], [Choice("history.cycles", arg="0")] if cycles else []) if row]
    (turn.show if before else turn.say)(
        "admin/history",
        rows,
        lines=[_line(turn, line, cycles) for line in shown],
        cycle=cycles[cycle].name if cycle in cycles else "",
        several=not cycle and len(cycles) > 1,
        full=_sees_facts(turn),
    )
    return STAY if before else END


def _sees_facts(turn: Turn) -> bool:
    """An administrator without a role of the SOP sees who did what kind of thing when, not what it was about."""
    return bool(turn.acting.roles & set(turn.office.sop.may("see_audit")) - {ADMINISTRATOR})


def _line(turn: Turn, line: JournalLine, cycles: dict[str, Cycle]) -> dict[str, Any]:
    """The facts with names in place of keys, so that the template makes a sentence of them."""
    cycle = cycles.get(line.cycle)
    facts = dict(line.facts) if _sees_facts(turn) else {}
    sop = cycle.sop if cycle else turn.office.sop
    titles = {s.key: s.title for s in sop.steps}
    for key in ("step", "to_step"):
        if key in facts:
            facts[key] = titles.get(facts[key], facts[key])
    if facts.get("role"):
        facts["role"] = sop.role_name(facts["role"])
    if facts.get("purpose"):
        facts["purpose"] = sop.role_name(facts["purpose"])
    if facts.get("opd"):
        facts["opd"] = (opd_of(turn.uow, cycle, facts["opd"]) if cycle else turn.office.opd(facts["opd"])).short
    return {
        "at": line.at,
        "name": line.name,
        "capacity": line.capacity,
        "event": line.event,
        "cycle": cycle.name if cycle else "",
        "facts": facts,
    }


def choose_cycle(turn: Turn) -> Next:
    """Of which cycle."""
    by_permission(turn.uow, turn.acting, "see_audit")
    found = page_of(turn.uow.cycles.all(), pressed(turn).arg)
    if not found.total:
        raise NothingThere(what="siklus")
    rows: Rows = [
        [Choice("history.page", c.id, "new", label_key="history.of_cycle", label={"cycle": c.name})]
        for c in found.items
    ]
    rows += turning(found, "history.cycles")
    rows.append([Choice("history.page", arg="new", label_key="history.all")])
    turn.show("admin/history_cycles", rows, **found.facts)
    return STAY


DIALOGUE = Dialogue(
    key="history",
    commands=(Command("riwayat", page, roles=ROLES),),
    buttons=(
        ButtonAction("history.page", page, roles=ROLES),
        ButtonAction("history.cycles", choose_cycle, roles=ROLES),
    ),
)
