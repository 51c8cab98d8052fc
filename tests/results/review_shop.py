"""Puts tags with a planted truth into a test's shop: who carries them, one send long ago, and who bought after it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from tests.maker import Maker
from tests.results.sends import put_send

SENT_AGO = 30
"""Days since the sends: their windows are over."""


def put_friends(session: Session, make: Maker, count: int) -> list[int]:
    """Add so many friends at once."""
    first = (session.scalar(select(func.max(Friend.id))) or 0) + 1
    ids = list(range(first, first + count))
    session.execute(insert(Friend), [{"id": id, "name": f"Friend {id}", "created_at": make.ago(300)} for id in ids])
    return ids


def give_all(session: Session, tag: int, friends: Sequence[int], since: datetime) -> None:
    """Give a tag to many friends."""
    rows = [{"tag_id": tag, "friend_id": friend, "origin": TagOrigin.IMPORT, "since": since} for friend in friends]
    session.execute(insert(FriendTag), [{**row, "evidence": ""} for row in rows])


def send_to(
    session: Session, make: Maker, sent: Sequence[int], kept: Sequence[int], ago: float = SENT_AGO, **columns: Any
) -> int:
    """Add one rehearsed send (the test's shop is for practice)."""
    return put_send(session, make.ago(ago), sent, kept, is_practice=True, **columns)


def let_buy(
    session: Session, make: Maker, friends: Sequence[int], ago: float = SENT_AGO - 1, total: int = 100_000
) -> None:
    """Add an order of each friend."""
    at, first = make.ago(ago), (session.scalar(select(func.max(Order.id))) or 0) + 1
    rows = [
        {"id": first + n, "number": f"R-{first + n}", "friend_id": friend, "at": at, "total": total, "currency": "TWD"}
        for n, friend in enumerate(friends)
    ]
    if rows:
        session.execute(insert(Order), rows)


def put_lifting_tag(session: Session, make: Maker, name: str = "Serum", bought: int = 80) -> int:
    """Add a tag of 600 friends: of 400 who got a message `bought` ordered, of 200 who were kept back 10 did."""
    friends = put_friends(session, make, 600)
    tag = make.tag(session, name, helps_decide="Whom to tell", created_at=make.ago(200))
    give_all(session, tag, friends, make.ago(60))
    send_to(session, make, friends[:400], friends[400:])
    let_buy(session, make, [*friends[:bought], *friends[400:410]])
    return tag
