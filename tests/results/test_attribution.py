"""An order counts once among all sends; whether a friend did it is asked of both groups whole."""

import random
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.outcome import Outcome, all_campaigns, copies_of, outcome
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.results.sends import put_send


def test_an_order_counts_for_the_last_send_before_it(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        (a,) = (make.friend(session),)
        first = put_send(session, make.ago(10), accepted=[a])
        second = put_send(session, make.ago(8), accepted=[a])
        make.order(session, a, days_ago=9, total=100)
        make.order(session, a, days_ago=7, total=50)
        one, two = (outcome(session, send, day) for send in (first, second))
    assert (one.sent, two.sent) == (Group(1, 1, 1, 100), Group(1, 1, 1, 50))


def test_a_friend_counts_in_every_send_whose_effect_is_asked_for(database: Database, make: Maker, day: ShopDay) -> None:
    """Both groups were drawn by chance; taking friends out for what they got later would make them unlike."""
    with database.write() as session:
        a, b = make.friend(session), make.friend(session)
        first = put_send(session, make.ago(10), accepted=[a], kept=[b])
        second = put_send(session, make.ago(8), accepted=[a, b])
        for friend in (a, b):
            make.order(session, friend, days_ago=7, total=50)
        one, two = (outcome(session, send, day) for send in (first, second))
    assert (one.sent.did, one.kept.did, one.sent.orders, one.kept.orders) == (1, 1, 0, 0)
    assert (two.sent.did, two.sent.orders, two.sent.revenue) == (2, 2, 100)


def test_being_kept_back_from_the_last_send_takes_the_order_too(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        (a,) = (make.friend(session),)
        first = put_send(session, make.ago(10), accepted=[a])
        second = put_send(session, make.ago(8), kept=[a])
        make.order(session, a, days_ago=7, total=50)
        one, two = (outcome(session, send, day) for send in (first, second))
    assert (one.sent.orders, two.kept.orders, two.kept.revenue) == (0, 1, 50)


def test_a_later_send_whose_window_is_over_takes_nothing(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        (a,) = (make.friend(session),)
        long = put_send(session, make.ago(20), accepted=[a], brief=Brief(metric_days=14))
        short = put_send(session, make.ago(18), accepted=[a], brief=Brief(metric_days=3))
        make.order(session, a, days_ago=10, total=50)
        one, two = (outcome(session, send, day) for send in (long, short))
    assert (one.sent.orders, two.sent.orders) == (1, 0)


def test_sends_to_others_left_out_friends_and_practice_take_nothing(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        a, other = make.friend(session), make.friend(session)
        first = put_send(session, make.ago(10), accepted=[a])
        put_send(session, make.ago(9), accepted=[other], left_out=[(a, "capped")])
        put_send(session, make.ago(8), accepted=[a], is_practice=True)
        make.order(session, a, days_ago=7, total=50)
        assert outcome(session, first, day).sent.orders == 1


@pytest.mark.parametrize("seed", range(6))
def test_random_sends_count_each_order_once_and_for_the_nearest(
    database: Database, make: Maker, day: ShopDay, seed: int
) -> None:
    """The same in plain Python: for each order, the send with the latest beginning whose window holds it."""
    rng = random.Random(seed)
    with database.write() as session:
        friends = [make.friend(session) for _ in range(8)]
        sends = [_random_send(session, make, rng, friends) for _ in range(6)]
        orders = [(rng.choice(friends), rng.randint(0, 28), rng.randint(1, 99)) for _ in range(40)]
        for friend, days_ago, total in orders:
            make.order(session, friend, days_ago=days_ago, total=total)
        found = {one.id: one for one in all_campaigns(session, day)}
        single = [copy for friend in friends for copy in copies_of(session, friend, day)]
    expected: dict[tuple[int, str], tuple[int, int]] = {}
    for friend, days_ago, total in orders:
        at = make.ago(days_ago)
        touches = [
            (window.begins, send, group)
            for send, groups in sends
            for group, members in groups.items()
            if friend in members and (window := found[send].window) is not None and window.begins <= at < window.ends
        ]
        if touches:
            _begins, send, group = max(touches)
            number, sum_ = expected.get((send, group), (0, 0))
            expected[send, group] = (number + 1, sum_ + total)
    assert _all_counts(found) == {place: expected.get(place, (0, 0)) for place in _all_counts(found)}
    assert sum(copy.orders for copy in single) == sum(number for number, _sum in expected.values())


def _random_send(
    session: Session, make: Maker, rng: random.Random, friends: list[int]
) -> tuple[int, dict[str, list[int]]]:
    drawn = rng.sample(friends, 6)
    groups = {"sent": drawn[:4], "kept": drawn[4:]}
    started = make.ago(rng.randint(1, 25)) + timedelta(hours=rng.randint(0, 5))
    brief = Brief(metric_days=rng.choice((1, 3, 7, 14)))
    return put_send(session, started, accepted=groups["sent"], kept=groups["kept"], brief=brief), groups


def _all_counts(found: dict[int, Outcome]) -> dict[tuple[int, str], tuple[int, int]]:
    groups = {(one.id, name): getattr(one, name) for one in found.values() for name in ("sent", "kept")}
    return {place: (group.orders, group.revenue) for place, group in groups.items()}
