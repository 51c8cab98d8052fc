"""Entry links of places where friends find the shop, and who came by them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entry_link",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("place_key", sa.String(80), nullable=False),
        sa.Column("tag_id", _ID, sa.ForeignKey("tag.id"), nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.UniqueConstraint("code", name="uq_entry_link_code"),
    )
    op.create_index("ix_entry_link_tag_id", "entry_link", ["tag_id"])
    op.create_table(
        "arrival",
        sa.Column("link_id", _ID, sa.ForeignKey("entry_link.id"), primary_key=True),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", _ID, nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_arrival_friend_id", "arrival", ["friend_id"])
