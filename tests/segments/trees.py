"""Random rule trees and random shops for property tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, NoneOf, Rule, TagMatch

TAGS = (1, 2, 3)
SOURCES = (4, 5)
CATEGORIES = ("serum", "linen")
TODAY = date(2026, 11, 12)

tags = st.lists(st.sampled_from(TAGS + SOURCES), min_size=1, max_size=3, unique=True).map(tuple)
days = st.sampled_from((0, 1, 7, 30, 60))
period = st.none() | days
numbers = st.integers(0, 3)


def _high(low: int) -> int:
    return low + 1


@st.composite
def counted(draw: st.DrawFn) -> tuple[Compare, int, int | None]:
    compare, low = draw(st.sampled_from(Compare)), draw(numbers)
    return compare, low, _high(low) if compare is Compare.BETWEEN else None


@st.composite
def orders(draw: st.DrawFn) -> rules.Orders:
    return rules.Orders(*draw(counted()), days=draw(period))


@st.composite
def spent(draw: st.DrawFn) -> rules.Spent:
    compare, low, high = draw(counted())
    return rules.Spent(compare, low * 1000, high * 1000 if high else None, days=draw(period))


@st.composite
def joined(draw: st.DrawFn) -> rules.Joined:
    if draw(st.booleans()):
        return rules.Joined(days=draw(days), older=draw(st.booleans()))
    since = TODAY - timedelta(days=draw(st.integers(0, 70)))
    return rules.Joined(since=since, until=draw(st.none() | st.just(since + timedelta(days=20))))


leaves: st.SearchStrategy[Rule] = st.one_of(
    st.builds(rules.HasTag, tags, st.sampled_from(TagMatch)),
    st.builds(rules.CameFrom, st.just(()), st.just(True)),
    st.builds(rules.CameFrom, st.lists(st.sampled_from(SOURCES), min_size=1, unique=True).map(tuple), st.booleans()),
    joined(),
    st.builds(
        rules.Bought,
        st.sampled_from(("", *CATEGORIES)),
        st.sampled_from(("category", "product")),
        st.integers(1, 3),
        period,
    ),
    orders(),
    spent(),
    st.builds(rules.LastOrder, days, st.booleans()),
    st.builds(
        rules.Did,
        st.sampled_from((EventKind.CLICK, EventKind.MENU)),
        st.sampled_from((Compare.AT_LEAST, Compare.AT_MOST, Compare.EXACTLY)),
        numbers,
        st.sampled_from(("", *CATEGORIES)),
        period,
    ),
    st.builds(rules.InSegment, st.sampled_from((1, 2)), st.booleans()),
)


def groups(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(NoneOf, several))


trees = groups(leaves | groups(leaves | groups(leaves)))
"""Trees with one to three nested groups."""
