from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.line.gateway import Account, Quota
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import language, short_date
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views import staff, theme
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.settings.steps_dialog import StepsDialog
from linecrm_desktop.views.settings.view import SettingsView
from linecrm_desktop.views.tags import reading as tag_reading
from linecrm_desktop.views.widgets.calendar import WeekCalendar
from linecrm_desktop.views.widgets.time_field import MomentField
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import settle

Part = TypeVar("Part", bound=QWidget)
CHANNEL = "U" + "0" * 32


@pytest.fixture
def connected(database: Database, desk: Desk) -> SessionTokens:
    """A real shop (not a practice one) with a channel and its token."""
    facts = desk.shop
    desk.shop = replace(facts, is_practice=False)
    account = Account(CHANNEL, "@morningmist.tw", "晨霧選物")
    with database.write() as session:
        connecting.remember(session, connecting.Verified(account, Quota(6000, 3412), True, 4244), None, desk.now())
    tokens = SessionTokens()
    tokens.set(desk.shop.key, CHANNEL, "secret")
    desk.tokens = tokens
    return tokens


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> SettingsView:
    return shown(desk, qtbot)


def shown(desk: Desk, qtbot: QtBot) -> SettingsView:
    made = SettingsView(desk)
    desk.jobs.changed.connect(made.reload)
    desk.choices.language_changed.connect(made.retranslate)
    qtbot.addWidget(made)
    made.resize(1240, 800)
    made.show()
    cap = part(made, QSpinBox, "capDays")
    qtbot.waitUntil(lambda: cap.value() == 7)
    return made


def part(view: SettingsView, kind: type[Part], name: str) -> Part:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def shop(database: Database) -> Shop:
    with database.read() as session:
        found = session.get_one(Shop, 1)
        session.expunge(found)
        return found


def test_the_language_changes_at_once_and_is_kept(view: SettingsView) -> None:
    languages = part(view, QComboBox, "language")
    assert languages.currentText() == "English"
    languages.activated.emit(0)
    assert language() == "zh_TW"
    assert languages.currentText() == "繁體中文"
    assert preferences.load().language == "zh_TW"


