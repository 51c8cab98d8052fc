"""What order lines name is kept once, and lines have its number; their friend is the order's."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OLD_INDEXES = (
    "ix_order_line_category_is_counted_at_friend_id",
    "ix_order_line_product_is_counted_at_friend_id",
    "ix_order_line_friend_id",
)


def upgrade() -> None:
    op.create_table(
        "goods",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("category", sa.String(80), nullable=False),
        sa.UniqueConstraint("product", "category", name="uq_goods_product_category"),
    )
    op.create_index("ix_goods_category", "goods", ["category"])
    op.execute("INSERT INTO goods (product, category) SELECT DISTINCT product, category FROM order_line ORDER BY 1, 2")
    for name in _OLD_INDEXES:
        op.drop_index(name, "order_line")
    op.add_column("order_line", sa.Column("goods_id", _ID, nullable=True))
    op.execute(
        "UPDATE order_line SET goods_id = (SELECT goods.id FROM goods"
        " WHERE goods.product = order_line.product AND goods.category = order_line.category)"
    )
    with op.batch_alter_table("order_line") as lines:
        lines.drop_constraint("fk_order_line_friend_id_friend", type_="foreignkey")
        lines.alter_column("goods_id", existing_type=_ID, nullable=False)
        lines.create_foreign_key("fk_order_line_goods_id_goods", "goods", ["goods_id"], ["id"])
        lines.drop_column("product")
        lines.drop_column("category")
    columns = ["goods_id", "at", "friend_id", "is_counted"]
    op.create_index("ix_order_line_goods_id_at_friend_id_is_counted", "order_line", columns)
