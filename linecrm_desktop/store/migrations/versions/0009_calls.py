"""Every request to LINE is kept as it ended, and a send knows how far it came and where it began."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("campaign_id", _ID, sa.ForeignKey("campaign.id", ondelete="CASCADE"), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
    )
    op.create_index("ix_call_campaign_id_chunk", "call", ["campaign_id", "chunk"])
    op.add_column("campaign", sa.Column("turns", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("campaign", sa.Column("computer", sa.String(36), nullable=True))
