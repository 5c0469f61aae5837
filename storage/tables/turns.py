"""What a turn reads and writes besides the SOP's own rows: inbox, open questions, drafts, and the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, Integer, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class InboxRow(Base):
    """An update as Telegram handed it over. It is confirmed to Telegram only after it stands here."""

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(BigInteger)  # whose turn it is: the user's id, else the chat's
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8), default="waiting")  # waiting | done | failed
    attempts: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(8), default="")  # what the person was told, to find the log line by
    error: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "person",
            "update_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_inbox_ended", "state", "ended_at"),
    )


class DialogueRow(Base):
    """The one open question of a person in a chat."""

    __tablename__ = "dialogue"
    person: Mapped[int] = mapped_column(BigInteger, primary_key=True)  # Telegram id: strangers are asked things too
    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    state: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(64), default="", index=True)
    since: Mapped[datetime]


class DraftRow(Base):
    """What a person has typed so far on a subject; outlives the question, so that nothing is typed twice."""

    __tablename__ = "draft"
    person: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class JournalRow(Base):
    """A line of the journal. *hash* covers it and *prev_hash*, so that a change shows; no two lines follow one."""

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(16))
    name: Mapped[str]
    capacity: Mapped[str]
    event: Mapped[str] = mapped_column(String(64))
    cycle: Mapped[str] = mapped_column(String(16), default="")
    facts: Mapped[str] = mapped_column(Text)  # canonical JSON, exactly as it was hashed
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (UniqueConstraint("prev_hash"), Index("ix_journal_cycle", "cycle", "id"))


# Append-only by the database itself. A migration that creates or rebuilds the table must execute these too.
JOURNAL_GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
        "CREATE TRIGGER journal_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
    ),
}


def guard_journal(connection: Connection) -> None:
    """Put the guards on a freshly made journal table; for a migration: `guard_journal(op.get_bind())`."""
    for statement in JOURNAL_GUARDS.get(connection.dialect.name, ()):
        connection.exec_driver_sql(statement)


@event.listens_for(JournalRow.__table__, "after_create")
def _guard_after_create(table: object, connection: Connection, **_: object) -> None:
    guard_journal(connection)
