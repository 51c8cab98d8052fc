"""Quiet hours, who may not be written to uninformed, a limit for extra messages, planned sends, testers and tests."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("quiet_from", sa.Integer(), nullable=False, server_default="1260"),
        sa.Column("quiet_to", sa.Integer(), nullable=False, server_default="480"),
        sa.Column("blocks_uninformed", sa.Boolean(), nullable=False, server_default="0"),
        sa.Column("extra_most", sa.BigInteger(), nullable=True),
    ):
        op.add_column("shop", column)
    for name in ("due_at", "confirmed_at", "resume_at"):
        op.add_column("campaign", sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("send_at", sa.BigInteger(), nullable=True))
    op.add_column("message", sa.Column("only_informed", sa.Boolean(), nullable=False, server_default="0"))
    op.create_table(
        "tester",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("line_user_id", sa.String(40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("line_user_id", name="uq_tester_line_user_id"),
    )
    op.create_table(
        "test_send",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("message_id", _ID, sa.ForeignKey("message.id", ondelete="CASCADE"), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("tester_name", sa.String(80), nullable=False),
        sa.Column("line_user_id", sa.String(40), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_test_send_message_id_fingerprint", "test_send", ["message_id", "fingerprint"])
