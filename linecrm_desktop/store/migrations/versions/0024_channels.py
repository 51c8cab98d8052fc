"""Further LINE accounts of a shop, the ids by which they know its friends, and which account carried what."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "channel",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("shares_ids", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("line_host", sa.String(), nullable=True),
        sa.Column("line_account", sa.JSON(), nullable=True),
        sa.Column("line_limit", sa.Integer(), nullable=True),
        sa.Column("line_used", sa.Integer(), nullable=True),
        sa.Column("line_reach", sa.Integer(), nullable=True),
        sa.Column("line_read_at", sa.BigInteger(), nullable=True),
        sa.Column("line_coupons", sa.JSON(), nullable=True),
        sa.Column("line_coupons_at", sa.BigInteger(), nullable=True),
        sa.Column("plan", sa.String(), nullable=True),
    )
    op.create_table(
        "channel_friend",
        sa.Column("channel_id", _ID, sa.ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("line_user_id", sa.String(40), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", _ID, nullable=True),
        sa.UniqueConstraint("channel_id", "line_user_id", name="uq_channel_friend_channel_id_line_user_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_channel_friend_friend_id", "channel_friend", ["friend_id"])
    for table in ("message", "campaign", "tester", "shared_list"):
        op.add_column(table, sa.Column("channel_id", _ID, nullable=True))
