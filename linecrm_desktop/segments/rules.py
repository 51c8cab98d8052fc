"""The grammar of a segment: a closed tree of frozen dataclasses. Each leaf is two-valued: it holds for a friend or not.

Days are whole local days of the shop. "Within n days" counts from the start of the local day n days before today up to
now. What is not known about a friend never matches, neither a leaf nor its opposite inside the same leaf: "is unknown"
is a question of its own. Consent is not left to rules: campaigns.audience always applies it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin

MAX_DEPTH = 3
"""Groups inside groups: the root is 1."""
REACTIONS = (
    *(EventKind.CLICK, EventKind.MENU, EventKind.SURVEY, EventKind.REPLY),
    *(EventKind.COUPON, EventKind.VISIT, EventKind.OPEN),
)
"""What friends do by themselves; adding and blocking the account are not reactions."""


class TagMatch(StrEnum):
    """How several tags, or several products, are asked for. Lacks one: not all of them are there."""

    ANY = "any"
    ALL = "all"
    NONE = "none"
    LACKS_ONE = "lacks_one"


class Compare(StrEnum):
    """At least, at most or exactly a number; between takes `high` too."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    BETWEEN = "between"


class Thing(StrEnum):
    """What is bought: one product, or anything of a category."""

    CATEGORY = "category"
    PRODUCT = "product"


