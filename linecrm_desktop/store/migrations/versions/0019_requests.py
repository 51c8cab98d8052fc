"""What friends ask of the shop about their data, with the steps that were done and the days that an answer may take."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "data_request",
        sa.Column("id", number, primary_key=True),
        sa.Column("friend_id", number, sa.ForeignKey("friend.id", ondelete="SET NULL"), nullable=True),
        sa.Column("wants", sa.String(24), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("collected", sa.JSON(), nullable=True),
        sa.Column("ending", sa.String(24), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("is_erased", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_data_request_friend_id", "data_request", ["friend_id"])
    op.create_table(
        "data_request_step",
        sa.Column("request_id", number, sa.ForeignKey("data_request.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("step", sa.String(24), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("shop", sa.Column("request_days", sa.JSON(), nullable=True))
