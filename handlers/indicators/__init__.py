"""The indicators of a cycle on the screen, one at a time: for the meeting (SOP step 6) and for the form (step 7)."""

from functools import partial

from handlers.indicators import entering, showing, workbook
from handlers.indicators.area import Area
from handlers.registry import ButtonAction, State

__all__ = ["Area", "buttons", "showing", "states"]


def buttons(area: Area) -> tuple[ButtonAction, ...]:
    """Every button of an area, bound to it. Who may only look gets the screens without what changes something."""
    looking = {
        "show": showing.show_one,
        "all": showing.show_summary,
        "list": showing.show_list,
        "files": showing.send_files,
    }
    acting = {
        "level": entering.tap_level,
        "value": entering.ask_value,
        "wait": entering.await_external,
        "words": entering.ask_words,
        "improvement": entering.ask_improvement,
        "service": entering.ask_service,
        "sheet": workbook.send,
        "filled": workbook.ask_file,
        "check": workbook.check,
        "take": workbook.take,
    }
    return (
        ButtonAction(area.opens, partial(showing.open_summary, area), roles=area.readers),
        *(ButtonAction(area.button(v), partial(f, area), roles=area.readers) for v, f in looking.items()),
        *(ButtonAction(area.button(v), partial(f, area), roles=area.actors) for v, f in acting.items()),
    )


def states(area: Area) -> tuple[State, ...]:
    """Every question of an area."""
    only_words = partial(entering.only_words, area)
    return (
        State(area.button("value"), on_text=partial(entering.take_value, area), on_upload=only_words),
        State(area.button("source"), on_text=partial(entering.take_source, area), on_upload=only_words),
        State(area.button("text"), on_text=partial(entering.take_words, area), on_upload=only_words),
        State(
            area.button("file"),
            on_text=partial(workbook.only_files, area),
            on_upload=partial(workbook.take_file, area),
        ),
    )
