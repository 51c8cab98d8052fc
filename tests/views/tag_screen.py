"""Ways to use the Tags screen as a person does, and to read what it says."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.view import TagsView
from tests.views.painting import settle

Part = TypeVar("Part", bound=QObject)
Toasts = list[tuple[str, Callable[[], None] | None]]


def shown(desk: Desk, qtbot: QtBot) -> Iterator[TagsView]:
    made = TagsView(desk)
    desk.jobs.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1240, 814)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_place(Place(Page.TAGS))
    settle(desk, qtbot)
    yield made
    settle(desk, qtbot)


def part(view: QWidget, name: str) -> QAbstractButton:
    found = view.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def field(view: QWidget, name: str) -> QLineEdit:
    found = view.findChild(QLineEdit, name)
    assert found is not None, name
    return found


def find(view: QObject, kind: type[Part], name: str) -> Part:
    found = view.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def press(view: QWidget, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(part(view, name), Qt.MouseButton.LeftButton)


def act(view: TagsView, name: str, desk: Desk, qtbot: QtBot) -> None:
    """Do what a line of the menu does, and wait until it is done."""
    find(view.panel.actions_, QAction, name).trigger()
    settle(desk, qtbot)


def go_to(
    view: TagsView,
    tag: int,
    column: Column,
    qtbot: QtBot,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    index = view.model.index_of(tag, column)
    view.tree.scrollTo(index)
    place = view.tree.visualRect(index).center()
    qtbot.mouseClick(view.tree.viewport(), Qt.MouseButton.LeftButton, keys, place)


def choose(view: TagsView, tags: list[int], qtbot: QtBot) -> None:
    """Choose several tags with the mouse."""
    go_to(view, tags[0], Column.TAG, qtbot)
    for tag in tags[1:]:
        go_to(view, tag, Column.TAG, qtbot, Qt.KeyboardModifier.ControlModifier)


def said(view: TagsView, tag: int) -> list[str]:
    index = view.model.index_of(tag)
    return [str(index.siblingAtColumn(column).data()) for column in Column]


def listed(view: TagsView) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for row in range(view.model.rowCount()):
        group = view.model.index(row, 0)
        names = [str(view.model.index(place, 0, group).data()) for place in range(view.model.rowCount(group))]
        groups[str(group.data())] = names
    return groups


def kept(database: Database, *, retired: bool = False) -> dict[str, TagDraft]:
    with database.read() as session:
        return {row.name: row.draft for row in library.all_tags(session, retired=retired)}
