"""The made-up shop of the segment benchmark: the same numbers for everybody who makes it, in columns of numpy.

Sizes are skewed as in real shops: a few tags are on every second friend, most on few; 60 of 100 friends never ordered;
who clicks more also buys more and carries more tags; 8 of 100 block the account, 55 of 100 said yes. Saved in the
folder that --data names, so that a second run begins with the counting.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Marketing

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
TODAY = ShopDay.of(NOW, "Asia/Taipei")
DAY = 86_400
KINDS = (EventKind.CLICK, EventKind.OPEN, EventKind.MENU, EventKind.REPLY, EventKind.COUPON, EventKind.VISIT)
ANSWERS = (Marketing.ALLOWED, Marketing.UNKNOWN, Marketing.REFUSED)
CATEGORIES = 40
SOURCES = 7
NAMES = "美淑 雅怡 家豪 志明 さくら ゆうと Amy Kevin Som Ploy".split()
Columns = dict[str, Any]


def category(number: int) -> str:
    return f"category {number:02d}"


def zipf(count: int, power: float) -> Any:
    weight = 1.0 / np.arange(1, count + 1) ** power
    return weight / weight.sum()


def shop(friends: int, folder: Path, seed: int = 7) -> Columns:
    """Return the columns of a shop, made now or kept from before."""
    kept = folder / "columns.npz"
    if not kept.exists():
        made = make(friends, np.random.default_rng(seed))
        np.savez(kept, **made)
    with np.load(kept) as read:
        return dict(read)


def make(friends: int, r: np.random.Generator) -> Columns:
    """Make friends, 10 tag links and 10 events a friend, 3 order lines a friend in 1.9 orders, and a source each."""
    now = int(NOW.timestamp())
    made: Columns = {
        "joined": np.sort(now - (r.random(friends) ** 1.6 * 1500 * DAY).astype(np.int64)),
        "marketing": r.choice(3, friends, p=[0.55, 0.35, 0.10]).astype(np.int8),
        "blocked": (r.random(friends) < 0.08).astype(np.int8),
        "source": r.choice(SOURCES, friends, p=zipf(SOURCES, 0.7)).astype(np.int8),
        "name": r.integers(0, len(NAMES), friends).astype(np.int8),
    }
    liking = r.lognormal(0, 0.8, friends)
    _tag(made, r, np.cumsum(liking / liking.sum()))
    _happen(made, r, np.cumsum(liking / liking.sum()))
    buying = np.where(r.random(friends) < 0.4, liking, 0)
    _order(made, r, np.cumsum(buying / buying.sum()))
    return made


def tag_count(friends: int) -> int:
    return 300 if friends < 50_000 else 1000 if friends < 500_000 else 5000


def _people(r: np.random.Generator, liking: Any, count: int) -> Any:
    return np.searchsorted(liking, r.random(count)).clip(0, len(liking) - 1)


def _tag(made: Columns, r: np.random.Generator, liking: Any) -> None:
    friends = len(liking)
    tags, links = tag_count(friends), friends * 10
    drawn = r.choice(tags, int(links * 1.25), p=zipf(tags, 0.9)).astype(np.int64)
    pairs = np.unique(drawn * friends + _people(r, liking, len(drawn)))
    if len(pairs) > links:
        pairs = np.sort(r.choice(pairs, links, replace=False))
    made["link_tag"] = (pairs // friends + 1).astype(np.int32)
    made["link_friend"] = (pairs % friends + 1).astype(np.int32)
    since = int(NOW.timestamp()) - r.integers(0, 900 * DAY, len(pairs))
    made["link_at"] = np.maximum(made["joined"][pairs % friends], since)


def _happen(made: Columns, r: np.random.Generator, liking: Any) -> None:
    count = len(liking) * 10
    friend = _people(r, liking, count)
    ago = r.exponential(150 * DAY, count).astype(np.int64)
    at = np.maximum(made["joined"][friend], int(NOW.timestamp()) - ago)
    order = np.argsort(at, kind="stable")
    made["event_friend"], made["event_at"] = (friend + 1).astype(np.int32)[order], at[order]
    made["event_kind"] = r.choice(len(KINDS), count, p=[0.34, 0.30, 0.14, 0.10, 0.07, 0.05]).astype(np.int8)
    made["event_category"] = (r.choice(CATEGORIES, count, p=zipf(CATEGORIES, 0.8)) + 1).astype(np.int8)


def _order(made: Columns, r: np.random.Generator, buying: Any) -> None:
    lines = len(buying) * 3
    per = 1 + r.binomial(4, 0.15, int(lines / 1.55))
    orders = int(np.searchsorted(np.cumsum(per), lines)) + 1
    friend = _people(r, buying, orders)
    ago = r.exponential(200 * DAY, orders).astype(np.int64)
    at = np.maximum(made["joined"][friend], int(NOW.timestamp()) - ago)
    at.sort()
    order = np.repeat(np.arange(orders), per[:orders])[:lines]
    amount = np.exp(r.normal(6.8, 0.8, lines)).astype(np.int64) * 100
    made["order_friend"], made["order_at"] = (friend + 1).astype(np.int32), at
    made["order_total"] = np.bincount(order, amount, orders).astype(np.int64)
    made["line_order"] = (order + 1).astype(np.int32)
    made["line_category"] = (r.choice(CATEGORIES, lines, p=zipf(CATEGORIES, 0.8)) + 1).astype(np.int8)
    made["line_amount"] = amount
