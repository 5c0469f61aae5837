"""Desks that have come somewhere are kept; the next test that wants to begin there gets a copy with rows of its own.

To play the first steps anew for every test took more time than the tests themselves.
"""

from copy import copy
from typing import TypeVar

from tests.handlers.letters_desk import Desk

D = TypeVar("D", bound=Desk)
_KEPT: dict[tuple, tuple[Desk, bytes]] = {}


def kept(make: type[D], **how) -> D:
    """A desk like a newly made one. Only for desks whose state is plain: values, and containers of values."""
    key = (make, *sorted(how.items()))
    if key not in _KEPT:
        first = make(**how)
        _KEPT[key] = first, _raw(first).serialize()
        first.database.close()
    first, rows = _KEPT[key]
    desk = copy(first)
    for name, value in vars(first).items():
        setattr(desk, name, copy(value) if isinstance(value, dict | list | set) else value)
    desk.database = desk.new_database()
    _raw(desk).deserialize(rows)
    return desk


def _raw(desk: Desk):
    """The one connection of a database in memory."""
    return desk.database.engine.raw_connection().driver_connection
