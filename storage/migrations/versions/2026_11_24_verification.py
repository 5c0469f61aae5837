"""verification."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5d1c7e90b3fa"
down_revision: str | None = "5ba5957207d7"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one revision on."""
    op.create_table(
        "verification",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("letter", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("signed_paper", sa.String(length=16), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("ended", sa.String(length=16), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_verification_cycle_cycle")),
        sa.ForeignKeyConstraint(["letter"], ["letter.id"], name=op.f("fk_verification_letter_letter")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_letter"), ["letter"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_paper"), ["paper"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_signed_paper"), ["signed_paper"], unique=False)
    op.create_table(
        "verification_check",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_check")),
    )
    with op.batch_alter_table("verification_check", schema=None) as batch_op:
        batch_op.create_index("ix_verification_check_person", ["telegram_id", "at"], unique=False)


def downgrade() -> None:
    """Go one revision back."""
    with op.batch_alter_table("verification_check", schema=None) as batch_op:
        batch_op.drop_index("ix_verification_check_person")
    op.drop_table("verification_check")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_signed_paper"))
        batch_op.drop_index(batch_op.f("ix_verification_paper"))
        batch_op.drop_index(batch_op.f("ix_verification_letter"))
    op.drop_table("verification")
