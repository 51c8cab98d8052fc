"""The twelve questions, as rules of a segment, and the editing session that builds the last of them.

Whether a friend agreed and has not blocked the account is no rule: audience conditions, counted by the same sets.
"""

from dataclasses import dataclass, replace

from segment_shop import SOURCES, category, tag_count

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    Compare,
    Did,
    Group,
    HasTag,
    Joined,
    LastOrder,
    NoneOf,
    Orders,
    Rule,
    Spent,
    TagMatch,
)

LEAST = Compare.AT_LEAST
THOUSAND = 100_000
"""Of the shop's currency, in its smallest unit."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a rule, and whether only friends who said yes, and who have not blocked the account."""

    name: str
    rule: Group
    agreed: bool = False
    not_blocked: bool = False


def clicked(days: int) -> Did:
    return Did(EventKind.CLICK, category=category(3), days=days)


def questions(friends: int) -> list[Question]:
    """Return the twelve questions for a shop of this size."""
    tags = tag_count(friends)
    vip = HasTag((max(5, tags // 40),), TagMatch.NONE)
    twenty = tuple(range(tags // 100, tags // 100 + 20))
    sources = (tags + 1, tags + SOURCES // 2 + 1)
    told: list[tuple[str, tuple[Rule, ...], bool, bool]] = [
        ("one rare tag", (HasTag((tags // 2,)),), False, False),
        ("one common tag", (HasTag((1,)),), False, False),
        ("agreed and not blocked", (), True, True),
        ("two tags and not a third", (HasTag((1, 2), TagMatch.ALL), HasTag((3,), TagMatch.NONE)), False, False),
        ("any of 20 tags", (HasTag(twenty),), False, False),
        ("clicked X in 30 days", (clicked(30),), False, False),
        ("clicked X, bought X, not VIP, agreed", (clicked(30), Bought(category(3)), vip), True, False),
        ("3 clicks in 90 days", (Did(EventKind.CLICK, LEAST, 3, days=90),), False, False),
        (
            "spent and ordered in 365 days, agreed",
            (Spent(LEAST, 5 * THOUSAND, days=365), Orders(LEAST, 2, days=365)),
            *(True, False),
        ),
        (
            "last order 180 days ago, no click, reachable",
            (LastOrder(180), Did(EventKind.CLICK, Compare.EXACTLY, 0, days=30)),
            *(True, True),
        ),
        (
            "new, never bought, two sources",
            (Joined(days=90), Orders(Compare.EXACTLY, 0), HasTag(sources)),
            *(False, False),
        ),
        ("nested, nine leaves, reachable", _nested(friends), True, True),
    ]
    return [Question(f"{n:02d} {name}", AllOf(rules), *who) for n, (name, rules, *who) in enumerate(told, 1)]


def _nested(
    friends: int, clicks: int = 30, spent: int = 10, visits: int = 3, bought: int = 60, parts: int = 9
) -> tuple[Rule, ...]:
    tags = tag_count(friends)
    either = AnyOf(
        (HasTag((tags // 100,)), HasTag((tags // 60,)), AllOf((clicked(clicks), HasTag((1,), TagMatch.NONE))))
    )
    did = AnyOf(
        (
            Spent(LEAST, spent * THOUSAND),
            Did(EventKind.OPEN, LEAST, 2, category(5), days=60),
            Did(EventKind.VISIT, LEAST, visits, days=365),
        )
    )
    never = NoneOf((HasTag((max(5, tags // 40),)), Bought(category(7), days=bought)))
    return (either, did, never)[:parts]


def session(friends: int) -> list[Question]:
    """Return the 14 states of a builder in which somebody makes a question of nine rules and then tries numbers."""
    tags = tag_count(friends)
    first, second, vip = HasTag((tags // 100,)), HasTag((tags // 60,)), HasTag((max(5, tags // 40),))
    two = AnyOf((first, second))
    spent, visits = Spent(LEAST, 10 * THOUSAND), Did(EventKind.VISIT, LEAST, 3, days=365)

    def whole(clicks: int, amount: int, times: int, days: int) -> tuple[Rule, ...]:
        wanted = Did(EventKind.VISIT, LEAST, times, days=365)
        some = AnyOf((clicked(clicks), Spent(LEAST, amount * THOUSAND), wanted))
        return (two, some, NoneOf((vip, Bought(category(7), days=days))))

    steps: list[tuple[Rule, ...]] = [
        (),
        (),
        (first,),
        (two,),
        (two, clicked(30)),
        (two, AnyOf((clicked(30), spent))),
        (two, AnyOf((clicked(30), spent, visits))),
        (two, AnyOf((clicked(30), spent, visits)), NoneOf((vip,))),
        *(whole(30, 10, 3, 60), whole(60, 10, 3, 60), whole(60, 15, 3, 60), whole(60, 15, 4, 60)),
        *(whole(60, 15, 4, 90), whole(30, 10, 3, 60)),
    ]
    asked = [Question(f"edit {n}", AllOf(rules), True, True) for n, rules in enumerate(steps, 1)]
    return [replace(asked[0], not_blocked=False), *asked[1:]]
