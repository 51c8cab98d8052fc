"""The tab of requests, driven as a person does it: written down, checked, copied, stopped, closed."""

from datetime import date, datetime
from pathlib import Path

import pytest
import pyzipper
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.requests import deadlines, register
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.consent.new_request import NewRequestDialog
from linecrm_desktop.views.consent.password_dialog import PasswordDialog
from linecrm_desktop.views.consent.requests_page import RequestsPage
from linecrm_desktop.views.consent.requests_table import Column
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.erase_dialog import EraseDialog
from linecrm_desktop.views.settings.view import SettingsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import settle


@pytest.fixture
def friends(database: Database, make: Maker, day: ShopDay, now: datetime) -> list[int]:
    """Two friends; Mei asked for a copy long ago, Tina to be erased."""
    with database.write() as session:
        mei = make.friend(session, name="Mei", member_number="M-1", line_user_id=None)
        tina = make.friend(session, name="Tina", member_number="M-2")
        register.write_down(session, mei, Wants.COPY, day, now, date(2026, 10, 30))
        register.write_down(session, tina, Wants.ERASE, day, now)
    return [mei, tina]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, friends: list[int]) -> RequestsPage:
    made = RequestsPage(desk)
    desk.jobs.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1200, 720)
    made.show()
    settle(desk, qtbot)
    return made


def click(qtbot: QtBot, page: RequestsPage, name: str) -> None:
    button = page.findChild(QPushButton, name) or page.new
    assert button.isVisibleTo(page) or button is page.new
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(page: RequestsPage, column: Column) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def one(database: Database, request: int, day: ShopDay) -> RequestRow:
    with database.read() as session:
        return register.one(session, request, day)


def test_the_list_says_who_wants_what_by_when(page: RequestsPage) -> None:
    assert shown(page, Column.NUMBER) == ["R-0002", "R-0001"]
    assert shown(page, Column.FRIEND) == ["Tina", "Mei"]
    assert shown(page, Column.STATE) == ["30 days left", "2 days left"]
    assert "Have a lawyer confirm" in page.law.text()


