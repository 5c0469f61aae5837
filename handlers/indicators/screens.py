"""How the values look: all of them at a glance, as a list, and one indicator with everything that speaks for it."""

from collections.abc import Sequence
from typing import Any

from handlers.evidence_facts import in_rows
from handlers.indicators.area import Area, Rows, Screen
from handlers.lists import page_of, turning
from handlers.turn import Turn
from sop import scoring
from sop.actions import scoring as acts
from sop.actions.score_writing import writable
from sop.actions.scoring import Board
from sop.cycle import Cycle
from sop.evidence import Item
from sop.index import Group
from sop.instrument import Indicator
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.scoring import Phase, Score

CODES = 12  # codes that a sentence names
AGENCIES = 5  # agencies on the screen of an indicator


def board_of(turn: Turn, area: Area, cycle_id: str) -> Board:
    """The values as this person may see them. Raises as `scoring.look`."""
    return acts.look(turn.uow, turn.acting, cycle_id, area.phase)


def counted(board: Board) -> dict[str, Any]:
    """What stands at the head of every screen."""
    missing = board.missing
    result = board.result()
    index = result.index if result else board.index_so_far()
    total = len(board.instrument.indicators)
    return {
        "phase": board.phase.value,
        "cycle": board.cycle.name,
        "number": board.step.number,
        "steps": len(board.cycle.sop.steps),
        "step": board.step.title,
        "total": total,
        "done": total - len(missing),
        "index_name": board.instrument.index_name,
        "index": index,
        "whole": result is not None,
        "provisional": result is None or result.provisional,
        "why_not": board.why_not,
        "actor": board.cycle.sop.role_name(board.step.actor),
    }


# --- at a glance


def summary(board: Board, area: Area) -> Screen:
    """How far it has come, what is missing, the index with its parts; and where to go on."""
    missing, result = board.missing, board.result()
    cycle = board.cycle.id
    rows: Rows = []
    if missing:
        key = "indicator.next_missing" if board.why_not else "indicator.go_on"
        rows.append([area.choice("show", key, cycle, missing[0], style="success", code=missing[0])])
    elif not board.why_not:
        rows.append([Choice("step.card", board.task.id, style="success")])
    rows.append([area.choice("list", "indicator.list", cycle, "0")])
    if not board.why_not:
        rows.append([area.choice("sheet", "indicator.sheet", cycle)])
    waiting = scoring.progress(board.instrument, board.scores).waiting
    facts = counted(board) | {
        "instrument": board.instrument.short,
        "missing": list(missing[:CODES]),
        "more": max(0, len(missing) - CODES),
        "waiting": list(waiting[:CODES]),
        "predicate": result.predicate if result else "",
        "groups": [_group(g) for g in _groups(result.domains, result.aspects)] if result else [],
    }
    return "indicator/summary", rows, facts


def _groups(domains: Sequence[Group], aspects: Sequence[Group]) -> Sequence[Group]:
    """The domains; the aspects of an instrument that has no domains."""
    return domains if any(d.name for d in domains) else aspects


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "index": group.index, "provisional": group.provisional}


# --- as a list


def listing(board: Board, area: Area, wanted: str) -> Screen:
    """A page of the indicators with what they have."""
    page = page_of(board.instrument.indicators, wanted)
    buttons = [area.choice("show", "indicator.row", board.cycle.id, i.code, **_line(board, i)) for i in page.items]
    rows = [*in_rows(buttons), *turning(page, area.button("list"), board.cycle.id)]
    rows.append([area.choice("all", "indicator.summary", board.cycle.id)])
    facts = counted(board) | {
        "items": [_line(board, i) | {"name": i.name} for i in page.items],
        "page": page.number + 1,
        "pages": page.pages,
    }
    return "indicator/list", rows, facts


def _line(board: Board, indicator: Indicator) -> dict[str, Any]:
    score = board.scores[indicator.code]
    return {
        "code": indicator.code,
        "value": score.holds,
        "external": indicator.external,
        "lacks": list(scoring.lacks(board.instrument, indicator, score)) if board.phase is Phase.FORM else [],
    }


# --- one


def one(turn: Turn, area: Area, board: Board, code: str, *, overtaken: Score | None = None) -> Screen:
    """An indicator: what it asks, what speaks for it, what it has. *overtaken*: see `Written`."""
    indicator = board.indicator(code)
    items = acts.evidence_for(turn.uow, turn.acting, board.cycle, code)
    facts = counted(board) | _told(turn, board, indicator) | _evidence(turn, board.cycle, items)
    facts["overtaken"] = _overtaken(overtaken)
    return "indicator/one", _rows(area, board, indicator, items), facts


