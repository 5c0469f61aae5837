"""Run by Alembic: on the connection that `storage.migrations` hands over."""

from alembic import context

from storage.tables import everything

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=everything.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
