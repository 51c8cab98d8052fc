"""Who is to be erased: every key they have or had, and all words of theirs, gathered before they go.

Nothing of this is kept anywhere; keys go into the register as hashes, words serve the search afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids
from linecrm_desktop.consent.erased import SURE, WEAK, Key, KeyKind
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.consent import ConsentEntry
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class Person:
    """A friend, as they and all that speaks of them are found in the shop."""

    id: int
    names: tuple[str, ...]
    """What they are called, then what they were called before."""
    keys: tuple[Key, ...]
    orders: tuple[int, ...]
    confirm: str
    """What has to be typed: the member number, else the name, else the LINE user id."""
    words: frozenset[str]
    """Texts of their rows, for the search afterwards."""

    def values(self, kind: KeyKind) -> list[str]:
        """Return their keys of one kind."""
        return [key.value for key in self.keys if key.kind is kind]


def gather(session: Session, friend_id: int) -> Person:
    """Find all that tells who a friend is. Raises ShopError when they are gone."""
    friend = session.get(Friend, friend_id)
    if friend is None:
        raise ShopError(_("This friend is not in the shop any more."), _("Nothing was changed."))
    numbers = session.execute(select(Order.id, Order.number).where(Order.friend_id == friend_id)).all()
    names = [name for name in dict.fromkeys([friend.name, *_before(session, friend_id, "name")]) if name]
    keys = [*_keys(session, friend), *(Key(KeyKind.ORDER, number) for _order, number in numbers)]
    words = set(_words(session, friend)) | set(names) | {key.value for key in keys}
    return Person(
        friend_id,
        tuple(names),
        tuple(keys),
        tuple(order for order, _number in numbers),
        friend.member_number or friend.name or friend.line_user_id or friend.email or friend.phone or str(friend_id),
        frozenset(word for word in words if word.strip()),
    )


def _keys(session: Session, friend: Friend) -> Iterator[Key]:
    """Yield the person's keys, those too that they had before: an old file may still have them."""
    for kind in (*SURE, *WEAK):
        column = getattr(Friend, kind)
        now = getattr(friend, kind)
        for value in dict.fromkeys([now, *_before(session, friend.id, kind)]):
            if value is not None and value.strip():
                others = session.scalar(select(Friend.id).where(column == value, Friend.id != friend.id).limit(1))
                if kind in WEAK or others is None:  # a sure key that is another's now says nothing of this person
                    yield Key(kind, value, is_shared=others is not None)
    for known in ids.others_of(session, friend.id):
        if known.line_user_id != friend.line_user_id:
            yield Key(KeyKind.LINE_USER_ID, known.line_user_id)


def _before(session: Session, friend_id: int, field: str) -> list[str]:
    """Return what a field of the friend held at some time, as the journal has it."""
    mine = (Change.entity == "friend", Change.entity_id == friend_id, Change.field == field)
    lines = session.execute(select(Change.before, Change.after).where(*mine).order_by(Change.id))
    return [value for line in lines for value in line if isinstance(value, str)]


def _words(session: Session, friend: Friend) -> Iterator[str]:
    queries = (
        select(Event.detail, Event.category, Event.key).where(Event.friend_id == friend.id),
        select(FriendField.text).where(FriendField.friend_id == friend.id),
        select(FriendTag.evidence).where(FriendTag.friend_id == friend.id),
        select(ConsentEntry.through, ConsentEntry.purpose, ConsentEntry.evidence).where(
            ConsentEntry.friend_id == friend.id
        ),
    )
    for query in queries:
        for row in session.execute(query):
            yield from (cell for cell in row if cell)
    yield friend.collected_through or ""


def texts_in(value: Any) -> Iterable[str]:
    """Return all texts in a value of the journal."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return texts_in(list(cast("dict[str, Any]", value).values()))
    inner = cast("list[Any]", value) if isinstance(value, list) else []
    return [text for part in inner for text in texts_in(part)]
