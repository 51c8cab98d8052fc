"""What the builder reads from the shop: a draft's numbers, and what rules can ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import Field, FieldKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import OrderLine
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec, library, needs
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.needs import Data
from linecrm_desktop.segments.problems import Path
from linecrm_desktop.segments.rules import AllOf, AnyOf, NoneOf, Rule
from linecrm_desktop.settings.prices import Plan, plan
from linecrm_desktop.tags.library import all_tags

MOST_DETAILS = 500
SOME = 4
"""How many friends are shown as a sample."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Everything that the rules of this shop can name."""

    tags: tuple[tuple[int, str, TagType], ...] = ()
    segments: tuple[tuple[int, str], ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    """Links, products, campaigns and answers that events name, at most MOST_DETAILS."""
    fields: tuple[tuple[int, str, FieldKind], ...] = ()
    missing: Mapping[Data, str] = field(default_factory=dict[Data, str])
    """Kinds of data that the shop has none of, with the reason."""
    today: date = date.min
    names: library.Names = field(default_factory=library.Names)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A draft counted: who is left, the count at each row, the cost, and some of the friends."""

    reach: Reach
    rows: dict[Path, int]
    send: Cost
    broadcast: Cost
    plan: Plan | None
    sample: tuple[str, ...]


def offers(session: Session, day: ShopDay, without: int | None = None) -> Offers:
    """Read what rules can name; `without` is the segment being built, which cannot contain itself."""
    tags = tuple((tag.id, tag.name, tag.type) for tag in all_tags(session))
    asked = {other for rule in library.rules(session).values() for other in codec.references(rule)}
    segments = tuple((row.id, row.name) for row in library.all_segments(session, asked) if row.id != without)
    lines = select(OrderLine.category).where(OrderLine.category != "").distinct().order_by(OrderLine.category)
    products = select(OrderLine.product).where(OrderLine.product != "").distinct().order_by(OrderLine.product)
    topics = select(Event.category).where(Event.category != "").distinct().order_by(Event.category)
    details = select(Event.detail).where(Event.detail != "").distinct().order_by(Event.detail).limit(MOST_DETAILS)
    fields = select(Field.id, Field.name, Field.kind).order_by(Field.name)
    return Offers(
        tags=tags,
        segments=segments,
        categories=tuple(session.scalars(lines)),
        products=tuple(session.scalars(products)),
        topics=tuple(session.scalars(topics)),
        details=tuple(session.scalars(details)),
        fields=tuple((number, name, kind) for number, name, kind in session.execute(fields)),
        missing=needs.missing(session),
        today=day.today,
        names=library.names(session),
    )


def numbers(session: Session, draft: SegmentDraft, day: ShopDay, now: datetime) -> Numbers:
    """Count a complete draft: the waterfall, each row, the cost of a send and of a broadcast."""
    reach = audience.reach(session, draft.rule, day, now)
    shop = session.get_one(Shop, 1)
    table = plan(shop.country, shop.plan, day.today) if shop.plan else None
    used = shop.line_used or 0
    return Numbers(
        reach,
        _rows(session, draft.rule, day, (), (), {}),
        cost(table, used, shop.line_limit, reach.reachable),
        cost(table, used, shop.line_limit, shop.line_reach or audience.target_reach(session)),
        table,
        _sample(session, draft.rule, day, now),
    )


def _rows(
    session: Session, group: Rule, day: ShopDay, path: Path, before: tuple[Rule, ...], found: dict[Path, int]
) -> dict[Path, int]:
    """Count each row: in groups of all, who is left after it; in groups of any or none, who matches the row."""
    if not isinstance(group, (AllOf, AnyOf, NoneOf)):
        return found
    for place, rule in enumerate(group.rules):
        together = (*before, *group.rules[: place + 1]) if isinstance(group, AllOf) else (rule,)
        found[*path, place] = library.count(session, AllOf(together), day)
        _rows(session, rule, day, (*path, place), (), found)
    return found


def _sample(session: Session, rule: Rule, day: ShopDay, now: datetime) -> tuple[str, ...]:
    people = audience.reachable(session, rule, day, now)[:SOME]
    named = {
        friend: name for friend, name in session.execute(select(Friend.id, Friend.name).where(Friend.id.in_(people)))
    }
    return tuple(named[friend] for friend in people)
