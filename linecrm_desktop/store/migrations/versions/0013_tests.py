"""A test says of which variant of a message it was."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("test_send", sa.Column("variant", sa.Integer(), nullable=False, server_default="0"))
