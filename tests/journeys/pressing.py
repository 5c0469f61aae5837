"""Presses carried out in place, as a turn would, inside a transaction that is taken back: thousands in a minute."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from telegram import Update

from handlers.claims import ButtonPressed, perform
from handlers.registry import Registry
from handlers.turn import Turn
from sop.refusals import Refused
from tests.handlers.desk import bot

_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
DONE, MOVED, REFUSED = "done", "moved", "refused"


class Undone(Exception):
    """Takes a press back, whatever it did."""


class Pressing:
    """What a person's presses come to. *state*: the tables of the office that not everybody may move."""

    def __init__(self, registry: Registry, now, state: tuple[str, ...]) -> None:
        self.registry, self.now, self.state = registry, now, frozenset(state)
        self.buttons = registry.actions()

    def press(self, uow, telegram_id: int, data: str) -> str:
        """`done`, `moved`, `refused`, or the mistake of ours in words."""
        came = DONE
        try:
            with _written(uow) as tables, uow.savepoint():
                try:
                    self._perform(uow, telegram_id, data)
                    uow.session.flush()
                except Refused:
                    came = REFUSED
                if came == DONE and tables & self.state:
                    came = MOVED
                raise Undone
        except Undone:
            return came
        except Exception as mistake:  # the test names it, with what was pressed
            return f"{type(mistake).__name__}: {mistake}"

    def _perform(self, uow, telegram_id: int, data: str) -> None:
        person = {"id": telegram_id, "is_bot": False, "first_name": f"Orang {telegram_id}"}
        card = {
            "message_id": 5,
            "date": 1,
            "chat": {"id": telegram_id, "type": "private", "first_name": person["first_name"]},
            "from": {"id": 123456789, "is_bot": True, "first_name": "Monev"},
            "text": "kartu",
        }
        query = {"id": "1", "from": person, "chat_instance": "1", "data": data, "message": card}
        update = Update.de_json({"update_id": 1, "callback_query": query}, bot())
        perform(Turn(uow, update, self.now), ButtonPressed(self.buttons[data.split(":")[0]]), self.registry)


@contextmanager
def _written(uow) -> Iterator[set[str]]:
    """The tables whose rows are changed meanwhile."""
    tables: set[str] = set()

    def note(connection, cursor, statement, parameters, context, many) -> None:
        found = _WRITE.match(statement)
        if found and cursor.rowcount != 0:
            tables.add(found[1])

    connection = uow.session.connection()
    event.listen(connection, "after_cursor_execute", note)
    try:
        yield tables
    finally:
        event.remove(connection, "after_cursor_execute", note)
