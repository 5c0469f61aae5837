"""the first tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from storage.tables.turns import guard_journal

revision: str = "f691d188125f"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one revision on."""
    op.create_table(
        "bound_group",
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("bound_by", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_bound_group")),
        sa.UniqueConstraint("chat", "purpose", name=op.f("uq_bound_group_chat_purpose")),
    )
    with op.batch_alter_table("bound_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bound_group_chat"), ["chat"], unique=False)

    op.create_table(
        "card",
        sa.Column("task", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("task", "person", name=op.f("pk_card")),
    )
    op.create_table(
        "definition",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_definition")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("absent", sa.String(), nullable=False),
        sa.Column("absent_name", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_substitute"), ["substitute"], unique=False)

    op.create_table(
        "dialogue",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", "chat", name=op.f("pk_dialogue")),
    )
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogue_subject"), ["subject"], unique=False)

    op.create_table(
        "draft",
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person", "subject", name=op.f("pk_draft")),
    )
    op.create_table(
        "holding",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_person"), ["person"], unique=False)
        batch_op.create_index(
            "uq_holding_running",
            ["person", "role", "opd"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_ended", ["state", "ended_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_waiting",
            ["person", "update_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "incoming_file",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("telegram_file_id", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("by_person", sa.String(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('waiting','stored','failed')", name=op.f("ck_incoming_file_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_file")),
        sa.UniqueConstraint("number", name=op.f("uq_incoming_file_number")),
    )
    with op.batch_alter_table("incoming_file", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_file_target", ["purpose", "target", "state"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitation_code_hash")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("prev_hash", name=op.f("uq_journal_prev_hash")),
    )
    guard_journal(op.get_bind())
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_cycle", ["cycle", "id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=True),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("edit", sa.Integer(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("attachment", sa.JSON(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("callback_id", sa.String(), nullable=False),
        sa.Column("alert", sa.Boolean(), nullable=False),
        sa.Column("loud", sa.Boolean(), nullable=False),
        sa.Column("repeatable", sa.Boolean(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("call", sa.String(length=8), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("parts_done", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("sent_chat", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending','sending','sent','failed','uncertain','unreachable','dropped')",
            name=op.f("ck_outbox_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_lane", ["lane", "state"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["priority", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.create_table(
        "outbox_wait",
        sa.Column("outbox", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("outbox", "paper", name=op.f("pk_outbox_wait")),
    )
    with op.batch_alter_table("outbox_wait", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_wait_paper"), ["paper"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("opd", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('queued','ready','failed','replaced')", name=op.f("ck_paper_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("number", name=op.f("uq_paper_number")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index("ix_paper_cycle", ["cycle", "kind", "opd"], unique=False)
        batch_op.create_index("ix_paper_state", ["state"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("unreachable_reason", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_until", sa.String(length=5), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_person_telegram_id")),
    )
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reminder_due",
            ["at"],
            unique=False,
            sqlite_where=sa.text("done = 0"),
            postgresql_where=sa.text("NOT done"),
        )
        batch_op.create_index(batch_op.f("ix_reminder_task"), ["task"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "telegram_copy",
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("bot", "sha256", "filename", name=op.f("pk_telegram_copy")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(length=64), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("opds", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_by", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_reason", sa.String(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["definition"], ["definition.hash"], name=op.f("fk_cycle_definition_definition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_delivery_cycle_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("cycle", "opd", name=op.f("uq_delivery_cycle_opd")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("formats", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("verdict_reason", sa.String(), nullable=False),
        sa.Column("verdict_at", sa.DateTime(), nullable=True),
        sa.Column("verdict_by", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_item_cycle_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("cycle", "opd", "code", name=op.f("uq_item_cycle_opd_code")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("draft_paper", sa.String(), nullable=False),
        sa.Column("final_paper", sa.String(), nullable=False),
        sa.Column("signed_paper", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("numbered_by", sa.JSON(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_letter_cycle_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_cycle"), ["cycle"], unique=False)
        batch_op.create_index(
            "uq_letter_number",
            ["unit", "year", "number"],
            unique=True,
            sqlite_where=sa.text("number <> ''"),
            postgresql_where=sa.text("number <> ''"),
        )

    op.create_table(
        "task",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("cycle", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("pass_no", sa.Integer(), nullable=False),
        sa.Column("opd", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("clock_started_at", sa.DateTime(), nullable=True),
        sa.Column("target_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.Column("came_back", sa.String(), nullable=False),
        sa.Column("came_back_from", sa.JSON(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("instructions", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_task_cycle_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("cycle", "step", "opd", "pass_no", name=op.f("uq_task_cycle_step_opd_pass_no")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_cycle"), ["cycle"], unique=False)
        batch_op.create_index(
            "uq_task_open",
            ["cycle", "step", "opd"],
            unique=True,
            sqlite_where=sa.text("state = 'terbuka'"),
            postgresql_where=sa.text("state = 'terbuka'"),
        )

    op.create_table(
        "evidence_file",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploader_name", sa.String(), nullable=False),
        sa.Column("incoming", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name=op.f("fk_evidence_file_item_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_item"), ["item"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_file_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    """Go one revision back."""
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_item"))

    op.drop_table("evidence_file")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_task_open", sqlite_where=sa.text("state = 'terbuka'"), postgresql_where=sa.text("state = 'terbuka'")
        )
        batch_op.drop_index(batch_op.f("ix_task_cycle"))

    op.drop_table("task")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_letter_number", sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''")
        )
        batch_op.drop_index(batch_op.f("ix_letter_cycle"))

    op.drop_table("letter")
    op.drop_table("item")
    op.drop_table("delivery")
    op.drop_table("cycle")
    op.drop_table("telegram_copy")
    op.drop_table("stored_file")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_task"))
        batch_op.drop_index("ix_reminder_due", sqlite_where=sa.text("done = 0"), postgresql_where=sa.text("NOT done"))

    op.drop_table("reminder")
    op.drop_table("pulse")
    op.drop_table("person")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index("ix_paper_state")
        batch_op.drop_index("ix_paper_cycle")

    op.drop_table("paper")
    with op.batch_alter_table("outbox_wait", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_wait_paper"))

    op.drop_table("outbox_wait")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index("ix_outbox_lane")

    op.drop_table("outbox")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_cycle")

    op.drop_table("journal")
    op.drop_table("invitation")
    with op.batch_alter_table("incoming_file", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_file_target")

    op.drop_table("incoming_file")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_waiting", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )
        batch_op.drop_index("ix_inbox_ended")

    op.drop_table("inbox")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_holding_running", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_holding_person"))

    op.drop_table("holding")
    op.drop_table("draft")
    with op.batch_alter_table("dialogue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialogue_subject"))

    op.drop_table("dialogue")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_substitute"))

    op.drop_table("delegation")
    op.drop_table("definition")
    op.drop_table("card")
    with op.batch_alter_table("bound_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bound_group_chat"))

    op.drop_table("bound_group")
