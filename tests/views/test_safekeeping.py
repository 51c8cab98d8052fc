"""A shop with a password in the window: opening, locking, changing it; backups, and what happens to a damaged file."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store import opening
from linecrm_desktop.store.backup import backups, copies
from linecrm_desktop.store.driver import Key
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.program import Program
from linecrm_desktop.views.restore_dialog import RestoreDialog
from linecrm_desktop.views.settings.safety_card import PasswordDialog
from linecrm_desktop.views.shop_dialog import ShopDialog
from linecrm_desktop.views.unlock_dialog import UnlockDialog
from tests.recording_dialogs import RecordingDialogs

PASSWORD = "我家的貓今年七歲了"
WAIT = 20_000


@pytest.fixture
def plain(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "shops" / "one.tagwell"
    path.parent.mkdir()
    opening.create_shop(path, "One", "TW", now, practice=True).close()
    return path


@pytest.fixture
def locked(tmp_path: Path, now: datetime) -> Path:
    path = tmp_path / "shops" / "one.tagwell"
    path.parent.mkdir()
    opening.create_shop(path, "One", "TW", now, practice=True, key=Key.new(PASSWORD)).close()
    return path


def window_of(program: Program) -> MainWindow:
    assert program.window is not None
    return program.window


def asked(qtbot: QtBot) -> UnlockDialog:
    """Return the dialog that asks for the password."""

    def shown() -> list[UnlockDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, UnlockDialog) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=WAIT)
    return shown()[0]


def type_and_open(dialog: UnlockDialog, password: str) -> None:
    dialog.password.setText(password)
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)


def test_a_shop_with_a_password_asks_for_it_and_opens(program: Program, locked: Path, qtbot: QtBot) -> None:
    assert program.start(locked)
    type_and_open(asked(qtbot), PASSWORD)

    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    assert window_of(program).windowTitle().startswith("One")
    state = window_of(program).findChild(QLabel, "dataState")
    assert state is not None
    assert state.text() == "Data on this computer, encrypted"


def test_a_wrong_password_is_told_and_may_be_tried_again(program: Program, locked: Path, qtbot: QtBot) -> None:
    program.start(locked)
    dialog = asked(qtbot)
    type_and_open(dialog, "another sentence")

    qtbot.waitUntil(lambda: "Caps Lock" in dialog.said.text(), timeout=WAIT)
    assert program.window is None
    type_and_open(dialog, PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)


def test_who_gives_up_comes_to_the_welcome(program: Program, locked: Path, qtbot: QtBot) -> None:
    program.start(locked)
    asked(qtbot).reject()
    assert program.welcome is not None
    assert program.welcome.isVisible()


def test_the_computer_opens_it_when_it_was_asked_to(
    program: Program, locked: Path, tokens: SessionTokens, qtbot: QtBot
) -> None:
    program.start(locked)
    dialog = asked(qtbot)
    dialog.keep.setChecked(True)
    type_and_open(dialog, PASSWORD)
    qtbot.waitUntil(lambda: bool(vars(tokens)["_kept"]), timeout=WAIT)
    assert program.leave_shop()

    program.open(locked)
    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)


def test_a_locked_shop_shows_nothing_and_opens_with_its_password(program: Program, locked: Path, qtbot: QtBot) -> None:
    program.open_with(locked, opening.key_for(locked, PASSWORD))
    window = window_of(program)
    window.menus.action("lock").trigger()

    lock = window.lock
    assert lock is not None
    page = lock.page
    assert page is not None
    assert not window.isVisible()
    page.password.setText("another sentence")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert page.said.text() == "That is not the password."
    assert not window.isVisible()
    qtbot.waitUntil(page.password.isEnabled, timeout=WAIT)
    page.password.setText(PASSWORD)
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert window.isVisible()
    assert lock.page is None


def test_a_shop_without_a_password_cannot_be_locked(program: Program, plain: Path) -> None:
    program.open(plain)
    assert window_of(program).lock is None
    assert not window_of(program).menus.action("lock").isEnabled()


def test_a_password_is_set_in_settings(program: Program, plain: Path, qtbot: QtBot) -> None:
    program.open(plain)
    window = window_of(program)
    window.go(Place(Page.SETTINGS, part="safety"))
    click(window, "setPassword")
    dialog = window.findChild(PasswordDialog)
    assert dialog is not None
    dialog.fields.first.setText("short")
    assert not dialog.set.isEnabled()
    for field in (dialog.fields.first, dialog.fields.second):
        field.setText(PASSWORD)
    QTest.mouseClick(dialog.set, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: program.window not in (None, window), timeout=WAIT)
    assert opening.key_for(plain, PASSWORD)
    assert program.shop() == (plain, opening.key_for(plain, PASSWORD))


def test_a_password_is_removed_in_settings(program: Program, locked: Path, qtbot: QtBot) -> None:
    program.open_with(locked, opening.key_for(locked, PASSWORD))
    window = window_of(program)
    window.go(Place(Page.SETTINGS, part="safety"))
    click(window, "removePassword")

    qtbot.waitUntil(lambda: program.window not in (None, window), timeout=WAIT)
    assert not opening.is_encrypted(locked)


def test_a_backup_is_made_and_told_at_the_bottom(program: Program, plain: Path, qtbot: QtBot) -> None:
    program.open(plain)
    window = window_of(program)
    state = window.findChild(QLabel, "backupState")
    assert state is not None
    assert state.text() == "No backup yet"

    window.menus.action("back_up").trigger()

    qtbot.waitUntil(lambda: state.text() == "Backup: Today 10:31", timeout=WAIT)
    assert len(backups(plain.parent / "Backups", "one")) == 1


def test_a_day_without_a_backup_makes_one_by_itself(program: Program, plain: Path, qtbot: QtBot) -> None:
    program.open(plain)
    keeper = window_of(program).keeper
    keeper.look()
    qtbot.waitUntil(lambda: keeper.standing.last is not None, timeout=WAIT)
    keeper.look()
    assert len(backups(plain.parent / "Backups", "one")) == 1


def test_a_shop_whose_drive_is_taken_out_breaks_no_clock(program: Program, plain: Path) -> None:
    program.start(plain)
    plain.rename(plain.with_suffix(".elsewhere"))

    window_of(program).keeper.look()

    plain.with_suffix(".elsewhere").rename(plain)


def test_a_missing_folder_is_told_without_a_dialog_where_nobody_asked_for_a_backup(
    program: Program, plain: Path, choices: Choices, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    choices.choose(backup_folder=str(plain.parent / "D"))
    program.open(plain)
    window = window_of(program)
    window.keeper.back_up(is_asked=False)

    qtbot.waitUntil(lambda: bool(window.keeper.standing.trouble), timeout=WAIT)
    assert window.keeper.in_words() == "Backup failed"
    assert dialogs.errors == []


def restored(program: Program, qtbot: QtBot) -> RestoreDialog:
    """Back up, change the shop's name, and open the dialog of backups."""
    window = window_of(program)
    window.menus.action("back_up").trigger()
    qtbot.waitUntil(lambda: window.keeper.standing.last is not None, timeout=WAIT)
    database = vars(program)["_database"]
    with database.write() as session:
        session.get_one(Shop, 1).name = "Later"
    window.menus.action("restore").trigger()
    dialog = window.findChild(RestoreDialog)
    assert dialog is not None
    return dialog


