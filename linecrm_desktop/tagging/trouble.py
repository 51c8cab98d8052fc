"""Sentences that say why an operation cannot be undone: what was changed since, and what to undo first."""

from collections.abc import Collection, Sequence, Set
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.segment import Segment, UnsavedSegment
from linecrm_desktop.models.source import Arrival, EntryLink
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.models.tagging import TagOperation, TagRule
from linecrm_desktop.tagging.history import title
from linecrm_desktop.tagging.recording import Line
from linecrm_desktop.tagging.references import drafts_naming
from linecrm_desktop.tags.uses import tags_in
from linecrm_desktop.text import _, ngettext, number

_FEW = 500
"""So many friends are asked about at once; one of them is enough to find what to undo first."""


def changed_since(session: Session, operation_id: int, line: Line) -> str:
    """Say that something is not as an operation left it."""
    later = _later(session, operation_id, line.entity, [line.entity_id])
    if later:
        return later
    if line.entity == Segment.__tablename__:
        name = session.scalar(select(Segment.name).where(Segment.id == line.entity_id))
        return _("The rules of the segment “{segment}” were changed since.").format(segment=name or "…")
    if line.entity == TagRule.__tablename__:
        name = session.scalar(select(TagRule.name).where(TagRule.id == line.entity_id))
        return _("The rule “{rule}” was changed since.").format(rule=name or "…")
    if line.entity == EntryLink.__tablename__:
        place = session.scalar(select(EntryLink.place).where(EntryLink.id == line.entity_id))
        return _("The link of “{place}” was changed since.").format(place=place or "…")
    tag = session.scalar(select(Tag.name).where(Tag.id == line.entity_id))
    if tag is None:
        return _("A tag that this changed is not there any more.")
    return _("The tag “{tag}” was changed since.").format(tag=tag)


def friends_changed(session: Session, operation_id: int, friends: Sequence[int]) -> str:
    """Say that tags of friends are not as an operation left them."""
    later = _later(session, operation_id, FriendTag.__tablename__, friends[:_FEW])
    count = len(set(friends))
    sentence = ngettext(
        "The tags of {n} friend were changed again since.", "The tags of {n} friends were changed again since.", count
    )
    return later or sentence.format(n=number(count))


def carried_since(tag: str, friends: int) -> str:
    """Say that friends got a tag that an undo would remove."""
    sentence = ngettext(
        "{n} friend got “{tag}” since. Take it off first.", "{n} friends got “{tag}” since. Take it off first.", friends
    )
    return sentence.format(n=number(friends), tag=tag)


def came_since(session: Session, link: int, place: str) -> str | None:
    """Say that friends came by a link that an undo would remove; None: nobody did."""
    friends = session.scalar(select(func.count()).where(Arrival.link_id == link)) or 0
    sentence = ngettext(
        "{n} friend came by the link of “{place}” since. Stop using it instead.",
        "{n} friends came by the link of “{place}” since. Stop using it instead.",
        friends,
    )
    return sentence.format(n=number(friends), place=place) if friends else None


def linked_since(session: Session, tag: int, but: Collection[int]) -> str | None:
    """Say that another link gives a tag that an undo would remove; None: there is none but those named."""
    other = select(EntryLink.place).where(EntryLink.tag_id == tag, EntryLink.id.not_in(but))
    place = session.scalar(other.order_by(EntryLink.id.desc()).limit(1))
    return None if place is None else _("The link of “{place}” gives this tag too.").format(place=place)


def user_of(session: Session, tag: int, but: Set[tuple[str, int]]) -> str | None:
    """Return the name of something whose rules name a tag, but for some rows (table, number); None: nothing does."""
    rules = [
        (row.__tablename__, *told)
        for row, rule in ((Segment, Segment.rule), (TagRule, TagRule.rule), (Campaign, Campaign.segment_rule))
        for told in session.execute(select(row.id, row.name, rule))
    ]
    named = (name for table, number, name, rule in rules if (table, number) not in but and tag in tags_in(rule))
    drafts = (
        draft.name for draft in drafts_naming(session, tag) if (UnsavedSegment.__tablename__, draft.id) not in but
    )
    given = session.scalars(select(TagRule.name).where(TagRule.tag_id == tag))
    return next(chain(named, given, drafts), None)


def _later(session: Session, operation_id: int, entity: str, ids: Sequence[int]) -> str:
    """Name the newest operation that changed the same things later and is not undone."""
    there = (Change.entity == entity, Change.entity_id.in_(ids), Change.action.startswith("tagging:"))
    actions = session.scalars(select(Change.action).where(*there).distinct())
    numbers = [int(name.partition(":")[2]) for name in actions]
    newer = (TagOperation.id.in_(numbers), TagOperation.id > operation_id, TagOperation.undone_at.is_(None))
    row = session.scalars(select(TagOperation).where(*newer).order_by(TagOperation.id.desc())).first()
    if row is None:
        return ""
    return _("Undo this first: {what}").format(what=title(row.kind, row.what))
