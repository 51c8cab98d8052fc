"""Fields of the shop's own, discounts of orders, and what segments remember: counts, unsaved work, put away."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NUMBER: sa.types.TypeEngine[float] = sa.Double()


def upgrade() -> None:
    op.add_column("orders", sa.Column("discount", _ID, nullable=True))
    op.add_column("segment", sa.Column("recount", sa.String(24), nullable=False, server_default="hand"))
    op.add_column("segment", sa.Column("cap_messages", sa.Integer(), nullable=True))
    op.add_column("segment", sa.Column("cap_days", sa.Integer(), nullable=True))
    op.add_column("segment", sa.Column("archived_at", sa.BigInteger(), nullable=True))
    _fields()
    _what_segments_remember()


def _fields() -> None:
    op.create_table(
        "field",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("name_key", name="uq_field_name_key"),
    )
    op.create_table(
        "friend_field",
        sa.Column("field_id", _ID, sa.ForeignKey("field.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("number", _NUMBER, nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", _ID, nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_friend_field_field_id_text_friend_id", "friend_field", ["field_id", "text", "friend_id"])
    op.create_index("ix_friend_field_field_id_number_friend_id", "friend_field", ["field_id", "number", "friend_id"])
    op.create_index("ix_friend_field_friend_id", "friend_field", ["friend_id"])


def _what_segments_remember() -> None:
    op.create_table(
        "segment_count",
        sa.Column("segment_id", _ID, sa.ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("at", sa.BigInteger(), primary_key=True),
        sa.Column("matching", sa.Integer(), nullable=False),
        sa.Column("reachable", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unsaved_segment",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("segment_id", _ID, sa.ForeignKey("segment.id", ondelete="CASCADE"), nullable=True, unique=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
    )
