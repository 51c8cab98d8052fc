"""Does the review of the tags propose what is true? Shops with planted truth, counted by the review's own rules.

Where the numbers allow it, the proposal must agree with the plant in at least 80 % of cases; where they do not, it must
say "not enough evidence" in at least 95 %. Baseline in the same run: reading the sign of the lift alone (keep over
zero, retire under it), as a report without intervals invites one to.

    python benchmarks/tag_review.py [--shops 30] [--seed 7]
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Brief, to_json
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType
from linecrm_desktop.results.review.look import Looked, look
from linecrm_desktop.results.review.proposals import Kind
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
DAY = ShopDay.of(NOW, "Asia/Taipei")
AGREES, DOUBTS = 0.80, 0.95
SENDS = (timedelta(days=50), timedelta(days=30))


@dataclass(frozen=True)
class Plant:
    """One tag with the truth about it."""

    name: str
    friends: int
    base: float
    """The share who buy without a message."""
    effect: float
    """How many more buy because of a message."""
    truth: Kind
    kept: float = 0.3
    """The share who are kept back."""
    parts: tuple[float, float] | None = None
    """Of a tag to be split: the share who buy in either half, with or without a message."""
    has_twin: bool = False
    """Another tag of that name, written differently, sits on nine of ten of its friends."""
    idle_days: int = 60
    """Since when friends carry it; after 90 days nobody uses it."""


def mixed_shop() -> list[Plant]:
    """Return tags with effects that can be seen, and tags of which nothing can be seen."""
    sizes = [(size, effect) for size in (40, 90, 250, 420) for effect in (0.0, 0.01, 0.02)]
    return [
        *(Plant(f"Lifts {n}", 1_500, 0.05, 0.07, Kind.KEEP) for n in "ABC"),
        *(Plant(f"Mixed {n}", 1_600, 0.05, 0.0, Kind.SPLIT, parts=(0.12, 0.04)) for n in "DE"),
        Plant("Essence fans", 300, 0.05, 0.0, Kind.MERGE, has_twin=True),
        Plant("Old market", 60, 0.05, 0.0, Kind.RETIRE, idle_days=200),
        *(Plant(f"Small {size} {effect}", size, 0.05, effect, Kind.NOT_ENOUGH, 0.1) for size, effect in sizes),
        *(Plant(f"Silent {n}", 700, 0.05, 0.0, Kind.NOT_ENOUGH, 0.1) for n in "FGHJKLMNPQRS"),
    ]


def large_shop() -> list[Plant]:
    """Return one tag whose messages change nothing, with enough friends to see that."""
    return [Plant("Changes nothing", 6_000, 0.01, 0.0, Kind.RETIRE, 0.5)]


def main() -> int:
    """Count agreement over many shops and print it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shops", type=int, default=30)
    asked.add_argument("--seed", type=int, default=7)
    told = asked.parse_args()
    began = time.perf_counter()
    ours, naive = Counter[tuple[str, Kind, bool]](), Counter[tuple[str, Kind, bool]]()
    for number in range(told.shops):
        for plants in (mixed_shop(), large_shop()):
            found = looked(plants, Random(told.seed * 1_000 + number))
            for plant in plants:
                ours[*_group(plant), proposed(found, plant) is plant.truth] += 1
                naive[*_group(plant), by_sign(found, plant) is plant.truth] += 1
    print(f"{told.shops} shops of each kind, {time.perf_counter() - began:.0f} s")
    return report(ours, naive)


def report(ours: Counter[tuple[str, Kind, bool]], naive: Counter[tuple[str, Kind, bool]]) -> int:
    """Print agreement by truth; return 1 where a limit is missed."""
    print(f"{'planted':30} {'cases':>6} {'review':>8} {'sign of the lift':>18} {'must':>6}")
    is_good = True
    for name, kind in sorted({key[:2] for key in ours}, key=lambda key: (list(Kind).index(key[1]), key[0])):
        cases = ours[name, kind, True] + ours[name, kind, False]
        share, other = ours[name, kind, True] / cases, naive[name, kind, True] / cases
        must = DOUBTS if kind is Kind.NOT_ENOUGH else AGREES
        is_good &= share >= must
        print(f"{name:30} {cases:6} {share:8.1%} {other:18.1%} {must:6.0%}")
    print("All limits hold." if is_good else "A limit is missed.")
    return 0 if is_good else 1


def looked(plants: list[Plant], rng: Random) -> Looked:
    """Make a shop with these tags and look at it as the program does."""
    with tempfile.TemporaryDirectory() as folder:
        database = create_shop(Path(folder) / "shop.tagwell", "Bench", "TW", NOW, practice=True)
        try:
            fill(database, plants, rng)
            with database.read() as session:
                return look(session, DAY)
        finally:
            database.close()


