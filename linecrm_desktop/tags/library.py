"""The shop's tags: find, make, edit and retire them. Two spellings of one name are one tag.

A retired tag leaves pickers and lists but keeps its friends, so that bringing it back brings everything back.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.text import _, number

NAME_MAX = 80
"""Length of the name's column."""


@dataclass(frozen=True, slots=True)
class TagChip:
    """What a chip shows."""

    id: int
    name: str
    type: TagType


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag with what the library shows about it. `last_used` is when a friend last got it."""

    id: int
    name: str
    type: TagType
    helps_decide: str
    owner: str
    is_sensitive: bool
    friends: int
    last_used: datetime | None
    is_retired: bool
    created_at: datetime

    @property
    def draft(self) -> "TagDraft":
        """The part of the tag that a person edits."""
        return TagDraft(self.name, self.type, self.helps_decide, self.owner, self.is_sensitive)

    @property
    def chip(self) -> TagChip:
        """The part of the tag that a chip shows."""
        return TagChip(self.id, self.name, self.type)


@dataclass(frozen=True, slots=True)
class TagDraft:
    """What a person writes about a tag."""

    name: str
    type: TagType
    helps_decide: str = ""
    owner: str = ""
    is_sensitive: bool = False


def fold(name: str) -> str:
    """Return the key of a tag's name: width, case and runs of blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def all_tags(session: Session, *, retired: bool = False) -> list[TagRow]:
    """Return all tags by type, then name; retired ones only when asked for."""
    carried = (
        select(FriendTag.tag_id, func.count().label("friends"), func.max(FriendTag.since).label("last_used"))
        .group_by(FriendTag.tag_id)
        .subquery()
    )
    query = select(Tag, carried.c.friends, carried.c.last_used).outerjoin(carried, carried.c.tag_id == Tag.id)
    if not retired:
        query = query.where(Tag.retired_at.is_(None))
    rows = [_row(tag, friends or 0, last_used) for tag, friends, last_used in session.execute(query)]
    order = list(TagType)
    return sorted(rows, key=lambda row: (order.index(row.type), fold(row.name)))


def chips(session: Session, ids: Iterable[int] | None = None) -> dict[int, TagChip]:
    """Return the chips of these tags, retired ones too; without ids, of all tags."""
    query = select(Tag.id, Tag.name, Tag.type)
    if ids is not None:
        query = query.where(Tag.id.in_(list(ids)))
    return {id: TagChip(id, name, type) for id, name, type in session.execute(query)}


def find_or_make(session: Session, name: str, type: TagType, now: datetime) -> int:
    """Return the tag of this name, or make it. A retired one comes back: somebody uses the word again."""
    found = _by_key(session, fold(name))
    if found is None:
        return create(session, TagDraft(name, type), now)
    found.retired_at = None
    session.flush()
    return found.id


def create(session: Session, draft: TagDraft, now: datetime) -> int:
    """Make a tag. A retired tag of that name comes back with the draft's words. Raises ShopError for a name in use."""
    name = _checked_name(draft.name)
    tag = _by_key(session, fold(name))
    if tag is None:
        tag = Tag(created_at=now)
        session.add(tag)
    elif tag.retired_at is None:
        raise _taken(tag.name)
    tag.retired_at = None
    _write(tag, draft, name)
    session.flush()
    return tag.id


def edit(session: Session, tag_id: int, draft: TagDraft) -> None:
    """Change what is written about a tag. Raises ShopError for a name that another tag has."""
    name = _checked_name(draft.name)
    other = _by_key(session, fold(name))
    if other is not None and other.id != tag_id:
        raise _taken(other.name)
    _write(_one(session, tag_id), draft, name)
    session.flush()


def retire(session: Session, tag_id: int, now: datetime) -> None:
    """Take a tag out of use; its friends keep it in their history."""
    _one(session, tag_id).retired_at = now
    session.flush()


def restore(session: Session, tag_id: int) -> None:
    """Bring a retired tag back with all its friends."""
    _one(session, tag_id).retired_at = None
    session.flush()


def _row(tag: Tag, friends: int, last_used: datetime | None) -> TagRow:
    return TagRow(
        id=tag.id,
        name=tag.name,
        type=tag.type,
        helps_decide=tag.helps_decide,
        owner=tag.owner,
        is_sensitive=tag.is_sensitive,
        friends=friends,
        last_used=last_used,
        is_retired=tag.retired_at is not None,
        created_at=tag.created_at,
    )


def _write(tag: Tag, draft: TagDraft, name: str) -> None:
    tag.name = name
    tag.name_key = fold(name)
    tag.type = draft.type
    tag.helps_decide = draft.helps_decide.strip()
    tag.owner = draft.owner.strip()
    tag.is_sensitive = draft.is_sensitive


def _by_key(session: Session, key: str) -> Tag | None:
    return session.scalar(select(Tag).where(Tag.name_key == key))


def _one(session: Session, tag_id: int) -> Tag:
    tag = session.get(Tag, tag_id)
    if tag is None:
        raise ShopError(_("This tag is not there any more."), _("Nothing was changed. Look at the list again."))
    return tag


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise ShopError(_("The tag has no name."), _("Write one or two words that say what it marks."))
    if max(len(plain), len(fold(plain))) > NAME_MAX:
        raise ShopError(
            _("The name of the tag is too long."), _("Use at most {n} characters.").format(n=number(NAME_MAX))
        )
    return plain


def _taken(name: str) -> ShopError:
    return ShopError(_("There is already a tag “{tag}”.").format(tag=name), _("Use that one, or choose another name."))