def test_look_and_text_size_change_at_once_and_are_kept(view: SettingsView, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    part(view, QRadioButton, "look_dark").click()
    part(view, QComboBox, "textSize").activated.emit(3)
    assert theme.is_dark()
    assert qapp.font().pointSizeF() > before
    assert (preferences.load().theme, preferences.load().text_size) == ("dark", 130)


def test_people_are_added_taken_out_and_chosen_for_this_computer(
    view: SettingsView, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("Bo", "Amy"):
        type_into(part(view, QLineEdit, "personName"), name)
        qtbot.keyClick(part(view, QLineEdit, "personName"), Qt.Key.Key_Return)
        settle(desk, qtbot)
    assert shop(database).people == ["Amy", "Bo"] or shop(database).people == ["Bo", "Amy"]
    here = part(view, QComboBox, "personHere")
    assert [here.itemText(at) for at in range(1, here.count())] == ["Amy", "Bo"]
    here.setCurrentIndex(2)
    here.activated.emit(2)
    assert staff.who() == "Bo"
    with database.read() as session:
        owners = tag_reading.read(session, desk.day()).offers.owners
    assert list(owners) == ["Amy", "Bo"]
    qtbot.mouseClick(part(view, QPushButton, "removePerson Amy"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert shop(database).people == ["Bo"]
    desk.undo.undo()
    settle(desk, qtbot)
    assert shop(database).people == ["Amy", "Bo"]


def test_a_name_is_written_once(
    view: SettingsView, database: Database, dialogs: RecordingDialogs, desk: Desk, qtbot: QtBot
) -> None:
    for name in ("Amy", "amy", " "):
        part(view, QLineEdit, "personName").setText(name)
        qtbot.keyClick(part(view, QLineEdit, "personName"), Qt.Key.Key_Return)
        settle(desk, qtbot)
    assert shop(database).people == ["Amy"]
    assert len(dialogs.errors) == 2


def test_the_week_of_calendars_begins_as_chosen(view: SettingsView, desk: Desk, qtbot: QtBot) -> None:
    field, calendar = MomentField("Asia/Taipei"), WeekCalendar()
    for widget in (field, calendar):
        qtbot.addWidget(widget)
    assert isinstance(field.calendarWidget(), WeekCalendar)
    for at, first in ((1, Qt.DayOfWeek.Monday), (2, Qt.DayOfWeek.Sunday)):
        part(view, QComboBox, "firstWeekday").activated.emit(at)
        calendar.show()
        assert calendar.firstDayOfWeek() is first
        calendar.hide()
    assert preferences.load().first_weekday == "sunday"
    desk.undo.undo()
    assert preferences.load().first_weekday == "monday"


def test_waiting_after_a_purchase_is_kept_and_can_be_taken_back(
    view: SettingsView, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    part(view, QSpinBox, "capWait").setValue(3)
    qtbot.waitUntil(lambda: shop(database).cap_wait_days == 3)
    settle(desk, qtbot)
    assert (shop(database).cap_messages, shop(database).cap_days) == (2, 7)
    desk.undo.undo()
    qtbot.waitUntil(lambda: part(view, QSpinBox, "capWait").value() == 0)
    assert shop(database).cap_wait_days == 0


def test_the_cap_is_kept_and_can_be_taken_back(
    view: SettingsView, desk: Desk, database: Database, qtbot: QtBot, toasts: list[tuple[str, object]]
) -> None:
    part(view, QSpinBox, "capMessages").setValue(3)
    qtbot.waitUntil(lambda: bool(toasts))
    assert (shop(database).cap_messages, shop(database).cap_days) == (3, 7)
    assert toasts[0][0] == "At most 3 messages per friend in 7 days."
    desk.undo.undo()
    qtbot.waitUntil(lambda: part(view, QSpinBox, "capMessages").value() == 2)
    assert shop(database).cap_messages == 2


def test_the_plan_is_kept(view: SettingsView, database: Database, qtbot: QtBot) -> None:
    plans = part(view, QComboBox, "shopPlan")
    high = next(at for at in range(plans.count()) if plans.itemText(at) == "高用量")
    plans.activated.emit(high)
    qtbot.waitUntil(lambda: shop(database).plan == "high")


def test_disconnecting_asks_and_then_removes_the_token(
    connected: SessionTokens, desk: Desk, dialogs: RecordingDialogs, database: Database, qtbot: QtBot
) -> None:
    view = shown(desk, qtbot)
    qtbot.waitUntil(lambda: part(view, QLabel, "channelName").text() == "晨霧選物")
    part(view, QPushButton, "disconnectLine").click()
    assert dialogs.asked[0][2] == "Disconnect LINE"
    qtbot.waitUntil(lambda: shop(database).line_account is None)
    assert connected.get(desk.shop.key, CHANNEL) is None
    qtbot.waitUntil(lambda: part(view, QLabel, "channelName").text() == "Not connected")


def test_saying_no_keeps_the_channel(
    connected: SessionTokens, desk: Desk, dialogs: RecordingDialogs, database: Database, qtbot: QtBot
) -> None:
    dialogs.yes = False
    view = shown(desk, qtbot)
    part(view, QPushButton, "disconnectLine").click()
    assert not desk.jobs.is_busy
    assert connected.get(desk.shop.key, CHANNEL) == "secret"
    assert shop(database).line_account is not None


def test_the_list_jumps_and_the_search_leaves_what_fits(view: SettingsView) -> None:
    sections = part(view, QListWidget, "settingsSections")
    view.show_place(Place(Page.SETTINGS, part="about"))
    assert sections.currentItem().text() == "About"
    view.search.setText("text size")
    assert [name for name, card in view.cards.items() if not card.isHidden()] == ["look"]
    view.search.setText("zzz")
    assert not view.nothing.isHidden()
    QTest.keyClick(view.search, Qt.Key.Key_Escape)
    assert view.nothing.isHidden()


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    found = table.item(row, column)
    assert found is not None
    return found


def write(table: QTableWidget, row: int, column: int, text: str) -> None:
    """Write into a cell as a person does."""
    table.setCurrentCell(row, column)
    table.editItem(cell(table, row, column))
    field = table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_price_is_written_into_the_table_and_taken_back(
    view: SettingsView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    prices = part(view, QTableWidget, "prices")
    write(prices, 2, 3, "0.35")
    qtbot.waitUntil(lambda: shop(database).own_prices is not None)
    qtbot.waitUntil(lambda: cell(prices, 2, 3).text() == "NT$0.35")
    assert part(view, QLabel, "pricesNote").text().startswith("Taiwan, before tax. Checked by you on ")
    desk.undo.undo()
    qtbot.waitUntil(lambda: cell(prices, 2, 3).text() == "NT$0.20")
    assert shop(database).own_prices is None


def test_what_is_no_price_is_said_and_not_kept(
    view: SettingsView, database: Database, toasts: list[tuple[str, object]], qtbot: QtBot
) -> None:
    prices = part(view, QTableWidget, "prices")
    write(prices, 1, 1, "cheap")
    qtbot.waitUntil(lambda: bool(toasts))
    assert "“cheap” is no price." in toasts[0][0]
    assert cell(prices, 1, 1).text() == "NT$1,000"
    assert shop(database).own_prices is None


def test_price_steps_are_edited_in_a_dialog(view: SettingsView, database: Database, qtbot: QtBot) -> None:
    part(view, QComboBox, "shopPlan").activated.emit(3)
    steps = part(view, QPushButton, "priceSteps")
    qtbot.waitUntil(lambda: steps.text() == "Edit 2 price steps…")
    steps.click()
    dialog = view.window().findChild(StepsDialog)
    assert dialog is not None
    cell(dialog.table, 0, 0).setText("")
    dialog.done_.click()
    assert "The last price step must have no end." in dialog.banner.words.text()
    cell(dialog.table, 0, 0).setText("1,000")
    dialog.done_.click()
    qtbot.waitUntil(lambda: shop(database).own_prices is not None)
    high = (shop(database).own_prices or {})["plans"][0]
    assert [step["up_to"] for step in high["steps"]] == [1000, None]


def test_a_size_is_kept_and_taken_back(view: SettingsView, desk: Desk, database: Database, qtbot: QtBot) -> None:
    share = part(view, QSpinBox, "size_share")
    share.setValue(150)
    share.editingFinished.emit()
    qtbot.waitUntil(lambda: shop(database).own_limits == {"share": 150})
    settle(desk, qtbot)
    desk.undo.undo()
    qtbot.waitUntil(lambda: share.value() == 100)


def test_a_choice_of_this_computer_is_taken_back(view: SettingsView, desk: Desk) -> None:
    part(view, QRadioButton, "look_dark").click()
    assert theme.is_dark()
    desk.undo.undo()
    assert not theme.is_dark()
    part(view, QComboBox, "formats").activated.emit(1)
    assert short_date(date(2025, 11, 12), date(2026, 1, 1)) == "2025/11/12"
    desk.undo.undo()
    assert short_date(date(2025, 11, 12), date(2026, 1, 1)) == "12 Nov 2025"


def test_keys_are_found_by_what_they_do(view: SettingsView) -> None:
    keys = part(view, QTableWidget, "keyTable")
    part(view, QLineEdit, "keySearch").setText("menu of")
    assert [cell(keys, row, 1).text() for row in range(keys.rowCount())] == ["Shift+F10"]
