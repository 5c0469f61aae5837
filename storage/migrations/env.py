"""Run by Alembic: on the connection that `storage.migrations` hands over."""

from typing import Any, Literal

from alembic import context

from storage.tables import everything
from storage.tables.base import UtcDateTime


def plain(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our column type as what it is in the database: a migration must outlive the classes of its day."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=everything.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
