"""What the review page shows, read in one go; and what it writes down while reading, so that Home knows the count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results.review import decisions
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.look import Looked, look
from linecrm_desktop.tags.library import TagRow, all_tags


@dataclass(frozen=True)
class Shown:
    """A look at the tags with all answers."""

    looked: Looked
    items: tuple[Item, ...]
    """The proposals."""
    rest: tuple[Item, ...]
    """Tags of which nothing can be said yet."""
    tags: tuple[TagRow, ...]

    @property
    def decided(self) -> int:
        return sum(item.decided is not None for item in self.items)

    @property
    def has_to_finish(self) -> bool:
        """Whether anything was accepted that is not made yet."""
        return any(item.is_accepted and item.decided and not item.decided.is_made for item in self.items)


def read(session: Session, day: ShopDay) -> Shown:
    """Look at all tags."""
    found = look(session, day)
    return Shown(
        found,
        tuple(decisions.items(session, found.proposals, day)),
        tuple(decisions.items(session, found.not_enough, day)),
        tuple(all_tags(session)),
    )


def answered(session: Session, shown: Shown, day: ShopDay) -> Shown:
    """Return the same look with the answers of now."""
    return replace(shown, items=tuple(decisions.items(session, shown.looked.proposals, day)))


def remember(session: Session, items: Sequence[Item], now: datetime) -> None:
    """Write down which proposals there are."""
    decisions.remember(session, [item.proposed for item in items], now)
