"""Long lists in a chat: eight to a page, the page is turned in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handlers.buttons import Press
from handlers.turn import Turn
from sop.outgoing import Choice

T = TypeVar("T")
PAGE = 8  # entries on a page


def pressed(turn: Turn) -> Press:
    """The button of this turn; an empty one when it came by command."""
    return turn.press or Press("")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A page of a list; *number* from 0, *total* entries altogether."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int

    @property
    def facts(self) -> dict[str, Any]:
        """What templates say of it; pages count from 1 for people."""
        return {"page": self.number + 1, "pages": self.pages, "total": self.total}


def page_of(items: Sequence[T], wanted: str, size: int = PAGE) -> Page[T]:
    """The page *wanted* (as a button carries it); one that does not exist (any more) becomes the nearest."""
    pages = max(1, -(-len(items) // size))
    number = min(int(wanted), pages - 1) if wanted.isdecimal() else 0
    return Page(tuple(items[number * size : (number + 1) * size]), number, pages, len(items))


def turning(page: Page[T], action: str, id: str = "", suffix: str = "") -> list[list[Choice]]:
    """The row that turns the page; nothing when there is one only. The action gets the page as its arg."""
    row = []
    if page.number > 0:
        row.append(Choice(action, id, f"{page.number - 1}{suffix}", label_key="page.back"))
    if page.number < page.pages - 1:
        row.append(Choice(action, id, f"{page.number + 1}{suffix}", label_key="page.next"))
    return [row] if row else []
