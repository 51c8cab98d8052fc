"""What needs a person today, the most pressing first, and what was done today already.

Only what the shop file knows is told. Whether LINE takes the token is known to whoever asked LINE last, and is given.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home.numbers import Numbers
from linecrm_desktop.journeys import summary
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.models.journey import Journey
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.requests import register, words
from linecrm_desktop.results.review import decisions, proposals
from linecrm_desktop.safekeeping.backups import OLD
from linecrm_desktop.store.database import seen

MOST = 7
"""So many are shown; the others are told as a number."""
_QUIET = timedelta(minutes=10)
"""A send of which nothing was heard for so long is not under way any more."""
_NAMED = 2
REJECTS_DAYS = 7
REFUSALS_DAYS = 30
"""So many days rows that were not taken are told of; refusals longer, because somebody may be written to in error."""
_ENTRY_BYTES = 500
_LARGEST_NEEDS = frozenset({"friend_tag", "friend_tag.tag_id", "tag", "tag.name", "tag.helps_decide", "tag.retired_at"})


class Kind(StrEnum):
    """What can need a person, in the order in which it is told."""

    IMPORT = "import"
    SEND = "send"
    TOKEN = "token"
    REQUESTS = "requests"
    MESSAGES = "messages"
    JOURNEYS = "journeys"
    REFUSALS = "refusals"
    TAGS = "tags"
    REJECTS = "rejects"
    PROPOSALS = "proposals"
    BACKUP = "backup"


QUICK = frozenset({Kind.SEND, Kind.JOURNEYS, Kind.REJECTS, Kind.BACKUP})
"""These take under a minute: one look and one decision."""
DUE = frozenset({Kind.SEND, Kind.REQUESTS, Kind.JOURNEYS})
"""These are due today; the others can wait until tomorrow."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. `count` is the number of its sentence, `of` and `parts` what its detail speaks of."""

    kind: Kind
    count: int = 1
    of: int | None = None
    object_id: int | None = None
    name: str = ""
    note: str = ""
    """A sentence that was written when it happened."""
    on: date | None = None
    """The day of what is told, where that is not today."""
    parts: tuple[tuple[str, int], ...] = ()
    """Tags with their friends, codes of reasons with their rows, or kinds of proposals with how many there are."""
    is_pressing: bool = False
    """Whether it is told in red."""

    @property
    def is_quick(self) -> bool:
        return self.kind in QUICK

    @property
    def is_due(self) -> bool:
        return self.kind in DUE if self.kind is not Kind.REQUESTS else self.is_pressing


@dataclass(frozen=True, slots=True)
class _Batch:
    """An import of late."""

    id: int
    on: date
    rejected: int
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done today."""

    quota_read: bool
    imports: int
    sends: int
    queues: int
    """Paths whose friends of today were looked for."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What the shop file does not know of itself."""

    token_trouble: str = ""
    """What LINE said against the token when it was asked last."""
    last_backup: date | None = None
    looked_for_backup: bool = False


UNTOLD = Outside()
"""Nobody asked LINE or looked for backups."""


def items(
    session: Session, numbers: Numbers, day: ShopDay, now: datetime, outside: Outside = UNTOLD
) -> tuple[Item, ...]:
    """Return all that needs a person."""
    if numbers.people.friends == 0:
        return (Item(Kind.IMPORT),)
    return tuple(_items(session, numbers, day, now, outside))


def done(session: Session, day: ShopDay) -> Done:
    """Count what was done today."""
    since = day.start_of(day.today)
    read_at = session.get_one(Shop, 1).line_read_at
    imports = select(func.count()).select_from(ImportBatch)
    sends = select(func.count()).select_from(Campaign).where(Campaign.state == CampaignState.DONE)
    return Done(
        read_at is not None and read_at >= since,
        session.scalar(imports.where(ImportBatch.at >= since, ImportBatch.undone_at.is_(None))) or 0,
        session.scalar(sends.where(Campaign.ended_at >= since)) or 0,
        session.scalar(select(func.count()).select_from(Journey).where(Journey.prepared_at >= since)) or 0,
    )


def _items(session: Session, numbers: Numbers, day: ShopDay, now: datetime, outside: Outside) -> Iterator[Item]:
    yield from _sends(session, now)
    if outside.token_trouble:
        yield Item(Kind.TOKEN, note=outside.token_trouble)
    asked = list(_requests(session, day))
    yield from (item for item in asked if item.is_pressing)
    yield from _messages(session, numbers)
    waiting = summary.waiting(session, day, now)
    if waiting.friends:
        left = numbers.left.left if numbers.left else None
        yield Item(Kind.JOURNEYS, waiting.friends, left, parts=(("steps", waiting.steps),))
    yield from (item for item in asked if not item.is_pressing)
    yield from _refusals(session, day)
    if numbers.undecided:
        yield Item(Kind.TAGS, numbers.undecided, parts=_largest(session))
    yield from _rejects(session, day)
    proposed = decisions.waiting(session, day)
    if proposed:
        parts = tuple((str(kind), proposed[kind]) for kind in proposals.Kind if proposed[kind])
        yield Item(Kind.PROPOSALS, proposed.total(), parts=parts)
    if outside.looked_for_backup:
        yield from _backup(session, day, outside.last_backup)