def test_a_copy_is_checked_saved_and_closed(
    qtbot: QtBot,
    page: RequestsPage,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    tmp_path: Path,
    day: ShopDay,
) -> None:
    page.want(1)
    assert not page.card.copy.isEnabled()
    dialogs.written, dialogs.path = "member number in the chat", tmp_path / "copy.zip"
    page.card.by.setText("Boss")
    click(qtbot, page, "requestNext")
    settle(desk, qtbot)
    assert page.card.copy.isEnabled()
    click(qtbot, page, "requestCopy")
    settle(desk, qtbot)
    assert dialogs.offered == ["R-0001_2026-11-14"]
    told = page.findChild(PasswordDialog)
    assert told is not None
    qtbot.mouseClick(told.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == told.shown.text()
    with pyzipper.AESZipFile(tmp_path / "copy.zip") as packed:
        packed.setpassword(told.shown.text().encode())
        assert packed.read("copy.pdf").startswith(b"%PDF-")
    qtbot.mouseClick(told.close_button, Qt.MouseButton.LeftButton)
    click(qtbot, page, "requestNext")
    settle(desk, qtbot)
    found = one(database, 1, day)
    assert (found.ending, {step.by for step in found.steps}) == (Ending.DONE, {"Boss"})
    assert shown(page, Column.STATE) == ["30 days left", "Closed 12 Nov"]


def test_a_request_is_written_down_for_the_friend_that_was_found(
    qtbot: QtBot, page: RequestsPage, desk: Desk, database: Database, day: ShopDay
) -> None:
    click(qtbot, page, "newRequest")
    settle(desk, qtbot)
    dialog = page.findChild(NewRequestDialog)
    assert dialog is not None
    found = dialog.findChild(QListWidget, "requestFriends")
    assert found is not None
    assert found.count() == 2
    assert not dialog.yes.isEnabled()
    type_into(dialog.finder.search, "M-1")
    settle(desk, qtbot)
    wants, about = dialog.findChild(QComboBox, "requestWants"), dialog.findChild(QLineEdit, "requestAbout")
    assert wants is not None
    assert about is not None
    wants.setCurrentIndex(list(Wants).index(Wants.CORRECT))
    type_into(about, "an old phone")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    made = one(database, 3, day)
    assert (made.friend, made.wants, made.about) == ("Mei", Wants.CORRECT, "an old phone")
    assert (chosen := page.chosen()) is not None
    assert chosen.id == 3


def test_stopping_records_the_refusal_once_it_was_said_to_be_sure(
    qtbot: QtBot,
    page: RequestsPage,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    friends: list[int],
    day: ShopDay,
    now: datetime,
) -> None:
    with database.write() as session:
        asked = register.write_down(session, friends[1], Wants.STOP_MARKETING, day, now)
    page.reload(changes(Word.CONSENT))
    settle(desk, qtbot)
    page.want(asked)
    dialogs.written = "asked in the chat"
    for _step in (RequestStep.CHECK, RequestStep.COLLECT):
        click(qtbot, page, "requestNext")
        settle(desk, qtbot)
    dialogs.yes = False
    click(qtbot, page, "requestNext")
    settle(desk, qtbot)
    assert one(database, asked, day).next is RequestStep.HAND_OVER
    dialogs.yes = True
    click(qtbot, page, "requestNext")
    settle(desk, qtbot)
    with database.read() as session:
        assert session.get_one(Friend, friends[1]).marketing is Marketing.REFUSED


def test_erasing_asks_for_the_number_only_after_the_check(
    qtbot: QtBot, page: RequestsPage, desk: Desk, dialogs: RecordingDialogs
) -> None:
    page.want(2)
    assert not page.card.erase.isEnabled()
    assert page.forever.isVisibleTo(page)
    dialogs.written = "member number on the phone"
    click(qtbot, page, "requestNext")
    settle(desk, qtbot)
    click(qtbot, page, "requestErase")
    settle(desk, qtbot)
    assert page.findChild(EraseDialog) is not None


def test_a_request_can_end_without_being_done_with_the_reason(
    qtbot: QtBot, page: RequestsPage, desk: Desk, database: Database, dialogs: RecordingDialogs, day: ShopDay
) -> None:
    page.want(1)
    dialogs.choice, dialogs.written = 1, "Mei found the papers."
    click(qtbot, page, "requestEnd")
    settle(desk, qtbot)
    found = one(database, 1, day)
    assert (found.ending, found.note) == (Ending.WITHDRAWN, "Mei found the papers.")


def test_the_list_can_be_narrowed_and_searched(qtbot: QtBot, page: RequestsPage) -> None:
    type_into(page.search, "mei")
    assert shown(page, Column.NUMBER) == ["R-0001"]
    page.search.clear()
    page.which.choose(1)
    page.which.chosen.emit(1)
    assert shown(page, Column.NUMBER) == []


def test_the_friend_is_one_press_away(qtbot: QtBot, page: RequestsPage, friends: list[int]) -> None:
    asked: list[Place] = []
    page.asked_for.connect(asked.append)
    page.want(1)
    click(qtbot, page, "requestFriend")
    assert asked == [Place(Page.FRIENDS, friends[0])]


def test_the_steps_are_read_aloud_with_what_is_to_be_done(page: RequestsPage) -> None:
    page.want(1)
    said = page.findChild(QLabel, "step_hand_over_strong")
    assert said is not None
    assert said.text() == "3. Hand it over"


def test_the_days_for_an_answer_are_a_setting_that_can_be_taken_back(
    qtbot: QtBot, desk: Desk, database: Database, friends: list[int]
) -> None:
    view = SettingsView(desk)
    desk.jobs.changed.connect(view.reload)
    qtbot.addWidget(view)
    settle(desk, qtbot)
    field = view.requests.fields[Wants.COPY]
    assert field.value() == 15
    field.setValue(7)
    field.editingFinished.emit()
    settle(desk, qtbot)
    with database.read() as session:
        assert deadlines.days(session)[Wants.COPY] == 7
    desk.undo.undo()
    settle(desk, qtbot)
    assert field.value() == 15
