"""Orders and their lines. Money is whole smallest units of the order's currency."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class OrderState(StrEnum):
    """Whether an order counts. Cancelled and refunded orders stay in the file and out of every sum."""

    PLACED = "placed"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Order(Row):
    """One order of one friend."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    total: Mapped[int] = mapped_column(RowId)
    currency: Mapped[str] = mapped_column(String(3))
    discount: Mapped[int | None] = mapped_column(RowId)
    """What was taken off, in smallest units; None: the shop's files do not say."""
    state: Mapped[OrderState] = mapped_column(Code(OrderState), default=OrderState.PLACED)
    batch_id: Mapped[int | None] = mapped_column(RowId)

    __table_args__ = (Index(None, "friend_id", "state", "at", "total"),)


class Goods(Row):
    """A product in its category, once for all order lines that name it: a number is short to keep and quick to find."""

    __tablename__ = "goods"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    product: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(String(80), default="", index=True)

    __table_args__ = (UniqueConstraint("product", "category"),)


class OrderLine(Row):
    """One product of an order. Friend and moment are repeated so that "bought X since" is one index range.

    The friend is the order's and goes with it, so that a friend who is removed takes both along.
    """

    __tablename__ = "order_line"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    order_id: Mapped[int] = mapped_column(RowId, ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    friend_id: Mapped[int] = mapped_column(RowId)
    at: Mapped[datetime]
    is_counted: Mapped[bool] = mapped_column(default=True)
    """False when its order was cancelled or refunded."""
    goods_id: Mapped[int] = mapped_column(RowId, ForeignKey("goods.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    amount: Mapped[int] = mapped_column(RowId, default=0)

    __table_args__ = (Index(None, "goods_id", "at", "friend_id", "is_counted"),)
