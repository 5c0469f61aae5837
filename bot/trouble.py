"""Something did not work and nobody is in front of it: the log has all of it, the administrators hear of it."""

import logging
from datetime import datetime

from sop.outgoing import Message, Rows, ToPerson
from sop.people import ADMINISTRATOR
from storage.unit_of_work import SqlUnitOfWork

CODE_LENGTH = 4
DETAIL_LENGTH = 300

log = logging.getLogger(__name__)


def report(
    uow: SqlUnitOfWork,
    what: str,
    detail: str,
    now: datetime,
    *,
    receiver: str = "",
    about: str = "",
    error: BaseException | None = None,
    choices: Rows = (),
) -> str:
    """Log it and tell the administrators; the code by which both name it.

    *what* selects the sentence in errors/trouble.html: message, uncertain, paper or file. *about*: trouble with the
    same thing is told once an hour, not for each of thirty receivers. *choices*: the buttons under it.
    """
    code = uow.new_id()[:CODE_LENGTH].upper()
    log.error("%s, code %s: %s", what, code, detail, exc_info=error)
    facts = {"what": what, "code": code, "detail": detail[:DETAIL_LENGTH], "receiver": receiver}
    for administrator in uow.people.holders(ADMINISTRATOR, None, now):
        key = f"trouble:{what}:{about}:{administrator.id}:{now:%Y-%m-%dT%H}" if about else ""
        uow.outbox.add(Message(ToPerson(administrator.id), "errors/trouble", facts, choices=choices, key=key))
    return code
