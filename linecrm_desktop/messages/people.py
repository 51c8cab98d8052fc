"""What the variables of a message are for real friends: their values, the longest ones, and who gets the fallback."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.messages.limits import utf16
from linecrm_desktop.messages.variables import VARIABLES
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine

_BATCH = 5000
"""Ids in one question; SQLite takes 32,766 values."""


@dataclass(frozen=True, slots=True)
class Filling:
    """How a group of friends fills the variables."""

    friends: int
    lacking: dict[str, int]
    """How many friends have no value, by variable."""
    longest: dict[str, str]
    """The longest value by LINE's count, by variable."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A friend to look at a message with."""

    id: int
    values: dict[str, str]


def values_of(session: Session, friend_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return each friend's values; a variable that the shop does not know of a friend is missing."""
    found: dict[int, dict[str, str]] = {}
    wanted = list(friend_ids)
    for start in range(0, len(wanted), _BATCH):
        ids = wanted[start : start + _BATCH]
        found |= {friend: {} for friend in ids}
        _put(found, "name", _names(session, ids))
        _put(found, "last_product", _last_products(session, ids))
    return found


def filling(session: Session, friend_ids: Iterable[int]) -> Filling:
    """Count who lacks a value and find the longest ones, so that limits hold for every friend."""
    values = values_of(session, friend_ids)
    lacking = {name: sum(name not in own for own in values.values()) for name in VARIABLES}
    longest = {name: max((own.get(name, "") for own in values.values()), key=utf16, default="") for name in VARIABLES}
    return Filling(len(values), lacking, longest)


def getting_fallback(session: Session, friend_ids: Iterable[int], used: Iterable[str]) -> int:
    """Count the friends for whom at least one of the used variables falls back."""
    wanted = set(used)
    return sum(not wanted <= own.keys() for own in values_of(session, friend_ids).values())


def samples(session: Session, friend_ids: Iterable[int], most: int = 5) -> list[Sample]:
    """Return friends with a name to preview a message with; the one with the longest name is among them."""
    named = [Sample(friend, own) for friend, own in values_of(session, friend_ids).items() if "name" in own]
    if len(named) <= most:
        return named
    widest = max(named, key=lambda sample: utf16(sample.values["name"]))
    return [*[sample for sample in named[:most] if sample is not widest][: most - 1], widest]


def _names(session: Session, ids: Sequence[int]) -> dict[int, str]:
    return dict(session.execute(select(Friend.id, Friend.name).where(Friend.id.in_(ids))).all())


def _last_products(session: Session, ids: Sequence[int]) -> dict[int, str]:
    newest = func.row_number().over(
        partition_by=Order.friend_id, order_by=(OrderLine.at.desc(), OrderLine.amount.desc(), OrderLine.id)
    )
    lines = (
        select(Order.friend_id, Goods.product, newest.label("place"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Goods, Goods.id == OrderLine.goods_id)
        .where(Order.friend_id.in_(ids), OrderLine.is_counted, Goods.product != "")
        .subquery()
    )
    chosen = select(lines.c.friend_id, lines.c.product).where(lines.c.place == 1)
    return dict(session.execute(chosen).all())


def _put(found: dict[int, dict[str, str]], variable: str, values: Mapping[int, str]) -> None:
    for friend, value in values.items():
        if value.strip():
            found[friend][variable] = value
