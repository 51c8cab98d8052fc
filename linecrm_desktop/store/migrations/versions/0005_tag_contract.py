"""What a tag promises: review, expiry, groups, opposites, old names; rules for tags, and operations to take back."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("tag", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("tag", sa.Column("runs_out_days", sa.Integer(), nullable=True))
    op.add_column("tag", sa.Column("exclusive_group", sa.String(80), nullable=False, server_default=""))
    op.add_column("tag", sa.Column("is_seasonal", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tag", sa.Column("lawful_reason", sa.String(), nullable=False, server_default=""))
    op.add_column("tag", sa.Column("merged_into", _ID, nullable=True))
    op.add_column("friend_tag", sa.Column("renewed_at", sa.BigInteger(), nullable=True))
    _words_and_relations()
    _operations()
    _rules()


def _words_and_relations() -> None:
    op.create_table(
        "tag_word",
        sa.Column("tag_id", _ID, sa.ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("word", sa.String(80), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tag_word_key", "tag_word", ["key"])
    op.create_table(
        "tag_relation",
        sa.Column("tag_id", _ID, sa.ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("other_id", _ID, sa.ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.String(24), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tag_relation_other_id", "tag_relation", ["other_id"])


def _operations() -> None:
    op.create_table(
        "tag_operation",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("bundle", sa.String(40), nullable=True),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_tag_operation_bundle", "tag_operation", ["bundle"])


def _rules() -> None:
    op.create_table(
        "tag_rule",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("tag_id", _ID, sa.ForeignKey("tag.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("takes_off", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("last_run_at", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_tag_rule_tag_id", "tag_rule", ["tag_id"])
