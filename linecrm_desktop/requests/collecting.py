"""All that a shop holds of one friend, in parts that a person can read: what a copy is made of.

Everything that bears the friend's key is in it, tags marked sensitive too: it is theirs. Files of the shop system and
what LINE keeps are elsewhere, and the copy says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids
from linecrm_desktop.consent import ledger
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import own_fields, story, words
from linecrm_desktop.friends.happened import Happened, What
from linecrm_desktop.models.campaign import Campaign, Delivery
from linecrm_desktop.models.data_request import DataRequest
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.journey import Journey, JourneyEntry
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.requests.names import WANTS
from linecrm_desktop.tags.words import ORIGINS, TAG_TYPES
from linecrm_desktop.text import N_, _, money, number


class Part(StrEnum):
    """The parts of a copy; their names are the names of the files in it."""

    PERSON = "person"
    ORDERS = "orders"
    EVENTS = "events"
    MESSAGES = "messages"
    TAGS = "tags"
    CONSENT = "consent"
    REQUESTS = "requests"


PARTS = {
    Part.PERSON: N_("Name, phone, e-mail, member number"),
    Part.ORDERS: N_("Orders"),
    Part.EVENTS: N_("Clicks, replies and other events"),
    Part.MESSAGES: N_("Messages and paths of the shop"),
    Part.TAGS: N_("Tags and where each came from"),
    Part.CONSENT: N_("Consent ledger"),
    Part.REQUESTS: N_("Requests about the data"),
}
_ANSWERS = {Answer.YES: N_("Yes"), Answer.NO: N_("No"), Answer.UNKNOWN: N_("Not known yet")}
_MARKETING = {
    Marketing.ALLOWED: N_("Allowed marketing"),
    Marketing.REFUSED: N_("Refused marketing"),
    Marketing.UNKNOWN: N_("Not known yet"),
}
_ORDERS = {
    OrderState.PLACED: N_("Placed"),
    OrderState.CANCELLED: N_("Cancelled"),
    OrderState.REFUNDED: N_("Refunded"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part, as a table. `count` is how many things it tells of."""

    part: Part
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int

    @property
    def title(self) -> str:
        return _(PARTS[self.part])


def collect(session: Session, friend_id: int, day: ShopDay) -> tuple[Section, ...]:
    """Return all parts, empty ones too. Raises ShopError when the friend is gone."""
    friend = session.get(Friend, friend_id)
    if friend is None:
        raise ShopError(_("This friend is not in the shop any more."), _("Nothing was changed."))
    happened = story.story(session, friend_id, day, None).happened
    return (
        _person(session, friend, day),
        _orders(session, friend_id, day),
        _events(happened, day),
        _messages(session, friend_id, day),
        _tags(session, friend_id, day),
        _consent(session, friend_id, day),
        _requests(session, friend_id, day),
    )


def _when(moment: datetime | None, day: ShopDay) -> str:
    """Write a moment so that a spreadsheet sorts it, in the shop's time."""
    return "" if moment is None else f"{day.local(moment):%Y-%m-%d %H:%M}"


def _section(part: Part, header: Sequence[str], rows: Sequence[Sequence[str]], count: int | None = None) -> Section:
    return Section(part, tuple(header), tuple(tuple(row) for row in rows), len(rows) if count is None else count)


def _person(session: Session, friend: Friend, day: ShopDay) -> Section:
    known = [
        (_("Name"), friend.name),
        (_("Phone"), friend.phone or ""),
        (_("E-mail"), friend.email or ""),
        (_("Member number"), friend.member_number or ""),
        (_("LINE user ID"), friend.line_user_id or ""),
        *(
            (_("LINE user ID for “{account}”").format(account=known.account), known.line_user_id)
            for known in ids.others_of(session, friend.id)
        ),
        (_("Friend since"), _when(friend.joined_at, day)),
        (_("In the shop file since"), _when(friend.created_at, day)),
        (_("Has blocked the account"), _("Yes") if friend.is_blocked else _("No")),
        (_("Where the data came from"), friend.collected_through or ""),
        (_("Were they told what it is used for?"), _(_ANSWERS[friend.informed])),
        (_("Do they have a way to stop?"), _(_ANSWERS[friend.can_opt_out])),
        (_("Marketing"), _(_MARKETING[friend.marketing])),
    ]
    own = own_fields.of(session, [friend.id]).get(friend.id, ())
    rows = [*known, *((value.field, "; ".join(value.entries)) for value in own)]
    return _section(Part.PERSON, (_("What"), _("What the shop knows")), rows, 1)