class FieldTest(StrEnum):
    """What is asked about a field of the shop's own. Which test fits which kind of field: FIELD_TESTS."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    STARTS = "starts"
    ONE_OF = "one_of"
    NUMBER = "number"
    WHEN = "when"
    COMES_ROUND = "comes_round"
    ANY = "any"
    ALL = "all"
    NONE = "none"
    UNKNOWN = "unknown"
    KNOWN = "known"


_ALWAYS = (FieldTest.UNKNOWN, FieldTest.KNOWN)
FIELD_TESTS: Mapping[FieldKind | None, tuple[FieldTest, ...]] = {
    FieldKind.TEXT: (
        *(FieldTest.IS, FieldTest.IS_NOT, FieldTest.CONTAINS, FieldTest.STARTS, FieldTest.ONE_OF),
        *_ALWAYS,
    ),
    FieldKind.NUMBER: (FieldTest.NUMBER, *_ALWAYS),
    FieldKind.DATE: (FieldTest.WHEN, FieldTest.COMES_ROUND, *_ALWAYS),
    FieldKind.LIST: (FieldTest.ANY, FieldTest.ALL, FieldTest.NONE, *_ALWAYS),
}
"""What can be asked about each kind of field."""


class Spanned(Protocol):
    """A leaf that asks about a period: the last `days` (or, older, before them), and days from `since` to `until`.

    Nothing set is ever. `since` and `until` are local days and both included.
    """

    @property
    def days(self) -> int | None: ...
    @property
    def older(self) -> bool: ...
    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InPeriod:
    """What every leaf about a period has, as `Spanned` says."""

    days: int | None = None
    older: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HasTag(InPeriod):
    """Carries any, all or none of these tags, or lacks at least one; put on in the period, in this way."""

    tags: tuple[int, ...]
    match: TagMatch = TagMatch.ANY
    origin: TagOrigin | None = None
    """By hand, by an import or by a rule; None: in any way."""


@dataclass(frozen=True, slots=True)
class CameFrom:
    """Carries one of these source tags; with `unknown` (also): carries no source tag at all.

    Not inside: carries a source tag, and none of these. A friend without any source is then not asked about.
    """

    sources: tuple[int, ...]
    unknown: bool = False
    inside: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """Became a friend within the last `days` (or longer ago), or on a day from `since` to `until`, both included."""

    days: int | None = None
    older: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Bought(InPeriod):
    """Has at least `times` counted orders with a product or category (empty text: anything) in the period.

    With `also`, `match` says whether any, all or none of the things is meant; all need not be in one order. Counts
    orders, not pieces: two of a thing in one order are one time.
    """

    what: str
    by: Thing = Thing.CATEGORY
    times: int = 1
    also: tuple[str, ...] = ()
    match: TagMatch = TagMatch.ANY


@dataclass(frozen=True, slots=True)
class NotBoughtSince:
    """Bought a product or category before, but not in the last `days`."""

    what: str
    by: Thing = Thing.CATEGORY
    days: int = 60


@dataclass(frozen=True, slots=True)
class Orders(InPeriod):
    """Number of counted orders in the period."""

    compare: Compare
    count: int
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Spent(InPeriod):
    """Sum of counted orders' totals in the period, in smallest units of the shop's currency."""

    compare: Compare
    amount: int
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AverageOrder(InPeriod):
    """Average total of the counted orders in the period, in smallest units; without an order there is none."""

    compare: Compare
    amount: int
    high: int | None = None


@dataclass(frozen=True, slots=True)
class LastOrder:
    """The newest counted order lies within the last `days`, or (older) before them, or on these days.

    Never ordered: neither.
    """

    days: int | None = None
    older: bool = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """The first counted order lies within the last `days`, or (older) before them, or on these days."""

    days: int | None = None
    older: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class UsedDiscount(InPeriod):
    """Number of counted orders in the period from which something was taken off.

    Orders whose discount the shop's files do not say never count; who has one is not asked about where 0 would fit.
    """

    compare: Compare = Compare.AT_LEAST
    count: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Returned(InPeriod):
    """Number of orders in the period that were refunded."""

    compare: Compare = Compare.AT_LEAST
    count: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Did(InPeriod):
    """Did something so many times in the period; empty category or detail: any.

    The detail is what the file calls it: a link, a product's page, a campaign, an answer.
    """

    action: EventKind
    compare: Compare = Compare.AT_LEAST
    count: int = 1
    category: str = ""
    detail: str = ""
    high: int | None = None
    days: int | None = field(default=30, kw_only=True)


@dataclass(frozen=True, slots=True)
class Reacted(InPeriod):
    """Reacted in any way (REACTIONS) so many times in the period; "exactly 0" is who was quiet."""

    compare: Compare = Compare.AT_LEAST
    count: int = 1
    high: int | None = None
    days: int | None = field(default=30, kw_only=True)


@dataclass(frozen=True, slots=True)
class LastReaction:
    """The newest reaction lies within the last `days`, or (older) before them, or on these days. Never: neither."""

    days: int | None = None
    older: bool = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Received(InPeriod):
    """Number of our messages in the period that LINE accepted for this friend."""

    compare: Compare
    count: int
    high: int | None = None
    days: int | None = field(default=30, kw_only=True)


@dataclass(frozen=True, slots=True)
class Got:
    """Was sent this message at least once, or never; 0 is no message chosen yet."""

    message: int
    got: bool = True


@dataclass(frozen=True, slots=True)
class MayMarket:
    """What the friend said about marketing messages."""

    answer: Marketing


@dataclass(frozen=True, slots=True)
class Informed:
    """Whether the friend was told what the data is used for."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class CanOptOut:
    """Whether the friend has a way to stop."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class OwnField(InPeriod):
    """Asks about a field of the shop's own; a friend without a value matches only "is unknown".

    Texts are compared without regard to the case of Latin letters. WHEN uses the period; COMES_ROUND holds when the
    date's day of the year (a birthday) comes within the next `days`, today included; 29 February then also comes on
    28 February of other years.
    """

    field: int
    test: FieldTest
    texts: tuple[str, ...] = ()
    compare: Compare = Compare.AT_LEAST
    number: float = 0
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Rfm:
    """Scores from 1 to 5 by quintile of the shop's buyers: how lately, how often, how much. 5 is the best.

    A score is 1 + 5 * (buyers who are worse) // buyers, so that equal values have equal scores. All counted orders of
    all time are asked. Who never bought has no score.
    """

    recency: tuple[int, ...] = (1, 5)
    """Lowest and highest score."""
    frequency: tuple[int, ...] = (1, 5)
    monetary: tuple[int, ...] = (1, 5)


@dataclass(frozen=True, slots=True)
class RandomShare:
    """A share of all friends, from `low` up to but without `high` percent, chosen by a hash of friend and salt.

    Two ranges of one salt that do not overlap share nobody. The hash is that of LINE user id (else member number, else
    the number in this shop), so that the share stays the same when everybody is imported anew.
    """

    high: int
    low: int = 0
    salt: str = ""


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
class Unreadable(AllOf):
    """Stands for a saved tree that this program cannot read: it has no rule, so it is never counted."""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one rule holds."""

    rules: tuple["Rule", ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No rule holds."""

    rules: tuple["Rule", ...] = ()


Counted = Orders | UsedDiscount | Returned | Did | Reacted | Received
"""Leaves that compare how often something happened."""
OfPeople = HasTag | CameFrom | Joined | MayMarket | Informed | CanOptOut | OwnField | RandomShare
OfOrders = (
    Bought | NotBoughtSince | Orders | Spent | AverageOrder | LastOrder | FirstOrder | UsedDiscount | Returned | Rfm
)
OfReactions = Did | Reacted | LastReaction | Received | Got
Leaf = OfPeople | OfOrders | OfReactions | InSegment
Group = AllOf | AnyOf | NoneOf
Rule = Leaf | Group
