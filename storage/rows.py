"""Small things that the queues share."""

from typing import cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session

from storage.changes import TAKING


def changed(session: Session, statement: Update) -> int:
    """Run a conditional update; how many rows it changed. None means that somebody else was first."""
    result = session.execute(statement.execution_options(synchronize_session="fetch"))
    return cast("CursorResult[object]", result).rowcount


def taken(session: Session, statement: Update) -> bool:
    """Take a row in hand by a conditional update, unless somebody else was first. It gives nobody else work."""
    return bool(changed(session, statement.execution_options(**{TAKING: True})))
