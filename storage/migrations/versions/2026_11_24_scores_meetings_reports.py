"""scores, meetings, reports."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "ca8549358bd8"
down_revision: str | None = "623329db8efc"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one revision on."""
    op.create_table(
        "meeting",
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_meeting_cycle_cycle")),
        sa.PrimaryKeyConstraint("cycle", name=op.f("pk_meeting")),
    )
    op.create_table(
        "score",
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("indicator", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("scored_by", sa.JSON(), nullable=True),
        sa.Column("scored_at", sa.DateTime(), nullable=True),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("final", sa.String(length=16), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("improvement", sa.String(), nullable=False),
        sa.Column("completed_by", sa.JSON(), nullable=True),
        sa.Column("completed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_score_cycle_cycle")),
        sa.PrimaryKeyConstraint("cycle", "indicator", name=op.f("pk_score")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("standing", sa.String(length=20), server_default="", nullable=False))
        batch_op.add_column(sa.Column("standing_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("reported_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("reported_by", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("acknowledged_by", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Go one revision back."""
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_column("acknowledged_by")
        batch_op.drop_column("acknowledged_at")
        batch_op.drop_column("reported_by")
        batch_op.drop_column("reported_at")
        batch_op.drop_column("standing_since")
        batch_op.drop_column("standing")

    op.drop_table("score")
    op.drop_table("meeting")
