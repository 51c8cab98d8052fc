"""Segments to start from, made from what is usual in the shop: its own intervals, amounts, tags and categories.

A template is only a draft: it opens in the builder, where every number can be changed before it is saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.rules import (
    AllOf,
    Bought,
    CameFrom,
    Compare,
    Did,
    Group,
    HasTag,
    Joined,
    LastOrder,
    NoneOf,
    Orders,
    Returned,
    Spent,
    UsedDiscount,
)
from linecrm_desktop.segments.shop_habits import MIN_BUYERS, Habits
from linecrm_desktop.text import CURRENCY_DIGITS, _, money, ngettext, number, to_minor

_NEVER_ORDERED = Orders(Compare.EXACTLY, 0)
_STEPS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal(3), Decimal(5), Decimal(8), Decimal(10))
_QUIET, _YEAR = 180, 365
_FIRST = ("missing_step", "by_source", "close_to_vip", "dormant", "free_shipping")
"""What a shop is offered first; the others keep their order behind them."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template in the person's language. Without a rule, `missing` says which data the shop lacks."""

    key: str
    icon: str
    name: str
    who: str
    helps_decide: str
    rule: Group | None = None
    missing: str = ""


def templates(shop: Habits, currency: str) -> list[Template]:
    """Return all templates: those that the shop has the data for, then the others with the reason."""
    found = [*_about_orders(shop), *_about_money(shop, currency), *_about_people(shop)]
    return sorted(found, key=lambda one: (one.rule is None, one.key not in _FIRST, *_place(one.key)))


def _place(key: str) -> tuple[int, ...]:
    return (_FIRST.index(key),) if key in _FIRST else ()


def _about_orders(shop: Habits) -> Iterator[Template]:
    no_orders = "" if shop.orders else _("No orders yet. Import orders first.")
    category = shop.categories[0] if shop.categories else ""
    topic = shop.topic
    yield _template(
        *("missing_step", "hourglass-medium", _("Missing routine step")),
        _("Bought {category}, clicked {topic}, {days} quiet").format(
            category=category or "…", topic=topic or "…", days=_days(shop.intervals.of(category))
        ),
        _("Who gets the missing step instead of a discount"),
        AllOf((Bought(category), Did(EventKind.CLICK, category=topic), LastOrder(shop.intervals.of(category)))),
        "" if category and topic else _("Needs orders and clicks with categories."),
    )
    quiet = max(_QUIET, min(_YEAR, 2 * shop.intervals.days))
    yield _template(
        *("dormant", "moon", _("Dormant, worth one try")),
        _("Bought before, quiet for {days}").format(days=_days(quiet)),
        _("Who gets one last good reason to come back"),
        AllOf((LastOrder(quiet),)),
        no_orders,
    )
    yield _template(
        *("first_time", "handbag", _("First-time buyers")),
        _("Ordered once, in the last {days}").format(days=_days(30)),
        _("Who gets help with the first product, not the next offer"),
        AllOf((Orders(Compare.EXACTLY, 1), LastOrder(30, older=False))),
        no_orders,
    )
    for place, each in enumerate(shop.categories, 1):
        days = shop.intervals.of(each)
        yield _template(
            *(f"ready_{place}", "arrow-clockwise", _("Ready for more: {category}").format(category=each)),
            _("Bought {category}, but not in the last {days}").format(category=each, days=_days(days)),
            _("Who gets a refill reminder"),
            AllOf((Bought(each), NoneOf((Bought(each, days=days),)))),
        )
    yield _template(
        *("loyal", "repeat", _("Repeat buyers")),
        _("Ordered 3 times or more in a year"),
        _("Whom to thank, and whom to ask for a word about the shop"),
        AllOf((Orders(Compare.AT_LEAST, 3, days=_YEAR),)),
        no_orders,
    )


