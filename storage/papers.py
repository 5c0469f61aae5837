"""Documents of cycles: requested, printed or uploaded, replaced."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Update, func, or_, select, update
from sqlalchemy.orm import Session

from sop.papers import SECRET_KINDS
from sop.ports import Paper, StoredFile
from storage.files import SqlFiles
from storage.frozen import freeze, thaw
from storage.rows import changed, taken
from storage.tables.queues import OutboxWaitRow, PaperRow

MAX_ATTEMPTS = 3


class SqlPapers:
    """Implements `sop.ports.Papers`; claim, postpone, release and retry are the printer's side."""

    def __init__(self, session: Session, new_id: Callable[[], str]) -> None:
        self._session = session
        self._new_id = new_id
        self._files = SqlFiles(session)

    def request(
        self,
        kind: str,
        context: dict[str, Any],
        *,
        title: str,
        filename: str,
        audience: str,
        cycle: str,
        opd: str | None = None,
        owner: str = "",
        made_by: str = "",
        now: datetime,
    ) -> str:
        """Queue a paper for printing and return its id."""
        row = PaperRow(kind=kind, title=title, filename=filename, audience=audience, cycle=cycle, opd=opd)
        row.owner, row.made_by, row.created_at = owner, made_by, now
        row.state, row.origin, row.context = "queued", "printed", freeze(context)
        return self._insert(row)

    def register_upload(
        self,
        kind: str,
        stored: StoredFile,
        *,
        title: str,
        filename: str,
        audience: str,
        cycle: str,
        opd: str | None = None,
        owner: str = "",
        made_by: str = "",
        now: datetime,
    ) -> str:
        """Record an uploaded official file as a paper, kept byte for byte."""
        self._files.keep(stored)
        row = PaperRow(kind=kind, title=title, filename=filename, audience=audience, cycle=cycle, opd=opd)
        row.owner, row.made_by, row.created_at = owner, made_by, now
        row.state, row.origin, row.sha256 = "ready", "uploaded", stored.sha256
        return self._insert(row)

    def get(self, paper: str) -> Paper | None:
        """One paper."""
        row = self._session.get(PaperRow, paper)
        return None if row is None else _paper(row)

    def of_cycle(
        self, cycle: str, *, kind: str | None = None, opd: str | None = None, current: bool = True
    ) -> tuple[Paper, ...]:
        """Papers of a cycle, oldest first; *current* leaves out the replaced ones."""
        query = select(PaperRow).where(PaperRow.cycle == cycle).order_by(PaperRow.number)
        if kind is not None:
            query = query.where(PaperRow.kind == kind)
        if opd is not None:
            query = query.where(PaperRow.opd == opd)
        if current:
            query = query.where(PaperRow.state != "replaced")
        return tuple(map(_paper, self._session.scalars(query)))

    def replace(self, paper: str) -> None:
        """Mark a paper as replaced. It stays readable; one still queued is printed for those who wait."""
        self._session.get_one(PaperRow, paper).state = "replaced"
        self._session.flush()

    def open_to(self, paper: str, audience: str) -> None:
        """Let a paper be seen by another class of readers."""
        self._session.get_one(PaperRow, paper).audience = audience
        self._session.flush()

    def print_again(self, paper: str) -> bool:
        """Queue a paper that could not be printed once more; False when it has not failed."""
        return changed(self._session, _again().where(PaperRow.id == paper)) == 1

    def printed(self, paper: str, stored: StoredFile) -> None:
        """The worker's result: messages that waited for this paper may go. A second changes nothing.

        The context of a paper with codes in it is gone from here on: the codes are for those who hold the paper.
        """
        self._files.keep(stored)
        row = self._session.get_one(PaperRow, paper, populate_existing=True)
        row.busy = False
        if not row.sha256:
            row.sha256, row.error = stored.sha256, ""
            row.state = "replaced" if row.state == "replaced" else "ready"
            row.context = {} if row.kind in SECRET_KINDS else row.context
        self._session.flush()
        self._session.execute(update(OutboxWaitRow).where(OutboxWaitRow.paper == paper).values(ready=True))

    def failed(self, paper: str, reason: str) -> None:
        """The paper could not be printed; what waits for it goes on waiting until `retry` helps."""
        row = self._session.get_one(PaperRow, paper, populate_existing=True)
        row.busy, row.error, row.attempts = False, reason, MAX_ATTEMPTS
        if row.state == "queued":
            row.state = "failed"
        self._session.flush()

    # --- the printer's side

    def claim(self, now: datetime) -> Paper | None:
        """Take the next paper to print; nobody else gets it meanwhile."""
        ids = self._session.scalars(
            select(PaperRow.id)
            .where(*_printable(), or_(PaperRow.not_before.is_(None), PaperRow.not_before <= now))
            .order_by(PaperRow.number)
            .limit(5)
        ).all()
        for id in ids:
            free = update(PaperRow).where(PaperRow.id == id, *_printable())
            if taken(self._session, free.values(busy=True, attempts=PaperRow.attempts + 1)):
                return self.get(id)
        return None

    def attempts(self, paper: str) -> int:
        """How often it was tried, the try under way included."""
        return self._session.get_one(PaperRow, paper, populate_existing=True).attempts

    def postpone(self, paper: str, until: datetime, error: str) -> None:
        """Print later."""
        self._session.execute(
            update(PaperRow).where(PaperRow.id == paper).values(busy=False, not_before=until, error=error)
        )

    def release(self) -> int:
        """At start: what a killed process had is free again (printing twice does no harm). How many."""
        free = update(PaperRow).where(PaperRow.busy.is_(True))
        return changed(self._session, free.values(busy=False, attempts=PaperRow.attempts - 1))

    def retry(self) -> int:
        """At start: what could not be printed is tried anew, for what was wrong may have been repaired. How many.

        One that was replaced meanwhile stays replaced, but is printed: messages wait for it.
        """
        unread = (PaperRow.state == "replaced", PaperRow.origin == "printed", PaperRow.sha256 == "")
        given_up = update(PaperRow).where(*unread, PaperRow.attempts >= MAX_ATTEMPTS)
        replaced = changed(self._session, given_up.values(attempts=0, not_before=None))
        return replaced + changed(self._session, _again())

    def next_at(self, now: datetime) -> datetime | None:
        """When the earliest postponed paper is due."""
        return self._session.scalar(
            select(func.min(PaperRow.not_before)).where(*_printable(), PaperRow.not_before > now)
        )

    def _insert(self, row: PaperRow) -> str:
        row.id = self._new_id()
        row.number = self._session.scalar(select(func.coalesce(func.max(PaperRow.number), 0) + 1)) or 1
        self._session.add(row)
        self._session.flush()
        return row.id


def _again() -> Update:
    """Failed papers back in the queue, as if they had never been tried."""
    return update(PaperRow).where(PaperRow.state == "failed").values(state="queued", attempts=0, not_before=None)


def _printable() -> tuple[Any, ...]:
    """Queued, or replaced before it was printed: messages that wait for it must not wait for ever."""
    return (
        PaperRow.origin == "printed",
        PaperRow.sha256 == "",
        PaperRow.state.in_(("queued", "replaced")),
        PaperRow.busy.is_(False),
        PaperRow.attempts < MAX_ATTEMPTS,
    )


def _paper(row: PaperRow) -> Paper:
    return Paper(
        id=row.id,
        kind=row.kind,
        title=row.title,
        filename=row.filename,
        audience=row.audience,
        state=row.state,
        created_at=row.created_at,
        cycle=row.cycle,
        opd=row.opd,
        owner=row.owner,
        sha256=row.sha256,
        origin=row.origin,
        made_by=row.made_by,
        context=thaw(row.context),
    )
