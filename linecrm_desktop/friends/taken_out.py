"""What refusals took friends out of, as far as the shop wrote it down: segments, journeys, sends, shared audiences.

Segments are kept with the line when a person records a refusal; an import's or a copy's refusal has none. An audience
that left stays at LINE until it is shared again without them, and is told so.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.consent.ledger import WHY_REFUSED
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, RefusalEffect, Use
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.journey import JourneyEntry, Left

_SHARING = {str(Use.ADS), str(Use.PROFILING)}


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What one refusal took one friend out of."""

    segments: tuple[str, ...] = ()
    journeys: int = 0
    sends: int = 0
    audiences: int = 0
    """Lists with the friend that had left before: without them when they are shared again."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of a refusal."""

    line: int
    friend: int
    at: datetime
    of_marketing: bool


def refused(line: ConsentEntry) -> Refused | None:
    """Return a line as a refusal that takes somebody out of something; None: it is none."""
    if line.friend_id is None:
        return None
    if line.kind is ConsentKind.REFUSED:
        return Refused(line.id, line.friend_id, line.at, of_marketing=True)
    if line.kind is ConsentKind.USE_REFUSED and line.uses in _SHARING:
        return Refused(line.id, line.friend_id, line.at, of_marketing=False)
    return None


def of(session: Session, lines: Sequence[Refused]) -> dict[int, TakenOut]:
    """Return by line what these few hundred refusals took out of."""
    if not lines:
        return {}
    friends = {one.friend for one in lines}
    segments, journeys = _segments(session, lines), _journeys(session, friends)
    sends, lists = _sends(session, friends), _lists(session, friends)
    found = dict[int, TakenOut]()
    for one in lines:
        left = sum(at <= one.at for at in lists[one.friend])
        mine = (one.friend, one.at)
        found[one.line] = (
            TakenOut(segments.get(one.line, ()), journeys[mine], sends[mine], left)
            if one.of_marketing
            else TakenOut(audiences=left)
        )
    return found


def _segments(session: Session, lines: Sequence[Refused]) -> dict[int, tuple[str, ...]]:
    kept = select(RefusalEffect).where(RefusalEffect.line_id.in_([one.line for one in lines if one.of_marketing]))
    return {row.line_id: tuple(str(name) for name in row.segments) for row in session.scalars(kept)}


def _sends(session: Session, friends: set[int]) -> Counter[tuple[int, datetime]]:
    """Count copies that were left out at the very moment of a refusal."""
    left_out = (Delivery.state == DeliveryState.LEFT_OUT, Delivery.why == WHY_REFUSED, Delivery.at.is_not(None))
    taken = select(Delivery.friend_id, Delivery.at).where(Delivery.friend_id.in_(friends), *left_out)
    return Counter((friend, at) for friend, at in session.execute(taken) if at is not None)


def _journeys(session: Session, friends: set[int]) -> Counter[tuple[int, datetime]]:
    """Count paths on which friends walked, each for the last refusal before they left, or that holds now."""
    of_them = ConsentEntry.friend_id.in_(friends), ConsentEntry.kind == ConsentKind.REFUSED
    moments = defaultdict[int, list[datetime]](list)
    for friend, at in session.execute(select(ConsentEntry.friend_id, ConsentEntry.at).where(*of_them)):
        moments[friend or 0].append(at)
    refusing = set(
        session.scalars(select(Friend.id).where(Friend.id.in_(friends), Friend.marketing == Marketing.REFUSED))
    )
    walked = select(JourneyEntry).where(JourneyEntry.friend_id.in_(friends))
    found = Counter[tuple[int, datetime]]()
    for entry in session.scalars(walked):
        friend, left_at = entry.friend_id, entry.left_at
        if entry.why is not Left.REFUSED and (left_at is not None or friend not in refusing):
            continue
        before = [at for at in moments[friend] if entry.entered_at <= at and (left_at is None or at <= left_at)]
        if before:
            found[friend, max(before)] += 1
    return found


def _lists(session: Session, friends: set[int]) -> defaultdict[int, list[datetime]]:
    """Return when each friend left the shop in a list; not those which did not leave after all."""
    kinds = (ConsentKind.SHARED, ConsentKind.NOT_SHARED)
    told = select(ConsentEntry.friend_id, ConsentEntry.list_id, ConsentEntry.at, ConsentEntry.kind)
    lists = dict[tuple[int | None, int | None], datetime]()
    for friend, number, at, kind in session.execute(
        told.where(ConsentEntry.friend_id.in_(friends), ConsentEntry.kind.in_(kinds)).order_by(ConsentEntry.id)
    ):
        if kind is ConsentKind.SHARED:
            lists[friend, number] = at
        else:
            lists.pop((friend, number), None)
    found = defaultdict[int, list[datetime]](list)
    for (friend, _number), at in lists.items():
        found[friend or 0].append(at)
    return found
