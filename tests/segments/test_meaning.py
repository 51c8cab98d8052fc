"""SQL and Python give every rule the same meaning: random shops, random trees, for ever."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library, matches, to_sql
from linecrm_desktop.segments.explaining import Explained, explained
from linecrm_desktop.segments.facts import facts
from linecrm_desktop.segments.matches import Why
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Bought,
    CameFrom,
    Compare,
    Did,
    HasTag,
    InSegment,
    Joined,
    LastOrder,
    NoneOf,
    Orders,
    RandomShare,
    Rule,
    Spent,
    TagMatch,
)
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.segments.filled import OTHERS, fill
from tests.segments.trees import trees


def test_sql_and_python_agree_on_every_rule(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        fill(session, make)
    with database.read() as session:
        friends = {friend: facts(session, friend) for friend in session.scalars(select(Friend.id))}

        @settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees)
        def agree(tree: Rule) -> None:
            by_sql = set(session.scalars(to_sql.members(tree, day, OTHERS)))
            assert by_sql == {f for f, known in friends.items() if matches.holds(tree, known, day, OTHERS)}

        agree()


def test_what_proves_a_rule_can_be_said_of_every_friend(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        fill(session, make)
    with database.read() as session:
        friends = [(friend, facts(session, friend)) for friend in session.scalars(select(Friend.id))]

        @settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees, st.sampled_from(friends))
        def say(tree: Rule, one: tuple[int, matches.FriendFacts]) -> None:
            friend, known = one
            found = explained(session, tree, friend, day, "TWD", OTHERS)
            assert again(found) == matches.holds(tree, known, day, OTHERS)
            for _depth, part in found.lines():
                assert not (part.holds and part.is_unknown)
                silent = isinstance(part.rule, (AllOf, AnyOf, NoneOf, InSegment, RandomShare))
                assert bool(part.proof) != silent, part.rule

        say()


def test_the_explanation_evaluated_again_is_membership(database: Database, make: Maker, day: ShopDay) -> None:
    """Ten thousand pairs of a friend and a segment: what is explained leaf by leaf comes to what SQL says."""
    with database.write() as session:
        fill(session, make)
    pairs = 0
    with database.read() as session:
        friends = {friend: facts(session, friend) for friend in session.scalars(select(Friend.id))}

        @settings(max_examples=10_000 // len(friends) + 10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees)
        def agree(tree: Rule) -> None:
            nonlocal pairs
            by_sql = set(session.scalars(to_sql.members(tree, day, OTHERS)))
            for friend, known in friends.items():
                pairs += 1
                assert again(matches.why(tree, known, day, OTHERS)) == (friend in by_sql)

        agree()
    assert pairs >= 10_000


def again(told: Why | Explained) -> bool:
    """Evaluate an explanation from its leaves; what it says of each group on the way must be so."""
    inner = [again(part) for part in told.inner]
    match told.rule:
        case AllOf():
            held = all(inner)
        case AnyOf():
            held = any(inner)
        case NoneOf():
            held = not any(inner)
        case InSegment():
            held = inner == [told.rule.inside]
        case _:
            return told.holds
    assert held == told.holds
    return held


@pytest.fixture
def ask(database: Database, day: ShopDay) -> Callable[[Rule], int]:
    def count(rule: Rule) -> int:
        with database.read() as session:
            return library.count(session, rule, day)

    return count


def test_a_friend_who_never_came_is_neither_within_nor_before_30_days(
    database: Database, make: Maker, ask: Callable[[Rule], int]
) -> None:
    with database.write() as session:
        make.friend(session, joined_at=None)
    assert ask(Joined(days=30)) == 0
    assert ask(Joined(days=30, older=True)) == 0
    assert ask(NoneOf((Joined(days=30),))) == 1


def test_never_ordered_counts_as_zero_orders_and_nothing_spent(
    database: Database, make: Maker, ask: Callable[[Rule], int]
) -> None:
    with database.write() as session:
        make.friend(session)
        make.order(session, make.friend(session), total=5000)
    assert ask(Orders(Compare.EXACTLY, 0)) == 1
    assert ask(Orders(Compare.AT_MOST, 1)) == 2
    assert ask(Spent(Compare.AT_MOST, 4999)) == 1
    assert ask(Spent(Compare.BETWEEN, 0, 5000)) == 2


def test_last_order_over_60_days_ago_needs_an_order(
    database: Database, make: Maker, ask: Callable[[Rule], int]
) -> None:
    with database.write() as session:
        make.friend(session)
        make.order(session, make.friend(session), days_ago=61)
        make.order(session, make.friend(session), days_ago=60)
    assert ask(LastOrder(60)) == 1
    assert ask(LastOrder(60, older=False)) == 1


def test_cancelled_orders_do_not_count(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        friend = make.friend(session)
        make.order(session, friend, lines=[("Serum", "serum", 1)], state=OrderState.CANCELLED)
    assert ask(Orders(Compare.AT_LEAST, 1)) == 0
    assert ask(Bought("serum")) == 0


def test_two_pieces_in_one_order_are_one_time(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        make.order(session, make.friend(session), lines=[("A", "serum", 5), ("B", "serum", 1)])
    assert ask(Bought("serum", times=1)) == 1
    assert ask(Bought("serum", times=2)) == 0


def test_source_unknown_means_no_source_tag_at_all(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        ads = make.tag(session, "Instagram ads", TagType.SOURCE)
        serum = make.tag(session, "Serum")
        make.give(session, ads, make.friend(session))
        make.give(session, serum, make.friend(session))
    assert ask(CameFrom((), unknown=True)) == 1
    assert ask(CameFrom((ads,))) == 1


def test_zero_clicks_includes_friends_without_any_event(
    database: Database, make: Maker, ask: Callable[[Rule], int]
) -> None:
    with database.write() as session:
        make.friend(session)
        make.event(session, make.friend(session), EventKind.CLICK, days_ago=3)
    assert ask(Did(EventKind.CLICK, Compare.EXACTLY, 0)) == 1
    assert ask(Did(EventKind.CLICK, Compare.AT_LEAST, 1, days=2)) == 0


@pytest.mark.parametrize(
    "rule",
    [AllOf(), AnyOf(), NoneOf(), AllOf((AnyOf(),)), HasTag(()), CameFrom(()), InSegment(99), Joined(), LastOrder(-1)],
)
def test_an_incomplete_rule_blocks_and_never_widens(
    database: Database, make: Maker, ask: Callable[[Rule], int], rule: Rule
) -> None:
    with database.write() as session:
        make.friend(session)
    with pytest.raises(ShopError, match="not complete"):
        ask(rule)


def test_a_segment_inside_itself_is_refused(database: Database, day: ShopDay) -> None:
    with pytest.raises(ShopError) as refused:
        to_sql.members(InSegment(1), day, {1: AllOf((InSegment(2),)), 2: AllOf((InSegment(1),))})
    assert "cannot contain itself" in refused.value.advice


def test_why_names_the_part_that_fails(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag, friend = make.tag(session, "Serum"), make.friend(session)
        make.give(session, tag, friend)
    rule = AllOf((HasTag((tag,)), NoneOf((HasTag((tag,), TagMatch.ALL),))))
    with database.read() as session:
        why = matches.why(rule, facts(session, friend), day, {})
    assert (why.holds, [part.holds for part in why.inner]) == (False, [True, False])
