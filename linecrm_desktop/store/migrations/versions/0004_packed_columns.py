"""Columns of orders, events and friends as arrays, for counting; orders by moment alone only misled the planner."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_index("ix_orders_at_friend_id", "orders")
    op.create_table(
        "packed_column",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("source", sa.String(24), nullable=False),
        sa.Column("last_id", _ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("type", sa.String(4), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("source", "last_id", "kind", "name", name="uq_packed_column_source_last_id_kind_name"),
    )
