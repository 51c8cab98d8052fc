from types import SimpleNamespace

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import access
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, Listed
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.access import Looked
from linecrm_desktop.models.access import Place as From
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.friends.view import FriendsView
from tests.maker import Maker
from tests.views.friends.screen import names, part, press, said, search, shown
from tests.views.painting import settle


def test_friends_are_listed_with_the_newest_order_first(view: FriendsView) -> None:
    assert names(view) == ["林雅婷 Tina", "陳怡君", "Amy"]
    assert said(view, "friendCount") == "3 friends"
    assert said(view, "detailName") == "林雅婷 Tina"


def test_search_finds_one_chinese_character_and_says_when_nothing_matches(
    view: FriendsView, desk: Desk, qtbot: QtBot
) -> None:
    search(view, "怡", desk, qtbot)
    assert names(view) == ["陳怡君"]
    assert said(view, "friendCount") == "1 of 3 friends"
    search(view, "nobody", desk, qtbot)
    assert view.panel.no_match.sentence.text() == "No friend matches “nobody”."
    qtbot.mouseClick(view.panel.no_match.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(names(view)) == 3
    assert view.panel.search.text() == ""


def test_a_saved_filter_lists_its_friends_and_counts_them(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    row = list(Listed).index(Listed.BLOCKED)
    place = view.filters.list.visualItemRect(view.filters.list.item(row)).center()
    qtbot.mouseClick(view.filters.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(desk, qtbot)
    assert names(view) == ["Amy"]
    heard = view.filters.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Blocked us, 1 friend"


def test_a_head_sorts_and_turns_round(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    head = view.table.head
    middle = head.sectionViewportPosition(Column.FRIEND) + 20
    for expected in (["Amy", "林雅婷 Tina", "陳怡君"], ["陳怡君", "林雅婷 Tina", "Amy"]):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))
        settle(desk, qtbot)
        assert names(view) == expected


def test_the_bulk_bar_is_there_only_while_friends_are_checked(view: FriendsView, qtbot: QtBot) -> None:
    assert not view.panel.bulk.isVisible()
    press(view, 0, Column.CHECK, qtbot)
    press(view, 1, Column.CHECK, qtbot)
    assert said(view, "selectedCount") == "2 selected"
    qtbot.mouseClick(part(view, "selectAll"), Qt.MouseButton.LeftButton)
    assert said(view, "selectedCount") == "3 selected"
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.panel.bulk.isVisible()


def test_space_checks_and_escape_steps_back(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    search(view, "t", desk, qtbot)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Space)
    assert view.model.checked_count() == 1
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert view.model.checked_count() == 0
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert view.panel.search.text() == ""
    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert not view.detail.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert view.detail.isVisible()
    settle(desk, qtbot)


def test_phone_and_email_are_masked_until_asked_for_and_the_look_is_written_down(
    view: FriendsView, database: Database, qtbot: QtBot
) -> None:
    assert said(view, "phone") == "0912-•••-678"
    assert said(view, "email") == "t•••@example.tw"
    qtbot.mouseClick(part(view, "phoneShow"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(view, "phone") == "0912-345-678")
    with database.read() as session:
        (look,) = access.looks(session)
    assert (look.what, look.friend, look.place) == (Looked.PHONE, "林雅婷 Tina", From.WINDOW) and look.by
    qtbot.mouseClick(part(view, "phoneShow"), Qt.MouseButton.LeftButton)
    assert said(view, "phone") == "0912-•••-678"


def test_the_story_tells_tags_and_what_happened(view: FriendsView) -> None:
    told = [label.text() for label in view.detail.findChildren(QLabel)]
    assert "rule: bought Serum" in told
    assert "Clicked “Retinal or bakuchiol?”" in told
    assert "MM-1 · Serum · NT$5,420" in told
    assert "M-20418 · friend for 90 days" in told


def test_another_row_shows_another_friend(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    press(view, 1, Column.FRIEND, qtbot)
    settle(desk, qtbot)
    assert said(view, "detailName") == "陳怡君"
    qtbot.keyClick(view.table, Qt.Key.Key_Up)
    settle(desk, qtbot)
    assert said(view, "detailName") == "林雅婷 Tina"


def test_the_cursor_stays_on_its_friend_when_the_shop_changes(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, make: Maker, qtbot: QtBot
) -> None:
    press(view, 1, Column.FRIEND, qtbot)
    with database.write() as session:
        make.order(session, ids.bo, days_ago=1)
    view.reload(changes(Word.FRIENDS))
    settle(desk, qtbot)
    assert names(view)[0] == "陳怡君"
    assert said(view, "detailName") == "陳怡君"
    assert view.table.currentIndex().row() == 0


def test_the_members_of_a_segment_and_the_friends_of_a_tag_can_be_shown(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        draft = SegmentDraft("Serum buyers", "When to remind", AllOf((HasTag((ids.serum,)),)), None)
        segment = segments.save(session, draft, make.now)
    view.show_place(Place(Page.FRIENDS, segment, "segment"))
    settle(desk, qtbot)
    assert names(view) == ["林雅婷 Tina", "陳怡君"]
    assert said(view, "scopeName") == "In the segment “Serum buyers”"
    view.show_place(Place(Page.FRIENDS, ids.vip, "tag"))
    settle(desk, qtbot)
    assert said(view, "scopeName") == "With the tag “VIP”"
    assert view.panel.no_match.isVisible()
    view.show_place(Place(Page.FRIENDS, None, "reachable"))
    settle(desk, qtbot)
    assert names(view) == ["林雅婷 Tina", "陳怡君"]
    assert not view.panel.scope.isVisible()


def test_a_segment_that_is_gone_says_so_and_shows_a_way_on(view: FriendsView, desk: Desk, qtbot: QtBot) -> None:
    view.show_place(Place(Page.FRIENDS, 99, "segment"))
    settle(desk, qtbot)
    assert "not there any more" in view.panel.trouble.words.text()
    qtbot.mouseClick(view.panel.trouble.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(names(view)) == 3
    assert not view.panel.trouble.isVisible()


def test_a_segment_can_be_made_from_what_is_shown(
    view: FriendsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    view.show_place(Place(Page.FRIENDS, ids.serum, "tag"))
    settle(desk, qtbot)
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(part(view, "makeSegment"), Qt.MouseButton.LeftButton)
    assert asked.args == [Place(Page.SEGMENTS, None, "new", AllOf((HasTag((ids.serum,)),)))]


def test_an_empty_shop_says_how_to_begin(desk: Desk, qtbot: QtBot) -> None:
    for view in shown(desk, qtbot):
        assert view.panel.nobody.sentence.text().startswith("No friends yet.")
        with qtbot.waitSignal(view.asked_for) as asked:
            qtbot.mouseClick(view.panel.nobody.action, Qt.MouseButton.LeftButton)
        assert asked.args == [Place(Page.IMPORTS)]


def test_the_list_is_the_same_that_the_directory_gives(view: FriendsView, desk: Desk, database: Database) -> None:
    with database.read() as session:
        assert list(view.model.ids()) == list(directory.ids(session, FriendQuery(), desk.day()))
    assert view.model.rowCount(QModelIndex()) == 3
