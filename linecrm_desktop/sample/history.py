"""The numbers that the sample shop's segments had in the last eight weeks: made up backwards from those of today."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.segment import SegmentCount
from linecrm_desktop.sample.questions import EARLY_SEGMENT, LINEN_SEGMENT, SERUM_SEGMENT
from linecrm_desktop.sample.world import SEED
from linecrm_desktop.segments import library

WEEKS = 8
_LOOKED = timedelta(hours=9)
"""At this time of each day somebody looked at the list."""
_CHANGES: dict[str, tuple[int, ...]] = {
    "new_friends": (12, 31, -18, 24, 40, -9, 15, 22),
    "ready_again": (-23, -41, 18, 36, 52, 27, -14, 33),
    "warm_no_order": (9, 14, -11, 6, 17, -5, 12, 8),
    SERUM_SEGMENT: (-38, 26, 19, 31, -12, 22, 17, 14),
    EARLY_SEGMENT: (64, 112, 87, 45, -21, 38, 52, 29),
    LINEN_SEGMENT: (-52, 16, 24, -13, 19, 28, 11, 20),
    "IG, dresses, no first order": (7, 11, -4, 13, 9, -6, 8, 10),
    "松菸市集 + VIP + Serum": (0, -1, 0, 0, 2, 0, -1, 0),
    "Clicks often, bought Serum": (14, -8, 21, 17, -10, 12, 25, 9),
}
"""How many more friends each segment reached at the end of a week than at its beginning, this week first."""


def began(day: ShopDay) -> datetime:
    """Return when the segments were made: when their line over time begins."""
    return day.days_ago(7 * WEEKS) + _LOOKED


def write(session: Session, segments: dict[str, int], day: ShopDay, now: datetime) -> None:
    """Write one line a day for each segment, the newest with the numbers of today."""
    rng, known = Random(SEED + 3), {number: name for name, number in segments.items()}
    for row in library.all_segments(session):
        reach = audience.reach(session, row.rule, day, now, Sieve(row.cap))
        out = reach.match - reach.reachable
        for age, reachable in enumerate(_backwards(rng, reach.reachable, _CHANGES[known[row.id]])):
            at = day.days_ago(age) + _LOOKED
            if at <= now:
                session.add(SegmentCount(segment_id=row.id, at=at, matching=reachable + out, reachable=reachable))


def _backwards(rng: Random, newest: int, changes: tuple[int, ...]) -> Iterator[int]:
    """Yield one number a day, today's first: between the ends of a week the way goes up and down a little."""
    end = newest
    for change in changes:
        for weekday in range(7):
            wobble = rng.randint(-1, 1) * (abs(change) // 8) if weekday else 0
            yield end - change * weekday // 7 + wobble
        end -= change
    yield end
