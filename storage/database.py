"""The database: engine, one worker thread, one transaction per hop.

SQLite (WAL, every commit on disk) or PostgreSQL by URL. Only this module knows how a transaction begins and ends.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from sop.office import Bundle
from storage.changes import TAKING, UNTOLD, Changed
from storage.content import ContentStore
from storage.cycles import Outdated
from storage.definitions import Definitions
from storage.migrations import RevisionState, migrate, revision_state
from storage.unit_of_work import NewId, SqlUnitOfWork, random_id

T = TypeVar("T")
Work = Callable[[SqlUnitOfWork], T]

BUSY_MILLISECONDS = 10_000  # how long a writer waits for another process (a backup, `check`)


class DatabaseUnusable(Exception):
    """The database cannot be opened: address, driver, access or content. Secrets of the address are not named."""

    def __init__(self, error: Exception) -> None:
        origin = getattr(error, "orig", None) or error
        super().__init__(
            f"Basis data tidak dapat dibuka ({type(origin).__name__}: {origin}). Periksa DATABASE_URL dan DATA_DIR; "
            "bila berkasnya rusak, pulihkan cadangan."
        )


class Database:
    """Rows, in whole transactions.

    *office*: the definitions that a unit of work hands out; *new_id*: for tests that need ids they know;
    *content*: the store of bytes, for units of work that read or make spreadsheets.
    `on_commit` are called after a commit that changed something, with the names of the tables, so that workers wake at
    once: in the event loop that uses this database, whichever thread committed.
    """

    def __init__(
        self,
        url: str,
        *,
        office: Bundle | None = None,
        new_id: NewId = random_id,
        content: ContentStore | None = None,
    ) -> None:
        try:
            self.engine = _engine(url)
        except (SQLAlchemyError, ImportError) as error:
            raise DatabaseUnusable(error) from None
        self.on_commit: list[Callable[[Changed], None]] = []
        self._definitions = Definitions(office) if office else None
        self._new_id = new_id
        self._content = content
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")

    @property
    def names(self) -> Mapping[str, str]:
        """Keys that refusals carry, in words (`Bundle.names`), with those of agencies that are imported later."""
        return self._definitions.names if self._definitions else {}

    async def run(self, work: Work[T]) -> T:
        """Run *work* in one transaction on the database thread: committed when it returns, rolled back when it raises.

        A caller that is cancelled meanwhile does not stop the transaction: it ends as a whole, one way or the other.
        """
        self._loop = asyncio.get_running_loop()
        result, changed = await self._loop.run_in_executor(self._thread, self._transact, work)
        if changed:  # reading alone wakes nobody, or workers would keep each other awake for ever
            self._tell(changed)
        return result

    def call(self, work: Work[T]) -> T:
        """The same for callers without an event loop: commands at the prompt, and tests."""
        result, changed = self._thread.submit(self._transact, work).result()
        if changed and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, changed)
        elif changed:
            self._tell(changed)
        return result

    def migrate(self) -> None:
        """Bring the tables to the newest revision.

        Raises:
            DatabaseTooNew: the tables are from a newer version. DatabaseUnusable: they cannot be read or written.
        """
        try:
            self._thread.submit(migrate, self.engine).result()
        except SQLAlchemyError as error:
            raise DatabaseUnusable(error) from error

    def revision_state(self) -> RevisionState:
        """Which revision the tables have, and which the program wants. Changes nothing."""
        return self._thread.submit(revision_state, self.engine).result()

    def close(self) -> None:
        """Finish what is running and let go of the file."""
        self._thread.shutdown(wait=True)
        self.engine.dispose()

    def _transact(self, work: Work[T]) -> tuple[T, Changed]:
        with self.engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
            connection.info["changed"] = set()
            with session.begin():
                result = work(SqlUnitOfWork(session, self._definitions, self._new_id, self._content))
            return result, frozenset(connection.info["changed"])

    def _tell(self, changed: Changed) -> None:
        for hook in self.on_commit:
            hook(changed)


def is_passing(error: BaseException) -> bool:
    """Whether the same transaction may succeed when tried again: locked, disconnected, or overtaken by another."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | Outdated)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True)
    else:
        engine = _sqlite(parsed.database)
    event.listen(engine, "after_cursor_execute", _note_change)
    return engine


def _sqlite(path: str | None) -> Engine:
    in_memory = path in (None, "", ":memory:")
    if not in_memory:
        folder = Path(str(path)).absolute().parent
        if not folder.is_dir():  # a mistyped address must not begin an empty database somewhere else
            raise DatabaseUnusable(FileNotFoundError(f"folder {folder} tidak ada"))
    engine = create_engine(
        "sqlite://" if in_memory else f"sqlite:///{path}",
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
        **({"poolclass": StaticPool} if in_memory else {}),
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions on its own; we do, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and writes later could otherwise fail half-way with "database is locked".
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _note_change(
    connection: Connection, cursor: Any, statement: str, parameters: object, context: Any, executemany: bool
) -> None:
    if not (context.isinsert or context.isupdate or context.isdelete) or context.execution_options.get(TAKING):
        return
    compiled = context.compiled
    returning = bool(compiled and compiled.effective_returning)  # the count is not known before the rows are read
    if cursor.rowcount != 0 or returning:
        noted = connection.info.setdefault("changed", set())  # a migration is no transaction of ours
        noted.add(compiled.statement.table.name if compiled else UNTOLD)
