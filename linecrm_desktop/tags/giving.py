"""Giving a tag by hand: of an exclusive group a friend carries one, so another tag of the group goes with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import Tag, TagOrigin
from linecrm_desktop.tags import friends_tags
from linecrm_desktop.tags.friends_tags import Removed
from linecrm_desktop.tags.relations import groups


@dataclass(frozen=True, slots=True)
class Given:
    """What was done: enough to take it back exactly."""

    tag_id: int
    newly: tuple[int, ...]
    """Friends who did not have the tag."""
    gone: tuple[Removed, ...]
    """Other tags of the group that went."""
    names: tuple[str, ...]
    """What these other tags are called, in order."""


def give(session: Session, tag_id: int, friend_ids: Iterable[int], now: datetime) -> Given:
    """Give a tag to friends by hand, and take from them the other tags of its exclusive group."""
    friends = list(dict.fromkeys(friend_ids))
    others = [tag for members in groups(session).values() if tag_id in members for tag in members if tag != tag_id]
    gone = [row for tag in others for row in friends_tags.remove(session, tag, friends, now)]
    newly = friends_tags.add(session, tag_id, friends, TagOrigin.HAND, now)
    went = {row.tag_id for row in gone}
    names = tuple(session.scalars(select(Tag.name).where(Tag.id.in_(went)).order_by(Tag.name)))
    return Given(tag_id, tuple(newly), tuple(gone), names)


def take_back(session: Session, given: Given, now: datetime) -> None:
    """Take the tag from the friends who newly got it, and give back what went."""
    friends_tags.remove(session, given.tag_id, given.newly, now)
    friends_tags.put_back(session, given.gone, now)
