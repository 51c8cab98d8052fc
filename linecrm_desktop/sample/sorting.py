"""Sorts the sample shop's tags after the import: type, decision, owner, and since when each friend carries each."""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin
from linecrm_desktop.sample.tag_table import TAGS
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import world
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft

_CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
_DAYS_BEFORE = 120
"""A tag was made so many days before anybody last got it."""


def ids_of_tags(session: Session) -> dict[str, int]:
    """Return the id of each tag by its English name, whatever it is called in this shop."""
    found = {name: tag for tag, name in session.execute(select(Tag.id, Tag.name))}
    return {tag.name: found[said(tag.name)] for tag in TAGS}


def ids_of_friends(session: Session) -> dict[str, int]:
    """Return the id of each friend by member number."""
    return {member or "": friend for friend, member in session.execute(select(Friend.id, Friend.member_number))}


def sort_tags(session: Session, day: ShopDay) -> None:
    """Write the sample table's words onto the imported tags."""
    ids = ids_of_tags(session)
    for tag in TAGS:
        draft = TagDraft(said(tag.name), tag.type, said(tag.helps_decide), tag.owner, tag.is_sensitive)
        library.edit(session, ids[tag.name], draft)
        session.get_one(Tag, ids[tag.name]).created_at = day.days_ago(tag.newest + _DAYS_BEFORE)


def date_tags(session: Session, day: ShopDay) -> None:
    """Say of every tag on every friend since when it is there, and which rule gave it."""
    tags, friends = ids_of_tags(session), ids_of_friends(session)
    rules = {tag.name: said(tag.rule) for tag in TAGS if tag.rule}
    plain: list[dict[str, Any]] = []
    ruled: list[dict[str, Any]] = []
    for person in world().people:
        for name, days in person.tags.items():
            row = {"t": tags[name], "f": friends[person.member], "when": day.days_ago(days)}
            if name in rules:
                ruled.append(row | {"why": rules[name]})
            else:
                plain.append(row)
    session.flush()
    change = update(_CARRIED).where(_CARRIED.c.tag_id == bindparam("t"), _CARRIED.c.friend_id == bindparam("f"))
    session.connection().execute(change.values(since=bindparam("when")), plain)
    by_rule = change.values(since=bindparam("when"), origin=TagOrigin.RULE, evidence=bindparam("why"))
    session.connection().execute(by_rule, ruled)