def _orders(session: Session, friend_id: int, day: ShopDay) -> Section:
    """Tell each order with its goods, a line each."""
    mine = select(Order).where(Order.friend_id == friend_id).order_by(Order.at, Order.id)
    orders = list(session.scalars(mine))
    held: dict[int, list[tuple[str, int, int]]] = {}
    lines = (
        select(OrderLine.order_id, Goods.product, OrderLine.quantity, OrderLine.amount)
        .join(Goods, Goods.id == OrderLine.goods_id)
        .where(OrderLine.order_id.in_(select(Order.id).where(Order.friend_id == friend_id)))
        .order_by(OrderLine.id)
    )
    for order, product, quantity, amount in session.execute(lines):
        held.setdefault(order, []).append((product, quantity, amount))
    rows = [
        (
            *(order.number, _when(order.at, day), _(_ORDERS[order.state]), money(order.total, order.currency)),
            *(product, number(quantity) if quantity else "", money(amount, order.currency) if amount else ""),
        )
        for order in orders
        for product, quantity, amount in held.get(order.id, [("", 0, 0)])
    ]
    head = (_("Order"), _("When"), _("State"), _("Total"), _("Product"), _("Quantity"), _("Amount"))
    return _section(Part.ORDERS, head, rows, len(orders))


def _events(happened: Sequence[Happened], day: ShopDay) -> Section:
    others = (What.ORDER, What.MESSAGE, What.JOINED)
    rows = [(_when(one.at, day), words.happened(one)) for one in reversed(happened) if one.what not in others]
    return _section(Part.EVENTS, (_("When"), _("What happened")), rows)


def _messages(session: Session, friend_id: int, day: ShopDay) -> Section:
    """Tell what was meant for the friend, and whether it left."""
    sends = (
        select(Campaign.name, Delivery.at, Campaign.created_at, Delivery.state)
        .join(Delivery, Delivery.campaign_id == Campaign.id)
        .where(Delivery.friend_id == friend_id)
        .order_by(Campaign.id)
    )
    paths = (
        select(Journey.name, JourneyEntry.entered_at)
        .join(JourneyEntry, JourneyEntry.journey_id == Journey.id)
        .where(JourneyEntry.friend_id == friend_id)
        .order_by(JourneyEntry.id)
    )
    rows = [(_when(at or made, day), name, _delivered(str(state))) for name, at, made, state in session.execute(sends)]
    rows += [(_when(at, day), name, _("Taken into this path")) for name, at in session.execute(paths)]
    return _section(Part.MESSAGES, (_("When"), _("Message or path"), _("What became of it")), rows)


def _delivered(state: str) -> str:
    told = {
        "accepted": _("Accepted by LINE"),
        "kept_back": _("Kept back to compare"),
        "left_out": _("Left out, not sent"),
        "refused": _("Could not be sent"),
        "stopped": _("Stopped, not sent"),
    }
    return told.get(state, _("Not finished yet"))


def _tags(session: Session, friend_id: int, day: ShopDay) -> Section:
    """Tell the tags, retired and sensitive ones too."""
    query = select(FriendTag, Tag.name, Tag.type).join(Tag, Tag.id == FriendTag.tag_id)
    found = session.execute(query.where(FriendTag.friend_id == friend_id).order_by(Tag.name))
    rows = [
        (name, _(TAG_TYPES[type]), _(ORIGINS[has.origin]), has.evidence, _when(has.since, day))
        for has, name, type in found
    ]
    head = (_("Tag"), _("Kind of tag"), _("Where it came from"), _("What shows it"), _("Since"))
    return _section(Part.TAGS, head, rows)


def _consent(session: Session, friend_id: int, day: ShopDay) -> Section:
    rows = [
        (_when(line.at, day), _(words.LEDGER[line.kind]), line.through, line.purpose, line.evidence)
        for line in reversed(ledger.entries(session, friend_id))
    ]
    head = (_("When"), _("What was written down"), _("Through"), _("For what"), _("What shows it"))
    return _section(Part.CONSENT, head, rows)


def _requests(session: Session, friend_id: int, day: ShopDay) -> Section:
    query = select(DataRequest).where(DataRequest.friend_id == friend_id).order_by(DataRequest.id)
    rows = [
        (f"R-{one.id:04}", _when(one.asked_at, day), _(WANTS[one.wants]), one.about) for one in session.scalars(query)
    ]
    return _section(Part.REQUESTS, (_("No."), _("Asked"), _("Wants"), _("About")), rows)
