"""How many friends joined each month, and of how many it is known where they came from.

A friend counts once: for the source tag that came first, else for what was written about where their data came from.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.tags.names import fold

MONTHS = 12


@dataclass(frozen=True, slots=True)
class SourceShare:
    """A source, and how many friends who joined in these months came from it."""

    name: str
    friends: int
    is_tag: bool
    """Whether a source tag says so; else it is what was written when their data came in."""


@dataclass(frozen=True, slots=True)
class Month:
    """The friends who joined in one month."""

    first: date
    joined: int
    known: int
    """Of how many the source is known."""
    sources: tuple[SourceShare, ...]
    """Where those came from, the most first."""

    @property
    def share(self) -> float | None:
        """How large a part is known; None: nobody joined."""
        return self.known / self.joined if self.joined else None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The last months, the oldest first."""

    months: tuple[Month, ...]
    sources: tuple[SourceShare, ...]
    """All months together, the most first."""
    undated: int
    """Friends of whom it is not known when they joined; they are in no month."""

    @property
    def joined(self) -> int:
        """How many joined in all these months."""
        return sum(month.joined for month in self.months)

    @property
    def known(self) -> int:
        """Of how many of them the source is known."""
        return sum(month.known for month in self.months)


def coverage(session: Session, day: ShopDay) -> Coverage:
    """Count the friends who joined in the last twelve local months by where they came from."""
    firsts = _firsts(day.today)
    names = {tag: name for tag, name in session.execute(select(Tag.id, Tag.name))}
    counted: defaultdict[int, Counter[str]] = defaultdict(Counter)
    shown: dict[str, tuple[str, bool]] = {}
    joined = Counter[int]()
    for month, tag, through, friends in session.execute(_query(firsts, day)):
        joined[month] += friends
        name = names[tag] if tag is not None else " ".join((through or "").split())
        if name:
            key = fold(name)
            counted[month][key] += friends
            before = shown.get(key)
            if before is None or (tag is not None and not before[1]):
                shown[key] = (name, tag is not None)
    months = tuple(
        Month(first, joined[place], counted[place].total(), _shares(counted[place], shown))
        for place, first in enumerate(firsts)
    )
    undated = session.scalar(select(func.count()).where(Friend.joined_at.is_(None))) or 0
    return Coverage(months, _shares(sum(counted.values(), Counter[str]()), shown), undated)


def _query(firsts: Sequence[date], day: ShopDay) -> Select[int, int | None, str | None, int]:
    """Return the SELECT of (month, first source tag, what was written, friends)."""
    order = func.row_number().over(partition_by=FriendTag.friend_id, order_by=(FriendTag.since, FriendTag.tag_id))
    tagged = select(FriendTag.friend_id, FriendTag.tag_id, order.label("place"))
    ranked = tagged.join(Tag, Tag.id == FriendTag.tag_id).where(Tag.type == TagType.SOURCE).subquery()
    month: ColumnElement[int] = case(
        *((Friend.joined_at >= day.start_of(first), place) for place, first in reversed(list(enumerate(firsts))))
    )
    since, until = day.start_of(firsts[0]), day.end_of(day.today)
    joined = select(month.label("month"), ranked.c.tag_id, Friend.collected_through)
    joined = joined.outerjoin(ranked, (ranked.c.friend_id == Friend.id) & (ranked.c.place == 1))
    found = joined.where(Friend.joined_at >= since, Friend.joined_at < until).subquery()
    return select(found.c.month, found.c.tag_id, found.c.collected_through, func.count()).group_by(*found.c)


def _firsts(today: date) -> list[date]:
    """Return the first days of the last months, the oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(number - MONTHS + 1, number + 1)]


def _shares(counted: Counter[str], shown: dict[str, tuple[str, bool]]) -> tuple[SourceShare, ...]:
    rows = (SourceShare(shown[key][0], friends, shown[key][1]) for key, friends in counted.items())
    return tuple(sorted(rows, key=lambda one: (-one.friends, one.name)))
