"""Which kinds of data rules ask about, and which of them a shop has none of: such rules could only answer 0."""

from enum import StrEnum

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.field import FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import REACTIONS, Leaf
from linecrm_desktop.text import N_, _


class Data(StrEnum):
    """A kind of data."""

    TAGS = "tags"
    SOURCES = "sources"
    JOINED = "joined"
    ORDERS = "orders"
    LINES = "lines"
    DISCOUNTS = "discounts"
    RETURNS = "returns"
    REACTIONS = "reactions"
    SENDS = "sends"
    MESSAGES = "messages"
    FIELDS = "fields"
    SEGMENTS = "segments"


_NONE = {
    Data.TAGS: N_("The shop has no tags yet. Import a file with tags, or make one."),
    Data.SOURCES: N_("The shop has no source tags yet. Make one, or give one to the friends of an import."),
    Data.JOINED: N_("No friend has a day of joining yet. Import a file that has it."),
    Data.ORDERS: N_("The shop has no orders yet. Import an order file."),
    Data.LINES: N_("No order names products yet. Import an order file with its lines."),
    Data.DISCOUNTS: N_("No order says yet whether something was taken off. Import an order file with discounts."),
    Data.RETURNS: N_("No order was refunded yet, as far as the imported files say."),
    Data.REACTIONS: N_("The shop has no clicks or other events yet. Import them from LINE or a file."),
    Data.SENDS: N_("No message was sent with Tagwell yet."),
    Data.MESSAGES: N_("There is no message yet."),
    Data.FIELDS: N_("The shop has no fields of its own yet. Keep a column as a field when you import a file."),
    Data.SEGMENTS: N_("There is no saved segment yet."),
}
_ASKED: dict[type[Leaf], Data] = {
    rules.HasTag: Data.TAGS,
    rules.CameFrom: Data.SOURCES,
    rules.Joined: Data.JOINED,
    rules.Bought: Data.LINES,
    rules.NotBoughtSince: Data.LINES,
    rules.Orders: Data.ORDERS,
    rules.Spent: Data.ORDERS,
    rules.AverageOrder: Data.ORDERS,
    rules.LastOrder: Data.ORDERS,
    rules.FirstOrder: Data.ORDERS,
    rules.Rfm: Data.ORDERS,
    rules.UsedDiscount: Data.DISCOUNTS,
    rules.Returned: Data.RETURNS,
    rules.Did: Data.REACTIONS,
    rules.Reacted: Data.REACTIONS,
    rules.LastReaction: Data.REACTIONS,
    rules.Received: Data.SENDS,
    rules.Got: Data.MESSAGES,
    rules.OwnField: Data.FIELDS,
    rules.InSegment: Data.SEGMENTS,
}


def need(leaf: Leaf) -> Data | None:
    """Return the kind of data that a leaf asks about; None: every friend has it."""
    return _ASKED.get(type(leaf))


def missing(session: Session) -> dict[Data, str]:
    """Return the kinds of data that the shop has none of, each with the sentence that says so."""
    return {kind: _(_NONE[kind]) for kind, there in _there().items() if not session.scalar(select(there))}


def _there() -> dict[Data, ColumnElement[bool]]:
    kinds = (*REACTIONS, EventKind.FOLLOW, EventKind.BLOCK)
    return {
        Data.TAGS: exists().where(Tag.retired_at.is_(None)),
        Data.SOURCES: exists().where(Tag.type == TagType.SOURCE),
        Data.JOINED: exists().where(Friend.joined_at.is_not(None)),
        Data.ORDERS: exists().where(Order.id.is_not(None)),
        Data.LINES: exists().where(OrderLine.id.is_not(None)),
        Data.DISCOUNTS: exists().where(Order.discount.is_not(None)),
        Data.RETURNS: exists().where(Order.state == OrderState.REFUNDED),
        Data.REACTIONS: exists().where(Event.kind.in_(kinds)),
        Data.SENDS: exists().where(Delivery.state == DeliveryState.ACCEPTED),
        Data.MESSAGES: exists().where(Message.id.is_not(None)),
        Data.FIELDS: exists().where(FriendField.field_id.is_not(None)),
        Data.SEGMENTS: exists().where(Segment.archived_at.is_(None)),
    }