def proposed(found: Looked, plant: Plant) -> Kind | None:
    """Return what the review proposes for a tag; a merge counts for both its tags."""
    for one in (*found.proposals, *found.not_enough):
        names = [tag.name for tag in one.tags]
        if plant.name in names and (len(names) == 1 or one.kind is Kind.MERGE):
            return one.kind
    return None


def by_sign(found: Looked, plant: Plant) -> Kind | None:
    """Return what the sign of the lift says."""
    for one in (*found.proposals, *found.not_enough):
        interval = one.card.lift.interval
        if one.tags[0].name == plant.name and interval is not None:
            return Kind.KEEP if interval.estimate > 0 else Kind.RETIRE
    return None


def fill(database: Database, plants: list[Plant], rng: Random) -> None:
    """Write friends, tags, sends and orders."""
    tags, friends, carried = count(1), count(1), list[dict[str, Any]]()
    people: list[tuple[int, Plant, float, float]] = []
    made: list[dict[str, Any]] = []
    for plant in plants:
        mine = [next(friends) for _n in range(plant.friends)]
        given = {plant.name: mine} | dict(_others(plant, mine))
        for name, who in given.items():
            tag, since = next(tags), NOW - timedelta(days=plant.idle_days)
            kind = TagType.INTEREST if name.startswith("Half") else TagType.VALUE
            made.append(_tag(tag, name, kind, since))
            carried += [
                {"tag_id": tag, "friend_id": friend, "origin": TagOrigin.IMPORT, "since": since, "evidence": ""}
                for friend in who
            ]
        for place, friend in enumerate(mine):
            half = plant.parts[2 * place // len(mine)] if plant.parts else plant.base
            people.append((friend, plant, half, half + plant.effect))
    with database.write() as session:
        rows = [
            {"id": person[0], "name": f"F{person[0]}", "created_at": NOW - timedelta(days=300)} for person in people
        ]
        session.execute(insert(Friend), rows)
        session.execute(insert(Tag), made)
        session.execute(insert(FriendTag), carried)
        for number, ago in enumerate(SENDS, 1):
            session.add(_campaign(number, NOW - ago))
        session.flush()
        copies, orders = _happened(people, rng)
        session.execute(insert(Delivery), copies)
        session.execute(insert(Order), orders)


def _others(plant: Plant, mine: list[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the tags beside a planted one: its halves, or its twin."""
    if plant.parts is not None:
        middle = len(mine) // 2
        yield f"Half one of {plant.name}", mine[:middle]
        yield f"Half two of {plant.name}", mine[middle:]
    if plant.has_twin:
        yield plant.name.upper().replace(" ", "-"), mine[: len(mine) * 9 // 10]


def _happened(
    people: list[tuple[int, Plant, float, float]], rng: Random
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return copies and orders: each friend is in one of the sends, kept back or not, and buys or not."""
    copies: list[dict[str, Any]] = []
    orders: list[dict[str, Any]] = []
    for friend, plant, without, with_message in people:
        if plant.idle_days > max(SENDS).days * 2:
            continue
        send = rng.randint(1, len(SENDS))
        is_kept = rng.random() < plant.kept
        at = NOW - SENDS[send - 1]
        state = DeliveryState.KEPT_BACK if is_kept else DeliveryState.ACCEPTED
        copies.append({"campaign_id": send, "friend_id": friend, "state": state, "why": "", "at": at, "variant": 0})
        if rng.random() < (without if is_kept else with_message):
            bought = {"number": f"O{friend}", "friend_id": friend, "at": at + timedelta(days=1), "currency": "TWD"}
            orders.append({**bought, "total": rng.randint(60_000, 240_000)})
    return copies, orders


def _tag(tag: int, name: str, kind: TagType, since: datetime) -> dict[str, Any]:
    told = {"id": tag, "name": name, "name_key": name.casefold(), "type": kind, "helps_decide": "Who hears of it"}
    return {**told, "created_at": since - timedelta(days=1)}


def _campaign(number: int, at: datetime) -> Campaign:
    frozen: dict[str, Any] = {"segment_rule": {}, "brief": to_json(Brief()), "bubbles": [], "unit": f"u{number}"}
    moments = {"created_at": at, "started_at": at, "ended_at": at}
    told = {"name": f"Send {number}", "segment_name": "All", "state": CampaignState.DONE, "is_practice": True}
    return Campaign(id=number, recipients=0, reach_then=0, **frozen, **moments, **told)


def _group(plant: Plant) -> tuple[str, Kind]:
    """Return under which line a plant is counted."""
    names = {Kind.KEEP: "messages lift", Kind.SPLIT: "two halves differ", Kind.MERGE: "two names of one tag"}
    if plant.truth is Kind.RETIRE:
        return ("nobody uses it" if plant.idle_days > SENDS[0].days * 2 else "messages change nothing"), plant.truth
    if plant.truth is Kind.NOT_ENOUGH:
        return ("small effect, too few" if plant.effect else "no effect, too few"), plant.truth
    return names[plant.truth], plant.truth


if __name__ == "__main__":
    sys.exit(main())
