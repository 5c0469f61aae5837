"""What the workers do: messages to send, cards in chat, files to fetch, papers to print."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class OutboxRow(Base):
    """One thing to tell Telegram. Ids rise: they are the order of a chat."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(8))  # message | card | strip | toast | menu
    priority: Mapped[int]
    lane: Mapped[str]  # whom it is for: "person:…", "group:…", "chat:…", "toast:…", "menu:…"
    person: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    chat: Mapped[int | None] = mapped_column(BigInteger)
    thread: Mapped[int | None]
    reply_to: Mapped[int | None]
    edit: Mapped[int | None]
    template: Mapped[str] = mapped_column(default="")
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    choices: Mapped[list[Any]] = mapped_column(default=list)
    attachment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    task: Mapped[str] = mapped_column(default="")
    callback_id: Mapped[str] = mapped_column(default="")
    alert: Mapped[bool] = mapped_column(default=False)
    loud: Mapped[bool] = mapped_column(default=True)
    repeatable: Mapped[bool] = mapped_column(default=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    not_before: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(12), default="pending")
    call: Mapped[str] = mapped_column(String(8), default="")  # what is under way: "send" may not be repeated
    again: Mapped[bool] = mapped_column(default=False)  # a second sending, with the mark
    attempts: Mapped[int] = mapped_column(default=0)
    parts_done: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    sent_chat: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None]
    words: Mapped[str] = mapped_column(default="")  # what the person read
    error: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending','sending','sent','failed','uncertain','unreachable','dropped')", name="state"
        ),
        Index(
            "ix_outbox_waiting",
            "priority",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_outbox_lane", "lane", "state"),
    )


class OutboxWaitRow(Base):
    """A message waits for a paper. The row stays when the paper is there: it keeps its readers in order."""

    __tablename__ = "outbox_wait"
    outbox: Mapped[int] = mapped_column(primary_key=True)
    paper: Mapped[str] = mapped_column(String(16), primary_key=True, index=True)
    ready: Mapped[bool] = mapped_column(Boolean, default=False)


class CardRow(Base):
    """The living message of a task in a person's chat."""

    __tablename__ = "card"
    task: Mapped[str] = mapped_column(String(16), primary_key=True)
    person: Mapped[str] = mapped_column(String(16), primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int]
    open: Mapped[bool]


class IncomingFileRow(Base):
    """A file in Telegram that is to be fetched."""

    __tablename__ = "incoming_file"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # order of arrival
    telegram_file_id: Mapped[str]
    filename: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str]
    target: Mapped[str]
    by_person: Mapped[str]
    chat: Mapped[int] = mapped_column(BigInteger)
    album: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    busy: Mapped[bool] = mapped_column(default=False)  # a worker has it
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("state IN ('waiting','stored','failed')", name="state"),
        Index("ix_incoming_file_target", "purpose", "target", "state"),
    )


class StoredFileRow(Base):
    """Bytes on disk, by content hash."""

    __tablename__ = "stored_file"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str]
    pages: Mapped[int | None]


class TelegramCopyRow(Base):
    """Bytes that Telegram has already: sent again by file_id. A file_id keeps its bot and its file name."""

    __tablename__ = "telegram_copy"
    bot: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    filename: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str]


class PaperRow(Base):
    """A document of a cycle."""

    __tablename__ = "paper"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)  # order of request
    kind: Mapped[str]
    title: Mapped[str]
    filename: Mapped[str]
    audience: Mapped[str]
    state: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]
    cycle: Mapped[str] = mapped_column(String(16), default="")
    opd: Mapped[str | None]
    owner: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    origin: Mapped[str] = mapped_column(String(8), default="printed")
    made_by: Mapped[str] = mapped_column(default="")
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)
    busy: Mapped[bool] = mapped_column(default=False)  # a worker has it
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("state IN ('queued','ready','failed','replaced')", name="state"),
        Index("ix_paper_cycle", "cycle", "kind", "opd"),
        Index("ix_paper_state", "state"),
    )
