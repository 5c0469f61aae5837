"""The sender's side of the outbox: what may go now, who has it in hand, how it ended; and the cards in chat.

States: pending → sending (committed *before* the call) → sent | failed | unreachable | uncertain | dropped.
A row found in `sending` at start was in the air when the process died; only a new message (`call` = "send")
is then in doubt, everything else may simply be done again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from sop.outgoing import SECRET_TEMPLATES, Attachment, Choice, Priority, Rows
from storage.frozen import thaw
from storage.rows import changed, taken
from storage.tables.base import UtcDateTime
from storage.tables.people import PersonRow
from storage.tables.queues import CardRow, OutboxRow, OutboxWaitRow

SEND = "send"
"""The call that puts a new message into a chat: the only one that must not be repeated blindly."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row of the outbox as the sender sees it."""

    id: int
    kind: str
    lane: str
    person: str
    purpose: str
    chat: int | None
    thread: int | None
    reply_to: int | None
    edit: int | None
    template: str
    params: dict[str, Any]
    choices: Rows
    attachment: Attachment | None
    task: str
    callback_id: str
    alert: bool
    loud: bool
    repeatable: bool
    again: bool
    attempts: int
    parts_done: int


@dataclass(frozen=True, slots=True)
class LivingCard:
    """Where the card of a task is in a person's chat; *open*: it still has its buttons."""

    chat: int
    message_id: int
    open: bool


def _may_go() -> tuple[ColumnElement[bool], ...]:
    """Pending, its moment come, its papers there, and no earlier reader of one of them in the lane waiting.

    The last part keeps the order among messages that name the same paper: a letter and its card may wait for
    different papers, and the card still comes second.
    """
    own, mine, theirs, missing = (aliased(OutboxWaitRow) for _ in range(4))
    other = aliased(OutboxRow)
    waits = exists().where(own.outbox == OutboxRow.id, own.ready.is_(False))
    overtakes = exists().where(
        mine.outbox == OutboxRow.id,
        theirs.paper == mine.paper,
        other.id == theirs.outbox,
        other.id < OutboxRow.id,
        other.lane == OutboxRow.lane,
        other.state == "pending",
        exists().where(and_(missing.outbox == other.id, missing.ready.is_(False))),
    )
    return (
        OutboxRow.state == "pending",
        or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= bindparam("now", type_=UtcDateTime)),
        ~waits,
        ~overtakes,
    )


# Built once: the sender asks after every message, and to put it together took longer than to answer it.
_CANDIDATES = (
    select(OutboxRow)
    .where(*_may_go(), OutboxRow.lane.not_in(bindparam("but", expanding=True)))
    .order_by(OutboxRow.priority, OutboxRow.id)
    .limit(bindparam("limit", type_=Integer))
)


