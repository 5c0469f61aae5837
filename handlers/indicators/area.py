"""One of the two places where values are written, and how its buttons are called."""

from dataclasses import dataclass
from typing import Any

from handlers.lists import pressed
from handlers.registry import END, STAY, Next
from handlers.turn import Turn
from sop.outgoing import Choice
from sop.scoring import Phase

Rows = list[list[Choice]]
Screen = tuple[str, Rows, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Area:
    """*key*: first part of its buttons and questions. *opens*: the button that others show to come here."""

    key: str
    phase: Phase
    opens: str
    actors: frozenset[str]
    readers: frozenset[str]

    def button(self, verb: str) -> str:
        """The action of a button, and the name of a question."""
        return f"{self.key}.{verb}"

    def choice(self, verb: str, label: str, id: str, arg: str = "", style: str = "", **facts: object) -> Choice:
        """A button of this area with one of the labels that both areas share."""
        return Choice(self.button(verb), id, arg, style=style, label_key=label, label=facts)


def leave(area: Area, turn: Turn) -> Next:
    """Going elsewhere among the indicators closes the question that is open there."""
    return END if turn.state.startswith(f"{area.key}.") else STAY


def aimed(turn: Turn) -> tuple[str, list[str]]:
    """Cycle and the parts of the arg of the pressed button: code first, then what the button adds."""
    press = pressed(turn)
    return press.id, press.arg.split(".")
