"""People who were erased: hashes that keep them out, and amounts and counts without them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("shop", sa.Column("erasure_salt", sa.LargeBinary(32), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("is_wiped", sa.Boolean(), nullable=False),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
    )
    op.create_table(
        "erased_key",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("erasure_id", _ID, sa.ForeignKey("erasure.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erased_order",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", _ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("discount", _ID, nullable=True),
        sa.Column("state", sa.String(24), nullable=False),
    )
    op.create_table(
        "erased_copies",
        sa.Column("campaign_id", _ID, sa.ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("state", sa.String(24), primary_key=True),
        sa.Column("why", sa.String(40), primary_key=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("did", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("revenue", _ID, nullable=False),
        sqlite_with_rowid=False,
    )
