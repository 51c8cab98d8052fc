"""Service refused beside the name, what refusals took out of, waiting after a purchase, who works for the shop."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINE = "fk_refusal_effect_line_id_consent_entry"
_SAID = """
UPDATE friend SET refuses_service = TRUE WHERE id IN (
    SELECT line.friend_id FROM consent_entry AS line
    WHERE line.uses = 'service' AND line.kind = 'use_refused' AND NOT EXISTS (
        SELECT 1 FROM consent_entry AS later
        WHERE later.friend_id = line.friend_id AND later.uses = 'service' AND later.kind = 'use_allowed'
        AND later.id > line.id
    )
)
"""


def upgrade() -> None:
    op.add_column("friend", sa.Column("refuses_service", sa.Boolean(), nullable=False, server_default="0"))
    op.execute(sa.text(_SAID))
    for name in ("refuses_ads", "refuses_profiling", "refuses_service"):
        few, same = sa.text(f"{name} = 1"), sa.text(name)
        op.create_index(f"ix_friend_{name}", "friend", [name], sqlite_where=few, postgresql_where=same)
    op.add_column("shop", sa.Column("cap_wait_days", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("shop", sa.Column("people", sa.JSON(), nullable=True))
    op.create_table(
        "refusal_effect",
        sa.Column("line_id", _ID, sa.ForeignKey("consent_entry.id", name=_LINE), primary_key=True),
        sa.Column("segments", sa.JSON(), nullable=False),
    )
