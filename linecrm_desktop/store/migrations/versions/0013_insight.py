"""What LINE says of opens and clicks is kept with its day, and what erased people did about a message is counted on."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("campaign_id", _ID, sa.ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("variant", sa.Integer(), primary_key=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=True),
        sa.Column("pressed", sa.Integer(), nullable=True),
        sqlite_with_rowid=False,
    )
    for name in ("opened", "clicked", "blocked", "refused"):
        op.add_column("erased_copies", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
