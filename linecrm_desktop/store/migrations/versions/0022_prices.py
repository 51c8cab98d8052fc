"""The shop's own prices, warnings and limits, and what each send was priced with."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (("own_prices", sa.JSON()), ("warn_under", sa.Integer()), ("own_limits", sa.JSON())):
        op.add_column("shop", sa.Column(name, kind, nullable=True))
    op.add_column("campaign", sa.Column("priced", sa.JSON(), nullable=True))
