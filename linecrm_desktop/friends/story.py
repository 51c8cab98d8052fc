"""One friend's story: who they are, their tags and where each came from, what happened, the three consent answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids
from linecrm_desktop.channels.ids import KnownTo
from linecrm_desktop.consent import ledger, notices, uses
from linecrm_desktop.consent.ledger import LedgerLine
from linecrm_desktop.consent.uses import Standing
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import directory, origins, own_fields
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.friends.happened import Happened, count, newest
from linecrm_desktop.friends.origins import CameBy
from linecrm_desktop.friends.own_fields import OwnValue
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType
from linecrm_desktop.tags.library import TagChip
from linecrm_desktop.text import _

SHOWN = 6
"""How many things that happened are told at first."""


@dataclass(frozen=True, slots=True)
class CarriedTag:
    """One of the friend's tags, and where it came from."""

    chip: TagChip
    origin: TagOrigin
    since: datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """The answer to one of the three questions, in the shop's words, and the day it was written down."""

    answer: Answer
    evidence: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FriendStory:
    """All that a shop knows about one friend. `friend_days` is None when nobody knows since when."""

    row: FriendRow
    friend_days: int | None
    tags: tuple[CarriedTag, ...]
    fields: tuple[OwnValue, ...]
    happened: tuple[Happened, ...]
    happened_total: int
    where_from: ConsentAnswer
    informed: ConsentAnswer
    can_opt_out: ConsentAnswer
    ledger: tuple[LedgerLine, ...]
    came_by: Mapping[str, CameBy]
    """What brought each value, by column and by the name of a field."""
    uses: tuple[Standing, ...]
    """What holds for each use of the friend's data."""
    notices: Mapping[int, str]
    """What the notices are called that the ledger names."""
    known_to: tuple[KnownTo, ...] = ()
    """The shop's further LINE accounts that know the friend."""

    @property
    def sources(self) -> tuple[CarriedTag, ...]:
        """The source tags: where the friend came from."""
        return tuple(tag for tag in self.tags if tag.chip.type is TagType.SOURCE)


def story(session: Session, friend_id: int, day: ShopDay, limit: int | None = SHOWN) -> FriendStory:
    """Tell one friend's story; of what happened, the newest `limit` things (None: all). Raises ShopError if gone."""
    friend = session.get(Friend, friend_id)
    if friend is None:
        raise ShopError(
            _("This friend is not in the shop any more."), _("Nothing was changed. Look at the list again.")
        )
    lines = tuple(ledger.entries(session, friend_id))
    told = newest(session, friend, limit)
    return FriendStory(
        row=directory.rows(session, [friend_id])[0],
        friend_days=None if friend.joined_at is None else max(0, day.age(friend.joined_at)),
        tags=_carried(session, friend_id),
        fields=own_fields.of(session, [friend_id]).get(friend_id, ()),
        happened=told,
        happened_total=count(session, friend),
        where_from=_where_from(friend, lines),
        informed=_informed(friend, lines),
        can_opt_out=ConsentAnswer(friend.can_opt_out),
        ledger=lines,
        came_by=origins.of(session, friend),
        uses=uses.standing(session, friend_id),
        notices=notices.labels(session),
        known_to=tuple(ids.others_of(session, friend_id)),
    )


def _carried(session: Session, friend_id: int) -> tuple[CarriedTag, ...]:
    query = (
        select(FriendTag, Tag.name, Tag.type)
        .join(Tag, Tag.id == FriendTag.tag_id)
        .where(FriendTag.friend_id == friend_id, Tag.retired_at.is_(None))
    )
    order = list(TagType)
    carried = [
        CarriedTag(TagChip(has.tag_id, name, type), has.origin, has.since, has.evidence)
        for has, name, type in session.execute(query)
    ]
    return tuple(sorted(carried, key=lambda tag: (order.index(tag.chip.type), tag.chip.name)))


def _collected(lines: tuple[LedgerLine, ...]) -> list[LedgerLine]:
    return [line for line in ledger.standing(lines) if line.kind is ConsentKind.COLLECTED]


def _where_from(friend: Friend, lines: tuple[LedgerLine, ...]) -> ConsentAnswer:
    through = (friend.collected_through or "").strip()
    if not through:
        return ConsentAnswer(Answer.UNKNOWN)
    line = next((line for line in _collected(lines) if line.through.strip() == through), None)
    return ConsentAnswer(Answer.YES, through, line.at if line else None)


def _informed(friend: Friend, lines: tuple[LedgerLine, ...]) -> ConsentAnswer:
    line = next((line for line in _collected(lines) if line.informed == friend.informed), None)
    if line is None or friend.informed is Answer.UNKNOWN:
        return ConsentAnswer(friend.informed)
    return ConsentAnswer(friend.informed, line.evidence or line.purpose, line.at)
