"""What a shop declares once about its tags: opposites, parents, and groups of which a friend carries one at most."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import RelationKind, Tag, TagRelation
from linecrm_desktop.tags.names import fold
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class Relations:
    """All that is declared. Opposites are pairs with the lower number first."""

    opposites: frozenset[tuple[int, int]] = frozenset()
    parents: frozenset[tuple[int, int]] = frozenset()
    """(tag, the tag that all its friends are expected to have)"""

    def are_opposites(self, one: int, other: int) -> bool:
        """Say whether no friend can have both."""
        return (min(one, other), max(one, other)) in self.opposites


def relations(session: Session) -> Relations:
    """Return all opposites and parents."""
    rows = session.execute(select(TagRelation.tag_id, TagRelation.other_id, TagRelation.kind)).all()
    told = {kind: frozenset((tag, other) for tag, other, of in rows if of is kind) for kind in RelationKind}
    return Relations(told[RelationKind.OPPOSITE], told[RelationKind.PARENT])


def declare_opposites(session: Session, one: int, other: int) -> None:
    """Say that no friend can have both tags."""
    low, high = min(one, other), max(one, other)
    _declare(session, low, high, RelationKind.OPPOSITE)


def declare_parent(session: Session, tag: int, parent: int) -> None:
    """Say that every friend with a tag is expected to have its parent too. Raises ShopError for a circle."""
    if tag in _above(relations(session), parent):
        raise ShopError(_("A tag cannot be above itself."), _("Nothing was changed."))
    _declare(session, tag, parent, RelationKind.PARENT)


def take_back(session: Session, one: int, other: int) -> None:
    """Take back all that is declared between two tags."""
    between = or_(
        (TagRelation.tag_id == one) & (TagRelation.other_id == other),
        (TagRelation.tag_id == other) & (TagRelation.other_id == one),
    )
    session.execute(delete(TagRelation).where(between))


def groups(session: Session) -> dict[str, tuple[int, ...]]:
    """Return the tags in use of each exclusive group, by the group's folded name."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    named = Tag.exclusive_group != ""
    for tag, group in session.execute(
        select(Tag.id, Tag.exclusive_group).where(named, Tag.retired_at.is_(None)).order_by(Tag.id)
    ):
        found[fold(group)].append(tag)
    return {group: tuple(tags) for group, tags in found.items()}


def _declare(session: Session, tag: int, other: int, kind: RelationKind) -> None:
    if tag == other:
        raise ShopError(_("This needs two different tags."), _("Nothing was changed."))
    session.merge(TagRelation(tag_id=tag, other_id=other, kind=kind))
    session.flush()


def _above(told: Relations, tag: int) -> set[int]:
    """Return a tag and all that stand above it."""
    found, waiting = {tag}, [tag]
    while waiting:
        below = waiting.pop()
        above = {parent for child, parent in told.parents if child == below} - found
        found |= above
        waiting += above
    return found
