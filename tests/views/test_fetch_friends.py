"""Friends from LINE, asked for in the window."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.imports.view import ImportsView
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT, settle


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ImportsView]:
    shown = ImportsView(desk)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    settle(desk, qtbot)


def test_friends_are_fetched_after_the_three_questions(
    view: ImportsView, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    def pressed(kind: Any, name: str) -> Any:
        found = view.findChild(kind, name)
        assert found is not None, name
        if kind is not QDialog:
            found.click()
        return found

    pressed(QPushButton, "fetchFriends")
    qtbot.waitUntil(lambda: view.findChild(QDialog, "fetchDialog") is not None)
    dialog = pressed(QDialog, "fetchDialog")
    go = dialog.findChild(QPushButton, "fetchGo")
    assert not go.isEnabled()
    pressed(QRadioButton, "fetch_informed_no")
    assert go.isEnabled()
    go.click()
    qtbot.waitUntil(lambda: bool(dialogs.errors), timeout=WAIT)
    assert "only to verified and premium accounts" in str(dialogs.errors[0])
    assert view.fetch_button.isEnabled()
