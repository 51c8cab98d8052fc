"""Random rule trees for property tests: every kind of leaf, with the numbers and days that a filled shop has."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, FieldTest, NoneOf, Rule, TagMatch, Thing

TAGS = (1, 2, 3)
SOURCES = (4, 5)
CATEGORIES = ("serum", "50 %_off's 美容液🌿")
SKIN, POINTS, BIRTHDAY, HOBBIES = FIELDS = (1, 2, 3, 4)
MESSAGES = (1, 2)
TODAY = date(2026, 11, 12)

tags = st.lists(st.sampled_from(TAGS + SOURCES), min_size=1, max_size=3, unique=True).map(tuple)
days = st.sampled_from((0, 1, 7, 30, 60))
numbers = st.integers(0, 3)
things = st.sampled_from(("", *CATEGORIES))
dates = st.integers(0, 70).map(lambda ago: TODAY - timedelta(days=ago))


@st.composite
def counted(draw: st.DrawFn) -> tuple[Compare, int, int | None]:
    compare, low = draw(st.sampled_from(Compare)), draw(numbers)
    return compare, low, low + 1 if compare is Compare.BETWEEN else None


@st.composite
def periods(draw: st.DrawFn, *, needed: bool = False) -> dict[str, Any]:
    """The four fields of a period; ever, unless one is needed."""
    kind = draw(st.sampled_from(("days", "dates") if needed else ("ever", "days", "dates")))
    if kind == "days":
        return {"days": draw(days), "older": draw(st.booleans()), "since": None, "until": None}
    if kind == "ever":
        return {"days": None, "older": False, "since": None, "until": None}
    since = draw(dates)
    until = draw(st.sampled_from((since, since + timedelta(days=20))))
    ends = draw(st.sampled_from(((since, until), (since, None), (None, until))))
    return {"days": None, "older": False, "since": ends[0], "until": ends[1]}


@st.composite
def in_period(draw: st.DrawFn, leaf: Any, *, needed: bool = False) -> Any:
    """A leaf (or what makes one) in a random period."""
    return replace(draw(leaf), **draw(periods(needed=needed)))


def _compared(cls: Any, scale: int = 1) -> st.SearchStrategy[Any]:
    def made(told: tuple[Compare, int, int | None]) -> Any:
        compare, low, high = told
        return cls(compare, low * scale, None if high is None else high * scale)

    return counted().map(made)


@st.composite
def bought(draw: st.DrawFn) -> rules.Bought:
    also = draw(st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True).map(tuple))
    what = draw(st.sampled_from(CATEGORIES) if also else things)
    match = draw(st.sampled_from(TagMatch))
    by = draw(st.sampled_from(Thing)) if what else Thing.CATEGORY
    return rules.Bought(what, by, draw(st.integers(1, 2)), also, match)


@st.composite
def own_field(draw: st.DrawFn) -> rules.OwnField:
    words = st.lists(st.sampled_from(("Dry", "oily", "50 %", "敏感🌿", "O'Neil", "tea_cup")), min_size=1, max_size=2)
    texts = tuple(dict.fromkeys(draw(words)))
    match draw(st.sampled_from(("text", "number", "date", "list", "any"))):
        case "text":
            tests = (FieldTest.IS, FieldTest.IS_NOT, FieldTest.CONTAINS, FieldTest.STARTS, FieldTest.ONE_OF)
            return rules.OwnField(SKIN, draw(st.sampled_from(tests)), texts)
        case "number":
            compare, low, high = draw(counted())
            return rules.OwnField(POINTS, FieldTest.NUMBER, (), compare, low + 0.5, high and high + 0.5)
        case "date":
            if draw(st.booleans()):
                return rules.OwnField(BIRTHDAY, FieldTest.COMES_ROUND, days=draw(days))
            return draw(in_period(st.just(rules.OwnField(BIRTHDAY, FieldTest.WHEN)), needed=True))
        case "list":
            test = draw(st.sampled_from((FieldTest.ANY, FieldTest.ALL, FieldTest.NONE)))
            return rules.OwnField(HOBBIES, test, texts)
        case _:
            test = draw(st.sampled_from((FieldTest.UNKNOWN, FieldTest.KNOWN)))
            return rules.OwnField(draw(st.sampled_from(FIELDS)), test)


@st.composite
def rfm(draw: st.DrawFn) -> rules.Rfm:
    span = st.integers(1, 5).flatmap(lambda low: st.integers(low, 5).map(lambda high: (low, high)))
    return rules.Rfm(draw(span), draw(span), draw(span))


@st.composite
def share(draw: st.DrawFn) -> rules.RandomShare:
    low = draw(st.sampled_from((0, 10, 50)))
    return rules.RandomShare(draw(st.sampled_from((51, 80, 100))), low, draw(st.sampled_from(("", "抽獎 1"))))


came_from = st.one_of(
    st.builds(rules.CameFrom, st.just(()), st.just(True)),
    st.builds(rules.CameFrom, st.lists(st.sampled_from(SOURCES), min_size=1, unique=True).map(tuple), st.booleans()),
    st.builds(rules.CameFrom, st.lists(st.sampled_from(SOURCES), min_size=1, unique=True).map(tuple)).map(
        lambda leaf: replace(leaf, inside=False)
    ),
)
did = st.builds(
    lambda action, told, category, detail: rules.Did(action, told[0], told[1], category, detail, told[2]),
    st.sampled_from((EventKind.CLICK, EventKind.MENU)),
    counted(),
    things,
    st.sampled_from(("", "spring")),
)
has_tag = st.builds(rules.HasTag, tags, st.sampled_from(TagMatch), st.none() | st.sampled_from(TagOrigin))
leaves: st.SearchStrategy[Rule] = st.one_of(
    in_period(has_tag),
    came_from,
    in_period(st.just(rules.Joined()), needed=True),
    in_period(bought()),
    st.builds(rules.NotBoughtSince, st.just(""), st.just(Thing.CATEGORY), days),
    st.builds(rules.NotBoughtSince, st.sampled_from(CATEGORIES), st.sampled_from(Thing), days),
    in_period(_compared(rules.Orders)),
    in_period(_compared(rules.Spent, 1000)),
    in_period(_compared(rules.AverageOrder, 700)),
    in_period(st.just(rules.LastOrder()), needed=True),
    in_period(st.just(rules.FirstOrder()), needed=True),
    in_period(_compared(rules.UsedDiscount)),
    in_period(_compared(rules.Returned)),
    rfm(),
    in_period(did),
    in_period(_compared(rules.Reacted)),
    in_period(st.just(rules.LastReaction()), needed=True),
    in_period(_compared(rules.Received)),
    st.builds(rules.Got, st.sampled_from(MESSAGES), st.booleans()),
    st.builds(rules.MayMarket, st.sampled_from(Marketing)),
    st.builds(rules.Informed, st.sampled_from(Answer)),
    st.builds(rules.CanOptOut, st.sampled_from(Answer)),
    own_field(),
    share(),
    st.builds(rules.InSegment, st.sampled_from((1, 2)), st.booleans()),
)


def groups(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(NoneOf, several))


trees = groups(leaves | groups(leaves | groups(leaves)))
"""Trees with one to three nested groups."""
