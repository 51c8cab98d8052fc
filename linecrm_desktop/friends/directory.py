"""Finding friends: which ones, in which order, and the rows to show for a stretch of them.

A list is one vector of ids in order, made once; rows are then read by id, a window at a time, so that scrolling deep
into a million friends costs what the first page costs.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.listed import Listed, conditions
from linecrm_desktop.friends.searching import found
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.tags.library import TagChip

WINDOW = 200
"""How many rows are read at once."""


class FriendOrder(StrEnum):
    """What a list of friends can be sorted by."""

    NAME = "name"
    JOINED = "joined"
    LAST_ORDER = "last_order"
    SPENT = "spent"
    ORDERS = "orders"


@dataclass(frozen=True, slots=True)
class FriendQuery:
    """Which friends, in which order. `tag` narrows it to the friends who carry that tag."""

    listed: Listed = Listed.ALL
    search: str = ""
    tag: int | None = None
    order: FriendOrder = FriendOrder.LAST_ORDER
    descending: bool = True


@dataclass(frozen=True, slots=True)
class FriendRow:
    """One friend as a list shows them. `spent` is in smallest units; `answered` counts consent questions with a yes."""

    id: int
    name: str
    member_number: str | None
    line_user_id: str | None
    phone: str | None
    email: str | None
    joined_at: datetime | None
    is_blocked: bool
    marketing: Marketing
    answered: int
    tags: tuple[TagChip, ...]
    orders: int
    spent: int
    last_order_at: datetime | None


def ids(session: Session, query: FriendQuery, day: ShopDay, *within: Select[Any]) -> "array[int]":
    """Return the ids of all friends the query asks for, in its order; each of `within` is one column of ids."""
    chosen = _ordered(select(Friend.id), query).where(*conditions(session, query.listed, day), *found(query.search))
    if query.tag is not None:
        chosen = chosen.where(Friend.id.in_(select(FriendTag.friend_id).where(FriendTag.tag_id == query.tag)))
    chosen = chosen.where(*(Friend.id.in_(some) for some in within))
    return array("q", session.scalars(chosen))


def some_called(session: Session, search: str, most: int) -> list[tuple[int, str]]:
    """Return some friends whose name, phone, e-mail or member number has what is searched for, as id and name."""
    rows = session.execute(select(Friend.id, Friend.name).where(*found(search, by_tag=False)).limit(most))
    return [(friend, name) for friend, name in rows]


def total(session: Session) -> int:
    """Return how many friends the shop has."""
    return session.scalar(select(func.count()).select_from(Friend)) or 0


def counts(session: Session, day: ShopDay) -> dict[Listed, int]:
    """Return how many friends each saved filter holds."""
    count = select(func.count()).select_from(Friend)
    return {listed: session.scalar(count.where(*conditions(session, listed, day))) or 0 for listed in Listed}


def rows(session: Session, friend_ids: Sequence[int]) -> list[FriendRow]:
    """Return the rows of these friends in the order given; friends who are gone are left out."""
    found_rows: dict[int, FriendRow] = {}
    for start in range(0, len(friend_ids), WINDOW):
        window = list(friend_ids[start : start + WINDOW])
        tags = tags_of(session, window)
        bought = _bought(session, window)
        for friend in session.scalars(select(Friend).where(Friend.id.in_(window))):
            found_rows[friend.id] = _row(friend, tags.get(friend.id, ()), bought.get(friend.id, (0, 0, None)))
    return [found_rows[friend] for friend in friend_ids if friend in found_rows]


def tags_of(session: Session, friend_ids: Sequence[int]) -> dict[int, tuple[TagChip, ...]]:
    """Return the tags in use that these friends carry, by type, then name."""
    query = (
        select(FriendTag.friend_id, Tag.id, Tag.name, Tag.type)
        .join(Tag, Tag.id == FriendTag.tag_id)
        .where(FriendTag.friend_id.in_(friend_ids), Tag.retired_at.is_(None))
    )
    order = {type: place for place, type in enumerate(TagType)}
    carried: dict[int, list[TagChip]] = defaultdict(list)
    for friend, tag, name, type in session.execute(query):
        carried[friend].append(TagChip(tag, name, type))
    return {
        friend: tuple(sorted(chips, key=lambda chip: (order[chip.type], chip.name)))
        for friend, chips in carried.items()
    }


def answered(friend: Friend) -> int:
    """Count the consent questions that are answered well; a no is worth as little as silence."""
    return (
        bool((friend.collected_through or "").strip())
        + (friend.informed is Answer.YES)
        + (friend.can_opt_out is Answer.YES)
    )


def _ordered(query: Select[int], wanted: FriendQuery) -> Select[int]:
    """Sort, friends without a value last in either direction, equal ones by id so that every list is the same again."""
    column: ColumnElement[Any] | Any
    match wanted.order:
        case FriendOrder.NAME:
            column = Friend.name
        case FriendOrder.JOINED:
            column = Friend.joined_at
        case FriendOrder.LAST_ORDER | FriendOrder.SPENT | FriendOrder.ORDERS:
            value = {
                FriendOrder.LAST_ORDER: func.max(Order.at),
                FriendOrder.SPENT: func.sum(Order.total),
                FriendOrder.ORDERS: func.count(),
            }[wanted.order]
            bought = (
                select(Order.friend_id, value.label("value"))
                .where(Order.state == OrderState.PLACED)
                .group_by(Order.friend_id)
                .subquery()
            )
            query = query.outerjoin(bought, bought.c.friend_id == Friend.id)
            column = bought.c.value
    direction = column.desc() if wanted.descending else column.asc()
    return query.order_by(column.is_(None), direction, Friend.id)


def _bought(session: Session, window: list[int]) -> dict[int, tuple[int, int, datetime | None]]:
    query = (
        select(Order.friend_id, func.count(), func.sum(Order.total), func.max(Order.at))
        .where(Order.friend_id.in_(window), Order.state == OrderState.PLACED)
        .group_by(Order.friend_id)
    )
    return {friend: (orders, int(spent or 0), last) for friend, orders, spent, last in session.execute(query)}


def _row(friend: Friend, tags: tuple[TagChip, ...], bought: tuple[int, int, datetime | None]) -> FriendRow:
    orders, spent, last_order_at = bought
    return FriendRow(
        id=friend.id,
        name=friend.name,
        member_number=friend.member_number,
        line_user_id=friend.line_user_id,
        phone=friend.phone,
        email=friend.email,
        joined_at=friend.joined_at,
        is_blocked=friend.is_blocked,
        marketing=friend.marketing,
        answered=answered(friend),
        tags=tags,
        orders=orders,
        spent=spent,
        last_order_at=last_order_at,
    )
