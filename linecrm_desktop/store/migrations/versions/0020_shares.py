"""The register of shared audiences, and who was in each list."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _list()
    _friend()


def _list() -> None:
    op.create_table(
        "shared_list",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("segment_id", _ID, sa.ForeignKey("segment.id", ondelete="SET NULL"), nullable=True),
        sa.Column("segment_name", sa.String(), nullable=False),
        sa.Column("segment_rule", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(24), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("line_id", _ID, nullable=True),
        sa.Column("line_name", sa.String(120), nullable=False),
        sa.Column("line_status", sa.String(24), nullable=False),
        sa.Column("line_people", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("again_id", _ID, sa.ForeignKey("shared_list.id", ondelete="SET NULL"), nullable=True),
        sa.Column("is_practice", sa.Boolean(), nullable=False),
    )


def _friend() -> None:
    op.create_table(
        "shared_friend",
        sa.Column("list_id", _ID, sa.ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shared_friend_friend_id", "shared_friend", ["friend_id"])
