"""How many friends segments had over time, and when they are due to be counted again.

Lines are thinned out as they are written: at most one an hour in the last seven days, one a local day before.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.segment import Recount, SegmentCount

CLOSE_DAYS = 7
"""So many days back, lines of every hour are kept."""
HOUR = timedelta(hours=1)
MORNING = time(6)
"""From here on a new day's numbers are wanted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A segment's numbers at one moment."""

    at: datetime
    matching: int
    reachable: int


def history(session: Session, day: ShopDay, days: int = 90) -> dict[int, tuple[Counted, ...]]:
    """Return the numbers of each segment in the last days, the oldest first, and always the last one of each."""
    found: defaultdict[int, list[Counted]] = defaultdict(list)
    since = day.days_ago(days)
    for row in session.scalars(select(SegmentCount).order_by(SegmentCount.segment_id, SegmentCount.at)):
        before = found[row.segment_id]
        if before and before[-1].at < since:
            before.pop()
        before.append(Counted(row.at, row.matching, row.reachable))
    return {segment: tuple(lines) for segment, lines in found.items()}


def is_news(last: Counted | None, matching: int, reachable: int, now: datetime) -> bool:
    """Say whether numbers are worth a line: they changed, or the last line is an hour old."""
    return last is None or now - last.at >= HOUR or (last.matching, last.reachable) != (matching, reachable)


def record(session: Session, numbers: Mapping[int, tuple[int, int]], day: ShopDay, now: datetime) -> None:
    """Write how many match and can be reached, by segment, and thin out what is older."""
    for segment, (matching, reachable) in numbers.items():
        last = session.scalars(
            select(SegmentCount.at).where(SegmentCount.segment_id == segment).order_by(SegmentCount.at.desc())
        ).first()
        if last is not None and _hour(last) == _hour(now):
            session.execute(delete(SegmentCount).where(SegmentCount.segment_id == segment, SegmentCount.at == last))
        session.merge(SegmentCount(segment_id=segment, at=now, matching=matching, reachable=reachable))
        _thin_out(session, segment, day)


def is_due(recount: Recount, last: datetime | None, day: ShopDay, now: datetime) -> bool:
    """Say whether a segment is to be counted again without being asked."""
    match recount:
        case Recount.HAND:
            return False
        case Recount.HOUR:
            return last is None or now - last >= HOUR
        case Recount.MORNING:
            morning = datetime.combine(day.today, MORNING, ZoneInfo(day.zone))
            return now >= morning and (last is None or last < morning)


def _hour(moment: datetime) -> int:
    return int(moment.timestamp()) // 3600


def _thin_out(session: Session, segment: int, day: ShopDay) -> None:
    """Keep of each local day that is over a week ago the last line only."""
    old = session.scalars(
        select(SegmentCount.at)
        .where(SegmentCount.segment_id == segment, SegmentCount.at < day.days_ago(CLOSE_DAYS))
        .order_by(SegmentCount.at)
    ).all()
    last_of_day = {day.age(at): at for at in old}
    for at in old:
        if last_of_day[day.age(at)] != at:
            session.execute(delete(SegmentCount).where(SegmentCount.segment_id == segment, SegmentCount.at == at))
