"""Quiet hours in Settings: the strip and the two times show the same, are kept after a moment, and can be undone."""

import pytest
from PySide6.QtCore import QPoint, Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTimeEdit
from pytestqt.qtbot import QtBot

from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.quiet_strip import QuietStrip
from linecrm_desktop.views.settings.view import SettingsView
from tests.views.test_settings import part, shop, shown


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> SettingsView:
    return shown(desk, qtbot)


def hours(database: Database) -> tuple[int, int]:
    row = shop(database)
    return row.quiet_from, row.quiet_to


def test_the_hours_of_a_new_shop_are_shown(view: SettingsView) -> None:
    assert part(view, QTimeEdit, "quietFrom").time() == QTime(21, 0)
    assert part(view, QTimeEdit, "quietTo").time() == QTime(8, 0)
    assert part(view, QLabel, "quietSaid").text() == "Nothing is sent from 21:00 to 08:00."
    assert part(view, QuietStrip, "quietStrip").accessibleDescription() == "Nothing is sent from 21:00 to 08:00."


def test_arrow_keys_move_the_beginning_and_with_shift_the_end(
    view: SettingsView, database: Database, qtbot: QtBot
) -> None:
    strip = part(view, QuietStrip, "quietStrip")
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert part(view, QTimeEdit, "quietFrom").time() == QTime(21, 15)
    assert part(view, QTimeEdit, "quietTo").time() == QTime(7, 45)
    qtbot.waitUntil(lambda: hours(database) == (21 * 60 + 15, 7 * 60 + 45))


def test_an_end_can_be_dragged_over_midnight(view: SettingsView, qtbot: QtBot) -> None:
    strip = part(view, QuietStrip, "quietStrip")
    y = strip.height() - 8
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip._x(21 * 60)), y))
    QTest.mouseMove(strip, QPoint(round(strip._x(23 * 60)), y))
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(strip._x(23 * 60)), y))
    assert part(view, QTimeEdit, "quietFrom").time() == QTime(23, 0)
    assert part(view, QTimeEdit, "quietTo").time() == QTime(8, 0)


def test_typed_times_are_kept_and_undo_brings_the_old_ones_back(
    view: SettingsView, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    part(view, QTimeEdit, "quietFrom").setTime(QTime(22, 30))
    qtbot.waitUntil(lambda: hours(database) == (22 * 60 + 30, 8 * 60))
    qtbot.waitUntil(desk.undo.canUndo)
    desk.undo.undo()
    qtbot.waitUntil(lambda: hours(database) == (21 * 60, 8 * 60))
    qtbot.waitUntil(lambda: part(view, QTimeEdit, "quietFrom").time() == QTime(21, 0))


def test_two_equal_times_are_no_quiet_hours(view: SettingsView) -> None:
    part(view, QTimeEdit, "quietFrom").setTime(QTime(8, 0))
    assert part(view, QLabel, "quietSaid").text() == "There are no quiet hours."
