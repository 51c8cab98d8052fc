import pytest
from sqlalchemy import select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendOrder, FriendQuery, Listed
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_reachable_is_neither_blocked_nor_refused_and_has_a_line_id(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        yes = make.friend(session, marketing=Marketing.UNKNOWN)
        make.friend(session, is_blocked=True)
        make.friend(session, marketing=Marketing.REFUSED)
        make.friend(session, line_user_id=None)
        assert list(directory.ids(session, FriendQuery(Listed.REACHABLE), day)) == [yes]


def test_no_source_means_no_source_tag_in_use(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        with_source, interest_only, retired_source = (make.friend(session) for _ in range(3))
        make.give(session, make.tag(session, "Store", TagType.SOURCE), with_source)
        make.give(session, make.tag(session, "Serum"), interest_only)
        make.give(session, make.tag(session, "Old", TagType.SOURCE, retired_at=make.now), retired_source)
        assert list(directory.ids(session, FriendQuery(Listed.NO_SOURCE), day)) == [interest_only, retired_source]


def test_cancelled_orders_are_no_purchase(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        twice, once, cancelled = (make.friend(session) for _ in range(3))
        for friend in (twice, twice, once):
            make.order(session, friend)
        make.order(session, once, state=OrderState.REFUNDED)
        make.order(session, cancelled, state=OrderState.CANCELLED)
        assert list(directory.ids(session, FriendQuery(Listed.NO_PURCHASE), day)) == [cancelled]
        assert list(directory.ids(session, FriendQuery(Listed.BOUGHT_TWICE), day)) == [twice]


def test_quiet_is_nothing_since_the_start_of_the_day_30_days_ago(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        clicked, clicked_long_ago, ordered, joined, never = (make.friend(session) for _ in range(5))
        start = day.days_ago(30)
        make.event(session, clicked, EventKind.CLICK, at=start)
        make.event(session, clicked_long_ago, EventKind.CLICK, days_ago=31)
        make.order(session, ordered, days_ago=2)
        session.get_one(Friend, joined).joined_at = make.ago(3)
        assert list(directory.ids(session, FriendQuery(Listed.QUIET_30), day)) == [clicked_long_ago, never]


def test_the_counts_are_those_of_the_lists(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        make.order(session, make.friend(session, is_blocked=True))
        make.friend(session, marketing=Marketing.REFUSED)
        make.friend(session, line_user_id=None)
        counts = directory.counts(session, day)
        assert counts == {listed: len(directory.ids(session, FriendQuery(listed), day)) for listed in Listed}
        assert (counts[Listed.ALL], counts[Listed.BLOCKED], counts[Listed.REFUSED]) == (3, 1, 1)


@pytest.fixture
def people(database: Database, make: Maker) -> dict[str, int]:
    with database.write() as session:
        tina = make.friend(
            session, name="林雅婷 Tina", phone="+886912345678", email="tina_lin@example.tw", member_number="M-20418"
        )
        wide = make.friend(session, name="Ａｍｙ１００％", phone="+886223456789", email="amy@example.tw")
        ploy = make.friend(session, name="พลอย", phone="+66812345678")
        make.give(session, make.tag(session, "精華液"), wide)
        make.give(session, make.tag(session, "First Purchase", name_key="first purchase"), ploy)
        make.give(session, make.tag(session, "Gone", retired_at=make.now), ploy)
        return {"tina": tina, "wide": wide, "ploy": ploy}


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", {"tina", "wide", "ploy"}),
        ("雅", {"tina"}),
        ("雅婷", {"tina"}),
        ("TINA", {"tina"}),
        ("ｔｉｎａ", {"tina"}),
        ("amy", {"wide"}),
        ("100%", {"wide"}),
        ("%", {"wide"}),
        ("_", {"tina"}),
        ("พล", {"ploy"}),
        ("0912-345-678", {"tina"}),
        ("0912 345", {"tina"}),
        ("+886 912", {"tina"}),
        ("886912345678", {"tina"}),
        ("０９１２", {"tina"}),
        ("5678", {"tina", "wide", "ploy"}),
        ("02 2345", {"wide"}),
        ("m-204", {"tina"}),
        ("EXAMPLE.TW", {"tina", "wide"}),
        ("精華", {"wide"}),
        ("first pur", {"ploy"}),
        ("พลอย purchase", {"ploy"}),
        ("Gone", set()),
        ("雅婷 精華", set()),
        ("nobody", set()),
    ],
)
def test_search(database: Database, day: ShopDay, people: dict[str, int], search: str, expected: set[str]) -> None:
    names = {id: name for name, id in people.items()}
    with database.read() as session:
        found = directory.ids(session, FriendQuery(search=search), day)
    assert {names[id] for id in found} == expected


def test_a_list_is_sorted_either_way_with_empty_values_last(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        old, rich, none = (make.friend(session, name=name, joined_at=None) for name in "BAC")
        make.order(session, old, days_ago=90, total=100)
        make.order(session, rich, days_ago=5, total=900)
        make.order(session, none, days_ago=1, total=5000, state=OrderState.CANCELLED)

        def listed(order: FriendOrder, *, descending: bool) -> list[int]:
            return list(directory.ids(session, FriendQuery(order=order, descending=descending), day))

        assert listed(FriendOrder.LAST_ORDER, descending=True) == [rich, old, none]
        assert listed(FriendOrder.LAST_ORDER, descending=False) == [old, rich, none]
        assert listed(FriendOrder.SPENT, descending=False) == [old, rich, none]
        assert listed(FriendOrder.NAME, descending=False) == [rich, old, none]
        assert listed(FriendOrder.NAME, descending=True) == [none, old, rich]
        assert listed(FriendOrder.JOINED, descending=True) == [old, rich, none]
        assert listed(FriendOrder.ORDERS, descending=True) == [old, rich, none]


def test_a_list_can_be_narrowed_to_a_tag_and_to_the_friends_of_a_query(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        tagged, both, other = (make.friend(session) for _ in range(3))
        tag = make.tag(session, "Serum")
        for friend in (tagged, both):
            make.give(session, tag, friend)
        within = select(Friend.id).where(Friend.id.in_([both, other]))
        assert list(directory.ids(session, FriendQuery(tag=tag), day)) == [tagged, both]
        assert list(directory.ids(session, FriendQuery(tag=tag), day, within)) == [both]


def test_rows_come_in_the_order_asked_for_with_tags_and_sums(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session, name="Tina", collected_through="Form", informed=Answer.YES, can_opt_out=Answer.NO)
        bo = make.friend(session, name="Bo")
        make.give(session, make.tag(session, "VIP", TagType.VALUE), tina)
        make.give(session, make.tag(session, "Store", TagType.SOURCE), tina)
        make.give(session, make.tag(session, "Old", retired_at=make.now), tina)
        make.order(session, tina, days_ago=5, total=300)
        make.order(session, tina, days_ago=9, total=200)
        make.order(session, tina, days_ago=1, total=999, state=OrderState.CANCELLED)
        first, second = directory.rows(session, [bo, 999_999, tina])
    assert (first.name, first.orders, first.spent, first.last_order_at, first.tags) == ("Bo", 0, 0, None, ())
    assert [chip.name for chip in second.tags] == ["Store", "VIP"]
    assert (second.orders, second.spent, second.last_order_at) == (2, 500, make.ago(5))
    assert (first.answered, second.answered) == (0, 2)


def test_more_rows_than_one_window_come_whole(database: Database, make: Maker) -> None:
    with database.write() as session:
        session.add_all(Friend(name=f"F{n}", created_at=make.now) for n in range(450))
        session.flush()
        friends = list(session.scalars(select(Friend.id).order_by(Friend.id.desc())))
        assert [row.id for row in directory.rows(session, friends)] == friends
