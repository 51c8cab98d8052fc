"""Finds codes of entry links in what friends wrote, as an import brings it, and puts the source tags on these friends.

A text counts from the day before its link was made, since some files name only the day, until the link was stopped.
Nothing is ever replaced: who has the tag keeps it as it is, and who has another tag of its exclusive group keeps that.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.source import Arrival, EntryLink
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.sources.codes import codes_in
from linecrm_desktop.sources.links import tags_now
from linecrm_desktop.tags.names import fold
from linecrm_desktop.text import _, long_date

_BEFORE = timedelta(days=1)
_AT_ONCE = 500
_CAME = Arrival.metadata.tables[Arrival.__tablename__]
_CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]


@dataclass(frozen=True, slots=True)
class _Came:
    """A friend wrote the code of a link."""

    link: EntryLink
    friend_id: int
    at: datetime


def recognise(session: Session, batch_id: int) -> int:
    """Look through the texts that an import brought; return how often a friend got a tag.

    What it writes bears the number of the import, so that its undo takes it back.
    """
    links = {link.code: link for link in session.scalars(select(EntryLink))}
    if not links:
        return 0
    came = _new(session, _found(session, batch_id, links))
    if not came:
        return 0
    rows = [{"link_id": one.link.id, "friend_id": one.friend_id, "at": one.at, "batch_id": batch_id} for one in came]
    session.execute(insert(_CAME), rows)
    return _give_tags(session, batch_id, came)


def _found(session: Session, batch_id: int, links: dict[str, EntryLink]) -> list[_Came]:
    """Return who wrote which code first, in the order of time."""
    texts = select(Event.friend_id, Event.at, Event.detail)
    texts = texts.where(Event.batch_id == batch_id, Event.kind == EventKind.REPLY, Event.detail != "")
    found: dict[tuple[int, int], _Came] = {}
    for friend, at, text in session.execute(texts.order_by(Event.at, Event.id)):
        for code in codes_in(text):
            link = links.get(code)
            if link is not None and _counts(link, at):
                found.setdefault((link.id, friend), _Came(link, friend, at))
    return list(found.values())


def _counts(link: EntryLink, at: datetime) -> bool:
    return at >= link.made_at - _BEFORE and (link.stopped_at is None or at <= link.stopped_at)


def _new(session: Session, came: list[_Came]) -> list[_Came]:
    """Leave out who is known to have come by the same link."""
    there: set[tuple[int, int]] = set()
    for some in _parts(sorted({one.friend_id for one in came})):
        known = select(Arrival.link_id, Arrival.friend_id).where(Arrival.friend_id.in_(some))
        there |= {(link, friend) for link, friend in session.execute(known)}
    return [one for one in came if (one.link.id, one.friend_id) not in there]


def _give_tags(session: Session, batch_id: int, came: list[_Came]) -> int:
    tags = tags_now(session)
    groups = {number: fold(now.group) for number, now in tags.items() if now.group and not now.is_retired}
    carried = _carried(session, sorted({one.friend_id for one in came}))
    zone = session.get_one(Shop, 1).zone
    rows: list[dict[str, Any]] = []
    for one in came:
        tag, held = tags[one.link.tag_id], carried[one.friend_id]
        group = groups.get(tag.chip.id)
        if tag.is_retired or tag.chip.id in held or (group and any(groups.get(other) == group for other in held)):
            continue
        held.add(tag.chip.id)
        told = {"tag_id": tag.chip.id, "friend_id": one.friend_id, "origin": TagOrigin.IMPORT, "since": one.at}
        rows.append({**told, "evidence": _evidence(one, zone), "batch_id": batch_id})
    if rows:
        session.execute(insert(_CARRIED), rows)
    return len(rows)


def _evidence(came: _Came, zone: str) -> str:
    day = ShopDay.of(came.at, zone).today
    return _("wrote the code {code} on {date}").format(code=came.link.code, date=long_date(day))


def _carried(session: Session, friends: list[int]) -> defaultdict[int, set[int]]:
    """Return which tags friends carry."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    for some in _parts(friends):
        for friend, tag in session.execute(
            select(FriendTag.friend_id, FriendTag.tag_id).where(FriendTag.friend_id.in_(some))
        ):
            held[friend].add(tag)
    return held


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
