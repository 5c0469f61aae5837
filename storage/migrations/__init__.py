"""Migrations: Alembic, configured here rather than in an .ini file, so that the bot can migrate itself at start."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True)
class RevisionState:
    """*current*: revision of the tables ("" for an empty database); *head*: what the program wants; *known*: whether
    the program knows the current one (if not, the tables are from a newer version)."""

    current: str
    head: str
    known: bool

    @property
    def up_to_date(self) -> bool:
        """Whether nothing is to be done."""
        return self.current == self.head


class DatabaseTooNew(Exception):
    """The tables come from a newer version of the bot than this program; working on would damage them."""

    def __init__(self, state: RevisionState) -> None:
        self.state = state
        super().__init__(
            f"Basis data dibuat oleh versi bot yang lebih baru (revisi {state.current}; versi ini mengenal sampai "
            f"{state.head}). Pasang versi yang lebih baru, atau pulihkan cadangan yang sesuai."
        )


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings; *connection* is handed on to env.py."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent))
    settings.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    settings.attributes["connection"] = connection
    return settings


def revision_state(engine: Engine) -> RevisionState:
    """What the tables are and what they should be. Changes nothing."""
    scripts = ScriptDirectory.from_config(config())
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision() or ""
    return RevisionState(current, scripts.get_current_head() or "", not current or _knows(scripts, current))


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision. Raises DatabaseTooNew."""
    state = revision_state(engine)
    if not state.known:
        raise DatabaseTooNew(state)
    with _foreign_keys_off(engine) as connection, connection.begin():
        command.upgrade(config(connection), "head")


def _knows(scripts: ScriptDirectory, revision: str) -> bool:
    try:
        return scripts.get_revision(revision) is not None
    except CommandError:
        return False


@contextmanager
def _foreign_keys_off(engine: Engine) -> Iterator[Connection]:
    """A connection on which SQLite can rebuild tables: with the checks on, dropping the old one would cascade."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if engine.dialect.name != "sqlite" or driver is None:
            yield connection
            return
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
