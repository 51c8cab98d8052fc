"""The import wizard driven as a person does: guesses shown, questions asked, rows checked, stopped, imported."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QTableView,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports import presets
from linecrm_desktop.imports.plan import Sample
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.dialogs import WindowDialogs
from linecrm_desktop.views.imports.check_model import CheckModel
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.imports.wizard import CHECK, COLUMNS, REPORT
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT, settle

ROWS = ("Member number,Name,Phone,Likes", "1001,Mei,0912345678,Tea", "1002,Lin,,Coffee", ",Nobody,,", "1003,Wu,0912,")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ImportsView]:
    shown = ImportsView(desk)
    desk.jobs.changed.connect(shown.reload)
    shown.resize(1240, 800)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    settle(desk, qtbot)


class Wizard:
    """A person at the wizard."""

    def __init__(self, view: ImportsView, qtbot: QtBot) -> None:
        self.view, self.wizard, self._qtbot = view, view.wizard, qtbot

    def find(self, kind: Any, name: str) -> Any:
        found = self.view.findChild(kind, name)
        assert found is not None, name
        return found

    def until(self, true: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=WAIT)

    def at(self, step: int) -> None:
        self.until(lambda: self.wizard.pages.currentIndex() == step)

    def press(self, name: str) -> None:
        self.until(lambda: self.find(QPushButton, name).isEnabled())
        self._qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def start(self, path: Path) -> None:
        self.view.start(path)
        self.until(lambda: self.find(QLabel, "fileName").text() == path.name)

    def answer(self) -> None:
        self.find(QComboBox, "through").setEditText("Shop checkout")
        self.find(QComboBox, "purpose").setEditText("Orders")
        self.find(QRadioButton, "informed_yes").click()

    def check(self, path: Path) -> None:
        self.start(path)
        self.answer()
        self.press("importNext")
        self.press("importNext")
        self.at(CHECK)


@pytest.fixture
def person(view: ImportsView, qtbot: QtBot) -> Wizard:
    return Wizard(view, qtbot)


def friends(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(Friend)).one()


def test_a_file_goes_in_step_by_step(person: Wizard, file: Path, database: Database) -> None:
    person.start(file)
    assert not person.wizard.next.isEnabled()
    assert person.wizard.note.text() == "Answer where this data came from first."
    person.answer()
    person.press("importNext")
    person.at(COLUMNS)
    assert person.find(QComboBox, "target0").currentText() == "Member number"
    person.press("importNext")
    person.at(CHECK)
    assert friends(database) == 0
    assert person.wizard.next.text() == "Import 2 rows"
    table = person.find(QTableView, "checkTable").model()
    assert [table.index(row, 4).data() for row in range(table.rowCount())] == [
        "Nothing identifies this friend: no LINE ID, member number, phone or e-mail.",
        "Phone is too short: “0912”.",
    ]
    assert [table.index(row, 2).data() for row in range(table.rowCount())] == ["Nobody", "Wu"]
    person.press("importNext")
    person.at(REPORT)
    person.until(lambda: person.find(QLabel, "importedTitle").text() == "Imported 2 of 4 rows")
    assert friends(database) == 2


def test_a_tile_and_the_search_narrow_the_rows(person: Wizard, file: Path, qtbot: QtBot) -> None:
    person.check(file)
    table = person.find(QTableView, "checkTable").model()
    assert table.rowCount() == 2
    person.wizard.check.tiles[0].opened.emit()
    assert table.rowCount() == 4
    qtbot.keyClicks(person.find(QLineEdit, "rowFind"), "coffee")
    assert [table.index(row, 2).data() for row in range(table.rowCount())] == ["Lin"]


def test_a_column_becomes_tags_when_a_person_says_so(person: Wizard, file: Path, database: Database) -> None:
    person.start(file)
    person.answer()
    person.press("importNext")
    likes = person.find(QComboBox, "target3")
    likes.setCurrentIndex(likes.findData("tag_interest"))
    likes.activated.emit(likes.currentIndex())
    cells = person.wizard.columns.table.model()
    assert cells.index(3, 5).data(CHIPS_ROLE)[0].text == "You"
    assert cells.index(3, 6).data() == "2 values become tags"
    person.press("importNext")
    person.at(CHECK)
    assert person.wizard.check.change._names[2].toolTip() == "Tea, Coffee"


def test_without_a_key_nothing_can_be_checked(person: Wizard, file: Path) -> None:
    person.start(file)
    person.answer()
    person.press("importNext")
    for row in (0, 2):
        combo = person.find(QComboBox, f"target{row}")
        combo.activated.emit(combo.findData("leave_out"))
    assert not person.wizard.next.isEnabled()
    assert person.find(QLabel, "missingColumns").text().startswith("Match at least one of")


def test_a_changed_choice_is_checked_again_before_it_can_be_imported(person: Wizard, file: Path) -> None:
    person.check(file)
    person.press("importBack")
    combo = person.find(QComboBox, "target2")
    combo.activated.emit(combo.findData("leave_out"))
    person.wizard.pages.setCurrentIndex(CHECK)
    person.wizard._show_foot()
    assert not person.wizard.next.isEnabled()
    person.wizard._go(COLUMNS)
    person.press("importNext")
    person.at(CHECK)
    assert person.wizard.next.text() == "Import 3 rows"


def test_rejected_rows_are_saved_beside_their_reasons(
    person: Wizard, file: Path, dialogs: RecordingDialogs, toasts: list[tuple[str, Any]], tmp_path: Path
) -> None:
    person.check(file)
    person.press("importNext")
    person.until(lambda: person.find(QPushButton, "saveRejected").isVisible())
    dialogs.path = tmp_path / "rejected.csv"
    person.press("saveRejected")
    person.until(lambda: toasts and toasts[-1][0] == "Saved 2 rejected rows.")
    assert dialogs.offered == ["rejected_2026-11-12"]
    assert len(dialogs.path.read_text(encoding="utf-8-sig").splitlines()) == 3


def test_stop_takes_everything_back(
    person: Wizard, database: Database, toasts: list[tuple[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    path.write_text("member number\n" + "\n".join(str(n) for n in range(30_000)) + "\n", encoding="utf-8")
    person.check(path)
    person.press("importNext")
    person.press("stopImport")
    person.until(lambda: toasts and toasts[-1][0] == "Import stopped. Everything was taken back.")
    assert friends(database) == 0
    assert person.wizard.pages.currentIndex() == CHECK
    assert person.wizard.next.text() == "Import 30,000 rows"


def test_a_file_that_is_no_table_says_so_and_changes_nothing(
    person: Wizard, dialogs: RecordingDialogs, database: Database, tmp_path: Path
) -> None:
    picture = tmp_path / "menu.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    person.view.start(picture)
    person.until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], ShopError)
    assert "is a picture" in str(dialogs.errors[0])
    assert person.view.pages.currentWidget() is not person.wizard
    assert friends(database) == 0


def test_a_file_that_changed_meanwhile_is_not_imported(
    person: Wizard, file: Path, dialogs: RecordingDialogs, database: Database
) -> None:
    person.check(file)
    file.write_text("Member number\n9\n", encoding="utf-8")
    person.press("importNext")
    person.until(lambda: dialogs.errors)
    assert "was changed after it was chosen" in str(dialogs.errors[0])
    assert person.wizard.pages.currentIndex() == CHECK
    assert friends(database) == 0


def test_five_presses_lead_from_a_dropped_file_to_the_report(person: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "customers_export.csv"
    preset = presets.by_id("shopify_customers")
    assert preset is not None
    row = {"Customer ID": "'7", "First Name": "Mei", "Email": "mei@example.tw", "Accepts Email Marketing": "yes"}
    lines = (",".join(preset.columns), ",".join(row.get(name, "") for name in preset.columns))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    person.view.take_file(path)
    person.until(lambda: person.find(QLabel, "fileName").text() == path.name)
    assert person.find(QComboBox, "preset").currentText() == preset.name
    assert person.find(QComboBox, "through").currentText() == "Online shop checkout"
    person.find(QRadioButton, "informed_yes").click()  # 1
    person.press("importNext")  # 2
    person.press("importNext")  # 3
    person.until(lambda: person.wizard.pages.currentIndex() == CHECK)
    person.press("importNext")  # 4
    person.until(lambda: person.find(QPushButton, "goToFriends").isVisible())


def test_leaving_asks_once_choices_would_be_lost(person: Wizard, file: Path, dialogs: RecordingDialogs) -> None:
    person.start(file)
    assert person.view.can_leave() and dialogs.asked == []
    person.answer()
    person.press("importNext")
    dialogs.yes = False
    assert not person.view.can_leave()
    assert dialogs.asked[-1][0] == "Leave the import?"


def test_the_history_lists_what_came_in(person: Wizard, file: Path) -> None:
    person.view.show_place(Place(Page.IMPORTS))
    assert person.view.pages.currentWidget() is person.view.empty
    person.check(file)
    person.press("importNext")
    person.until(lambda: person.find(QLabel, "importedTitle").text() and not person.wizard.is_at_work)
    person.view._show_history()
    person.until(lambda: person.view.pages.currentWidget() is person.view.history)
    cells = person.view.past.table.model()
    assert [cells.index(0, column).data() for column in (1, 2, 3, 6)] == ["customers.csv", "Customers", "2", "2"]


def test_the_rows_are_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = CheckModel()
    model.show_rows((Sample(2, "new", "Mei", "1", ("1", "Mei")), Sample(3, "rejected", "", "", ("",), "Why")))
    qtmodeltester.check(model)


def test_a_disk_that_refuses_the_rejected_rows_is_an_outside_error(
    person: Wizard, file: Path, dialogs: RecordingDialogs, tmp_path: Path
) -> None:
    person.check(file)
    person.press("importNext")
    person.until(lambda: person.find(QPushButton, "saveRejected").isVisible())
    dialogs.path = tmp_path / "no such folder" / "rejected.csv"
    person.press("saveRejected")
    person.until(lambda: dialogs.errors)
    assert isinstance(dialogs.errors[0], OutsideError)


def bring_in(person: Wizard, path: Path) -> None:
    person.check(path)
    person.press("importNext")
    person.until(lambda: person.find(QLabel, "importedTitle").text() and not person.wizard.is_at_work)


def test_an_import_is_undone_after_a_question_with_its_counts(
    person: Wizard, file: Path, database: Database, dialogs: RecordingDialogs, toasts: list[tuple[str, Any]]
) -> None:
    bring_in(person, file)
    person.press("undoImport")
    person.until(lambda: toasts and toasts[-1][0] == "The import was undone.")
    assert dialogs.asked[-1] == (
        "Undo this import?",
        "customers.csv\n\n2 new friends are removed.",
        "Undo this import",
    )
    assert friends(database) == 0
    person.until(lambda: person.find(QLabel, "undoImportWhy").text() == "This import was undone already.")
    button = person.find(QPushButton, "undoImport")
    assert not button.isEnabled() and button.toolTip() == "This import was undone already."
    cells = person.wizard.report.history.table.model()
    person.until(lambda: cells.index(0, 7).data() == "Undone on 12 Nov")


def test_who_cancels_undoes_nothing(person: Wizard, file: Path, database: Database, dialogs: RecordingDialogs) -> None:
    dialogs.yes = False
    bring_in(person, file)
    person.press("undoImport")
    person.until(lambda: dialogs.asked and dialogs.asked[-1][0] == "Undo this import?")
    assert friends(database) == 2


@pytest.mark.parametrize(("tick", "left"), [(False, 1), (True, 0)])
def test_refusals_go_only_when_the_box_is_ticked(
    person: Wizard,
    tmp_path: Path,
    database: Database,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, Any]],
    tick: bool,
    left: int,
) -> None:
    path = tmp_path / "refusals.csv"
    path.write_text("Member number,Accepts marketing\n1,no\n2,\n", encoding="utf-8")
    dialogs.tick = tick
    bring_in(person, path)
    person.press("undoImport")
    person.until(lambda: toasts and toasts[-1][0] == "The import was undone.")
    _title, text, box = dialogs.asked[-1]
    assert box == "Also take back the 1 refusal"
    assert ("1 refusal stays." in text, "1 refusal is taken back too." in text) == (not tick, tick)
    assert friends(database) == left


def test_an_import_chosen_in_the_history_shows_its_report_again(
    person: Wizard, file: Path, dialogs: RecordingDialogs, toasts: list[tuple[str, Any]], tmp_path: Path
) -> None:
    bring_in(person, file)
    second = tmp_path / "second.csv"
    second.write_text("Member number,Name\n1001,Mei Lin\n", encoding="utf-8")
    bring_in(person, second)
    person.view._show_history()
    person.until(lambda: person.view.past.table.rowCount() == 2)
    person.view.past.table.selectRow(1)
    person.until(lambda: person.find(QLabel, "past_importedTitle").text() == "Imported 2 of 4 rows")
    why = "A newer import changed the same friends or orders: “second.csv”. Undo that one first."
    person.until(lambda: person.find(QLabel, "past_undoImportWhy").text() == why)
    assert not person.find(QPushButton, "past_undoImport").isEnabled()
    person.press("past_seeRejected")
    rows = person.find(QTableView, "past_rejectedRows")
    person.until(lambda: rows.model().rowCount() == 2)
    assert rows.isVisible() and rows.model().index(1, 1).data() == "Phone is too short: “0912”."
    dialogs.path = tmp_path / "rejected.csv"
    person.press("past_saveRejected")
    person.until(lambda: toasts and toasts[-1][0] == "Saved 2 rejected rows.")


def test_the_real_question_starts_unticked_and_says_what_the_tick_changes(qtbot: QtBot) -> None:
    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        tick = box.checkBox()
        assert not tick.isChecked() and box.text() == "stays"
        assert box.defaultButton().text() == "Cancel"
        tick.click()
        assert box.text() == "goes"
        next(button for button in box.buttons() if button.text() == "Undo").click()

    QTimer.singleShot(0, answer)
    assert WindowDialogs().ask_with_tick("Title", ("stays", "goes"), "Undo", "Also") is True
