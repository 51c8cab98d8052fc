"""The grammar of a segment: a closed tree of frozen dataclasses. Each leaf is two-valued: it holds for a friend or not.

Days are whole local days of the shop. "Within n days" counts from the start of the local day n days before today up to
now; a friend without a date is never within and never older. Consent is not a rule: campaigns.audience applies it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linecrm_desktop.models.event import EventKind

MAX_DEPTH = 3
"""Groups inside groups: the root is 1."""


class TagMatch(StrEnum):
    """How several tags are asked for."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


class Compare(StrEnum):
    """At least, at most or exactly a number; between takes `high` too."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class HasTag:
    """Carries any, all or none of these tags."""

    tags: tuple[int, ...]
    match: TagMatch = TagMatch.ANY


@dataclass(frozen=True, slots=True)
class CameFrom:
    """Carries one of these source tags; with no tags: carries no source tag at all (the source is unknown)."""

    sources: tuple[int, ...]
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """Became a friend within the last `days` (or longer ago), or on a day from `since` to `until`, both included."""

    days: int | None = None
    older: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """Has at least `times` order lines' worth of a product or category (empty text: of anything) within `days` or ever.

    Counts orders, not pieces: two of a thing in one order are one time.
    """

    what: str
    by: str = "category"
    """"category" or "product"."""
    times: int = 1
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """Number of counted orders within `days` or ever."""

    compare: Compare
    count: int
    high: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Sum of counted orders' totals, in smallest units of the shop's currency, within `days` or ever."""

    compare: Compare
    amount: int
    high: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class LastOrder:
    """The newest counted order lies within the last `days`, or (older) before them. Never ordered: neither."""

    days: int
    older: bool = True


@dataclass(frozen=True, slots=True)
class Did:
    """Did something at least (at most, exactly) `count` times within `days` or ever; empty category: any."""

    action: EventKind
    compare: Compare = Compare.AT_LEAST
    count: int = 1
    category: str = ""
    days: int | None = 30


@dataclass(frozen=True, slots=True)
class InSegment:
    """Is in another saved segment, or is not."""

    segment: int
    inside: bool = True


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every rule holds. Empty: incomplete, never everybody."""

    rules: tuple["Rule", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one rule holds."""

    rules: tuple["Rule", ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No rule holds."""

    rules: tuple["Rule", ...] = ()


Leaf = HasTag | CameFrom | Joined | Bought | Orders | Spent | LastOrder | Did | InSegment
Group = AllOf | AnyOf | NoneOf
Rule = Leaf | Group
