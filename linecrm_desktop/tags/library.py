"""The shop's tags: find, make, edit and retire them. Two spellings of one name are one tag.

A retired tag leaves pickers and lists but keeps its friends, so that bringing it back brings everything back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.tags import names
from linecrm_desktop.tags.names import NAME_MAX, fold
from linecrm_desktop.text import _, name_key, number

__all__ = ["NAME_MAX", "TagChip", "TagDraft", "TagRow", "all_tags", "chips", "create", "edit", "find_or_make", "fold"]

DAYS_MAX = 3650
"""Ten years: a tag that runs out later does not run out."""


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
    review_on: date | None = None
    runs_out_days: int | None = None
    exclusive_group: str = ""
    is_seasonal: bool = False
    lawful_reason: str = ""
    merged_into: int | None = None
    """The tag that took this one's friends; such a tag is retired."""
    words: tuple[str, ...] = ()
    """Older names by which it is still found."""

    @property
    def draft(self) -> "TagDraft":
        """The part of the tag that a person edits."""
        return TagDraft(
            *(self.name, self.type, self.helps_decide, self.owner, self.is_sensitive, self.review_on),
            *(self.runs_out_days, self.exclusive_group, self.is_seasonal, self.lawful_reason),
        )

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
    review_on: date | None = None
    """Local day on which somebody asks again whether the tag still helps."""
    runs_out_days: int | None = None
    """The tag falls off a friend so many local days after it was put on or renewed."""
    exclusive_group: str = ""
    """A friend carries one tag of a group at most."""
    is_seasonal: bool = False
    lawful_reason: str = ""
    """Why the shop may keep a tag that looks personal or sensitive."""


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
    words = names.words(session)
    rows = [_row(tag, friends or 0, last_used, words) for tag, friends, last_used in session.execute(query)]
    order = list(TagType)
    return sorted(rows, key=lambda row: (order.index(row.type), name_key(row.name)))


def draft_of(session: Session, tag_id: int) -> TagDraft:
    """Return what is written about a tag. Raises ShopError when it is gone."""
    return _row(_one(session, tag_id), 0, None, {}).draft


def chips(session: Session, ids: Iterable[int] | None = None) -> dict[int, TagChip]:
    """Return the chips of these tags, retired ones too; without ids, of all tags."""
    query = select(Tag.id, Tag.name, Tag.type)
    if ids is not None:
        query = query.where(Tag.id.in_(list(ids)))
    return {id: TagChip(id, name, type) for id, name, type in session.execute(query)}


def find_or_make(session: Session, name: str, type: TagType, now: datetime) -> int:
    """Return the tag that has this name, or had it, or make it.

    A retired one comes back: somebody uses the word again. For a merged one the tag stands that took its friends.
    """
    found = names.known(session).get(fold(name))
    if found is None:
        return create(session, TagDraft(name, type), now)
    _one(session, found).retired_at = None
    session.flush()
    return found


def create(session: Session, draft: TagDraft, now: datetime) -> int:
    """Make a tag. A retired tag of that name comes back with the draft's words. Raises ShopError for a name in use."""
    name = _checked_name(draft.name)
    tag = _by_key(session, fold(name))
    if tag is None:
        tag = Tag(created_at=now)
        session.add(tag)
    elif tag.retired_at is None:
        raise _taken(tag.name)
    tag.retired_at = tag.merged_into = None
    write(tag, draft, name)
    session.flush()
    return tag.id


def edit(session: Session, tag_id: int, draft: TagDraft) -> None:
    """Change what is written about a tag. Raises ShopError for a name that another tag has."""
    name = free_name(session, draft.name, tag_id)
    write(_one(session, tag_id), draft, name)
    session.flush()


def retire(session: Session, tag_id: int, now: datetime) -> None:
    """Take a tag out of use; its friends keep it in their history."""
    _one(session, tag_id).retired_at = now
    session.flush()


def restore(session: Session, tag_id: int) -> None:
    """Bring a retired tag back with all its friends."""
    _one(session, tag_id).retired_at = None
    session.flush()


def free_name(session: Session, name: str, tag_id: int | None) -> str:
    """Return a name as it is kept. Raises ShopError for one that is empty, too long, or another tag's."""
    plain = _checked_name(name)
    other = _by_key(session, fold(plain))
    if other is not None and other.id != tag_id:
        raise _taken(other.name)
    return plain


def _row(tag: Tag, friends: int, last_used: datetime | None, words: dict[int, tuple[str, ...]]) -> TagRow:
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
        review_on=tag.review_on,
        runs_out_days=tag.runs_out_days,
        exclusive_group=tag.exclusive_group,
        is_seasonal=tag.is_seasonal,
        lawful_reason=tag.lawful_reason,
        merged_into=tag.merged_into,
        words=words.get(tag.id, ()),
    )


def write(tag: Tag, draft: TagDraft, name: str) -> None:
    """Put a draft into a tag's row, under a name that was checked. Raises ShopError for days that make no sense."""
    if draft.runs_out_days is not None and not 1 <= draft.runs_out_days <= DAYS_MAX:
        raise ShopError(
            _("A tag can run out after 1 to {n} days.").format(n=number(DAYS_MAX)), _("Nothing was changed.")
        )
    tag.name = name
    tag.name_key = fold(name)
    tag.type = draft.type
    tag.helps_decide = draft.helps_decide.strip()
    tag.owner = draft.owner.strip()
    tag.is_sensitive = draft.is_sensitive
    tag.review_on = draft.review_on
    tag.runs_out_days = draft.runs_out_days
    tag.exclusive_group = " ".join(draft.exclusive_group.split())[:NAME_MAX]
    tag.is_seasonal = draft.is_seasonal
    tag.lawful_reason = draft.lawful_reason.strip()


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
