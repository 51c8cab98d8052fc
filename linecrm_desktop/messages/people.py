"""What the variables of a message are for real friends: their values, the longest ones, and who gets the fallback."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.messages import own_values
from linecrm_desktop.messages.counting import signs, utf16
from linecrm_desktop.messages.variables import FIELD, VARIABLES, label
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
    """The longest value in UTF-16 units, by variable."""
    most_signs: dict[str, str] = field(default_factory=dict[str, str])
    """The value of most signs as a person sees them, by variable."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A friend to look at a message with."""

    id: int
    values: dict[str, str]


def offered(session: Session) -> dict[str, str]:
    """Return every variable that this shop has with its name on the screen: the usual ones, and its own fields."""
    return {name: label(name) for name in VARIABLES} | own_values.field_variables(session)


def values_of(
    session: Session, friend_ids: Iterable[int], names: Collection[str] | None = None
) -> dict[int, dict[str, str]]:
    """Return each friend's values; a variable that the shop does not know of a friend is missing.

    `names` are the variables that are asked for; without it, all that the shop has.
    """
    wanted, asked = list(friend_ids), set(offered(session) if names is None else names)
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(wanted), _BATCH):
        ids = wanted[start : start + _BATCH]
        found |= {friend: {} for friend in ids}
        for name, read in _READ.items():
            if name in asked:
                _put(found, name, read(session, ids))
        keys = {name.removeprefix(FIELD) for name in asked if name.startswith(FIELD)}
        for key, values in own_values.of_fields(session, ids, keys).items() if keys else ():
            _put(found, FIELD + key, values)
    return found


def filling(session: Session, friend_ids: Iterable[int], names: Collection[str] | None = None) -> Filling:
    """Count who lacks a value and find the longest ones, so that limits hold for every friend."""
    asked = offered(session) if names is None else names
    values = values_of(session, friend_ids, asked)

    def most(name: str, measure: Callable[[str], int]) -> str:
        return max((own.get(name, "") for own in values.values()), key=measure, default="")

    return Filling(
        len(values),
        {name: sum(name not in own for own in values.values()) for name in asked},
        {name: most(name, utf16) for name in asked},
        {name: most(name, signs) for name in asked},
    )


def getting_fallback(session: Session, friend_ids: Iterable[int], used: Iterable[str]) -> int:
    """Count the friends for whom at least one of the used variables falls back."""
    wanted = set(used)
    return sum(not wanted <= own.keys() for own in values_of(session, friend_ids, wanted).values())


def samples(session: Session, friend_ids: Iterable[int], most: int = 5) -> list[Sample]:
    """Return friends with a name to preview a message with; the one with the longest name is among them."""
    named = values_of(session, friend_ids, ["name"])
    ids = [friend for friend, own in named.items() if "name" in own]
    if len(ids) > most:
        widest = max(ids, key=lambda friend: utf16(named[friend]["name"]))
        ids = [*[friend for friend in ids[:most] if friend != widest][: most - 1], widest]
    return [Sample(friend, own) for friend, own in values_of(session, ids).items()]


def find(session: Session, friend_ids: Sequence[int], text: str, most: int = 100) -> list[tuple[int, str]]:
    """Return friends among these whose name has the text in it, as (id, name)."""
    found: list[tuple[int, str]] = []
    for start in range(0, len(friend_ids), _BATCH):
        named = select(Friend.id, Friend.name).where(Friend.id.in_(friend_ids[start : start + _BATCH]))
        named = named.where(Friend.name != "", Friend.name.icontains(text.strip(), autoescape=True))
        found += [(friend, name) for friend, name in session.execute(named.order_by(Friend.name).limit(most))]
        if len(found) >= most:
            break
    return found[:most]


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


_READ = {"name": _names, "last_product": _last_products, "tier": own_values.tiers, "points": own_values.points}
