"""Writing values: a tap for a level, words for everything else."""

from collections.abc import Callable
from functools import wraps

from handlers.indicators.area import Area, aimed, leave
from handlers.indicators.screens import board_of, one
from handlers.indicators.showing import say_one
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop import scoring
from sop.actions import score_writing as acts
from sop.actions.score_writing import Written
from sop.actions.scoring import authorise
from sop.refusals import AlreadyDecided, NothingThere, NotNow, NotYours, Refused

Answer = Callable[[Area, Turn], Next]


def closing_when_late(answer: Answer) -> Answer:
    """An answer whose step has ended meanwhile is refused as everywhere, and nothing is asked any more."""

    @wraps(answer)
    def answered(area: Area, turn: Turn) -> Next:
        try:
            return answer(area, turn)
        except (AlreadyDecided, NotNow, NotYours, NothingThere) as late:
            _tell(turn, late)
            return END

    return answered


def _tell(turn: Turn, refused: Refused) -> None:
    turn.tell(f"refusals/{refused.template}", refused.facts())


# --- levels and values


def tap_level(area: Area, turn: Turn) -> Next:
    """A level: that is the act."""
    cycle_id, parts = aimed(turn)
    if len(parts) != 3:
        raise NothingThere(what="tombol")
    code, level, seen = parts
    board = board_of(turn, area, cycle_id)
    if board.indicator(code).external:
        raise NothingThere(what="tombol")
    written = turn.act(acts.set_value, cycle_id, area.phase, code, level, seen=seen)
    return _show(area, turn, cycle_id, code, written)


def _show(area: Area, turn: Turn, cycle_id: str, code: str, written: Written) -> Next:
    board = board_of(turn, area, cycle_id)
    template, rows, facts = one(turn, area, board, code, overtaken=written.overtaken)
    turn.show(template, rows, **facts)
    if written.overtaken is not None:
        turn.toast("indicator/overtaken", alert=True, code=code, overtaken=facts["overtaken"])
    else:
        turn.toast("indicator/kept", code=code, value=facts["value"], level=facts["level"])
    return leave(area, turn)


def await_external(area: Area, turn: Turn) -> Next:
    """An external value is waited for again."""
    cycle_id, (code, *_) = aimed(turn)
    written = turn.act(acts.await_external, cycle_id, code)
    return _show(area, turn, cycle_id, code, written)


def ask_value(area: Area, turn: Turn) -> Next:
    """A value between the levels, or an external one, will be typed."""
    cycle_id, (code, *seen) = aimed(turn)
    board, _ = authorise(turn.uow, turn.acting, cycle_id, area.phase)
    indicator = board.indicator(code)
    if not indicator.external and not board.instrument.scale.fractional:
        raise NothingThere(what="tombol")
    turn.begin(_subject(board.cycle.id, code, "value", seen))
    scale = board.instrument.scale
    turn.say(
        "indicator/ask_value",
        [[area.choice("show", "indicator.keep", board.cycle.id, code)]],
        code=code,
        name=indicator.name,
        external=indicator.external,
        lowest=scale.minimum,
        highest=scale.maximum,
        value=board.scores[code].holds,
    )
    return area.button("value")


def _subject(cycle: str, code: str, field: str, rest: list[str]) -> str:
    """What a question is about: cycle, code, field, and what the screen showed (or the value typed before)."""
    return "|".join((cycle, code, field, *rest[:1]))


def _asked(turn: Turn) -> tuple[str, str, str, str]:
    cycle, code, field, rest = (*turn.subject.split("|"), "", "", "", "")[:4]
    return cycle, code, field, rest


@closing_when_late
def take_value(area: Area, turn: Turn) -> Next:
    """The typed value; an external one is asked for its source next."""
    cycle_id, code, _, seen = _asked(turn)
    board, _ = authorise(turn.uow, turn.acting, cycle_id, area.phase)
    indicator = board.indicator(code)
    if indicator.external:
        value = scoring.as_typed(scoring.read_value(board.instrument, indicator, turn.text))
        turn.begin(_subject(cycle_id, code, "source", [value]))
        rows = [[area.choice("show", "indicator.keep", board.cycle.id, code)]]
        turn.say(
            "indicator/ask_source",
            rows,
            code=code,
            external=indicator.external,
            value=scoring.read_value(board.instrument, indicator, value),
        )
        return area.button("source")
    written = turn.act(acts.set_value, cycle_id, area.phase, code, turn.text, seen=seen)
    say_one(area, turn, cycle_id, code, overtaken=written.overtaken)
    return END


@closing_when_late
def take_source(area: Area, turn: Turn) -> Next:
    """The source of an external value: that is the act."""
    cycle_id, code, _, value = _asked(turn)
    turn.act(acts.set_external, cycle_id, area.phase, code, value, turn.text)
    say_one(area, turn, cycle_id, code)
    return END


# --- words


def ask_words(area: Area, turn: Turn) -> Next:
    """The note, the explanation, or the source of an external value will be typed."""
    return _ask(area, turn, "words")


def ask_improvement(area: Area, turn: Turn) -> Next:
    """The improvement will be typed."""
    return _ask(area, turn, "improvement")


def ask_service(area: Area, turn: Turn) -> Next:
    """The name of the service will be typed."""
    return _ask(area, turn, "service")


def _ask(area: Area, turn: Turn, field: str) -> Next:
    cycle_id, (code, *seen) = aimed(turn)
    board, _ = authorise(turn.uow, turn.acting, cycle_id, area.phase)
    indicator = board.indicator(code)
    if field not in acts.writable(area.phase, indicator):
        raise NothingThere(what="tombol")
    turn.begin(_subject(board.cycle.id, code, field, seen))
    entry = scoring.entry_of(board.scores[code], area.phase)
    turn.say(
        "indicator/ask_words",
        [[area.choice("show", "indicator.keep", board.cycle.id, code)]],
        code=code,
        name=indicator.name,
        field=acts.called(area.phase, field) if not (indicator.external and field == "words") else "source",
        there=entry.cells()[field],
    )
    return area.button("text")


@closing_when_late
def take_words(area: Area, turn: Turn) -> Next:
    """The words: that is the act."""
    cycle_id, code, field, seen = _asked(turn)
    written = turn.act(acts.set_words, cycle_id, area.phase, code, field, turn.text, seen=seen)
    say_one(area, turn, cycle_id, code, overtaken=written.overtaken)
    return END


def only_words(area: Area, turn: Turn) -> Next:
    """A file where words are awaited."""
    turn.say("indicator/only_words")
    return STAY