def _told(turn: Turn, board: Board, indicator: Indicator) -> dict[str, Any]:
    score = board.scores[indicator.code]
    entry = scoring.entry_of(score, board.phase)
    by, at = scoring.last_change(score)
    before_cycle, before = acts.year_before(turn.uow, board.cycle)
    levels = board.instrument.levels[indicator.levels]
    return {
        "code": indicator.code,
        "name": indicator.name,
        "weight": indicator.weight,
        "aspect": board.instrument.aspect_of(indicator.code).name,
        "external": indicator.external,
        "named_service": indicator.named_service,
        "value": entry.value,
        "level": next((v.name for v in levels if v.level == entry.value), ""),
        "of_meeting": score.value if score.final is not None else None,
        "words": entry.words,
        "from_note": board.phase is Phase.FORM and not score.explanation,
        "improvement": entry.improvement,
        "service": entry.service,
        "lacks": list(scoring.lacks(board.instrument, indicator, score)) if board.phase is Phase.FORM else [],
        "by": by.title if by else "",
        "by_name": by.name if by else "",
        "at": at,
        "before_cycle": before_cycle,
        "before_value": before.get(indicator.code),
        "levels": [{"level": v.level, "name": v.name, "gist": v.gist} for v in levels],
    }


def _evidence(turn: Turn, cycle: Cycle, items: Sequence[Item]) -> dict[str, Any]:
    lines = [
        {"opd": opd_of(turn.uow, cycle, i.opd).short, "state": i.state.value, "files": len(i.current_files)}
        for i in items
    ]
    return {"evidence": lines[:AGENCIES], "more_evidence": max(0, len(lines) - AGENCIES)}


def _overtaken(before: Score | None) -> dict[str, Any] | None:
    if before is None:
        return None
    by, at = scoring.last_change(before)
    return {"by": by.title if by else "", "name": by.name if by else "", "at": at, "value": before.holds}


def _rows(area: Area, board: Board, indicator: Indicator, items: Sequence[Item]) -> Rows:
    cycle, code = board.cycle.id, indicator.code
    rows = _entering(area, board, indicator) if not board.why_not else []
    files = sum(1 for i in items for f in i.current_files if f.state == "tersimpan")
    if files:
        rows.append([area.choice("files", "indicator.files", cycle, f"{code}.0", count=files)])
    codes = [i.code for i in board.instrument.indicators]
    place = codes.index(code)
    back = [area.choice("show", "indicator.back", cycle, codes[place - 1])] if place else []
    on = [area.choice("show", "indicator.next", cycle, codes[place + 1])] if place + 1 < len(codes) else []
    rows.append([*back, *on])
    last = [area.choice("all", "indicator.summary", cycle)]
    following = _next_missing(codes, place, board.missing)
    if following and following != (codes[place + 1] if on else ""):
        last.insert(0, area.choice("show", "indicator.next_missing", cycle, following, code=following))
    return [*rows, last]


def _next_missing(codes: Sequence[str], place: int, missing: Sequence[str]) -> str:
    """The next indicator after this one that needs somebody; from the beginning again after the last."""
    open_ones = set(missing)
    return next((c for c in (*codes[place + 1 :], *codes[:place]) if c in open_ones), "")


def _entering(area: Area, board: Board, indicator: Indicator) -> Rows:
    """The buttons that write: levels, another value, words."""
    cycle, code = board.cycle.id, indicator.code
    score = board.scores[code]
    entry = scoring.entry_of(score, board.phase)
    seen = entry.digest
    rows: Rows = []
    if indicator.external:
        rows.append(
            [area.choice("value", "indicator.external", cycle, f"{code}.{seen}", there=entry.value is not None)]
        )
        if entry.value is not None and board.phase is Phase.MEETING:
            rows.append([area.choice("wait", "indicator.wait", cycle, code)])
    else:
        levels = board.instrument.levels[indicator.levels]
        rows.append([_level(area, cycle, f"{code}.{v.level}.{seen}", v.level, v.level == entry.value) for v in levels])
        if board.instrument.scale.fractional:
            rows.append([area.choice("value", "indicator.value", cycle, f"{code}.{seen}")])
    fields = writable(board.phase, indicator) if entry.value is not None or not indicator.external else ()
    rows += in_rows([_field(area, cycle, f, f"{code}.{seen}", bool(entry.cells()[f]), indicator) for f in fields])
    return rows


def _level(area: Area, cycle: str, arg: str, level: int, on: bool) -> Choice:
    return area.choice("level", "indicator.level", cycle, arg, style="success" if on else "", level=level, on=on)


def _field(area: Area, cycle: str, field: str, arg: str, there: bool, indicator: Indicator) -> Choice:
    if field == "improvement":
        return area.choice(field, "indicator.improvement", cycle, arg, there=there)
    if field == "service":
        return area.choice(field, "indicator.service", cycle, arg, there=there)
    if indicator.external:
        return area.choice("words", "indicator.source", cycle, arg)
    key = "indicator.note" if area.phase is Phase.MEETING else "indicator.explanation"
    return area.choice("words", key, cycle, arg, there=there)
