"""The segments in the whole window: menus offer what fits the choice, and the keys of the list are the list's."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.app import build_shop_window
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, Joined
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.segments.view import SegmentsView
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT


@pytest.fixture
def window(
    database: Database, choices: Choices, dialogs: RecordingDialogs, now: datetime, qtbot: QtBot
) -> Iterator[MainWindow]:
    with database.write() as session:
        for name in ("First", "Second"):
            library.save(session, SegmentDraft(name, "Whom to tell", AllOf((Joined(days=30),))), now)
    made = build_shop_window(database, choices, clock=lambda: now, dialogs=dialogs, tokens=SessionTokens())
    made.start(Place(Page.SEGMENTS))
    made.resize(1440, 900)
    made.show()
    yield made
    made.let_go()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def names(view: SegmentsView) -> list[str]:
    shown = view.list.table.shown
    return [shown.index(row, 0).data() for row in range(shown.rowCount())]


def test_by_keyboard_a_segment_is_copied_put_away_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    view = window.current_view()
    assert isinstance(view, SegmentsView)
    qtbot.waitUntil(lambda: names(view) == ["First", "Second"], timeout=WAIT)
    table = view.list.table
    table.setFocus()
    qtbot.waitUntil(lambda: view.list.rows[0].reach is not None, timeout=WAIT)
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(view) == ["Copy of First", "First", "Second"], timeout=WAIT)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(view) == ["Copy of First", "Second"], timeout=WAIT)
    assert window.menus.action("undo").text() == "Undo put away 1 segment"
    window.menus.action("undo").trigger()
    qtbot.waitUntil(lambda: names(view) == ["Copy of First", "First", "Second"], timeout=WAIT)


def test_the_menus_offer_what_fits_the_choice(window: MainWindow, qtbot: QtBot) -> None:
    view = window.current_view()
    assert isinstance(view, SegmentsView)
    qtbot.waitUntil(lambda: names(view) == ["First", "Second"], timeout=WAIT)
    export = view.list.actions_.all["export"]
    assert export in window.menus._menus["file"].actions()
    assert not export.isEnabled()
    view.list.table.selectRow(0)
    assert export.isEnabled()
    view.list.table.selectAll()
    assert not export.isEnabled() and view.list.actions_.all["compare"].isEnabled()
    window.go(Place(Page.TAGS))
    assert export not in window.menus._menus["file"].actions()
