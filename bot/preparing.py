"""From a row of the outbox to a job: to which chat, by which call, with which file. Inside the claim's transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.pacing import Place
from handlers.registry import CardView
from sop.outgoing import Receiver, Rows, ToChat, ToGroup, ToPerson
from storage.dispatch import SEND, LivingCard, Outgoing
from storage.unit_of_work import SqlUnitOfWork

EDIT = "edit"
MARKUP = "markup"  # take the buttons off, leave the words
TOAST = "toast"
MENU = "menu"
_GENERAL = 1  # the topic of a forum that must not be named


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the sender calls in its transactions; all of it may be called twice for the same thing."""

    build_card: Callable[[SqlUnitOfWork, str, str, datetime], CardView | None]
    """uow, task, person, now → how the card looks; None when this person has no card of the task (any more)."""
    on_card_delivered: Callable[[SqlUnitOfWork, str, str, datetime], None]
    """A card has arrived where there was none: uow, task, person, now."""
    on_unreachable: Callable[[SqlUnitOfWork, Receiver, str, datetime], None]
    """Final: blocked, deactivated, never_started, kicked, not_found or forbidden."""
    on_migrated: Callable[[SqlUnitOfWork, int, int, datetime], None]
    """A group has another number: uow, old, new, now."""


@dataclass(frozen=True, slots=True)
class FileToSend:
    """An attachment; *file_id* when Telegram has it already."""

    sha256: str
    filename: str
    file_id: str | None


@dataclass(frozen=True, slots=True)
class Job:
    """A row that is being sent."""

    row: Outgoing
    place: Place
    call: str
    chat: int = 0
    thread: int | None = None
    message_id: int | None = None  # of the message that is edited
    template: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    choices: Rows = ()
    file: FileToSend | None = None
    living: LivingCard | None = None
    closing: bool = False
    roles: frozenset[str] | None = None


class Nobody(Exception):
    """There is nothing left to send, or nobody to send it to; the text says why."""


def receiver_of(row: Outgoing) -> Receiver:
    """Whom a row is for."""
    if row.person:
        return ToPerson(row.person)
    if row.purpose:
        return ToGroup(row.purpose)
    return ToChat(row.chat or 0, row.thread)


def place_of(uow: SqlUnitOfWork, row: Outgoing, now: datetime) -> tuple[Place, int, int | None]:
    """Where it is paced, the chat and the topic. Raises Nobody."""
    if row.kind == TOAST:
        return row.lane, 0, None
    if row.purpose:
        group = uow.groups.of(row.purpose)
        if group is None:
            raise Nobody(f"no group is bound to {row.purpose}")
        return group.chat, group.chat, None if group.thread == _GENERAL else group.thread
    if row.person:
        who = uow.people.get(row.person, now)
        if who is None:
            raise Nobody(f"there is no person {row.person}")
        chat = who.person.telegram_id
        return (row.lane if row.kind == MENU else chat), chat, None
    if row.chat is None:
        raise Nobody("the row names no receiver")
    return row.chat, row.chat, None if row.thread == _GENERAL else row.thread


def prepare(uow: SqlUnitOfWork, row: Outgoing, now: datetime, hooks: Hooks, bot: int) -> Job:
    """The job of a row. Raises Nobody; and whatever the builder of a card raises."""
    place, chat, thread = place_of(uow, row, now)
    match row.kind:
        case "card":
            return _card(uow, row, chat, now, hooks)
        case "strip":
            return Job(row, place, MARKUP, chat, message_id=row.edit)
        case "menu":
            who = uow.people.get(row.person, now)
            return Job(row, place, MENU, chat, roles=who.roles if who and who.roles else None)
        case "toast":
            return Job(row, place, TOAST, template=row.template, params=row.params)
    file = _file(uow, row, bot)
    call = EDIT if row.edit and file is None and row.parts_done == 0 else SEND
    return Job(
        row, place, call, chat, thread, row.edit if call == EDIT else None, row.template, row.params, row.choices, file
    )


def _card(uow: SqlUnitOfWork, row: Outgoing, chat: int, now: datetime, hooks: Hooks) -> Job:
    view = hooks.build_card(uow, row.task, row.person, now)
    living = uow.outbox.card(row.task, row.person)
    if view is None:
        if living is None or not living.open:
            raise Nobody("this person has no card of the task")
        return Job(row, chat, MARKUP, living.chat, message_id=living.message_id, living=living, closing=True)
    if living is None and not view.open:
        raise Nobody("the task is done, and this person never had its card")
    anew = living is None or (view.open and (row.loud or not living.open))
    return Job(
        row,
        chat,
        SEND if anew else EDIT,
        chat,
        message_id=None if anew or living is None else living.message_id,
        template=view.template,
        params=view.params,
        choices=view.choices if view.open else (),
        living=living,
        closing=not view.open,
    )


def _file(uow: SqlUnitOfWork, row: Outgoing, bot: int) -> FileToSend | None:
    if row.attachment is None:
        return None
    sha256, filename = row.attachment.sha256, row.attachment.filename
    if row.attachment.paper:
        paper = uow.papers.get(row.attachment.paper)
        if paper is None:
            raise Nobody(f"there is no paper {row.attachment.paper}")
        sha256, filename = paper.sha256, filename or paper.filename
    return FileToSend(sha256, filename, uow.files.telegram_copy(bot, sha256, filename))
