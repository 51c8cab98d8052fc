"""A shop that has something of everything that rules can name, its builder, and hands for it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.field import Field, FieldKind
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, LastOrder
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.builder import SegmentBuilder
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker


def rules_shop(database: Database, make: Maker) -> dict[str, int]:
    """Put in friends with orders, events, tags, fields and segments; return the tags."""
    names = {
        "Anti-ageing": TagType.INTEREST,
        "Often returns": TagType.VALUE,
        "Fair": TagType.SOURCE,
        "Shop": TagType.SOURCE,
    }
    with database.write() as session:
        found = {name: make.tag(session, name, kind) for name, kind in names.items()}
        for number in range(6):
            friend = make.friend(session, name=f"Friend {number}")
            for tag in found.values():
                make.give(session, tag, friend)
            make.order(session, friend, days_ago=90, lines=[("Night serum", "Serum", 1), ("Cleanser", "Basics", 1)])
            for kind in (EventKind.CLICK, EventKind.MENU):
                make.event(session, friend, kind, days_ago=number, category="anti-ageing")
        for name, kind in (("Skin", FieldKind.TEXT), ("Size", FieldKind.NUMBER), ("Birthday", FieldKind.DATE)):
            session.add(Field(name=name, name_key=name.casefold(), kind=kind, created_at=make.now))
        for name in ("Lapsed", "New"):
            library.save(session, SegmentDraft(name, "who", AllOf((LastOrder(60),))), make.now)
        return found


def open_builder(desk: Desk, qtbot: QtBot) -> SegmentBuilder:
    """Open the builder with a new segment in a window that has the keyboard."""
    view = SegmentsView(desk)
    view.resize(1240, 900)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    until(qtbot, lambda: bool(view.builder._offers.tags))
    return view.builder


def until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=10_000)


def focus() -> QWidget:
    """Return what has the cursor."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def row(builder: SegmentBuilder, *path: int) -> Any:
    return builder.rules._rows[path]


def part(builder: SegmentBuilder, name: str, *path: int) -> Any:
    """Return the editor or button of a name in the row at a path."""
    return next(stop for stop in row(builder, *path).stops() if stop.objectName() == name)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focus(), key, modifier)
    QApplication.processEvents()  # new rows are shown, and get the cursor, when the event is over
