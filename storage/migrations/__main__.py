"""For developers: `python -m storage.migrations "what changes"` writes a revision from the tables as they are coded."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from storage.migrations import config, migrate


def main(message: str) -> None:
    """Compare the coded tables with a database at the newest revision, and write the difference to versions/."""
    with tempfile.TemporaryDirectory() as directory:
        engine = create_engine(f"sqlite:///{Path(directory) / 'compare.db'}")
        migrate(engine)
        with engine.connect() as connection:
            command.revision(config(connection), message, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
