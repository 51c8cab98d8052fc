"""A test says of which variant of a message it was."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("test_send", sa.Column("variant", sa.Integer(), nullable=False, server_default="0"))
