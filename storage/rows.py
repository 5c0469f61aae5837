"""Small things that the queues share."""

from typing import cast

from sqlalchemy import CursorResult, Update
from sqlalchemy.orm import Session


def changed(session: Session, statement: Update) -> int:
    """Run a conditional update; how many rows it changed. None means that somebody else was first."""
    result = session.execute(statement.execution_options(synchronize_session="fetch"))
    return cast("CursorResult[object]", result).rowcount
