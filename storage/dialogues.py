"""The one open question of a person in a chat, and drafts by person and subject."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sop.ports import Draft
from storage.tables.turns import DialogueRow, DraftRow


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An open question as stored; *telegram_id* and *chat* name whose and where."""

    telegram_id: int
    chat: int
    state: str
    subject: str


class SqlDialogues:
    """Implements `sop.ports.Dialogues`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, telegram_id: int, chat: int) -> tuple[str, str] | None:
        """State and subject of the open dialogue, or None."""
        row = self._session.get(DialogueRow, (telegram_id, chat))
        return None if row is None else (row.state, row.subject)

    def all(self) -> tuple[OpenQuestion, ...]:
        """Every open question, for the start of the process."""
        rows = self._session.scalars(select(DialogueRow).order_by(DialogueRow.person, DialogueRow.chat))
        return tuple(OpenQuestion(r.person, r.chat, r.state, r.subject) for r in rows)

    def move(self, telegram_id: int, chat: int, state: str | None, subject: str, now: datetime) -> None:
        """Write the next state; None closes the dialogue."""
        row = self._session.get(DialogueRow, (telegram_id, chat))
        if state is None:
            if row is not None:
                self._session.delete(row)
        elif row is None:
            self._session.add(DialogueRow(person=telegram_id, chat=chat, state=state, subject=subject, since=now))
        else:
            row.state, row.subject, row.since = state, subject, now
        self._session.flush()  # later reads in this unit of work must see it

    def close_for_subject(self, subject: str) -> None:
        """Close everybody's dialogue on a subject (somebody else has decided it)."""
        self._session.execute(delete(DialogueRow).where(DialogueRow.subject == subject))

    def draft(self, telegram_id: int, subject: str) -> Draft:
        """The draft on a subject; empty if there is none."""
        row = self._session.get(DraftRow, (telegram_id, subject))
        return Draft(subject, dict(row.content) if row else {})

    def drafts(self, telegram_id: int) -> tuple[Draft, ...]:
        """Everything that this person has begun and not finished, the newest first."""
        query = select(DraftRow).where(DraftRow.person == telegram_id).order_by(DraftRow.saved_at.desc())
        return tuple(Draft(row.subject, dict(row.content)) for row in self._session.scalars(query))

    def save_draft(self, telegram_id: int, draft: Draft, now: datetime) -> None:
        """Keep a draft."""
        row = self._session.get(DraftRow, (telegram_id, draft.subject))
        if row is None:
            row = DraftRow(person=telegram_id, subject=draft.subject, content=dict(draft.values), saved_at=now)
            self._session.add(row)
        row.content, row.saved_at = dict(draft.values), now
        self._session.flush()  # later reads in this unit of work must see it

    def drop_draft(self, telegram_id: int, subject: str) -> None:
        """Forget a draft whose act is done."""
        self._session.execute(delete(DraftRow).where(DraftRow.person == telegram_id, DraftRow.subject == subject))
