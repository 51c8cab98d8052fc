"""The shop's entry links as lists show them, with how many friends came by each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.source import Arrival, EntryLink, LinkKind
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.tags.library import TagChip


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link."""

    id: int
    place: str
    tag: TagChip
    """The tag that friends get: where tags were merged, the one that has the friends now."""
    is_tag_retired: bool
    code: str
    kind: LinkKind
    text: str
    url: str
    made_at: datetime
    stopped_at: datetime | None
    friends: int
    """Friends who wrote its code."""
    last_at: datetime | None
    """When the last of them did."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.place

    @property
    def is_stopped(self) -> bool:
        """Whether its code gives no tag any more."""
        return self.stopped_at is not None


def all_links(session: Session, *, stopped: bool = True, ids: Sequence[int] | None = None) -> list[LinkRow]:
    """Return the links, those in use first, each part in the order in which they were made."""
    came = (
        select(Arrival.link_id, func.count().label("friends"), func.max(Arrival.at).label("last_at"))
        .group_by(Arrival.link_id)
        .subquery()
    )
    query = select(EntryLink, came.c.friends, came.c.last_at).outerjoin(came, came.c.link_id == EntryLink.id)
    if not stopped:
        query = query.where(EntryLink.stopped_at.is_(None))
    if ids is not None:
        query = query.where(EntryLink.id.in_(ids))
    tags = tags_now(session)
    query = query.order_by(EntryLink.stopped_at.is_not(None), EntryLink.id)
    return [_row(link, friends or 0, last, tags) for link, friends, last in session.execute(query)]


def known_account(session: Session) -> str:
    """Return the basic ID of the shop's LINE account: as LINE said, else as it was typed last; empty: not known."""
    said: dict[str, Any] = session.get_one(Shop, 1).line_account or {}
    if said.get("basic_id"):
        return str(said["basic_id"])
    typed = select(EntryLink.account).where(EntryLink.account != "").order_by(EntryLink.id.desc())
    return session.scalar(typed.limit(1)) or ""


@dataclass(frozen=True, slots=True)
class TagNow:
    """What became of a tag."""

    chip: TagChip
    is_retired: bool
    group: str


def tags_now(session: Session) -> dict[int, TagNow]:
    """Return for each tag the one that has its friends now: itself, or the one that it was merged into."""
    tags = {tag.id: tag for tag in session.scalars(select(Tag))}
    found: dict[int, TagNow] = {}
    for number in tags:
        end, seen = tags[number], {number}
        while end.merged_into in tags and end.merged_into not in seen:
            end = tags[end.merged_into]
            seen.add(end.id)
        chip = TagChip(end.id, end.name, end.type)
        found[number] = TagNow(chip, end.retired_at is not None, end.exclusive_group)
    return found


def _row(link: EntryLink, friends: int, last: datetime | None, tags: dict[int, TagNow]) -> LinkRow:
    now = tags[link.tag_id]
    return LinkRow(
        id=link.id,
        place=link.place,
        tag=now.chip,
        is_tag_retired=now.is_retired,
        code=link.code,
        kind=link.kind,
        text=link.text,
        url=link.url,
        made_at=link.made_at,
        stopped_at=link.stopped_at,
        friends=friends,
        last_at=last,
    )
