"""Scores and meetings: rows ↔ rules."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sop.cycle import Signed
from sop.meeting import Meeting
from sop.scoring import Score
from storage.cycles import Outdated
from storage.tables.assessment import MeetingRow, ScoreRow

_MEETING = TypeAdapter(Meeting)


class SqlScores:
    """Implements `sop.ports.Scores`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_cycle(self, cycle: str) -> tuple[Score, ...]:
        """Everything written so far, by code of the indicator."""
        rows = self._session.scalars(select(ScoreRow).where(ScoreRow.cycle == cycle).order_by(ScoreRow.indicator))
        return tuple(map(_score, rows))

    def get(self, cycle: str, indicator: str) -> Score:
        """One indicator; an empty score where nothing was written yet."""
        row = self._session.get(ScoreRow, (cycle, indicator))
        return _score(row) if row else Score(cycle, indicator)

    def save(self, score: Score) -> None:
        """Write a score."""
        row = self._session.get(ScoreRow, (score.cycle, score.indicator))
        if row is None:
            row = ScoreRow(cycle=score.cycle, indicator=score.indicator)
            self._session.add(row)
        row.value, row.note, row.service = _words(score.value), score.note, score.service
        row.scored_by, row.scored_at = score.scored_by.to_json() if score.scored_by else None, score.scored_at
        row.final, row.explanation, row.improvement = _words(score.final), score.explanation, score.improvement
        row.completed_by = score.completed_by.to_json() if score.completed_by else None
        row.completed_at = score.completed_at
        self._session.flush()  # read again in the same unit of work


def _words(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _score(row: ScoreRow) -> Score:
    return Score(
        row.cycle,
        row.indicator,
        value=None if row.value is None else Decimal(row.value),
        note=row.note,
        scored_by=Signed.from_json(row.scored_by) if row.scored_by else None,
        scored_at=row.scored_at,
        service=row.service,
        final=None if row.final is None else Decimal(row.final),
        explanation=row.explanation,
        improvement=row.improvement,
        completed_by=Signed.from_json(row.completed_by) if row.completed_by else None,
        completed_at=row.completed_at,
    )


class SqlMeetings:
    """Implements `sop.ports.Meetings`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_cycle(self, cycle: str) -> Meeting:
        """The meeting of a cycle; an empty one before anything is scheduled."""
        row = self._session.get(MeetingRow, cycle, populate_existing=True)
        return replace(_MEETING.validate_python(_as_kept(row.content)), version=row.version) if row else Meeting(cycle)

    def save(self, meeting: Meeting) -> None:
        """Write a changed meeting; the version must be the one that was read."""
        content = _MEETING.dump_python(meeting, mode="json")
        if meeting.version == 0:
            self._session.add(MeetingRow(cycle=meeting.cycle, content=content, version=1))
            self._session.flush()  # read again in the same unit of work
            return
        result = self._session.execute(
            update(MeetingRow)
            .where(MeetingRow.cycle == meeting.cycle, MeetingRow.version == meeting.version)
            .values(content=content, version=meeting.version + 1)
        )
        if result.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a cursor result
            raise Outdated(meeting.cycle)


def _as_kept(content: dict[str, Any]) -> dict[str, Any]:
    """A stored meeting; earlier versions kept the whole discussion as one text, which is one point now."""
    text = content.get("discussion")
    return {**content, "discussion": [{"words": text}] if text else []} if isinstance(text, str) else content
