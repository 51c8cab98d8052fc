"""Templates of the shop's own, and the coupons that LINE listed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "message_template",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("segment_id", _ID, sa.ForeignKey("segment.id", ondelete="SET NULL"), nullable=True),
        sa.Column("brief", sa.JSON(), nullable=False),
        sa.Column("bubbles", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
    )
    op.add_column("shop", sa.Column("line_coupons", sa.JSON(), nullable=True))
    op.add_column("shop", sa.Column("line_coupons_at", sa.BigInteger(), nullable=True))
