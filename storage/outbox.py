"""Messages to be sent, written in the transaction of what causes them. The sender: storage/dispatch.py."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sop.outgoing import Message, Priority, Receiver, ToChat, ToGroup, ToPerson
from storage.dispatch import Dispatch
from storage.frozen import freeze
from storage.tables.queues import OutboxRow, OutboxWaitRow, PaperRow


class SqlOutbox(Dispatch):
    """Implements `sop.ports.Outbox`, and what the sender needs of it (`Dispatch`)."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        super().__init__(session)
        self._new_id = new_id

    def add(self, message: Message) -> bool:
        """Enqueue once by key: a waiting one is replaced where it stands, one under way or ended is left (False).

        Raises:
            LookupError: the message names a paper that does not exist.
            TypeError: a parameter that a row cannot keep.
        """
        row = self._of_key(message.key)
        if row is not None and row.state != "pending":
            return False
        if row is None:
            row = OutboxRow(kind="message", key=message.key or None)
            self._session.add(row)
        _fill(row, message)
        self._session.flush()
        paper = message.attachment.paper if message.attachment else ""
        self._wait_for(row, [*message.after, *([paper] if paper else [])], anew=True)
        return True

    def refresh_card(self, task: str, persons: Iterable[str], *, loud: bool = False, after: Sequence[str] = ()) -> None:
        """Bring the task card of each person up to date.

        A quiet refresh edits the card in place, and sends it where there is none. A *loud* one must ring,
        which an edit cannot: the card is sent anew and the copy before it loses its buttons.
        """
        for person in dict.fromkeys(persons):
            row = self._session.scalars(
                select(OutboxRow).where(
                    OutboxRow.lane == f"person:{person}",
                    OutboxRow.state == "pending",
                    OutboxRow.kind == "card",
                    OutboxRow.task == task,
                )
            ).first()
            if row is None:
                row = OutboxRow(
                    kind="card", priority=Priority.NOTICE, lane=f"person:{person}", person=person, task=task
                )
                row.loud = False
                self._session.add(row)
            row.loud = row.loud or loud
            self._session.flush()
            self._wait_for(row, after, anew=False)

    def refresh_menu(self, person: str) -> None:
        """Set the person's command menu anew from the roles they hold when it is sent."""
        lane = f"menu:{person}"
        waiting = select(OutboxRow.id).where(OutboxRow.lane == lane, OutboxRow.state == "pending")
        if self._session.scalars(waiting).first() is None:
            self._session.add(OutboxRow(kind="menu", priority=Priority.BULK, lane=lane, person=person))
            self._session.flush()

    def toast(self, callback_id: str, template: str, params: dict[str, Any], *, alert: bool = False) -> None:
        """Answer a callback query. An empty template stops the spinner only."""
        self._session.add(
            OutboxRow(
                kind="toast",
                priority=Priority.TOAST,
                lane=f"toast:{callback_id}",
                callback_id=callback_id,
                template=template,
                params=freeze(params),
                alert=alert,
            )
        )
        self._session.flush()

    def _of_key(self, key: str) -> OutboxRow | None:
        if not key:
            return None
        return self._session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one_or_none()

    def _wait_for(self, row: OutboxRow, papers: Sequence[str], *, anew: bool) -> None:
        """Let a message wait for papers. *anew*: for these only, not for those named before."""
        if anew:
            self._session.execute(delete(OutboxWaitRow).where(OutboxWaitRow.outbox == row.id))
        for name in dict.fromkeys(papers):
            paper = self._session.get(PaperRow, name)
            if paper is None:
                raise LookupError(f"a message waits for a paper that does not exist: {name}")
            self._session.merge(OutboxWaitRow(outbox=row.id, paper=name, ready=bool(paper.sha256)))
        self._session.flush()


def _fill(row: OutboxRow, message: Message) -> None:
    row.priority = int(message.priority)
    row.template = message.template
    row.params = freeze(message.params)
    row.choices = [[freeze(asdict(choice)) for choice in line] for line in message.choices]
    row.attachment = asdict(message.attachment) if message.attachment else {}
    row.loud = message.loud
    row.repeatable = message.repeatable
    row.not_before = message.not_before
    row.edit = message.edit
    _address(row, message.to)


def _address(row: OutboxRow, to: Receiver) -> None:
    match to:
        case ToPerson(person):
            row.lane, row.person = f"person:{person}", person
        case ToGroup(purpose):
            row.lane, row.purpose = f"group:{purpose}", purpose
        case ToChat(chat, thread, reply_to):
            row.lane, row.chat, row.thread, row.reply_to = f"chat:{chat}", chat, thread, reply_to
