"""The first tables of a shop."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.BigInteger()


def upgrade() -> None:
    op.create_table('change',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('action', sa.String(length=40), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('entity', sa.String(length=24), nullable=False),
    sa.Column('entity_id', ROW_ID, nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('after', sa.JSON(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change'))
    )
    op.create_index(op.f('ix_change_action'), 'change', ['action'], unique=False)
    op.create_index(op.f('ix_change_entity_entity_id'), 'change', ['entity', 'entity_id'], unique=False)
    op.create_table('friend',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('line_user_id', sa.String(length=40), nullable=True),
    sa.Column('member_number', sa.String(), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('joined_at', MOMENT, nullable=True),
    sa.Column('is_blocked', sa.Boolean(), nullable=False),
    sa.Column('collected_through', sa.String(), nullable=True),
    sa.Column('informed', sa.String(24), nullable=False),
    sa.Column('can_opt_out', sa.String(24), nullable=False),
    sa.Column('marketing', sa.String(24), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('batch_id', ROW_ID, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_friend')),
    sa.UniqueConstraint('line_user_id', name=op.f('uq_friend_line_user_id')),
    sa.UniqueConstraint('member_number', name=op.f('uq_friend_member_number'))
    )
    op.create_index("ix_friend_email", "friend", ["email"], sqlite_where=sa.text("email IS NOT NULL"), postgresql_where=sa.text("email IS NOT NULL"))
    op.create_index(op.f('ix_friend_joined_at'), 'friend', ['joined_at'], unique=False)
    op.create_index(op.f('ix_friend_marketing_is_blocked'), 'friend', ['marketing', 'is_blocked'], unique=False)
    op.create_index(op.f('ix_friend_name'), 'friend', ['name'], unique=False)
    op.create_index("ix_friend_phone", "friend", ["phone"], sqlite_where=sa.text("phone IS NOT NULL"), postgresql_where=sa.text("phone IS NOT NULL"))
    op.create_table('import_batch',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('preset', sa.String(), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('through', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('informed', sa.String(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('new', sa.Integer(), nullable=False),
    sa.Column('updated', sa.Integer(), nullable=False),
    sa.Column('unchanged', sa.Integer(), nullable=False),
    sa.Column('rejected', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    op.create_table('segment',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('helps_decide', sa.String(), nullable=False),
    sa.Column('rule', sa.JSON(), nullable=False),
    sa.Column('core', sa.String(length=24), nullable=True),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_segment')),
    sa.UniqueConstraint('core', name=op.f('uq_segment_core')),
    sa.UniqueConstraint('name', name=op.f('uq_segment_name'))
    )
    op.create_table('shop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('is_practice', sa.Boolean(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('line_host', sa.String(), nullable=True),
    sa.Column('line_account', sa.JSON(), nullable=True),
    sa.Column('line_limit', sa.Integer(), nullable=True),
    sa.Column('line_used', sa.Integer(), nullable=True),
    sa.Column('line_reach', sa.Integer(), nullable=True),
    sa.Column('line_read_at', MOMENT, nullable=True),
    sa.Column('plan', sa.String(), nullable=True),
    sa.Column('cap_messages', sa.Integer(), nullable=False),
    sa.Column('cap_days', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shop'))
    )
    op.create_table('tag',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('name_key', sa.String(length=80), nullable=False),
    sa.Column('type', sa.String(24), nullable=False),
    sa.Column('helps_decide', sa.String(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('is_sensitive', sa.Boolean(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('retired_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('name_key', name=op.f('uq_tag_name_key'))
    )
    op.create_table('consent_entry',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('kind', sa.String(24), nullable=False),
    sa.Column('through', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('informed', sa.String(), nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('batch_id', ROW_ID, nullable=True),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_consent_entry_friend_id_friend'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_entry'))
    )
    op.create_index(op.f('ix_consent_entry_friend_id_at'), 'consent_entry', ['friend_id', 'at'], unique=False)
    op.create_table('event',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('kind', sa.String(24), nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('category', sa.String(length=80), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=True),
    sa.Column('batch_id', ROW_ID, nullable=True),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_event_friend_id_friend'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('key', name=op.f('uq_event_key'))
    )
    op.create_index(op.f('ix_event_friend_id_at'), 'event', ['friend_id', 'at'], unique=False)
    op.create_index(op.f('ix_event_kind_category_at_friend_id'), 'event', ['kind', 'category', 'at', 'friend_id'], unique=False)
    op.create_index(op.f('ix_event_kind_friend_id_at_category'), 'event', ['kind', 'friend_id', 'at', 'category'], unique=False)
    op.create_table('friend_tag',
    sa.Column('tag_id', ROW_ID, nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('origin', sa.String(24), nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('evidence', sa.String(), nullable=False),
    sa.Column('batch_id', ROW_ID, nullable=True),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_friend_tag_friend_id_friend'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_friend_tag_tag_id_tag')),
    sa.PrimaryKeyConstraint('tag_id', 'friend_id', name=op.f('pk_friend_tag')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_friend_tag_friend_id_tag_id'), 'friend_tag', ['friend_id', 'tag_id'], unique=False)
    op.create_table('message',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('segment_id', ROW_ID, nullable=True),
    sa.Column('why_now', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('metric', sa.String(length=24), nullable=False),
    sa.Column('metric_days', sa.Integer(), nullable=False),
    sa.Column('good_if', sa.Integer(), nullable=False),
    sa.Column('keep_back', sa.Integer(), nullable=False),
    sa.Column('bubbles', sa.JSON(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['segment_id'], ['segment.id'], name=op.f('fk_message_segment_id_segment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    op.create_table('orders',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('total', ROW_ID, nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('state', sa.String(24), nullable=False),
    sa.Column('batch_id', ROW_ID, nullable=True),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_orders_friend_id_friend'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders')),
    sa.UniqueConstraint('number', name=op.f('uq_orders_number'))
    )
    op.create_index(op.f('ix_orders_at_friend_id'), 'orders', ['at', 'friend_id'], unique=False)
    op.create_index(op.f('ix_orders_friend_id_state_at_total'), 'orders', ['friend_id', 'state', 'at', 'total'], unique=False)
    op.create_table('rejected_row',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('batch_id', ROW_ID, nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_rejected_row_batch_id_import_batch'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rejected_row'))
    )
    op.create_index(op.f('ix_rejected_row_batch_id'), 'rejected_row', ['batch_id'], unique=False)
    op.create_table('campaign',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('message_id', ROW_ID, nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('segment_name', sa.String(length=120), nullable=False),
    sa.Column('segment_rule', sa.JSON(), nullable=False),
    sa.Column('brief', sa.JSON(), nullable=False),
    sa.Column('bubbles', sa.JSON(), nullable=False),
    sa.Column('unit', sa.String(length=30), nullable=False),
    sa.Column('state', sa.String(24), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('is_practice', sa.Boolean(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('reach_then', sa.Integer(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('started_at', MOMENT, nullable=True),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['message_id'], ['message.id'], name=op.f('fk_campaign_message_id_message'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign'))
    )
    op.create_table('order_line',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('order_id', ROW_ID, nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.Column('is_counted', sa.Boolean(), nullable=False),
    sa.Column('product', sa.String(), nullable=False),
    sa.Column('category', sa.String(length=80), nullable=False),
    sa.Column('quantity', sa.Integer(), nullable=False),
    sa.Column('amount', ROW_ID, nullable=False),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_order_line_friend_id_friend'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_line_order_id_orders'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_line'))
    )
    op.create_index(op.f('ix_order_line_category_is_counted_at_friend_id'), 'order_line', ['category', 'is_counted', 'at', 'friend_id'], unique=False)
    op.create_index(op.f('ix_order_line_friend_id'), 'order_line', ['friend_id'], unique=False)
    op.create_index(op.f('ix_order_line_order_id'), 'order_line', ['order_id'], unique=False)
    op.create_index(op.f('ix_order_line_product_is_counted_at_friend_id'), 'order_line', ['product', 'is_counted', 'at', 'friend_id'], unique=False)
    op.create_table('chunk',
    sa.Column('id', ROW_ID, nullable=False),
    sa.Column('campaign_id', ROW_ID, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(24), nullable=False),
    sa.Column('retry_key', sa.String(length=36), nullable=True),
    sa.Column('body', sa.JSON(), nullable=True),
    sa.Column('first_try_at', MOMENT, nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_chunk_campaign_id_campaign'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chunk')),
    sa.UniqueConstraint('campaign_id', 'number', name=op.f('uq_chunk_campaign_id_number'))
    )
    op.create_table('delivery',
    sa.Column('campaign_id', ROW_ID, nullable=False),
    sa.Column('friend_id', ROW_ID, nullable=False),
    sa.Column('line_user_id', sa.String(length=40), nullable=True),
    sa.Column('state', sa.String(24), nullable=False),
    sa.Column('why', sa.String(length=40), nullable=False),
    sa.Column('chunk', sa.Integer(), nullable=True),
    sa.Column('at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_delivery_campaign_id_campaign'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['friend_id'], ['friend.id'], name=op.f('fk_delivery_friend_id_friend'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('campaign_id', 'friend_id', name=op.f('pk_delivery')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_delivery_campaign_id_chunk'), 'delivery', ['campaign_id', 'chunk'], unique=False)
    op.create_index(op.f('ix_delivery_friend_id_state_at'), 'delivery', ['friend_id', 'state', 'at'], unique=False)
