"""Filtering friends by rules: the bar, the list that follows, and the segment that is made from it."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, Listed
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, Did, Group, HasTag, NoneOf, Orders, Rule
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.friends import listing
from linecrm_desktop.views.friends.listing import Wanted
from linecrm_desktop.views.friends.view import FriendsView
from tests.maker import Maker
from tests.views.friends.screen import names, part, said, search
from tests.views.painting import settle

TINA, BO, AMY = "林雅婷 Tina", "陳怡君", "Amy"


def open_bar(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    qtbot.mouseClick(part(view, "openFilter"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def put(view: FriendsView, rule: Rule, desk: Desk, qtbot: QtBot) -> None:
    """Put a rule into the bar, as its menu does, and wait until the list has followed."""
    with qtbot.waitSignal(view.panel.rules.filtered):
        view.panel.rules.rules.put(rule)
    settle(desk, qtbot)


def test_the_bar_opens_with_the_cursor_in_it_and_closes_again(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    bar = view.panel.rules
    assert not bar.isVisible()
    open_bar(view, desk, qtbot)
    assert bar.isVisible()
    assert bar.rules.foot.add_rule.hasFocus()
    qtbot.mouseClick(part(view, "openFilter"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert part(view, "openFilter").hasFocus()


def test_the_list_follows_each_rule_and_says_how_many_of_all(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    open_bar(view, desk, qtbot)
    put(view, Orders(Compare.AT_LEAST, 1), desk, qtbot)
    assert names(view) == [TINA, BO]
    assert said(view, "friendCount") == "2 of 3 friends"
    put(view, Did(EventKind.CLICK), desk, qtbot)
    assert names(view) == [TINA]
    assert part(view, "openFilter").text() == "Filter: 2 rules"


def test_rules_can_be_joined_by_any_and_be_taken_out(
    view: FriendsView, ids: SimpleNamespace, desk: Desk, qtbot: QtBot
) -> None:
    open_bar(view, desk, qtbot)
    bar = view.panel.rules
    put(view, Did(EventKind.CLICK), desk, qtbot)
    put(view, Orders(Compare.EXACTLY, 0), desk, qtbot)
    assert names(view) == []
    with qtbot.waitSignal(bar.filtered):
        bar.rules.edited.emit(bar.draft.joined_by((), AnyOf), "")
    settle(desk, qtbot)
    assert names(view) == [TINA, AMY]
    for _rule in range(2):
        with qtbot.waitSignal(bar.filtered):
            qtbot.mouseClick(part(bar, "removeRule"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(names(view)) == 3
    assert part(view, "openFilter").text() == "Filter"


def test_while_a_rule_is_incomplete_its_row_says_so_and_the_list_stays(
    view: FriendsView, desk: Desk, qtbot: QtBot
) -> None:
    open_bar(view, desk, qtbot)
    put(view, Orders(Compare.AT_LEAST, 1), desk, qtbot)
    with qtbot.assertNotEmitted(view.panel.rules.filtered, wait=400):
        view.panel.rules.rules.put(HasTag(()))
    assert names(view) == [TINA, BO]
    row = view.panel.rules.rules._rows[(1,)]
    assert row.trouble.isVisible()
    assert row.trouble.text()


def test_rules_go_on_with_a_search_and_another_saved_filter(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    open_bar(view, desk, qtbot)
    put(view, Orders(Compare.AT_LEAST, 1), desk, qtbot)
    search(view, "Tina", desk, qtbot)
    assert names(view) == [TINA]
    search(view, "", desk, qtbot)
    view.filters.chosen.emit(Listed.BLOCKED)
    settle(desk, qtbot)
    assert names(view) == []
    assert view.panel.no_match.sentence.text() == "No friend of this list matches the rules."


def test_rules_hold_while_the_bar_is_closed_and_end_with_show_all_friends(
    view: FriendsView, desk: Desk, qtbot: QtBot
) -> None:
    open_bar(view, desk, qtbot)
    put(view, Orders(Compare.AT_LEAST, 9), desk, qtbot)
    open_bar(view, desk, qtbot)
    assert part(view, "openFilter").text() == "Filter: 1 rule"
    qtbot.mouseClick(view.panel.no_match.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(names(view)) == 3
    assert view.panel.rules.draft.rule == AllOf()


def test_escape_in_the_list_closes_the_bar_before_the_detail(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    open_bar(view, desk, qtbot)
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.panel.rules.isVisible()
    assert view.detail.isVisible()
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.detail.isVisible()


def test_a_rule_whose_tag_goes_says_so_and_shows_a_way_on(
    view: FriendsView, ids: SimpleNamespace, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    open_bar(view, desk, qtbot)
    put(view, HasTag((ids.vip,)), desk, qtbot)
    with database.write() as session:
        session.delete(session.get_one(Tag, ids.vip))
    view._read()
    settle(desk, qtbot)
    assert view.panel.trouble.isVisible()
    qtbot.mouseClick(view.panel.trouble.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(names(view)) == 3


def test_a_segment_begins_with_the_whole_filter(
    view: FriendsView, ids: SimpleNamespace, desk: Desk, qtbot: QtBot
) -> None:
    open_bar(view, desk, qtbot)
    view.filters.chosen.emit(Listed.BOUGHT_TWICE)
    rule = Did(EventKind.CLICK)
    put(view, rule, desk, qtbot)
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(part(view, "makeSegment"), Qt.MouseButton.LeftButton)
    begun = AllOf((Orders(Compare.AT_LEAST, 2), rule))
    assert asked.args == [Place(Page.SEGMENTS, None, "new", begun)]


@pytest.mark.parametrize(
    ("rule", "begun"),
    [
        (AllOf((Did(EventKind.CLICK),)), AllOf((HasTag((7,)), Did(EventKind.CLICK)))),
        (NoneOf((Did(EventKind.CLICK),)), AllOf((HasTag((7,)), NoneOf((Did(EventKind.CLICK),))))),
    ],
)
def test_a_tag_and_rules_that_are_joined_otherwise_stay_what_they_are(rule: Group, begun: Group) -> None:
    assert listing.as_rule(Wanted(FriendQuery(tag=7), rule=rule)) == begun


def test_a_saved_filter_without_a_rule_is_said(
    view: FriendsView, desk: Desk, qtbot: QtBot, toasts: list[tuple[str, object]]
) -> None:
    view.filters.chosen.emit(Listed.BLOCKED)
    settle(desk, qtbot)
    qtbot.mouseClick(part(view, "makeSegment"), Qt.MouseButton.LeftButton)
    assert toasts[-1][0] == "No rule says “Blocked us”, so the segment begins without it."


def test_what_a_saved_filter_becomes_holds_for_the_same_friends(
    database: Database, desk: Desk, make: Maker, ids: SimpleNamespace
) -> None:
    with database.write() as session:
        make.order(session, ids.tina, days_ago=400, total=1)
        make.friend(session, name="No thanks", marketing=Marketing.REFUSED)
    with database.read() as session:
        for listed in listing._AS_RULES:
            wanted = Wanted(FriendQuery(listed))
            said_by_rule = listing.read(session, Wanted(rule=listing.as_rule(wanted)), desk.day()).ids
            assert set(said_by_rule) == set(directory.ids(session, wanted.query, desk.day())), listed
            assert said_by_rule
