"""The five key numbers. Each is counted as the list that it opens counts, so that the two never differ by one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.channels import accounts
from linecrm_desktop.friends.listed import Listed, conditions
from linecrm_desktop.home import month
from linecrm_desktop.home.month import MonthSend, NotWasted
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments.counting import Counting, parted, size
from linecrm_desktop.settings import own_prices
from linecrm_desktop.tags.health import count_undecided


@dataclass(frozen=True, slots=True)
class People:
    """All friends, those taken out for one reason each, and who is left."""

    friends: int
    blocked: int
    refused: int
    no_line_id: int
    reachable: int
    sourced: int
    """With a source tag that is in use."""
    broadcast: int
    """Whom a broadcast would reach today: it asks nobody whether they refused."""


@dataclass(frozen=True, slots=True)
class MessagesLeft:
    """The month's messages as LINE last said them."""

    limit: int | None
    """None: LINE sets no limit."""
    used: int
    read_at: datetime
    extra: int | None
    """What extra messages cost so far this month, in smallest units; None where the plan is not known."""

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the five tiles show."""

    people: People
    tags: int
    undecided: int
    left: MessagesLeft | None
    """None: LINE was never asked."""
    not_wasted: NotWasted


def numbers(session: Session, counting: Counting, sends: tuple[MonthSend, ...], now: datetime) -> Numbers:
    """Count the five key numbers; `sends` are those of this month."""
    return Numbers(
        _people(session, counting, now),
        live_tags(session),
        count_undecided(session),
        _left(session, counting),
        month.not_wasted(session, sends, counting.day),
    )


def live_tags(session: Session) -> int:
    """Count the tags that are in use."""
    return session.scalar(select(func.count()).select_from(Tag).where(Tag.retired_at.is_(None))) or 0


def _people(session: Session, counting: Counting, now: datetime) -> People:
    reasons = audience.reasons(session, counting.day, now)
    several = accounts.are_several(session)
    has = {why: counting.where((why, several), reasons[why]) for why in (Why.BLOCKED, Why.REFUSED, Why.NO_LINE_ID)}
    left, taken = counting.everybody, dict[Why, int]()
    for why, which in has.items():
        out, left = parted(left, which)
        taken[why] = size(out)
    told = parted(parted(counting.everybody, has[Why.BLOCKED])[1], has[Why.NO_LINE_ID])[1]
    unknown = counting.where(("listed", Listed.NO_SOURCE), and_(*conditions(session, Listed.NO_SOURCE, counting.day)))
    friends = size(counting.everybody)
    return People(
        *(friends, taken[Why.BLOCKED], taken[Why.REFUSED], taken[Why.NO_LINE_ID]),
        *(size(left), friends - size(unknown), size(told)),
    )


def _left(session: Session, counting: Counting) -> MessagesLeft | None:
    shop = session.get_one(Shop, 1)
    if shop.line_read_at is None:
        return None
    plan, used = own_prices.plan_of(shop, counting.day.today), shop.line_used or 0
    extra = cost(plan, 0, shop.line_limit, used).month_minor if plan else None
    return MessagesLeft(shop.line_limit, used, shop.line_read_at, extra)
