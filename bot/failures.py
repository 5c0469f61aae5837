"""An update that cannot be handled: kept aside, the person told with a code, the administrators told too."""

import logging
from datetime import datetime
from typing import Any

from telegram import Update

from sop.outgoing import Message, Priority, ToChat, ToPerson
from sop.people import ADMINISTRATOR
from storage.database import Database
from storage.inbox import Waiting
from storage.unit_of_work import SqlUnitOfWork

CODE_LENGTH = 4

log = logging.getLogger(__name__)


async def set_aside(database: Database, waiting: Waiting, error: Exception, now: datetime, bot: Any) -> None:
    """End an update as failed, in a small transaction of its own, and say so.

    The log line and the sentence carry the same code. The log names the update by number only: what the person
    wrote stays in the row.
    """
    code = await database.run(lambda uow: _record(uow, waiting, error, now, bot))
    log.error("update %s set aside, code %s", waiting.update_id, code, exc_info=error)


def _record(uow: SqlUnitOfWork, waiting: Waiting, error: Exception, now: datetime, bot: Any) -> str:
    code = uow.new_id()[:CODE_LENGTH].upper()
    uow.inbox.set_aside(waiting.update_id, code, f"{type(error).__name__}: {error}", now)
    update = _readable(waiting, bot)
    if update is not None:
        _tell_person(uow, update, code)
    name = update.effective_user.full_name if update and update.effective_user else ""
    facts = {"code": code, "name": name, "error": type(error).__name__, "at": now}
    for administrator in uow.people.holders(ADMINISTRATOR, None, now):
        uow.outbox.add(Message(ToPerson(administrator.id), "errors/set_aside", facts))
    return code


def _readable(waiting: Waiting, bot: Any) -> Update | None:
    try:
        return Update.de_json(waiting.payload, bot)
    except Exception:
        log.exception("update %s cannot be read", waiting.update_id)
        return None


def _tell_person(uow: SqlUnitOfWork, update: Update, code: str) -> None:
    query, chat, message = update.callback_query, update.effective_chat, update.message
    if query is not None:
        uow.outbox.toast(query.id, "errors/unexpected", {"code": code}, alert=True)
    if chat is not None and (message is not None or query is not None):
        thread = message.message_thread_id if message and message.is_topic_message else None
        here = ToChat(chat.id, thread)
        uow.outbox.add(Message(here, "errors/unexpected", {"code": code}, priority=Priority.ANSWER))
