"""A set of tags to begin with: ticked, counted, made in one step; and the order of rules inside an exclusive group."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidgetItem, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.rules import AllOf, Compare, Orders
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import rules
from linecrm_desktop.tagging.rules import RuleDraft
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.rules_dialog import RulesDialog
from linecrm_desktop.views.tags.starter_dialog import StarterDialog
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.views.painting import settle
from tests.views.settling import WAIT
from tests.views.tag_screen import Toasts, find, go_to, press, shown


@pytest.fixture
def view(database: Database, make: Maker, desk: Desk, qtbot: QtBot) -> Iterator[TagsView]:
    with database.write() as session:
        for _friend in range(5):
            make.friend(session, collected_through="Night market")
        for _buyer in range(3):
            make.order(session, make.friend(session), lines=[("Oolong", "Tea", 1)])
    yield from shown(desk, qtbot)


@pytest.fixture
def dialog(view: TagsView, desk: Desk, qtbot: QtBot) -> StarterDialog:
    press(view, "emptySecond", qtbot)
    settle(desk, qtbot)
    opened = find(view, StarterDialog, "starterDialog")
    counted(opened, desk, qtbot)
    return opened


def counted(dialog: StarterDialog, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.wait.isActive(), timeout=WAIT)
    settle(desk, qtbot)


def items(dialog: StarterDialog) -> dict[str, QTreeWidgetItem]:
    return {item.text(0): item for item in dialog._items.values()}


def names(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {tag.name: tag.friends for tag in library.all_tags(session)}


def listed(dialog: RulesDialog) -> list[QListWidgetItem]:
    return [dialog.list.item(row) for row in range(dialog.list.count())]


def order(database: Database) -> list[str]:
    with database.read() as session:
        return [row.name for row in rules.all_rules(session)]


def test_an_empty_library_offers_a_set_in_the_shops_own_words(dialog: StarterDialog, qtbot: QtBot) -> None:
    told = items(dialog)
    assert [told[name].text(2) for name in ("Night market", "Tea", "First-time buyer", "Not bought yet")] == [
        *("—", "3", "3", "5"),
    ]
    assert told["Quiet for 30 days"].text(1) == "No clicks are known yet."
    assert not told["Quiet for 30 days"].flags() & Qt.ItemFlag.ItemIsUserCheckable
    dialog.tree.setCurrentItem(told["First-time buyer"])
    about = [label.text() for label in dialog.about.findChildren(QLabel)]
    assert any("A friend has one tag of “Buying stage” only." in text for text in about)


def test_only_what_is_ticked_is_made_and_one_undo_takes_it_back(
    dialog: StarterDialog, desk: Desk, database: Database, toasts: Toasts, qtbot: QtBot
) -> None:
    dialog.tree.setFocus()
    for name, item in items(dialog).items():
        if name not in ("Tea", "First-time buyer") and item.checkState(0) == Qt.CheckState.Checked:
            dialog.tree.setCurrentItem(item)
            qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
    counted(dialog, desk, qtbot)
    assert dialog.yes.text() == "Make 2 tags"
    qtbot.keyClick(dialog.yes, Qt.Key.Key_Space)
    settle(desk, qtbot)
    assert names(database) == {"Tea": 3, "First-time buyer": 3}
    assert toasts[-1][0] == "Made 2 tags."
    desk.undo.undo()
    settle(desk, qtbot)
    assert names(database) == {}
    desk.undo.redo()
    settle(desk, qtbot)
    assert names(database) == {"Tea": 3, "First-time buyer": 3}


def test_what_is_there_already_cannot_be_made_again(
    dialog: StarterDialog, view: TagsView, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.keyClick(dialog.yes, Qt.Key.Key_Space)
    settle(desk, qtbot)
    view.start_set.trigger()
    settle(desk, qtbot)
    again = next(one for one in view.findChildren(StarterDialog) if one.isVisible())
    counted(again, desk, qtbot)
    assert items(again)["Tea"].text(1) == "is there already"
    assert not again.yes.isEnabled()


def test_the_order_of_rules_inside_a_group_is_changed_and_taken_back(
    view: TagsView, desk: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        stages = [
            library.create(session, TagDraft(name, TagType.STAGE, exclusive_group="Stage"), make.now)
            for name in ("New", "Buyer")
        ]
        other = library.create(session, TagDraft("Other", TagType.VALUE), make.now)
        for tag in (stages[0], other, stages[1]):
            rules.save(session, RuleDraft(tag, f"Rule {tag}", AllOf((Orders(Compare.AT_LEAST, 1),))), make.now)
    view.reload(changes(Word.TAGS))
    settle(desk, qtbot)
    go_to(view, stages[1], Column.TAG, qtbot)
    settle(desk, qtbot)
    press(view, "tagRulesOpen", qtbot)
    settle(desk, qtbot)
    dialog = find(view, RulesDialog, "tagRulesDialog")
    assert [row.text().splitlines()[0] for row in listed(dialog)] == ["Rule 1", "Rule 2"]
    assert listed(dialog)[0].text().splitlines()[1] == "gives “New”"
    before = order(database)
    dialog.list.setCurrentRow(1)
    press(dialog, "tagRuleUp", qtbot)
    settle(desk, qtbot)
    assert [row.text().splitlines()[0] for row in listed(dialog)] == ["Rule 2", "Rule 1"]
    assert dialog.list.currentRow() == 0 and not dialog.up.isEnabled()
    press(dialog, "tagRuleDown", qtbot)
    settle(desk, qtbot)
    assert order(database)[:2] == ["Rule 1", "Rule 2"]
    desk.undo.undo()
    settle(desk, qtbot)
    desk.undo.undo()
    settle(desk, qtbot)
    assert order(database) == before
