"""The screens of the recap: in numbers, by agency and by indicator, each with its own page. Nothing is changed here."""

from typing import Any

from handlers.evidence_facts import in_rows, item_line
from handlers.lists import PAGE, page_of, pressed, turning
from handlers.registry import STAY, Next
from handlers.steps.step_5_recap.facts import indicator_line, numbers, opd_line
from handlers.turn import Turn
from sop.actions import recap as actions
from sop.actions.review import REVIEW
from sop.cycle import Cycle
from sop.naming import opd_of
from sop.outgoing import Choice
from sop.recap import Recap
from sop.refusals import NothingThere, NotYours

_CYCLES = 8

Screen = tuple[str, list[list[Choice]], dict[str, Any]]


def recap_command(turn: Turn) -> Next:
    """/rekap: the recap of the running cycle; of several, which."""
    _require_reader(turn)
    cycles = actions.visible(turn.uow, turn.acting)
    if not cycles:
        turn.say("recap/nothing_yet", [[Choice("status.open")]])
    elif len(cycles) == 1:
        template, rows, facts = _recap_screen(turn, *actions.look(turn.uow, turn.acting, cycles[0].id))
        turn.say(template, rows, **facts)
    else:
        rows = [
            [Choice("recap.show", c.id, label_key="recap.cycle", label={"cycle": c.name})] for c in cycles[:_CYCLES]
        ]
        turn.say("recap/which_cycle", rows)
    return STAY


def _require_reader(turn: Turn) -> None:
    """That a recap could be for this person, whatever there is. Raises NotYours."""
    readers = turn.office.sop.visibility.get(actions.RECAP, {})
    if not any(readers.get(role, "no") != "no" for role in turn.acting.roles):
        raise NotYours(role=turn.office.sop.steps[0].actor)


def show_recap(turn: Turn) -> Next:
    """The numbers; from a card as a message of their own, else in place."""
    press = pressed(turn)
    template, rows, facts = _recap_screen(turn, *actions.look(turn.uow, turn.acting, press.id))
    (turn.show if press.arg else turn.say)(template, rows, **facts)
    return STAY


def _recap_screen(turn: Turn, cycle: Cycle, recap: Recap) -> Screen:
    rows = [[Choice("recap.opds", cycle.id, "0"), Choice("recap.indicators", cycle.id, "0")]]
    task = actions.task_of(cycle)
    mine = task is not None and turn.acting.capacity(cycle.step_of(task).actor) is not None
    if task is not None and mine and task.open:
        rows.append([Choice("recap.hand_over", task.id)])
    if task is not None and not task.open:
        rows.append([Choice("docs.cycle", cycle.id, label_key="recap.papers")])
    handed_over = task.decided_at if task is not None and not task.open else None
    counted = numbers(turn.uow.definition_of(cycle), recap)
    return "recap/recap", rows, counted | {"cycle": cycle.name, "done_at": handed_over}


def _back(cycle: Cycle) -> Choice:
    return Choice("recap.show", cycle.id, "0", label_key="recap.back")


# --- by agency


def show_opds(turn: Turn) -> Next:
    """A page of the agencies."""
    press = pressed(turn)
    cycle, recap = actions.look(turn.uow, turn.acting, press.id)
    page = page_of(recap.opds, press.arg)
    lines = [opd_line(turn.uow.definition_of(cycle), o) for o in page.items]
    buttons = [Choice("recap.opd", o["task"], "0", label={"opd": o["short"]}) for o in lines if o["task"]]
    rows = [*in_rows(buttons), *turning(page, "recap.opds", cycle.id), [_back(cycle)]]
    turn.show("recap/opds", rows, cycle=cycle.name, lines=lines, **page.facts)
    return STAY


def show_opd(turn: Turn) -> Next:
    """The items of an agency with their verdicts."""
    press = pressed(turn)
    found = turn.uow.cycles.of_task(press.id)
    cycle, recap = actions.look(turn.uow, turn.acting, found.id)
    line = recap.opd(cycle.task(press.id).opd or "")
    if line is None or line.task is None:
        raise NothingThere(what="tugas")
    page = page_of(line.items, press.arg)
    rows = turning(page, "recap.opd", line.task.id)
    if turn.acting.roles & set(cycle.sop.may(REVIEW)):
        rows.append([Choice("review.opd", line.task.id, "0", label_key="recap.review_opd")])
    rows.append([Choice("recap.opds", cycle.id, "0", label_key="recap.to_opds"), _back(cycle)])
    counted = opd_line(turn.uow.definition_of(cycle), line)
    facts = counted | {"cycle": cycle.name, "items": [item_line(i) for i in page.items]}
    turn.show("recap/opd", rows, **facts, **page.facts)
    return STAY


# --- by indicator


def show_indicators(turn: Turn) -> Next:
    """A page of the indicators."""
    press = pressed(turn)
    cycle, recap = actions.look(turn.uow, turn.acting, press.id)
    page = page_of(recap.indicators, press.arg)
    lines = [indicator_line(i) for i in page.items]
    buttons = [Choice("recap.indicator", cycle.id, f"0.{i['code']}", label={"code": i["code"]}) for i in lines]
    rows = [*in_rows(buttons, 4), *turning(page, "recap.indicators", cycle.id), [_back(cycle)]]
    turn.show("recap/indicators", rows, cycle=cycle.name, lines=lines, supported=recap.supported, **page.facts)
    return STAY


def show_indicator(turn: Turn) -> Next:
    """What each agency gave for one indicator."""
    press = pressed(turn)
    wanted, _, code = press.arg.partition(".")
    cycle, recap = actions.look(turn.uow, turn.acting, press.id)
    line = recap.indicator(code)
    if line is None:
        raise NothingThere(what="indikator")
    page = page_of(line.items, wanted)
    answers = [item_line(i) | {"opd": opd_of(turn.uow, cycle, i.opd).name} for i in page.items]
    rows = turning(page, "recap.indicator", cycle.id, f".{line.code}")
    at = recap.indicators.index(line) // PAGE  # the page of the list that one came from
    rows.append([Choice("recap.indicators", cycle.id, str(at), label_key="recap.to_indicators"), _back(cycle)])
    facts = indicator_line(line) | {"cycle": cycle.name, "answers": answers}
    turn.show("recap/indicator", rows, **facts, **page.facts)
    return STAY
