"""Tasks of the plan on Home that a person skips, each for one month."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skipped_task",
        sa.Column("task", sa.String(24), primary_key=True),
        sa.Column("month", sa.Date(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
