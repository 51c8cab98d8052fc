"""What the list of segments reads: each with its numbers now and over time, where it is used, and how it fares.

Counting stops when its time is up, so that a very large shop never waits: what is not counted then keeps its last
numbers with their moment, and is counted when somebody asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from time import monotonic

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Reach, Sieve
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.segments import codec, comparing, counts, health, library, to_sql, used
from linecrm_desktop.segments.counts import Counted
from linecrm_desktop.segments.health import Health, Patient
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, AnyOf, NoneOf, Rule
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.segments.used import Use
from linecrm_desktop.settings import limits
from linecrm_desktop.settings.limits import LIMITS

SECONDS = 4.0
"""So long one look at the list counts segments, and so long again it looks for twins."""
SAMPLE = 50
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved segment as the list shows it; reach is None where it was not counted now."""

    row: SegmentRow
    sentence: str = ""
    reach: Reach | None = None
    trouble: str = ""
    """Why its rules cannot be counted."""
    counted: tuple[Counted, ...] = ()
    """Its numbers over time, the oldest first, with those of now."""
    users: tuple[Use, ...] = ()
    retired: tuple[str, ...] = ()
    """Tags of its rules that are retired."""
    twin: str = ""
    tags: tuple[tuple[str, TagType], ...] = ()
    """Tags of its rules, with their types."""
    signs: tuple[Health, ...] = ()
    very_small: int = LIMITS.very_small
    """Fewer friends than this are too few, by the shop's own limit."""

    @property
    def last(self) -> Counted | None:
        """The newest numbers there are."""
        return self.counted[-1] if self.counted else None

    @property
    def sent_at(self) -> datetime | None:
        """When it was last sent to."""
        return used.last_sent(self.users)

    def change(self, day: ShopDay) -> int | None:
        """Return how many more can be reached than a week ago; None when nobody counted then."""
        before = [line for line in self.counted if day.age(line.at) >= _WEEK]
        return self.counted[-1].reachable - before[-1].reachable if before else None

    def examined(self, day: ShopDay) -> "Listed":
        """Return the same segment with all there is to say about its health."""
        last = self.last
        patient = Patient(
            created_at=self.row.created_at,
            helps_decide=self.row.helps_decide,
            trouble=self.trouble,
            reachable=last.reachable if last and not self.trouble else None,
            counted_at=last.at if last else None,
            retired_tags=self.retired,
            twin=self.twin,
            sent_at=self.sent_at,
            very_small=self.very_small,
        )
        return replace(self, signs=health.signs(patient, day))


def listed(
    session: Session, day: ShopDay, now: datetime, currency: str, seconds: float = SECONDS, *, archived: bool = False
) -> list[Listed]:
    """Read the saved segments, or those put away, and count as many as the time allows."""
    known, names, before = library.rules(session), library.names(session), counts.history(session, day)
    tags = {tag.id: tag for tag in session.execute(select(Tag.id, Tag.name, Tag.type, Tag.retired_at))}
    users, very_small = used.uses(session), limits.limits(session).very_small
    end = monotonic() + seconds
    found: list[Listed] = []
    for row in library.archived(session) if archived else library.all_segments(session):
        missing = problems(row.rule, known)
        counting = not missing and monotonic() < end
        reach = audience.reach(session, row.rule, day, now, Sieve(row.cap)) if counting else None
        lines = before.get(row.id, ())
        asked = [tags[tag] for tag in sorted(codec.tags_used(row.rule)) if tag in tags]
        line = Listed(
            row,
            plain(row.rule, names, currency),
            reach,
            missing[0].sentence if missing else "",
            (*lines, Counted(now, reach.match, reach.reachable)) if reach else lines,
            users.get(row.id, ()),
            tuple(tag.name for tag in asked if tag.retired_at is not None),
            tags=tuple((tag.name, tag.type) for tag in asked),
            very_small=very_small,
        )
        found.append(line.examined(day))
    return found


def news(rows: Sequence[Listed], now: datetime) -> dict[int, tuple[int, int]]:
    """Return the numbers that are worth keeping, by segment."""
    found: dict[int, tuple[int, int]] = {}
    for line in rows:
        before = line.counted[-2] if len(line.counted) > 1 else None
        if line.reach and counts.is_news(before, line.reach.match, line.reach.reachable, now):
            found[line.row.id] = line.reach.match, line.reach.reachable
    return found


def twins(session: Session, rows: Sequence[Listed], day: ShopDay, seconds: float = SECONDS) -> list[Listed]:
    """Find segments that are nearly the same; only pairs whose sizes allow it are counted, while the time lasts."""
    end = monotonic() + seconds
    found: dict[int, str] = {}
    for one, other in combinations([line for line in rows if line.reach], 2):
        a, b = one.reach, other.reach
        if a is None or b is None or not health.may_be_twins(a.match, b.match) or monotonic() > end:
            continue
        both = library.count(session, comparing.both(one.row.id, other.row.id), day)
        if health.is_twin(both, a.match, b.match):
            found.setdefault(one.row.id, other.row.name)
            found.setdefault(other.row.id, one.row.name)
    return [replace(line, twin=found.get(line.row.id, "")).examined(day) for line in rows]


def sample(session: Session, rule: Rule, day: ShopDay) -> list[str]:
    """Return the names of some friends for whom a rule holds."""
    members = to_sql.members(rule, day, library.rules(session))
    names = session.scalars(select(Friend.name).where(Friend.id.in_(members)).order_by(Friend.id).limit(SAMPLE))
    return list(names)


def made_from(rule: Rule) -> tuple[int, int]:
    """Return how many tags and how many rules a segment is made from."""
    return len(codec.tags_used(rule)), _leaves(rule)


def _leaves(rule: Rule) -> int:
    return sum(_leaves(inner) for inner in rule.rules) if isinstance(rule, (AllOf, AnyOf, NoneOf)) else 1
