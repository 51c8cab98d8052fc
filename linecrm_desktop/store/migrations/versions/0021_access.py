"""Who looked at phones, e-mails and lists of people, and which values were wrong and corrected by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _lines()
    _wrong()


def _lines() -> None:
    op.create_table(
        "access_line",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(24), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("place", sa.String(24), nullable=False),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="SET NULL"), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )
    op.create_index("ix_access_line_friend_id", "access_line", ["friend_id"])


def _wrong() -> None:
    op.create_table(
        "wrong_value",
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("wrong", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
