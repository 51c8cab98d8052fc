"""The consent ledger becomes a chain of lines about uses and notices, which outlive the friend they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_FRIEND = "fk_consent_entry_friend_id_friend"


def upgrade() -> None:
    _notice()
    _recording()
    op.create_table(
        "consent_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("line", _ID, nullable=False),
        sa.Column("lines", _ID, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )
    _lines()
    for name in ("refuses_ads", "refuses_profiling"):
        op.add_column("friend", sa.Column(name, sa.Boolean(), nullable=False, server_default="0"))


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("opt_out", sa.String(), nullable=False),
        sa.Column("uses", sa.String(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("version", "language", name="uq_notice_version_language"),
    )


def _recording() -> None:
    op.create_table(
        "consent_recording",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(24), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("friends", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
    )


def _lines() -> None:
    with op.batch_alter_table("consent_entry", recreate="always") as lines:
        lines.drop_constraint(_FRIEND, type_="foreignkey")
        lines.alter_column("friend_id", existing_type=_ID, nullable=True)
        lines.create_foreign_key(_FRIEND, "friend", ["friend_id"], ["id"])
        lines.add_column(sa.Column("uses", sa.String(), nullable=False, server_default=""))
        lines.add_column(sa.Column("collected", sa.String(), nullable=False, server_default=""))
        lines.add_column(sa.Column("notice_id", _ID, nullable=True))
        lines.add_column(sa.Column("told_at", sa.BigInteger(), nullable=True))
        lines.add_column(sa.Column("recording_id", _ID, nullable=True))
        lines.add_column(sa.Column("list_id", _ID, nullable=True))
        lines.add_column(sa.Column("proof", sa.LargeBinary(), nullable=True))
        lines.create_foreign_key("fk_consent_entry_notice_id_notice", "notice", ["notice_id"], ["id"])
        name = "fk_consent_entry_recording_id_consent_recording"
        lines.create_foreign_key(name, "consent_recording", ["recording_id"], ["id"])
