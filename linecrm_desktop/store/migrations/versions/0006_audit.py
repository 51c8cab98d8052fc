"""Audits of the tags: what they found, what was decided, and their history."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("counted_at", sa.BigInteger(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("action", sa.String(60), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "audit_choice",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("audit_id", _ID, sa.ForeignKey("audit.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("finding", sa.JSON(), nullable=False),
        sa.Column("change", sa.JSON(), nullable=True),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("is_counted_again", sa.Boolean(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("audit_id", "key", name="uq_audit_choice_audit_id_key"),
    )
