"""register of letter numbers."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision: str = "5ba5957207d7"
down_revision: str | None = "6a9a8ab4af6c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TEXT = ("id", "unit", "number", "number_key", "state")
LETTERS = sa.table(
    "letter",
    *(sa.column(name, sa.String()) for name in _TEXT),
    sa.column("year", sa.Integer()),
    sa.column("dated", sa.Date()),
    sa.column("created_at", sa.DateTime()),
    sa.column("sent_at", sa.DateTime()),
    sa.column("numbered_by", sa.JSON()),
)


def _register() -> sa.Table:
    return op.create_table(
        "letter_number",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("letter", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("held_until", sa.DateTime(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_number")),
        sa.UniqueConstraint("unit", "year", "number_key", name=op.f("uq_letter_number_unit_year_number_key")),
    )


def upgrade() -> None:
    """Go one revision on: the numbers of letters move into a book of their own."""
    register = _register()
    with op.batch_alter_table("letter_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_number_letter"), ["letter"], unique=False)
    _move_numbers(register)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces", sa.String(length=16), server_default="", nullable=False))
        batch_op.add_column(sa.Column("changes", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(), server_default="", nullable=False))
        batch_op.drop_index("uq_letter_number")
        batch_op.drop_column("number_key")


def _move_numbers(register: sa.Table) -> None:
    """Every number that a letter holds, void ones too; serial and subject are read from the letter when asked for."""
    connection = op.get_bind()
    wanted = sa.select(LETTERS).where(LETTERS.c.number != "", LETTERS.c.year.is_not(None)).order_by(LETTERS.c.id)
    for row in connection.execute(wanted).all():
        clerk = row.numbered_by or {}
        connection.execute(
            sa.insert(register).values(
                id=row.id,
                unit=row.unit,
                year=row.year,
                number=row.number,
                number_key=row.number_key,
                state=_state(row.state, row.sent_at),
                recorded_at=row.created_at,
                recorded_by=clerk.get("name", ""),
                person=clerk.get("person", ""),
                letter=row.id,
                subject="",
                dated=row.dated,
                note="",
            )
        )


def _state(letter: str, sent_at: datetime | None) -> str:
    """As sop.register.state_of does today."""
    if letter != "diganti":
        return "terpakai"
    return "diganti" if sent_at else "batal"


def downgrade() -> None:
    """Go one revision back. Numbers used outside and the reasons of void ones have no place there and are lost."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), server_default="", nullable=False))
        batch_op.drop_column("reason")
        batch_op.drop_column("changes")
        batch_op.drop_column("replaces")
    op.execute(
        "UPDATE letter SET number_key = coalesce((SELECT n.number_key FROM letter_number n "
        "WHERE n.letter = letter.id AND n.state <> 'ditahan'), '')"
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            "uq_letter_number",
            ["unit", "year", "number_key"],
            unique=True,
            sqlite_where=sa.text("number_key <> ''"),
            postgresql_where=sa.text("number_key <> ''"),
        )
    op.drop_table("letter_number")
