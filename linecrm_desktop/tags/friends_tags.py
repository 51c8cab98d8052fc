"""Which friends carry a tag: give it, take it away, put it back exactly as it was.

Every act leaves its lines in the change journal under one action id, so that it can be taken back to the last detail.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin

_FEW = 500
"""Up to so many friends are named in the query; more are sifted here, clear of SQLite's limit on parameters."""

_TABLE = FriendTag.metadata.tables[FriendTag.__tablename__]
_JOURNAL = Change.metadata.tables[Change.__tablename__]


@dataclass(frozen=True, slots=True)
class Removed:
    """One tag on one friend, as it was: enough to put it back exactly."""

    tag_id: int
    friend_id: int
    origin: TagOrigin
    since: datetime
    evidence: str
    batch_id: int | None
    renewed_at: datetime | None = None


def add(
    session: Session,
    tag_id: int,
    friend_ids: Iterable[int],
    origin: TagOrigin,
    now: datetime,
    evidence: str = "",
    batch_id: int | None = None,
) -> list[int]:
    """Give a tag to friends; return those who newly got it. Friends who have it keep it as it was.

    A tag that runs out is renewed for them. An import's lines are found again by their `batch_id`, so they need no
    journal.
    """
    wanted = list(dict.fromkeys(friend_ids))
    have = {had.friend_id for had in _carried(session, tag_id, wanted)}
    _renew(session, tag_id, have, now)
    given = [Removed(tag_id, friend, origin, now, evidence, batch_id) for friend in wanted if friend not in have]
    _insert(session, given)
    if batch_id is None:
        _note(session, now, given, added=True)
    return [one.friend_id for one in given]


def remove(session: Session, tag_id: int, friend_ids: Iterable[int], now: datetime | None = None) -> list[Removed]:
    """Take a tag from friends; return what was there. Without `now` the caller keeps a journal of its own."""
    gone = _carried(session, tag_id, list(dict.fromkeys(friend_ids)))
    if gone:
        session.flush()
        pick = delete(_TABLE).where(_TABLE.c.tag_id == bindparam("t"), _TABLE.c.friend_id == bindparam("f"))
        session.connection().execute(pick, [{"t": one.tag_id, "f": one.friend_id} for one in gone])
        session.expire_all()
    if now is not None:
        _note(session, now, gone, added=False)
    return gone


def put_back(session: Session, removed: Sequence[Removed], now: datetime | None = None) -> list[int]:
    """Give tags back with the origin, date and evidence they had; return the friends who got one back.

    Friends who have the tag again, or who are no longer in the shop, are left as they are.
    """
    back: list[Removed] = []
    for tag_id in dict.fromkeys(one.tag_id for one in removed):
        mine = [one for one in removed if one.tag_id == tag_id]
        wanted = [one.friend_id for one in mine]
        have = {had.friend_id for had in _carried(session, tag_id, wanted)}
        here = _existing(session, wanted)
        back += [one for one in mine if one.friend_id in here and one.friend_id not in have]
    _insert(session, back)
    if now is not None:
        _note(session, now, back, added=True)
    return [one.friend_id for one in back]


def tags_on(session: Session, friend_ids: Iterable[int]) -> dict[int, int]:
    """Return the tags that these friends carry, and how many of them carry each; retired tags too."""
    wanted = set(friend_ids)
    query = select(_TABLE.c.tag_id, _TABLE.c.friend_id)
    if len(wanted) <= _FEW:
        query = query.where(_TABLE.c.friend_id.in_(wanted))
    return dict(Counter(tag for tag, friend in session.execute(query) if friend in wanted))


def _renew(session: Session, tag_id: int, friend_ids: set[int], now: datetime) -> None:
    """Let a tag that runs out begin anew for friends who have it."""
    runs_out = session.scalar(select(Tag.runs_out_days).where(Tag.id == tag_id))
    if runs_out is None or not friend_ids:
        return
    one = update(_TABLE).where(_TABLE.c.tag_id == tag_id, _TABLE.c.friend_id == bindparam("f"))
    session.connection().execute(one.values(renewed_at=now), [{"f": friend} for friend in friend_ids])
    session.expire_all()


def _carried(session: Session, tag_id: int, friend_ids: list[int]) -> list[Removed]:
    query = select(*_TABLE.c).where(_TABLE.c.tag_id == tag_id)
    if len(friend_ids) <= _FEW:
        query = query.where(_TABLE.c.friend_id.in_(friend_ids))
    wanted = set(friend_ids)
    return [one for one in (Removed(**row) for row in session.execute(query).mappings()) if one.friend_id in wanted]


def _existing(session: Session, friend_ids: list[int]) -> set[int]:
    query = select(Friend.id)
    if len(friend_ids) <= _FEW:
        query = query.where(Friend.id.in_(friend_ids))
    return set(session.scalars(query))


def _insert(session: Session, given: list[Removed]) -> None:
    if given:
        session.flush()
        session.connection().execute(insert(_TABLE), [_row(one) for one in given])


def _row(one: Removed) -> dict[str, Any]:
    """Return the row as it stands in its table (dataclasses.asdict copies deeply: too slow for a whole shop)."""
    return {
        "tag_id": one.tag_id,
        "friend_id": one.friend_id,
        "origin": one.origin,
        "since": one.since,
        "evidence": one.evidence,
        "batch_id": one.batch_id,
        "renewed_at": one.renewed_at,
    }


def _note(session: Session, now: datetime, what: list[Removed], *, added: bool) -> None:
    """Write one journal line a friend; entity_id is the friend, so that one friend's lines are found by index."""
    action = f"tag:{uuid4().hex}"
    lines: list[dict[str, Any]] = []
    for one in what:
        renewed = None if one.renewed_at is None else int(one.renewed_at.timestamp())
        held = {**_row(one), "since": int(one.since.timestamp()), "renewed_at": renewed}
        line = {"action": action, "at": now, "entity": "friend_tag", "entity_id": one.friend_id, "field": ""}
        lines.append({**line, "before": None if added else held, "after": held if added else None})
    if lines:
        session.flush()
        session.connection().execute(insert(_JOURNAL), lines)