def test_a_backup_opens_as_a_copy(program: Program, plain: Path, qtbot: QtBot) -> None:
    program.open(plain)
    dialog = restored(program, qtbot)
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)

    shop = program.shop()
    assert shop is not None
    assert shop[0] == copies(plain)[0]
    assert window_of(program).windowTitle().startswith("One")


def test_a_backup_takes_the_shops_place(
    program: Program, locked: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    program.open_with(locked, opening.key_for(locked, PASSWORD))
    window = window_of(program)
    dialog = restored(program, qtbot)
    QTest.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: program.window not in (None, window), timeout=WAIT)
    assert window_of(program).windowTitle().startswith("One")
    assert "kept beside it" in dialogs.told[0]
    assert opening.is_encrypted(copies(locked)[0])


def test_a_damaged_shop_offers_its_last_backup(
    program: Program, plain: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    program.open(plain)
    window = window_of(program)
    window.menus.action("back_up").trigger()
    qtbot.waitUntil(lambda: window.keeper.standing.last is not None, timeout=WAIT)
    assert program.leave_shop()
    with plain.open("rb+") as file:
        file.truncate(plain.stat().st_size // 2)

    assert program.open(plain)

    assert "The last good backup is from Today 10:31" in dialogs.asked[-1][1]
    shop = program.shop()
    assert shop is not None
    assert shop[0] == copies(plain)[0]


def test_a_new_shop_may_have_a_password_at_once(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    program.show_welcome()
    welcome = program.welcome
    assert welcome is not None
    welcome.folder = tmp_path
    program.ask_and_make()
    dialog = welcome.findChild(ShopDialog)
    assert dialog is not None
    assert dialog.password is not None
    dialog.name.setText("Two")
    for field in (dialog.password.first, dialog.password.second):
        field.setText(PASSWORD)
    QTest.mouseClick(dialog.make, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
    assert opening.is_encrypted(tmp_path / "Two.tagwell")


def click(window: MainWindow, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert found is not None
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
