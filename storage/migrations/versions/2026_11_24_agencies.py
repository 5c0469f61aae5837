"""agencies."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "6a9a8ab4af6c"
down_revision: str | None = "8d17f99a7c9c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one revision on."""
    op.create_table(
        "agency",
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_agency")),
    )


def downgrade() -> None:
    """Go one revision back."""
    op.drop_table("agency")
