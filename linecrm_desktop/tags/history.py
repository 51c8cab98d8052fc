"""Which tags a friend ever had: a tag that was taken off is history, not forgotten.

Read from the change journal, and from the tags that a friend carries: what imports gave is not in the journal. Work on
tags that was undone never happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin
from linecrm_desktop.models.tagging import TagOperation


@dataclass(frozen=True, slots=True)
class Moved:
    """One tag that came to a friend or went."""

    at: datetime
    tag_id: int
    tag_name: str
    """As the tag is called today; empty: it is no longer there."""
    came: bool
    origin: TagOrigin
    since: datetime
    """Since when the friend has, or had, the tag; a merge keeps the older moment."""
    evidence: str
    action: str
    """The journal's name for what was done together; empty: given by an import."""


def of_friend(session: Session, friend_id: int) -> list[Moved]:
    """Return all that came and went, the newest first."""
    names = {tag: name for tag, name in session.execute(select(Tag.id, Tag.name))}
    found = [*_journal(session, friend_id, names), *_imported(session, friend_id, names)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _journal(session: Session, friend_id: int, names: dict[int, str]) -> Iterator[Moved]:
    undone = select(TagOperation.id).where(TagOperation.undone_at.is_not(None))
    dropped = {f"tagging:{operation}" for operation in session.scalars(undone)}
    mine = (Change.entity == FriendTag.__tablename__, Change.entity_id == friend_id, Change.field == "")
    for line in session.scalars(select(Change).where(*mine).order_by(Change.id.desc())):
        came, gone = line.after, line.before
        if line.action in dropped or (came is not None and gone is not None):
            continue  # a row that only changed: the friend had the tag before and after
        row = cast("dict[str, Any]", came if came is not None else gone)
        told = (TagOrigin(row["origin"]), datetime.fromtimestamp(row["since"], UTC), str(row["evidence"]))
        tag = int(row["tag_id"])
        yield Moved(line.at, tag, names.get(tag, ""), came is not None, *told, line.action)


def _imported(session: Session, friend_id: int, names: dict[int, str]) -> Iterator[Moved]:
    rows = select(FriendTag).where(FriendTag.friend_id == friend_id, FriendTag.batch_id.is_not(None))
    for row in session.scalars(rows):
        name = names[row.tag_id]
        yield Moved(row.since, row.tag_id, name, True, row.origin, row.since, row.evidence, "")
