"""letter numbers by key."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "8d17f99a7c9c"
down_revision: str | None = "ca8549358bd8"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LETTERS = sa.table("letter", *(sa.column(name) for name in ("id", "unit", "year", "number", "number_key")))


def upgrade() -> None:
    """Go one revision on."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), server_default="", nullable=False))
        batch_op.drop_index("uq_letter_number")
    _fill_keys()
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            "uq_letter_number",
            ["unit", "year", "number_key"],
            unique=True,
            sqlite_where=sa.text("number_key <> ''"),
            postgresql_where=sa.text("number_key <> ''"),
        )


def _fill_keys() -> None:
    """As sop.letters.number_key does today. Of two that were alike already the second keeps its number as it stands."""
    connection = op.get_bind()
    taken: set[tuple[str, int | None, str]] = set()
    wanted = sa.select(LETTERS).where(LETTERS.c.number != "").order_by(LETTERS.c.id)
    for row in connection.execute(wanted).all():
        parts = (part.strip().casefold() for part in row.number.split("/"))
        key = "/".join(str(int(part)) if part.isdecimal() else part for part in parts)
        if (row.unit, row.year, key) in taken:
            key = f"{row.number}#{row.id}"  # no number that anybody types has this form
        taken.add((row.unit, row.year, key))
        connection.execute(sa.update(LETTERS).where(LETTERS.c.id == row.id).values(number_key=key))


def downgrade() -> None:
    """Go one revision back."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("uq_letter_number")
        batch_op.create_index(
            "uq_letter_number",
            ["unit", "year", "number"],
            unique=True,
            sqlite_where=sa.text("number <> ''"),
            postgresql_where=sa.text("number <> ''"),
        )
        batch_op.drop_column("number_key")