class Dispatch:
    """Claiming by conditional update, so that a row is never in two hands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- what may go

    def candidates(self, now: datetime, *, but: Collection[str] = (), limit: int = 50) -> tuple[Outgoing, ...]:
        """Rows that may go at *now*, in their order, without those of the lanes *but*."""
        rows = self._session.scalars(_CANDIDATES, {"now": now, "but": list(but), "limit": limit})
        return tuple(map(_outgoing, rows))

    def next_at(self, now: datetime) -> datetime | None:
        """When the earliest row that is held back until a moment may go."""
        return self._session.scalar(
            select(func.min(OutboxRow.not_before)).where(OutboxRow.state == "pending", OutboxRow.not_before > now)
        )

    def awaiting_papers(self) -> tuple[int, ...]:
        """Private chats in which somebody waits for an answer with a paper that is not printed yet, oldest first."""
        chat = func.coalesce(OutboxRow.chat, PersonRow.telegram_id)
        found = self._session.scalars(
            select(chat)
            .join(OutboxWaitRow, OutboxWaitRow.outbox == OutboxRow.id)
            .outerjoin(PersonRow, PersonRow.id == OutboxRow.person)
            .where(OutboxRow.state == "pending", OutboxRow.priority <= Priority.ANSWER, OutboxWaitRow.ready.is_(False))
            .where(chat > 0)
            .order_by(OutboxRow.id)
        )
        return tuple(dict.fromkeys(found))

    def claim(self, id: int, call: str, now: datetime) -> bool:
        """Take a row for sending by *call*; False if somebody else has it."""
        free = update(OutboxRow).where(OutboxRow.id == id, OutboxRow.state == "pending")
        values = {"state": "sending", "call": call, "started_at": now, "attempts": OutboxRow.attempts + 1}
        return taken(self._session, free.values(values))

    # --- how it goes

    def calling(self, id: int, call: str) -> None:
        """Another call than claimed is about to be made (a new message, because the old one is gone)."""
        self._set(id, call=call)

    def progress(self, id: int, parts_done: int) -> None:
        """So many parts of a long message have arrived; they are not sent again."""
        self._set(id, parts_done=parts_done)

    def sent(self, id: int, chat: int, message_id: int | None, text: str, now: datetime) -> None:
        """It has arrived; the exact words are kept, unless there is a code in them."""
        self._set(id, state="sent", sent_chat=chat, message_id=message_id, words=text, ended_at=now, error="")
        self._forget_codes(id)

    def end(self, id: int, state: str, error: str, now: datetime) -> None:
        """It will not arrive: `failed`, `unreachable` or `dropped` (nothing left to say)."""
        self._set(id, state=state, error=error, ended_at=now)
        self._forget_codes(id)

    def postpone(self, id: int, error: str) -> None:
        """Not arrived, for a passing reason: back to its place in the order."""
        self._set(id, state="pending", error=error)

    def doubt(self, id: int, error: str, now: datetime) -> bool:
        """Nobody knows whether it arrived. True: it is repeatable and goes once more, with the mark."""
        row = self._session.get_one(OutboxRow, id, populate_existing=True)
        again = row.repeatable and not row.again
        if again:
            self._set(id, state="pending", again=True, error=error)
        else:
            self._set(id, state="uncertain", error=error, ended_at=now)
            self._forget_codes(id)
        return again

    def recover(self, now: datetime) -> tuple[Outgoing, ...]:
        """At start: settle what was in the air; gives back those in doubt that are not repeated."""
        rows = self._session.scalars(select(OutboxRow).where(OutboxRow.state == "sending").order_by(OutboxRow.id))
        lost: list[Outgoing] = []
        for row in rows.all():
            seen = _outgoing(row)
            if row.call != SEND:
                self.postpone(seen.id, "the process ended")
            elif not self.doubt(seen.id, "the process ended while it was being sent", now):
                lost.append(seen)
        return tuple(lost)

    # --- cards

    def card(self, task: str, person: str) -> LivingCard | None:
        """The living message of a task in a person's chat."""
        row = self._session.get(CardRow, (task, person))
        return None if row is None else LivingCard(row.chat, row.message_id, row.open)

    def keep_card(self, task: str, person: str, card: LivingCard) -> None:
        """The card is here now."""
        self._session.merge(
            CardRow(task=task, person=person, chat=card.chat, message_id=card.message_id, open=card.open)
        )
        self._session.flush()

    def strip(self, chat: int, message_id: int) -> None:
        """Take the buttons off a message that has been overtaken."""
        self._session.add(
            OutboxRow(kind="strip", priority=Priority.NOTICE, lane=f"chat:{chat}", chat=chat, edit=message_id)
        )
        self._session.flush()

    def move_chat(self, old: int, new: int) -> None:
        """A group has another number: rows that name it by number follow. Its messages count anew."""
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.chat == old, OutboxRow.state.in_(("pending", "sending")))
            .values(chat=new, lane=f"chat:{new}", edit=None, reply_to=None)
        )

    def _forget_codes(self, id: int) -> None:
        over = update(OutboxRow).where(OutboxRow.id == id, OutboxRow.template.in_(SECRET_TEMPLATES))
        changed(self._session, over.values(params={}, words=""))

    def _set(self, id: int, **values: Any) -> None:
        changed(self._session, update(OutboxRow).where(OutboxRow.id == id).values(values))


def _outgoing(row: OutboxRow) -> Outgoing:
    return Outgoing(
        id=row.id,
        kind=row.kind,
        lane=row.lane,
        person=row.person,
        purpose=row.purpose,
        chat=row.chat,
        thread=row.thread,
        reply_to=row.reply_to,
        edit=row.edit,
        template=row.template,
        params=thaw(row.params),
        choices=tuple(tuple(Choice(**thaw(choice)) for choice in line) for line in row.choices),
        attachment=Attachment(**row.attachment) if row.attachment else None,
        task=row.task,
        callback_id=row.callback_id,
        alert=row.alert,
        loud=row.loud,
        repeatable=row.repeatable,
        again=row.again,
        attempts=row.attempts,
        parts_done=row.parts_done,
    )
