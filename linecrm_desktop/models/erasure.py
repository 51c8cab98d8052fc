"""What a shop keeps of people who were erased: what keeps them out and sums right, and nothing that says who."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.order import OrderState


class Erasure(Row):
    """That somebody was erased, and when; not who."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    is_wiped: Mapped[bool] = mapped_column(default=False)
    """Whether the file was written anew since, so that no old page of it holds the person any more."""
    returned_at: Mapped[datetime | None]
    """When the person came back by their own wish and was taken in again."""


class ErasedKey(Row):
    """A key of an erased person, as a hash with the shop's own salt: it can be recognised, and not be read."""

    __tablename__ = "erased_key"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    erasure_id: Mapped[int] = mapped_column(RowId, ForeignKey("erasure.id", ondelete="CASCADE"), primary_key=True)
    is_shared: Mapped[bool] = mapped_column(default=False)
    """Another friend had the same e-mail or phone, so that it alone does not say whose row it is."""

    __table_args__ = ({"sqlite_with_rowid": False},)


class ErasedOrder(Row):
    """An order of somebody who was erased, for sums: the day and the money, without number, goods or person."""

    __tablename__ = "erased_order"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    day: Mapped[date]
    """The shop's day of the order."""
    total: Mapped[int] = mapped_column(RowId)
    currency: Mapped[str] = mapped_column(String(3))
    discount: Mapped[int | None] = mapped_column(RowId)
    state: Mapped[OrderState] = mapped_column(Code(OrderState))


class ErasedCopies(Row):
    """How many copies of a send went to people who were erased since, and what they did in its window: counts alone."""

    __tablename__ = "erased_copies"

    campaign_id: Mapped[int] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[DeliveryState] = mapped_column(Code(DeliveryState), primary_key=True)
    why: Mapped[str] = mapped_column(String(40), primary_key=True, default="")
    copies: Mapped[int] = mapped_column(default=0)
    did: Mapped[int] = mapped_column(default=0)
    """How many of them did what the send's metric counts."""
    orders: Mapped[int] = mapped_column(default=0)
    revenue: Mapped[int] = mapped_column(RowId, default=0)
    opened: Mapped[int] = mapped_column(default=0, server_default="0")
    clicked: Mapped[int] = mapped_column(default=0, server_default="0")
    blocked: Mapped[int] = mapped_column(default=0, server_default="0")
    refused: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = ({"sqlite_with_rowid": False},)
