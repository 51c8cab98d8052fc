"""Ways to use the Friends screen as a person does, and to read what it says."""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.friends.view import FriendsView
from tests.views.painting import settle

Toasts = list[tuple[str, Callable[[], None] | None]]


def shown(desk: Desk, qtbot: QtBot) -> Iterator[FriendsView]:
    made = FriendsView(desk)
    desk.jobs.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1240, 814)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_place(Place(Page.FRIENDS))
    settle(desk, qtbot)
    yield made
    settle(desk, qtbot)


def names(view: FriendsView) -> list[str]:
    return [str(view.model.index(row, Column.FRIEND).data()) for row in range(view.model.rowCount())]


def part(view: QWidget, name: str) -> QAbstractButton:
    found = view.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def said(view: QWidget, name: str) -> str:
    found = view.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def press(view: FriendsView, row: int, column: Column, qtbot: QtBot) -> None:
    place = view.table.visualRect(view.model.index(row, column)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def search(view: FriendsView, text: str, desk: Desk, qtbot: QtBot) -> None:
    view.panel.search.clear()
    with qtbot.waitSignal(view.panel.searched):
        type_into(view.panel.search, text)
    settle(desk, qtbot)


def picker(view: FriendsView, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: view.findChild(QDialog, "tagPicker") is not None)
    found = view.findChild(QDialog, "tagPicker")
    assert found is not None
    return found


def carriers(database: Database, tag: int) -> list[tuple[int, TagOrigin, datetime, str]]:
    with database.read() as session:
        rows = session.scalars(select(FriendTag).where(FriendTag.tag_id == tag).order_by(FriendTag.friend_id))
        return [(row.friend_id, row.origin, row.since, row.evidence) for row in rows]
