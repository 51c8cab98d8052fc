"""The library in groups: what is shown first, all of a group by mouse and by keys, other groups, other orders."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.grouping import GroupBy
from linecrm_desktop.views.tags.tag_delegate import TagDelegate
from linecrm_desktop.views.tags.tree_model import COUNT_ROLE, LINK_ROLE
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.views.painting import settle
from tests.views.tag_screen import field, listed, part, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    """Seven interest tags with 20 to 26 friends, the one with fewest without a decision; and one source."""
    found: dict[str, int] = {}
    with database.write() as session:
        friends = [make.friend(session) for _number in range(26)]
        for number in range(7):
            decision, owner = "When" if number else "", "Amy" if number % 2 else "Bo"
            found[f"t{number}"] = make.tag(
                session, f"T{number}", helps_decide=decision, owner=owner, created_at=make.ago(10)
            )
            for friend in friends[: 20 + number]:
                make.give(session, found[f"t{number}"], friend)
        found["fb"] = make.tag(session, "FB", TagType.SOURCE, helps_decide="Which ad", created_at=make.ago(10))
    return SimpleNamespace(**found)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def group(view: TagsView, name: str) -> QModelIndex:
    rows = [view.model.index(row, 0) for row in range(view.model.rowCount())]
    return next(row for row in rows if row.data() == name)


def press_link(view: TagsView, name: str, qtbot: QtBot) -> None:
    index = group(view, name)
    drawer = view.tree.itemDelegate()
    assert isinstance(drawer, TagDelegate)
    place = drawer.link_rect(view.tree.visualRect(index), index).center()
    qtbot.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_long_group_shows_the_five_that_need_attention_most_in_their_order(view: TagsView) -> None:
    assert listed(view)["Product interest"] == ["T6", "T5", "T4", "T3", "T0"]
    index = group(view, "Product interest")
    assert index.data(COUNT_ROLE) == "7 tags · 5 shown"
    assert index.data(LINK_ROLE) == "Show all"
    heard = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Product interest, 7 tags · 5 shown. Enter: Show all"
    assert group(view, "Source").data(LINK_ROLE) is None


def test_the_link_shows_all_and_the_few_again(view: TagsView, qtbot: QtBot) -> None:
    press_link(view, "Product interest", qtbot)
    assert len(listed(view)["Product interest"]) == 7
    assert group(view, "Product interest").data(LINK_ROLE) == "Show fewer"
    press_link(view, "Product interest", qtbot)
    assert len(listed(view)["Product interest"]) == 5


def test_beside_the_link_a_press_changes_nothing(view: TagsView, qtbot: QtBot) -> None:
    row = view.tree.visualRect(group(view, "Product interest"))
    qtbot.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 8, row.center().y()))
    assert len(listed(view)["Product interest"]) == 5


def test_enter_on_a_group_shows_all_and_keeps_the_cursor_there(view: TagsView, qtbot: QtBot) -> None:
    view.tree.setCurrentIndex(group(view, "Product interest"))
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert len(listed(view)["Product interest"]) == 7
    assert view.tree.currentIndex() == group(view, "Product interest")
    assert not view.editor.isVisible()
    qtbot.keyClick(view.tree, Qt.Key.Key_Down)
    line = view.tree.current_line()
    assert line is not None and line.tag.name == "T6"


def test_searching_and_filtering_list_all(view: TagsView, qtbot: QtBot) -> None:
    type_into(field(view, "tagFind"), "T")
    assert len(listed(view)["Product interest"]) == 7
    assert group(view, "Product interest").data(LINK_ROLE) is None
    view.panel.search.clear()
    assert len(listed(view)["Product interest"]) == 5
    qtbot.mouseClick(part(view.panel.filter, "option1"), Qt.MouseButton.LeftButton)
    assert listed(view) == {"Product interest": ["T0"]}


def test_going_to_a_hidden_tag_opens_its_group(view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> None:
    view.show_place(Place(Page.TAGS, ids.t1))
    settle(desk, qtbot)
    assert field(view, "tagName").text() == "T1"
    line = view.tree.current_line()
    assert line is not None and line.tag.id == ids.t1


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        (GroupBy.OWNER, ["Amy", "Bo", "No owner"]),
        (GroupBy.HEALTH, ["No decision", "Too small", "Healthy"]),
        (GroupBy.TYPE, ["Source", "Product interest"]),
    ],
)
def test_tags_are_grouped_another_way(view: TagsView, by: GroupBy, groups: list[str]) -> None:
    action = next(one for one in view.panel.group.menu().actions() if one.objectName() == f"group_{by}")
    action.trigger()
    assert list(listed(view)) == groups
    assert view.panel.group.text() == f"Group by {by}"


def test_without_groups_there_is_one_list_of_all(view: TagsView, ids: SimpleNamespace) -> None:
    view.panel.group_by(GroupBy.NONE)
    names = [view.model.index(row, 0).data() for row in range(view.model.rowCount())]
    assert names == ["T6", "T5", "T4", "T3", "T2", "T1", "T0", "FB"]
    view.tree.go_to(ids.fb)
    assert field(view, "tagName").text() == "FB"


def test_the_grouping_is_remembered(desk: Desk, view: TagsView, qtbot: QtBot) -> None:
    view.panel.group_by(GroupBy.OWNER)
    for other in shown(desk, qtbot):
        assert list(listed(other)) == ["Amy", "Bo", "No owner"]


def test_a_column_sorts_the_tags_of_each_group(view: TagsView, qtbot: QtBot) -> None:
    press_link(view, "Product interest", qtbot)
    head = view.tree.header()
    place = QPoint(head.sectionViewportPosition(Column.TAG) + 10, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert listed(view)["Product interest"][0] == "T0"
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert listed(view)["Product interest"][0] == "T6"


def test_the_tree_without_groups_keeps_qts_rules(view: TagsView, qtmodeltester: ModelTester) -> None:
    view.panel.group_by(GroupBy.NONE)
    qtmodeltester.check(view.model)


def test_a_saved_list_has_the_tags_that_are_not_in_sight(view: TagsView) -> None:
    name, whole = view.list_to_save()
    counts = [whole.rowCount(whole.index(row, 0)) for row in range(whole.rowCount())]
    assert (name, counts) == ("tags", [1, 7])


def test_columns_that_matter_less_go_where_there_is_no_room(view: TagsView, desk: Desk, qtbot: QtBot) -> None:
    assert not view.tree.isColumnHidden(Column.OWNER)
    view.resize(780, 814)
    settle(desk, qtbot)
    assert view.tree.isColumnHidden(Column.OWNER)
    assert not view.tree.isColumnHidden(Column.HEALTH)


def test_the_cursor_stays_on_its_tag_when_a_list_without_groups_is_cut_into_groups(
    view: TagsView, ids: SimpleNamespace
) -> None:
    view.panel.group_by(GroupBy.NONE)
    view.tree.go_to(ids.t3)
    view.panel.group_by(GroupBy.TYPE)
    line = view.tree.current_line()
    assert line is not None
    assert line.tag.id == ids.t3
