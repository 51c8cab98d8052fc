"""Journeys: paths of messages, their steps, who walks them, and what became of each step; sends know their step."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("campaign", sa.Column("journey_step_id", _ID, nullable=True))
    op.create_index("ix_campaign_journey_step_id", "campaign", ["journey_step_id"])
    _journey()
    _step()
    _entry()
    _turn()


def _journey() -> None:
    op.create_table(
        "journey",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", sa.String(120), nullable=False, unique=True),
        sa.Column("segment_id", _ID, sa.ForeignKey("segment.id"), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("keep_back", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(80), nullable=False),
        sa.Column("end_days", sa.Integer(), nullable=False),
        sa.Column("leaves_bought", sa.Boolean(), nullable=False),
        sa.Column("leaves_quiet", sa.Boolean(), nullable=False),
        sa.Column("exit_segment_id", _ID, sa.ForeignKey("segment.id"), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("prepared_at", sa.BigInteger(), nullable=True),
    )


def _step() -> None:
    op.create_table(
        "journey_step",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("journey_id", _ID, sa.ForeignKey("journey.id", ondelete="CASCADE"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("message_id", _ID, sa.ForeignKey("message.id", ondelete="SET NULL"), nullable=True),
        sa.Column("wait_days", sa.Integer(), nullable=False),
        sa.Column("send_from", sa.Integer(), nullable=True),
        sa.Column("only_segment_id", _ID, sa.ForeignKey("segment.id"), nullable=True),
        sa.Column("only_inside", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
    )
    op.create_index("ix_journey_step_journey_id", "journey_step", ["journey_id"])


def _entry() -> None:
    op.create_table(
        "journey_entry",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("journey_id", _ID, sa.ForeignKey("journey.id", ondelete="CASCADE"), nullable=False),
        sa.Column("friend_id", _ID, sa.ForeignKey("friend.id", ondelete="CASCADE"), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("next_step_id", _ID, sa.ForeignKey("journey_step.id"), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.String(24), nullable=True),
        sa.UniqueConstraint("journey_id", "friend_id", name="uq_journey_entry_journey_id_friend_id"),
    )
    still = sa.text("left_at IS NULL")
    op.create_index(
        "ix_journey_entry_one_path",
        "journey_entry",
        ["friend_id"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_index("ix_journey_entry_friend_id", "journey_entry", ["friend_id"])
    op.create_index("ix_journey_entry_next_step_id_due_on", "journey_entry", ["next_step_id", "due_on"])


def _turn() -> None:
    op.create_table(
        "journey_turn",
        sa.Column("entry_id", _ID, sa.ForeignKey("journey_entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("step_id", _ID, sa.ForeignKey("journey_step.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("why", sa.String(40), nullable=False),
        sa.Column("campaign_id", _ID, sa.ForeignKey("campaign.id", ondelete="SET NULL"), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_journey_turn_step_id_state", "journey_turn", ["step_id", "state"])
    op.create_index("ix_journey_turn_campaign_id", "journey_turn", ["campaign_id"])
