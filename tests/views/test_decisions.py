"""What a person does about rejected rows in the wizard: decide who a row is, or take it all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QRadioButton, QTableView
from pytestqt.qtbot import QtBot

from linecrm_desktop.imports.columns import Target
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.imports.check_model import Column
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.imports.wizard import CHECK
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT, settle


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ImportsView]:
    shown = ImportsView(desk)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    settle(desk, qtbot)


def test_a_row_that_two_friends_fit_is_decided_in_the_wizard(
    database: Database, view: ImportsView, make: Maker, tmp_path: Path, qtbot: QtBot
) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=f"U{1:032x}", member_number="1", name="Mei")
        make.friend(session, member_number="2", name="Kai")
    path = tmp_path / "members.csv"
    path.write_text(f"line user id,member number,name\nU{1:032x},2,Mei Lin\n", encoding="utf-8")
    table = checked(view, path, qtbot)
    assert table.model().index(0, Column.YOU_CAN).data() == "Decide who it is…"
    table.activated.emit(table.model().index(0, 0))
    qtbot.waitUntil(lambda: view.findChild(QDialog, "decisionDialog") is not None, timeout=WAIT)
    press(view, "itIs1")
    qtbot.waitUntil(lambda: _updated(view) == 1, timeout=WAIT)


def test_a_press_takes_a_row_without_its_phone_and_undo_takes_that_back(
    desk: Desk, view: ImportsView, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "members.csv"
    path.write_text("member number,name,phone\n1,Mei,0912\n2,Old,\n2,New,\n,Nobody,\n", encoding="utf-8")
    table = checked(view, path, qtbot)
    words = [table.model().index(row, Column.YOU_CAN).data() for row in range(3)]
    assert words == ["Use row without phone", "Use this row instead", "Cannot be fixed here"]
    where = table.visualRect(table.model().index(0, Column.YOU_CAN)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: _rejected(view) == 2, timeout=WAIT)
    table.activated.emit(table.model().index(0, 0))
    qtbot.waitUntil(lambda: "Row 3 is the same friend" in table.model().index(0, Column.WHY).data(), timeout=WAIT)
    assert desk.undo.undoText() == "Use this row instead: row 3"
    desk.undo.undo()
    qtbot.waitUntil(lambda: table.model().index(0, Column.LINE).data() == "3", timeout=WAIT)
    desk.undo.undo()
    qtbot.waitUntil(lambda: _rejected(view) == 3, timeout=WAIT)


def test_rejected_rows_are_saved_before_anything_is_imported(
    dialogs: RecordingDialogs, view: ImportsView, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "members.csv"
    path.write_text("member number,name,phone\n1,Mei,0912\n2,Lin,\n", encoding="utf-8")
    checked(view, path, qtbot)
    dialogs.path = tmp_path / "rejected.csv"
    press(view, "saveChecked")
    qtbot.waitUntil(lambda: (tmp_path / "rejected.csv").exists(), timeout=WAIT)
    assert "1,Mei,0912" in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")


def press(view: ImportsView, name: str) -> None:
    found = view.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def checked(view: ImportsView, path: Path, qtbot: QtBot) -> QTableView:
    """Bring a file to the check of its rows."""
    wizard = view.wizard
    view.start(path)
    qtbot.waitUntil(lambda: wizard.file.file_name.text() == path.name, timeout=WAIT)
    wizard.file.through.setEditText("counter")
    wizard.file.purpose.setEditText("membership")
    radio = view.findChild(QRadioButton, "informed_yes")
    assert isinstance(radio, QRadioButton)
    radio.click()
    press(view, "importNext")
    press(view, "importNext")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == CHECK, timeout=WAIT)
    table = view.findChild(QTableView, "checkTable")
    assert isinstance(table, QTableView)
    return table


def _rejected(view: ImportsView) -> int:
    report = view.wizard._report
    return report.rejected if report else 0


def _updated(view: ImportsView) -> int:
    report = view.wizard._report
    return report.updated if report else 0


def test_a_sensitive_column_is_left_out_and_asked_about_once(
    dialogs: RecordingDialogs, view: ImportsView, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "members.csv"
    path.write_text("member number,name,tags\n1,Mei,糖尿病\n2,Lin,高血壓\n", encoding="utf-8")
    checked(view, path, qtbot)
    press(view, "importBack")
    columns = view.wizard.columns
    combo = columns.findChild(QComboBox, "target2")
    assert isinstance(combo, QComboBox)
    assert combo.currentData() == "leave_out"
    item = columns.table.item(2, 6)
    assert item is not None
    assert item.text() == "Looks like health: better not kept"
    dialogs.yes = False
    combo.activated.emit(combo.findData("tag_none"))
    assert dialogs.asked[-1][0] == "Keep what “tags” says?"
    again = columns.findChild(QComboBox, "target2")
    assert isinstance(again, QComboBox)
    assert again.currentData() == "leave_out"
    dialogs.yes = True
    again.activated.emit(again.findData("tag_none"))
    state = view.wizard._state
    assert state is not None
    assert state.matching.targets[2] is Target.TAG_NONE
