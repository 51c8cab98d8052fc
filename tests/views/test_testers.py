"""Testers in Settings, and the dialog that sends them a test."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select

from linecrm_desktop.campaigns import testing
from linecrm_desktop.models import tester
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages import tester_dialog
from linecrm_desktop.views.settings.view import SettingsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT, settle
from tests.views.test_settings import part, shown

MEI = "U" + "a" * 32


@pytest.fixture
def settings(desk: Desk, qtbot: QtBot) -> SettingsView:
    return shown(desk, qtbot)


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [one.name for one in testing.testers(session)]


def test_a_tester_is_added_and_removed_with_undo(
    settings: SettingsView, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    part(settings, QLineEdit, "testerName").setText("Mei")
    part(settings, QLineEdit, "testerId").setText(MEI)
    part(settings, QPushButton, "addTester").click()
    qtbot.waitUntil(lambda: settings.findChild(QPushButton, "removeTester1") is not None, timeout=WAIT)
    part(settings, QPushButton, "removeTester1").click()
    settle(desk, qtbot)
    assert names(database) == []
    desk.undo.undo()
    qtbot.waitUntil(lambda: names(database) == ["Mei"], timeout=WAIT)


def test_a_wrong_id_is_said_and_nothing_is_kept(
    settings: SettingsView, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    part(settings, QLineEdit, "testerName").setText("Mei")
    part(settings, QLineEdit, "testerId").setText("mei@example.tw")
    part(settings, QPushButton, "addTester").click()
    qtbot.waitUntil(lambda: bool(dialogs.errors), timeout=WAIT)
    assert str(dialogs.errors[0]) == "This is no LINE user ID."
    assert names(database) == []


def test_the_shop_decides_whether_the_uninformed_stop_a_send(
    settings: SettingsView, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    part(settings, QCheckBox, "blocksUninformed").click()
    qtbot.waitUntil(desk.undo.canUndo, timeout=WAIT)
    with database.read() as session:
        assert session.get_one(Shop, 1).blocks_uninformed


@pytest.fixture
def untested(database: Database, make: Maker) -> SerumShop:
    """A message that nobody has tested, in a shop with two testers."""
    found = serum_shop(database, make)
    with database.write() as session:
        session.execute(delete(tester.SentTest))
        session.execute(delete(tester.Tester))
        testing.add_tester(session, "Mei", MEI, make.now)
        testing.add_tester(session, "Tina", "U" + "b" * 32, make.now)
    return found


def test_a_test_is_sent_to_those_who_are_ticked(
    desk: Desk, database: Database, untested: SerumShop, qtbot: QtBot, toasts: list[tuple[str, object]]
) -> None:
    dialog = tester_dialog.TesterDialog(desk, untested.message, untested.segment)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.send.text() == "Send 2 tests", timeout=WAIT)
    dialog.ticks[1].setChecked(False)
    assert dialog.send.text() == "Send 1 test"
    qtbot.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    assert toasts[-1][0] == "1 test sent"
    with database.read() as session:
        assert session.scalars(select(tester.SentTest.tester_name)).all() == ["Tina"]


def test_without_a_tester_the_dialog_says_where_to_add_one(
    desk: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    shop = serum_shop(database, make)
    with database.write() as session:
        session.execute(delete(tester.Tester))
    dialog = tester_dialog.TesterDialog(desk, shop.message, shop.segment)
    qtbot.addWidget(dialog)
    qtbot.wait(300)
    assert not dialog.send.isEnabled()
