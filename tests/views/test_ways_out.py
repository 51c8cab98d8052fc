"""Trouble from outside, met in the window: what happened, what is safe, what to do, and a button where one helps."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from linecrm_desktop.errors import OutsideError, TagwellError
from linecrm_desktop.settings import people
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.shown_errors import TRY_AGAIN, error_box
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import serum_shop
from tests.views.settling import settle

pytestmark = pytest.mark.files


@pytest.fixture
def shown(window: MainWindow, database: Database, make: Maker, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of a small shop, at Settings."""
    serum_shop(database, make)
    settle(window.desk, qtbot)
    yield window
    settle(window.desk, qtbot)


def add_person(window: MainWindow, name: str, qtbot: QtBot) -> None:
    window.go(Place(Page.SETTINGS))
    field, add = (window.current_view().findChild(kind, of) for kind, of in _ADD)
    assert isinstance(field, QLineEdit) and isinstance(add, QPushButton)
    field.setText(name)
    add.click()
    settle(window.desk, qtbot)


_ADD: tuple[tuple[type[QWidget], str], ...] = ((QLineEdit, "personName"), (QPushButton, "addPerson"))


def names(database: Database) -> tuple[str, ...]:
    with database.read() as session:
        return people.names(session)


def last(dialogs: RecordingDialogs) -> TagwellError:
    (error,) = dialogs.errors
    assert isinstance(error, TagwellError)
    return error


def test_a_full_disk_changes_nothing_and_one_press_does_it_again(
    shown: MainWindow, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    long = "Amy" + "y" * 60
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count=1"))
    for n in range(200):
        add_person(shown, f"{long} {n}", qtbot)
        if dialogs.errors:
            break
    error = last(dialogs)
    assert (error.title, error.advice) == ("The disk is full. Nothing was changed.", "Free some space, then try again.")
    assert isinstance(error, OutsideError) and error.again is not None
    before = names(database)
    with database.write() as session:
        session.execute(text("PRAGMA max_page_count=1073741823"))
    error.again()
    settle(shown.desk, qtbot)
    assert len(names(database)) == len(before) + 1


def test_what_may_work_later_has_a_button_for_it_and_the_rest_has_none(qtbot: QtBot) -> None:
    pressed: list[int] = []
    error = OutsideError("LINE does not answer.", "Nothing was sent.", retry=True)
    error.again = lambda: pressed.append(1)
    box = error_box(error, None)
    qtbot.addWidget(box)
    assert [one.text() for one in box.buttons()] == ["Try again", "Close"]
    assert box.findChild(QPushButton, TRY_AGAIN) is not None
    other = OutsideError("This shop was made by a newer Tagwell.", "Update the app to open it.")
    other.again = error.again
    plain = error_box(other, None)
    qtbot.addWidget(plain)
    assert [one.text() for one in plain.buttons()] == ["Close"]


def test_where_a_bug_of_our_own_happened_can_be_copied(qtbot: QtBot) -> None:
    with pytest.raises(ValueError) as caught:
        int("王小明")
    box = error_box(caught.value, None)
    qtbot.addWidget(box)
    box.show()
    (copy,) = [one for one in box.buttons() if one.text() == "Copy the details"]
    copy.click()
    assert box.isVisible()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("ValueError") and "王小明" not in copied


def test_a_shop_that_another_program_holds_says_so_and_keeps_what_was_typed(
    shown: MainWindow, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        add_person(shown, "Amy", qtbot)
    finally:
        other.execute("ROLLBACK")
        other.close()
    error = last(dialogs)
    assert error.title == "This shop is open in another window or on another computer."
    assert error.advice == "Nothing was changed. Close it there, then try again."
    assert names(database) == ()
    field = shown.current_view().findChild(QLineEdit, "personName")
    assert isinstance(field, QLineEdit) and field.text() == "Amy", "it can be pressed again"


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("shop.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "picture"),
        ("gone.csv", None, "gone.csv"),
        ("empty.csv", b"", "empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old.xls"),
        ("broken.xlsx", b"PK\x03\x04 no workbook", "broken.xlsx"),
    ],
)
def test_a_wrong_file_is_said_at_the_import_and_the_shop_is_as_it_was(
    shown: MainWindow,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    title: str,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    shown.go(Place(Page.IMPORTS))
    getattr(shown.current_view(), "take_file")(file)  # noqa: B009
    settle(shown.desk, qtbot)
    error = last(dialogs)
    assert title in error.sentence()
    assert error.advice


@pytest.mark.parametrize("page", [Page.FRIENDS, Page.TAGS, Page.SEGMENTS, Page.MESSAGES])
def test_a_list_that_cannot_be_written_leaves_the_shop_and_says_what_to_do(
    shown: MainWindow, tmp_path: Path, dialogs: RecordingDialogs, page: Page, qtbot: QtBot
) -> None:
    dialogs.path = tmp_path / "no such folder" / "list.csv"
    shown.go(Place(page))
    settle(shown.desk, qtbot)
    shown.menus.action("save_list").trigger()
    settle(shown.desk, qtbot)
    error = last(dialogs)
    assert error.title == "“list.csv” cannot be written."
    assert error.advice == (
        "Close it if it is open in another program, or choose another folder. The shop is unchanged."
    )


def test_a_backup_without_its_folder_says_which_and_where_to_change_it(
    shown: MainWindow, tmp_path: Path, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    blocked = tmp_path / "drive"
    blocked.write_text("a file stands where the folder should be")
    shown.desk.choices.choose(backup_folder=str(blocked / "copies"))
    shown.menus.action("back_up").trigger()
    settle(shown.desk, qtbot)
    error = last(dialogs)
    assert error.advice == "The shop is as it was. Plug in the drive, or choose another folder in Settings."
    assert isinstance(error, OutsideError) and error.again is not None
    blocked.unlink()
    (blocked / "copies").mkdir(parents=True)
    error.again()
    settle(shown.desk, qtbot)
    assert len(list((blocked / "copies").iterdir())) == 1


def test_a_shop_file_of_nonsense_or_damage_is_refused_with_a_sentence(database: Database, tmp_path: Path) -> None:
    database.close()
    for name, spoil in _SPOILT.items():
        file = tmp_path / name
        shutil.copy(database.path, file)
        spoil(file)
        with pytest.raises(TagwellError) as caught:
            open_shop(file).close()
        assert caught.value.advice, name


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:6000])


_SPOILT: dict[str, Callable[[Path], object]] = {
    "words.tagwell": lambda file: file.write_text("no shop"),
    "empty.tagwell": lambda file: file.write_bytes(b""),
    "cut.tagwell": _cut,
    "gone.tagwell": lambda file: file.unlink(),
}