def _about_money(shop: Habits, currency: str) -> Iterator[Template]:
    few = _("Needs at least {n} buyers.").format(n=number(MIN_BUYERS))
    vip = _round(shop.vip_amount or 0, currency, up=False)
    below = vip * 7 // 10
    known = "" if vip > below > 0 else few
    quiet = min(300, 2 * shop.intervals.days)
    yield _template(
        *("vip_at_risk", "crown", _("VIPs at risk")),
        _("Spent {amount} or more in a year, quiet for {days}").format(amount=money(vip, currency), days=_days(quiet)),
        _("Whom to write to in person before they are gone"),
        AllOf((Spent(Compare.AT_LEAST, vip, days=_YEAR), LastOrder(quiet))),
        known,
    )
    yield _template(
        *("close_to_vip", "trend-up", _("Close to VIP")),
        _("{low} to just under {high} in a year").format(low=money(below, currency), high=money(vip, currency)),
        _("Who hears how little is missing"),
        AllOf((Spent(Compare.BETWEEN, below, vip - 1, days=_YEAR),)),
        known,
    )
    limit = _round(shop.usual_order or 0, currency, up=True)
    low = limit * 8 // 10
    yield _template(
        *("free_shipping", "truck", _("Close to free shipping")),
        _("One order in {days}, just under {limit}. Put in your own limit.").format(
            days=_days(30), limit=money(limit, currency)
        ),
        _("Who hears what a small addition saves"),
        AllOf((Orders(Compare.EXACTLY, 1, days=30), Spent(Compare.BETWEEN, low, limit - 1, days=30))),
        "" if limit > low > 0 else _("Needs at least {n} orders.").format(n=number(MIN_BUYERS)),
    )
    yield _template(
        *("discount", "percent", _("Frequent discount users")),
        _("Bought at a discount 3 times or more in {days}").format(days=_days(_QUIET)),
        _("Who gets a reason to buy that is not a discount"),
        AllOf((UsedDiscount(Compare.AT_LEAST, 3, days=_QUIET),)),
        "" if shop.discounts else _("No order says yet whether something was taken off."),
    )
    yield _template(
        *("returns", "arrow-u-down-left", _("High return risk")),
        _("Sent back 2 orders or more in a year"),
        _("Who gets sizes and details before the next offer"),
        AllOf((Returned(Compare.AT_LEAST, 2, days=_YEAR),)),
        "" if shop.returns else _("No order was sent back yet."),
    )


def _about_people(shop: Habits) -> Iterator[Template]:
    source, interest = shop.source or (0, "…"), shop.interest or (0, "…")
    yield _template(
        *("by_source", "map-pin", _("From {source}, no first order").format(source=source[1])),
        _("Came from there and have never ordered"),
        _("Who gets what fits the place they came from"),
        AllOf((CameFrom((source[0],)), _NEVER_ORDERED)),
        "" if shop.source else _("No friend carries a source tag yet."),
    )
    yield _template(
        *("by_interest", "heart", _("Interested in {interest}, no first order").format(interest=interest[1])),
        _("Carry the tag and have never ordered"),
        _("Who gets styling or advice before an offer"),
        AllOf((HasTag((interest[0],)), _NEVER_ORDERED)),
        "" if shop.interest else _("No friend carries an interest tag yet."),
    )
    yield _template(
        *("no_source", "question", _("No source yet")),
        _("Nobody knows where they came from"),
        _("Whom to ask where they heard of the shop"),
        AllOf((CameFrom((), unknown=True),)),
        "" if shop.friends else _("No friends yet. Import friends first."),
    )
    yield _template(
        *("silent", "bell-slash", _("Never reacted")),
        _("Friends for more than {days}, no click and no order").format(days=_days(90)),
        _("Who gets fewer messages, or a question"),
        AllOf((Joined(days=90, older=True), Did(EventKind.CLICK, Compare.EXACTLY, 0, days=None), _NEVER_ORDERED)),
        "" if EventKind.CLICK in shop.events else _("No clicks are known yet."),
    )


def _template(key: str, icon: str, name: str, who: str, helps_decide: str, rule: Group, missing: str = "") -> Template:
    return Template(key, icon, name, who, helps_decide, None if missing else rule, missing)


def _days(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=number(days))


def _round(minor: int, currency: str, *, up: bool) -> int:
    """Return the next amount that people would say, such as 1,500: above or not above an amount in smallest units."""
    whole = Decimal(minor).scaleb(-CURRENCY_DIGITS.get(currency, 2))
    if whole < 1:
        return 0
    scale = Decimal(10) ** whole.adjusted()
    fits = [step * scale for step in _STEPS if (step * scale > whole if up else step * scale <= whole)]
    return to_minor(min(fits) if up else max(fits), currency)
