"""Deciding in the wizard who a row is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QRadioButton, QTableView
from pytestqt.qtbot import QtBot

from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.imports.wizard import CHECK
from tests.maker import Maker
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
    wizard = view.wizard

    def press(name: str) -> None:
        found = view.findChild(QPushButton, name)
        assert isinstance(found, QPushButton), name
        found.click()

    view.start(path)
    qtbot.waitUntil(lambda: wizard.file.file_name.text() == path.name, timeout=WAIT)
    wizard.file.through.setEditText("counter")
    wizard.file.purpose.setEditText("membership")
    radio = view.findChild(QRadioButton, "informed_yes")
    assert isinstance(radio, QRadioButton)
    radio.click()
    press("importNext")
    press("importNext")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == CHECK, timeout=WAIT)
    table = view.findChild(QTableView, "checkTable")
    assert isinstance(table, QTableView)
    table.activated.emit(table.model().index(0, 0))
    qtbot.waitUntil(lambda: view.findChild(QDialog, "decisionDialog") is not None, timeout=WAIT)
    press("itIs1")
    qtbot.waitUntil(lambda: _updated(view) == 1, timeout=WAIT)


def _updated(view: ImportsView) -> int:
    report = view.wizard._report
    return report.updated if report else 0
