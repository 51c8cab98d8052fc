"""What the builder reads from the shop: a draft's numbers, and what rules can ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences.share import Share, share
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.campaigns.counted import Waterfall
from linecrm_desktop.channels import ids as account_ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import library, spans, to_sql
from linecrm_desktop.segments.counting import Counting, ids, parted, size
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.problems import Path, placed_leaves, problems
from linecrm_desktop.segments.rules import AllOf, AnyOf, InSegment, NoneOf, Rule
from linecrm_desktop.settings import limits as shop_limits
from linecrm_desktop.settings.limits import LIMITS, Limits
from linecrm_desktop.settings.own_prices import plan_of
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import ngettext, number
from linecrm_desktop.views.segments.nobody import why_nobody

if TYPE_CHECKING:
    from linecrm_desktop.segments.columns import Column

SOME = 12
"""How many friends are shown as a sample."""
MOST_PEOPLE = 200
"""How many friends a list of those left out shows."""
People = tuple[tuple[int, str], ...]
"""Friends by id, with their names."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A draft counted: who is left, the count at each row, the cost, and some of the friends."""

    reach: Reach
    rows: dict[Path, int]
    notes: dict[Path, str]
    send: Cost
    broadcast: Cost
    plan: Plan | None
    sample: People
    overlaps: tuple["Shared", ...]
    share: Share
    nobody: str
    """Why no friend matches; empty when somebody does."""
    seconds: float
    """So long counting took."""
    limits: Limits = LIMITS


@dataclass(frozen=True, slots=True)
class Shared:
    """Another saved segment, and how many of the draft's friends who can be reached are in it too."""

    segment_id: int
    name: str
    both: int | None
    """None: the rules of that segment are not complete."""


def numbers(session: Session, draft: SegmentDraft, day: ShopDay, now: datetime, without: int | None = None) -> Numbers:
    """Count a complete draft: waterfall, each row, overlaps, cost; `without` is the segment that is being built."""
    began = perf_counter()
    counting = Counting(session, day)
    waterfall = Waterfall(session, counting, now, draft.cap)
    reach = waterfall.reach(draft.rule)
    rows = dict(_rows(counting, draft.rule, (), ()))
    reachable = waterfall.reachable(draft.rule)
    shop = session.get_one(Shop, 1)
    table = plan_of(shop, day.today)
    used, limits = shop.line_used or 0, shop_limits.limits(session)
    everybody, names = size(counting.everybody), library.names(session)
    return Numbers(
        reach,
        rows,
        _notes(counting, draft.rule),
        cost(table, used, shop.line_limit, reach.reachable),
        cost(table, used, shop.line_limit, shop.line_reach or account_ids.reachable(session, None)),
        table,
        people(session, ids(reachable, SOME)),
        _overlaps(session, counting, reachable, without),
        share(session, counting, draft.rule, limits),
        "" if reach.match else why_nobody(draft.rule, rows, everybody, names, shop.currency),
        perf_counter() - began,
        limits,
    )


def shared(session: Session, draft: SegmentDraft, segment_id: int, day: ShopDay, now: datetime) -> People:
    """Return some of the friends who can be reached and are in the draft and in a saved segment."""
    counting = Counting(session, day)
    mine = Waterfall(session, counting, now, draft.cap).reachable(draft.rule)
    both, _rest = parted(mine, counting.who(InSegment(segment_id)))
    return people(session, ids(both, MOST_PEOPLE))


def left_out(session: Session, draft: SegmentDraft, path: Path, day: ShopDay) -> tuple[int, People]:
    """Return how many friends would be in the segment without the row at a path, and some of them."""
    counting = Counting(session, day)
    wider = draft.pruned(path).rule
    around = counting.who(wider) if wider.rules else counting.everybody
    _inside, lost = parted(around, counting.who(draft.rule))
    return size(lost), people(session, ids(lost, MOST_PEOPLE))


def people(session: Session, friends: Sequence[int]) -> People:
    """Return friends with their names, in the order given."""
    named = select(Friend.id, Friend.name).where(Friend.id.in_(friends))
    found = {friend: name for friend, name in session.execute(named)}
    return tuple((friend, found[friend]) for friend in friends)


def _rows(counting: Counting, group: Rule, path: Path, before: tuple[Rule, ...]) -> Iterator[tuple[Path, int]]:
    """Count each row: in groups of all, who is left after it; in groups of any or none, who of those matches it.

    `before` are the rules that those who come to this group passed.
    """
    if not isinstance(group, (AllOf, AnyOf, NoneOf)):
        return
    for place, rule in enumerate(group.rules):
        earlier = (*before, *group.rules[:place]) if isinstance(group, AllOf) else before
        yield (*path, place), counting.count(AllOf((*earlier, rule)))
        yield from _rows(counting, rule, (*path, place), earlier)


def _notes(counting: Counting, rule: Rule) -> dict[Path, str]:
    """Say under each row which days it means, and of how many friends the answer is not known."""
    found = dict(spans.boundaries(rule, counting.day))
    for path, leaf in placed_leaves(rule):
        unknown = None if isinstance(leaf, InSegment) else to_sql.unknown(leaf, counting.day)
        missing = 0 if unknown is None else size(counting.where(("unknown", leaf, counting.day), unknown))
        if missing:
            said = ngettext("not known of {n} friend", "not known of {n} friends", missing).format(n=number(missing))
            found[path] = " · ".join(filter(None, (found.get(path), said)))
    return found


def _overlaps(session: Session, counting: Counting, mine: "Column", without: int | None) -> tuple[Shared, ...]:
    """Return how far friends are in each other saved segment too, where most of them are first."""
    found: list[Shared] = []
    for row in library.all_segments(session):
        if row.id != without:
            broken = problems(row.rule, counting.segments)
            both = None if broken else size(parted(mine, counting.who(row.rule))[0])
            found.append(Shared(row.id, row.name, both))
    return tuple(sorted(found, key=lambda one: -1 if one.both is None else one.both, reverse=True))
