"""Who carried which tag when: what friends carry, since when, and what the journal says was taken off.

A tag that came to the shop after all sends (with an import, say) has no history of them; then today's friends of the
tag are counted, and the evidence says so: what came after a message may be a consequence of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, select, type_coerce
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.models.tagging import TagOperation

FOREVER = 2**62
_TABLE = FriendTag.metadata.tables[FriendTag.__tablename__]


@dataclass(slots=True)
class Spans:
    """The friends of one tag, each with the seconds (UTC) between which they carried it; today's have no end."""

    friends: list[int] = field(default_factory=list[int])
    since: list[int] = field(default_factory=list[int])
    until: list[int] = field(default_factory=list[int])

    def add(self, friend: int, since: int, until: int = FOREVER) -> None:
        """Add one friend."""
        self.friends.append(friend)
        self.since.append(since)
        self.until.append(until)


def spans(session: Session, earliest: datetime) -> dict[int, Spans]:
    """Return for each tag in use, but for those of consent, who carried it from when to when.

    What was taken off before `earliest` is left out. Tags of consent say what is allowed, and nothing sells by them.
    """
    asked = Tag.retired_at.is_(None) & (Tag.type != TagType.CONSENT)
    found = {tag: Spans() for tag in session.scalars(select(Tag.id).where(asked).order_by(Tag.id))}
    rows = select(_TABLE.c.tag_id, _TABLE.c.friend_id, type_coerce(_TABLE.c.since, BigInteger))
    for tag, friend, since in session.execute(rows):
        if tag in found:
            found[tag].add(friend, since)
    for tag, friend, since, until in _taken_off(session, earliest):
        if tag in found:
            found[tag].add(friend, since, until)
    return found


def _taken_off(session: Session, earliest: datetime) -> Iterator[tuple[int, int, int, int]]:
    undone = select(TagOperation.id).where(TagOperation.undone_at.is_not(None))
    dropped = {f"tagging:{operation}" for operation in session.scalars(undone)}
    lines = select(Change.action, Change.at, Change.entity_id, Change.before, Change.after).where(
        Change.entity == FriendTag.__tablename__, Change.field == "", Change.at >= earliest
    )
    ended: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for action, at, friend, before, after in session.execute(lines):
        if action not in dropped and before is not None and after is None:
            row = cast("dict[str, Any]", before)
            key = (int(row["tag_id"]), friend, int(row["since"]))
            ended[key] = max(ended[key], int(at.timestamp()))  # a merge that kept the older day may say it twice
    for (tag, friend, since), until in ended.items():
        yield tag, friend, since, until
