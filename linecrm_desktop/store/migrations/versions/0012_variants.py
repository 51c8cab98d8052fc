"""Messages have up to three variants; a send remembers who got which, and what its groups were drawn with."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("message", "campaign"):
        op.add_column(table, sa.Column("others", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("campaign", sa.Column("salt", sa.String(80), nullable=False, server_default=""))
    for table in ("chunk", "delivery"):
        op.add_column(table, sa.Column("variant", sa.Integer(), nullable=False, server_default="0"))