def _messages(session: Session, numbers: Numbers) -> Iterator[Item]:
    under = session.get_one(Shop, 1).warn_under
    left = numbers.left.left if numbers.left else None
    if under and left is not None and left < under:
        yield Item(Kind.MESSAGES, max(0, left), under)


def _sends(session: Session, now: datetime) -> Iterator[Item]:
    """Yield the sends that wait for a person, also those that broke off; quiet hours end by themselves."""
    begun = (CampaignState.READY, CampaignState.SENDING)
    last = select(func.max(Delivery.at)).where(Delivery.campaign_id == Campaign.id).scalar_subquery()
    broken = Campaign.state.in_(begun) & (func.coalesce(last, Campaign.created_at) < now - _QUIET)
    paused = (Campaign.state == CampaignState.PAUSED) & Campaign.resume_at.is_(None)
    waits = or_(Campaign.state == CampaignState.HELD, paused, broken)
    for send in session.scalars(select(Campaign).where(waits).order_by(Campaign.id)):
        yield Item(Kind.SEND, object_id=send.id, name=send.name, note=send.note)


def _requests(session: Session, day: ShopDay) -> Iterator[Item]:
    """Yield the open requests as one thing, with the most pressing; `of` are the days that are left for it."""
    waiting = register.open_ones(session, day)
    if waiting:
        first = waiting[0]
        yield Item(
            Kind.REQUESTS,
            len(waiting),
            first.left(day.today),
            first.id,
            first.name,
            words.wants(first),
            is_pressing=first.is_pressing(day.today),
        )


def _largest(session: Session) -> tuple[tuple[str, int], ...]:
    """Return the tags without a decision that have most friends."""
    key, known = "home.largest", seen(session)
    found: tuple[tuple[str, int], ...] | None = known.kept.get(key, known.versions) if known else None
    if found is None:
        friends = func.count(FriendTag.friend_id)
        query = select(Tag.name, friends).join(FriendTag, FriendTag.tag_id == Tag.id)
        query = query.where(Tag.retired_at.is_(None), func.trim(Tag.helps_decide) == "")
        query = query.group_by(Tag.id).order_by(friends.desc(), Tag.name).limit(_NAMED)
        found = tuple((name, number) for name, number in session.execute(query))
        if known:
            known.kept.put(key, found, _ENTRY_BYTES, _LARGEST_NEEDS, known.versions)
    return found


def _refusals(session: Session, day: ShopDay) -> Iterator[Item]:
    """Yield the refusals of imported rows whose person was not found, by the newest file of each sort that has any.

    As long as the shop itself may be wrong about somebody, it is told: until such a file came in that names them all.
    """
    found = [
        (batch.id, batch.counts["unmatched_refusals"])
        for batch in _newest(session, day, REFUSALS_DAYS, lambda counts: counts.get("unmatched_refusals") is not None)
    ]
    told = [(batch, rows) for batch, rows in found if rows]
    if told:
        yield Item(Kind.REFUSALS, sum(rows for _batch, rows in told), object_id=told[0][0])


def _rejects(session: Session, day: ShopDay) -> Iterator[Item]:
    """Yield the rows that were not taken, until a week is over or the next file of the same sort came in."""
    batches = [batch for batch in _newest(session, day, REJECTS_DAYS) if batch.rejected]
    if batches:
        rows = func.count()
        why = select(RejectedRow.why, rows).where(RejectedRow.batch_id.in_([batch.id for batch in batches]))
        why = why.group_by(RejectedRow.why).order_by(rows.desc(), RejectedRow.why).limit(_NAMED)
        parts = tuple((code, number) for code, number in session.execute(why))
        first = min(batch.on for batch in batches)
        yield Item(
            Kind.REJECTS,
            sum(batch.rejected for batch in batches),
            object_id=batches[0].id,
            on=None if first == day.today else first,
            parts=parts,
        )


def _newest(
    session: Session, day: ShopDay, days: int, tells: Callable[[dict[str, Any]], bool] = lambda _counts: True
) -> list[_Batch]:
    """Return the newest import of each sort (kind of rows, and preset) in the last days, of those that tell something.

    The newest of all stands first.
    """
    query = (
        select(ImportBatch)
        .where(ImportBatch.at >= day.days_ago(days), ImportBatch.undone_at.is_(None))
        .order_by(ImportBatch.at.desc(), ImportBatch.id.desc())
    )
    found: dict[tuple[str, str], _Batch] = {}
    for row in session.scalars(query):
        counts: dict[str, Any] = row.options.get("counts", {})
        if tells(counts):
            batch = _Batch(row.id, day.local(row.at).date(), row.rejected, counts)
            found.setdefault((row.kind, row.preset), batch)
    return list(found.values())


def _backup(session: Session, day: ShopDay, last: date | None) -> Iterator[Item]:
    """Yield that the last backup is old. A shop that was never backed up counts from the day on which it was made."""
    since = last or day.local(session.get_one(Shop, 1).created_at).date()
    age = (day.today - since).days
    if age > OLD.days:
        yield Item(Kind.BACKUP, age, on=last)
