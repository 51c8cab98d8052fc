"""The rows of "Why is she in?" grow with their sentences, in every language and text size."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, LastOrder, Rule
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.segments.why_dialog import WhyDialog
from tests.maker import Maker
from tests.views.settling import settle

TAGS = 12


@pytest.fixture
def rule(database: Database, make: Maker) -> Rule:
    """A rule with more tags than any line holds, also inside a group."""
    with database.write() as session:
        tags = [make.tag(session, f"Interested in number {n}") for n in range(TAGS)]
        friend = make.friend(session, name="Mei")
        for tag in tags:
            make.give(session, tag, friend)
    many = HasTag(tuple(tags))
    return AllOf((many, AnyOf((many, LastOrder(60)))))


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot, rule: Rule, choices: Choices, request: pytest.FixtureRequest) -> WhyDialog:
    language, size = getattr(request, "param", ("en", 100))
    choices.choose(language=language, text_size=size)
    made = WhyDialog(desk, "Why is she in?", rule, ((1, "Mei"),))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.tree.topLevelItemCount() == 1, timeout=10_000)
    settle(desk, qtbot)
    return made


def items(tree: QTreeWidget) -> Iterator[tuple[QTreeWidgetItem, int]]:
    """Yield every row with its depth."""
    waiting = [(tree.topLevelItem(0), 1)]
    while waiting:
        item, depth = waiting.pop()
        assert item is not None
        yield item, depth
        waiting += [(item.child(n), depth + 1) for n in range(item.childCount())]


def cut(tree: QTreeWidget) -> list[str]:
    """Return the texts that need more lines than their row has room for."""
    found: list[str] = []
    for item, depth in items(tree):
        height = tree.visualItemRect(item).height()
        for column, taken in ((0, tree.indentation() * depth + tree.iconSize().width()), (1, 0)):
            room = QRect(0, 0, tree.columnWidth(column) - taken, 10_000)
            words = item.text(column)
            if tree.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), words).height() > height:
                found.append(words)
    return found


@pytest.mark.parametrize("dialog", [("en", 100), ("en", 130), ("zh_TW", 130), ("ja", 130), ("th", 130)], indirect=True)
def test_no_sentence_is_cut(dialog: WhyDialog) -> None:
    tree = dialog.tree
    assert tree.textElideMode() == Qt.TextElideMode.ElideNone
    rows = [item for item, _depth in items(tree)]
    assert len(rows) == 5
    long = max(rows, key=lambda item: len(item.text(0)))
    assert tree.visualItemRect(long).height() > 4 * tree.fontMetrics().height()
    assert cut(tree) == []


def test_a_narrower_dialog_has_taller_rows(dialog: WhyDialog, desk: Desk, qtbot: QtBot) -> None:
    tree = dialog.tree
    long = max((item for item, _depth in items(tree)), key=lambda item: len(item.text(0)))
    before = tree.visualItemRect(long).height()
    dialog.resize(640, 560)
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: tree.visualItemRect(long).height() > before)
    assert cut(tree) == []
