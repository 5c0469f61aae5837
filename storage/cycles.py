"""Cycles, tasks and reminders: rows ↔ rules, version-checked."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sop.cycle import Cycle, CycleState, Question, Signed, Standing, Task, TaskState
from sop.definition import Sop
from sop.ports import Reminder
from sop.refusals import NothingThere
from storage.tables.cycles import CycleRow, ReminderRow, TaskRow


class Outdated(Exception):
    """Somebody else has written this since it was read."""


class SqlCycles:
    """Implements `sop.ports.Cycles`. *sop_of* gives the SOP of a definition hash."""

    def __init__(self, session: Session, sop_of: Callable[[str], Sop]) -> None:
        self._session = session
        self._sop_of = sop_of

    def add(self, cycle: Cycle) -> None:
        """Keep a new cycle with its first tasks."""
        self._session.add(
            CycleRow(
                id=cycle.id,
                name=cycle.name,
                year=cycle.year,
                definition=cycle.definition,
                instrument=cycle.instrument,
                opds=list(cycle.opds),
                opened_at=cycle.opened_at,
                opened_by=cycle.opened_by.to_json(),
                state=cycle.state.value,
                state_reason=cycle.state_reason,
                sheet=dict(cycle.sheet),
                version=1,
            )
        )
        self._session.flush()  # the tasks refer to the cycle
        self._write_tasks(cycle)

    def get(self, cycle: str) -> Cycle:
        """One cycle."""
        row = self._session.get(CycleRow, cycle)
        if row is None:
            raise NothingThere(what="siklus")
        return self._cycle(row)

    def of_task(self, task: str) -> Cycle:
        """The cycle of a task."""
        row = self._session.get(TaskRow, task)
        if row is None:
            raise NothingThere(what="tugas")
        return self.get(row.cycle)

    def save(self, cycle: Cycle) -> None:
        """Write a changed cycle; the version must be the one that was read."""
        result = self._session.execute(
            update(CycleRow)
            .where(CycleRow.id == cycle.id, CycleRow.version == cycle.version)
            .values(
                name=cycle.name,
                opds=list(cycle.opds),
                state=cycle.state.value,
                state_reason=cycle.state_reason,
                sheet=dict(cycle.sheet),
                version=cycle.version + 1,
            )
        )
        if result.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a cursor result
            raise Outdated(cycle.id)
        self._write_tasks(cycle)

    def current(self) -> tuple[Cycle, ...]:
        """Cycles that are neither completed nor cancelled, newest first."""
        over = (CycleState.COMPLETED.value, CycleState.CANCELLED.value)
        return tuple(c for c in self.all() if c.state.value not in over)

    def all(self) -> tuple[Cycle, ...]:
        """Every cycle, newest first."""
        rows = self._session.scalars(select(CycleRow).order_by(CycleRow.opened_at.desc(), CycleRow.id))
        return tuple(map(self._cycle, rows))

    def _cycle(self, row: CycleRow) -> Cycle:
        tasks = self._session.scalars(select(TaskRow).where(TaskRow.cycle == row.id).order_by(TaskRow.position))
        return Cycle(
            id=row.id,
            name=row.name,
            year=row.year,
            sop=self._sop_of(row.definition),
            definition=row.definition,
            instrument=row.instrument,
            opds=tuple(row.opds),
            opened_at=row.opened_at,
            opened_by=Signed.from_json(row.opened_by),
            state=CycleState(row.state),
            state_reason=row.state_reason,
            tasks=tuple(map(_task, tasks)),
            version=row.version,
            sheet=row.sheet,
        )

    def _write_tasks(self, cycle: Cycle) -> None:
        known = {r.id: r for r in self._session.scalars(select(TaskRow).where(TaskRow.cycle == cycle.id))}
        # Ended tasks are written before new ones: only one pass of a step may be open at a time.
        for position, task in enumerate(cycle.tasks):
            row = known.get(task.id)
            if row is not None:
                _fill(row, task, position)
        self._session.flush()
        for position, task in enumerate(cycle.tasks):
            if task.id not in known:
                fresh = TaskRow(id=task.id, cycle=cycle.id)
                _fill(fresh, task, position)
                self._session.add(fresh)
        self._session.flush()


def _fill(row: TaskRow, task: Task, position: int) -> None:
    row.position = position
    row.step, row.pass_no, row.opd, row.state = task.step, task.pass_no, task.opd or "", task.state.value
    row.opened_at, row.clock_started_at = task.opened_at, task.clock_started_at
    row.target_at, row.due_at, row.paused_at = task.target_at, task.due_at, task.paused_at
    row.came_back = task.came_back
    row.came_back_from = task.came_back_from.to_json() if task.came_back_from else None
    row.decided_at = task.decided_at
    row.decided_by = task.decided_by.to_json() if task.decided_by else None
    row.note, row.instructions = task.note, list(task.instructions)
    row.questions = [_question_json(q) for q in task.questions]
    row.standing, row.standing_since = task.standing.value, task.standing_since
    row.reported_at = task.reported_at
    row.reported_by = task.reported_by.to_json() if task.reported_by else None
    row.acknowledged_at = task.acknowledged_at
    row.acknowledged_by = task.acknowledged_by.to_json() if task.acknowledged_by else None


def _task(row: TaskRow) -> Task:
    return Task(
        id=row.id,
        step=row.step,
        pass_no=row.pass_no,
        opd=row.opd or None,
        opened_at=row.opened_at,
        state=TaskState(row.state),
        clock_started_at=row.clock_started_at,
        target_at=row.target_at,
        due_at=row.due_at,
        paused_at=row.paused_at,
        came_back=row.came_back,
        came_back_from=Signed.from_json(row.came_back_from) if row.came_back_from else None,
        decided_at=row.decided_at,
        decided_by=Signed.from_json(row.decided_by) if row.decided_by else None,
        note=row.note,
        instructions=tuple(row.instructions),
        questions=tuple(map(_question, row.questions)),
        standing=Standing(row.standing),
        standing_since=row.standing_since,
        reported_at=row.reported_at,
        reported_by=Signed.from_json(row.reported_by) if row.reported_by else None,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=Signed.from_json(row.acknowledged_by) if row.acknowledged_by else None,
    )


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "text": question.text,
        "asked_at": question.asked_at.isoformat(),
        "asked_by": question.asked_by.to_json(),
        "to_person": question.to_person,
        "answer": question.answer,
        "answered_at": question.answered_at.isoformat() if question.answered_at else None,
        "answered_by": question.answered_by.to_json() if question.answered_by else None,
        "id": question.id,
        "about": question.about,
        "beside": question.beside,
    }


def _question(value: dict[str, Any]) -> Question:
    return Question(
        text=value["text"],
        asked_at=datetime.fromisoformat(value["asked_at"]),
        asked_by=Signed.from_json(value["asked_by"]),
        to_person=value["to_person"],
        answer=value["answer"],
        answered_at=datetime.fromisoformat(value["answered_at"]) if value["answered_at"] else None,
        answered_by=Signed.from_json(value["answered_by"]) if value["answered_by"] else None,
        id=value.get("id", ""),
        about=value.get("about", ""),
        beside=value.get("beside", False),
    )


class SqlReminders:
    """Implements `sop.ports.Reminders`."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id

    def replan(self, task: str, moments: Iterable[tuple[str, datetime]]) -> None:
        """Replace what is still planned for a task."""
        self.drop(task)
        for rung, at in moments:
            self._session.add(ReminderRow(id=self._new_id(), task=task, rung=rung, at=at))
        self._session.flush()  # the alarm clock reads the earliest one

    def drop(self, task: str) -> None:
        """Nothing more to remind of; what has fired stays as history."""
        rows = self._session.scalars(select(ReminderRow).where(ReminderRow.task == task, ReminderRow.done.is_(False)))
        for row in rows:
            self._session.delete(row)
        self._session.flush()  # replan adds rows for the same task

    def due(self, now: datetime, limit: int = 200) -> tuple[Reminder, ...]:
        """Reminders whose moment has come, earliest first."""
        rows = self._session.scalars(
            select(ReminderRow)
            .where(ReminderRow.done.is_(False), ReminderRow.at <= now)
            .order_by(ReminderRow.at, ReminderRow.id)
            .limit(limit)
        )
        return tuple(Reminder(r.id, r.task, r.rung, r.at) for r in rows)

    def done(self, id: str) -> None:
        """This one has been handled."""
        self._session.execute(update(ReminderRow).where(ReminderRow.id == id).values(done=True))

    def next_at(self) -> datetime | None:
        """The earliest planned moment."""
        return self._session.scalar(
            select(ReminderRow.at).where(ReminderRow.done.is_(False)).order_by(ReminderRow.at).limit(1)
        )
