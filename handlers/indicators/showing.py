"""Looking at the values: the command, the screens, the files of an indicator."""

from handlers.evidence_facts import say_file
from handlers.indicators.area import Area, aimed, leave
from handlers.indicators.screens import board_of, listing, one, summary
from handlers.lists import pressed
from handlers.registry import Next
from handlers.turn import Turn
from sop.actions import scoring as acts
from sop.outgoing import Choice
from sop.scoring import Score

FILES_AT_ONCE = 10
CYCLES = 8


def command(area: Area, turn: Turn) -> Next:
    """The command: the cycle that has come there; `/nilai I17` leads to that indicator."""
    cycles = acts.reached(turn.uow, turn.acting, area.phase)
    if not cycles:
        turn.say("indicator/nothing_yet", [[Choice("tasks.mine")]], phase=area.phase.value)
    elif len(cycles) > 1:
        rows = [
            [Choice(area.opens, c.id, label_key="indicator.cycle", label={"cycle": c.name})] for c in cycles[:CYCLES]
        ]
        turn.say("indicator/which_cycle", rows, phase=area.phase.value)
    else:
        board = board_of(turn, area, cycles[0].id)
        code = turn.arguments.strip().upper()
        template, rows, facts = (
            one(turn, area, board, code) if board.instrument.indicator(code) else summary(board, area)
        )
        turn.say(template, rows, **facts)
    return leave(area, turn)


def open_summary(area: Area, turn: Turn) -> Next:
    """From a card or a list of cycles: a message of its own, the card stays."""
    template, rows, facts = summary(board_of(turn, area, pressed(turn).id), area)
    turn.say(template, rows, **facts)
    return leave(area, turn)


def show_summary(area: Area, turn: Turn) -> Next:
    """All of them at a glance, in place."""
    template, rows, facts = summary(board_of(turn, area, pressed(turn).id), area)
    turn.show(template, rows, **facts)
    return leave(area, turn)


def show_list(area: Area, turn: Turn) -> Next:
    """A page of the list."""
    press = pressed(turn)
    template, rows, facts = listing(board_of(turn, area, press.id), area, press.arg)
    turn.show(template, rows, **facts)
    return leave(area, turn)


def show_one(area: Area, turn: Turn) -> Next:
    """One indicator, in place."""
    cycle_id, (code, *_) = aimed(turn)
    template, rows, facts = one(turn, area, board_of(turn, area, cycle_id), code)
    turn.show(template, rows, **facts)
    return leave(area, turn)


def say_one(area: Area, turn: Turn, cycle_id: str, code: str, *, overtaken: Score | None = None) -> None:
    """One indicator, below what was typed."""
    template, rows, facts = one(turn, area, board_of(turn, area, cycle_id), code, overtaken=overtaken)
    turn.say(template, rows, **facts)


def send_files(area: Area, turn: Turn) -> Next:
    """The stored files of an indicator, of every agency; ten at once. The screen comes after them, where the eye is."""
    cycle_id, (code, *more) = aimed(turn)
    board = board_of(turn, area, cycle_id)
    board.indicator(code)
    start = int(more[0]) if more and more[0].isdecimal() and len(more[0]) < 5 else 0
    items = acts.evidence_for(turn.uow, turn.acting, board.cycle, code)
    files = [(i, f) for i in items for f in i.current_files if f.state == "tersimpan"]
    for item, file in files[start : start + FILES_AT_ONCE]:
        say_file(turn, item, file)
    left = len(files) - start - FILES_AT_ONCE
    template, rows, facts = one(turn, area, board, code)
    if left > 0:
        arg = f"{code}.{start + FILES_AT_ONCE}"
        rows.insert(0, [area.choice("files", "indicator.more_files", board.cycle.id, arg, count=left)])
    turn.say(template, rows, **facts)
    return leave(area, turn)
