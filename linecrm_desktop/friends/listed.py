"""The saved filters that every shop has, and what each means."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, not_, select
from sqlalchemy.orm import Session

from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag, TagType

QUIET_DAYS = 30


class Listed(StrEnum):
    """The saved filters that every shop has."""

    ALL = "all"
    REACHABLE = "reachable"
    NO_SOURCE = "no_source"
    NO_PURCHASE = "no_purchase"
    BOUGHT_TWICE = "bought_twice"
    QUIET_30 = "quiet_30"
    REFUSED = "refused"
    BLOCKED = "blocked"


def reachable(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Return what must hold for a message to reach a friend at all, through whichever account."""
    ways = (not_(ids.is_blocked(session, ids.ANY)), not_(ids.has_none(session, ids.ANY)))
    if not accounts.are_several(session):  # as plain comparisons, which an index answers
        ways = (Friend.is_blocked.is_(False), Friend.line_user_id.is_not(None))
    return (*ways, Friend.marketing != Marketing.REFUSED)


def conditions(session: Session, listed: Listed, day: ShopDay) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the friends of a saved filter."""
    placed = select(Order.friend_id).where(Order.state == OrderState.PLACED)
    match listed:
        case Listed.ALL:
            return ()
        case Listed.REACHABLE:
            return reachable(session)
        case Listed.NO_SOURCE:
            return (Friend.id.not_in(_with_source()),)
        case Listed.NO_PURCHASE:
            return (Friend.id.not_in(placed),)
        case Listed.BOUGHT_TWICE:
            return (Friend.id.in_(placed.group_by(Order.friend_id).having(func.count() >= 2)),)
        case Listed.QUIET_30:
            return _quiet(day.days_ago(QUIET_DAYS))
        case Listed.REFUSED:
            return (Friend.marketing == Marketing.REFUSED,)
        case Listed.BLOCKED:
            return (ids.is_blocked(session, ids.ANY),)


def _with_source() -> Select[int]:
    sources = select(Tag.id).where(Tag.type == TagType.SOURCE, Tag.retired_at.is_(None))
    return select(FriendTag.friend_id).where(FriendTag.tag_id.in_(sources))


def _quiet(since: datetime) -> tuple[ColumnElement[bool], ...]:
    """Nothing happened since: no event, no order, and they did not only just join."""
    return (
        Friend.id.not_in(select(Event.friend_id).where(Event.at >= since)),
        Friend.id.not_in(select(Order.friend_id).where(Order.at >= since)),
        Friend.joined_at.is_(None) | (Friend.joined_at < since),
    )
