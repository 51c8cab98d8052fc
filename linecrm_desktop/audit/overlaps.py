"""How many friends each two tags share: all pairs at once, by reading the links once and walking each friend's tags.

A friend with ten tags is forty-five shared friends; adding these up is much less than comparing 5,000 tags two by two.
numpy is loaded with this file, so it is imported where tags are counted, never at a start.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.store.dialect import as_one_text, texts_of
from linecrm_desktop.text import _

_TABLE = FriendTag.metadata.tables[FriendTag.__tablename__]
Numbers = NDArray[Any]
_ROWS = 250
"""Tags that are read between two questions whether to stop."""


@dataclass(frozen=True)
class Links:
    """Who carries which tag: for each tag the ids of its friends."""

    tags: tuple[int, ...]
    friends: tuple[Numbers, ...]

    @property
    def highest(self) -> int:
        """The highest id of a friend with a tag."""
        return max((int(some.max()) for some in self.friends if len(some)), default=0)

    def of(self, tag: int) -> Numbers:
        """Return the ids of a tag's friends, in order; none for a tag that is not here."""
        at = self.places.get(tag)
        return np.sort(self.friends[at]) if at is not None else np.empty(0, dtype=np.int32)

    @property
    def places(self) -> dict[int, int]:
        """Where each tag stands."""
        return {tag: at for at, tag in enumerate(self.tags)}

    def counted(self, mask: NDArray[np.bool_]) -> dict[int, int]:
        """Return how many friends of each tag are marked in a column of yes and no by id."""
        return {tag: int(mask[some[some < len(mask)]].sum()) for tag, some in zip(self.tags, self.friends, strict=True)}


@dataclass(frozen=True)
class Overlaps:
    """How many friends every two tags share."""

    tags: tuple[int, ...]
    sizes: Numbers
    shared: Numbers
    """A square: the row is the tag that stands later, the column the earlier one; all else is 0."""

    def both(self, one: int, other: int) -> int:
        """Return how many friends two tags share, by the places of the tags."""
        return int(self.shared[max(one, other), min(one, other)])

    def pairs(self, jaccard: float, containment: float, least: int) -> list[tuple[int, int]]:
        """Return the places of pairs that share enough of both or of the smaller one; none is smaller than `least`."""
        found: list[tuple[int, int]] = []
        for row in np.flatnonzero(self.sizes >= least):
            both = self.shared[row, :row].astype(np.int64)
            mine, theirs = int(self.sizes[row]), self.sizes[:row]
            enough = (both >= jaccard * (mine + theirs - both)) | (both >= containment * np.minimum(mine, theirs))
            found += [(int(column), int(row)) for column in np.flatnonzero(enough & (theirs >= least) & (both > 0))]
        return found


def links(session: Session, tags: Collection[int], task: Task | None = None) -> Links:
    """Read which friends carry these tags, each tag as one text."""
    wanted = set(tags)
    query = select(_TABLE.c.tag_id, texts_of(session, _TABLE.c.friend_id, ",")).group_by(_TABLE.c.tag_id)
    found: dict[int, Numbers] = {}
    with session.execute(query.execution_options(yield_per=_ROWS)) as rows:
        for number, (tag, text) in enumerate(rows):
            if task is not None and number % _ROWS == 0:
                task.raise_if_stopped()
                task.progress(number, 2 * len(wanted), _("Reading who carries which tag"))
            if tag in wanted:
                found[tag] = np.fromstring(text, dtype=np.int32, sep=",")
    order = sorted(found, key=lambda tag: len(found[tag]))
    order = [*(tag for tag in sorted(wanted) if tag not in found), *order]
    return Links(tuple(order), tuple(found.get(tag, np.empty(0, dtype=np.int32)) for tag in order))


def overlaps(who: Links, task: Task | None = None) -> Overlaps:
    """Count what each two tags share. Each tag looks at the tags that its friends were seen with before."""
    count = len(who.tags)
    shared = np.zeros((count, count), dtype=np.int32)
    sizes = np.array([len(some) for some in who.friends], dtype=np.int64)
    begin = _begins(who.friends, who.highest)
    filled = begin.copy()
    counted = np.arange(_most_before(who.friends, begin), dtype=begin.dtype)
    seen = np.empty(int(sizes.sum()), dtype=np.uint16 if count <= np.iinfo(np.uint16).max else np.int32)
    for at, some in enumerate(who.friends):
        if task is not None and at % 50 == 0:
            task.raise_if_stopped()
            task.progress(count + at, 2 * count, _("Counting what tags share"))
        ends = filled[some]
        before = _ranges(seen, begin[some], ends, counted)
        if len(before):
            shared[at, :at] = np.bincount(before, minlength=at)[:at]
        seen[ends] = at
        filled[some] = ends + 1
    return Overlaps(who.tags, sizes, shared)


def _ranges(seen: Numbers, begins: Numbers, ends: Numbers, counted: Numbers) -> Numbers:
    """Return what lies in several stretches of a column, one after the other; `counted` is 0, 1, 2, …, long enough."""
    lengths = ends - begins
    stops = np.cumsum(lengths, dtype=begins.dtype)
    total = int(stops[-1]) if len(stops) else 0
    if not total:
        return seen[:0]
    places = np.repeat(begins - (stops - lengths), lengths)
    places += counted[:total]
    return seen.take(places)


def _most_before(friends: Sequence[Numbers], begin: Numbers) -> int:
    """Return how many earlier tags the friends of one tag can have at most, all added up."""
    tags = np.diff(begin, append=begin[-1])
    return max((int(tags[some].sum()) for some in friends), default=0)


def _begins(friends: Sequence[Numbers], highest: int) -> Numbers:
    """Return where each friend's tags begin in one long column."""
    tags = np.zeros(highest + 2, dtype=np.int64)
    for some in friends:
        tags[some + 1] += 1
    begins = np.cumsum(tags)
    return begins.astype(np.int32) if begins[-1] < np.iinfo(np.int32).max else begins


def marked(session: Session, condition: Any) -> NDArray[np.bool_]:
    """Return a column of yes and no by id: the friends for whom some conditions hold."""
    text = session.scalar(as_one_text(session, select(Friend.id).where(*condition))) or ""
    ids = np.fromstring(text, dtype=np.int64, sep=",")
    mask = np.zeros(int(ids.max()) + 1 if len(ids) else 0, dtype=np.bool_)
    mask[ids] = True
    return mask


def friends_with_any(session: Session, tags: Collection[int]) -> int:
    """Return how many friends carry at least one of some tags."""
    query = select(func.count(_TABLE.c.friend_id.distinct())).where(_TABLE.c.tag_id.in_(list(tags)))
    return session.scalar(query) or 0
