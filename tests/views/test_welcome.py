import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.settings import preferences
from linecrm_desktop.text import language
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.welcome import Way, WelcomeWindow
from tests.recording_dialogs import RecordingDialogs


@pytest.fixture
def window(choices: Choices, dialogs: RecordingDialogs, qtbot: QtBot) -> WelcomeWindow:
    made = WelcomeWindow(choices, dialogs)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def press(window: WelcomeWindow, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert found is not None
    found.click()


def test_the_sample_shop_is_the_first_way_and_the_button_says_so(window: WelcomeWindow) -> None:
    assert window.way is Way.SAMPLE
    assert window.go.text() == "Open the sample shop"


def test_arrows_move_between_the_cards_and_enter_opens(window: WelcomeWindow, qtbot: QtBot) -> None:
    window.cards[Way.SAMPLE].setFocus()
    for way, text in ((Way.IMPORT, "Import my CSV"), (Way.CONNECT, "Connect LINE")):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Down)
        assert window.way is way
        assert window.go.text() == text
    with qtbot.waitSignal(window.way_chosen, check_params_cb=lambda way: way is Way.CONNECT):
        QTest.keyClick(window.cards[Way.CONNECT], Qt.Key.Key_Return)


def test_a_click_on_a_card_only_chooses_it(window: WelcomeWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.way_chosen):
        window.cards[Way.IMPORT].click()
    assert window.way is Way.IMPORT
    with qtbot.waitSignal(window.way_chosen, check_params_cb=lambda way: way is Way.IMPORT):
        press(window, "begin")


def test_escape_does_nothing(window: WelcomeWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.isVisible()


def test_the_language_is_chosen_here_and_kept(window: WelcomeWindow) -> None:
    third = window.languages.findChild(QToolButton, "option2")
    assert third is not None
    assert third.text() == "日本語"
    third.click()
    assert language() == "ja"
    assert preferences.load().language == "ja"


def test_another_folder_can_be_chosen(
    window: WelcomeWindow, dialogs: RecordingDialogs, tmp_path_factory: pytest.TempPathFactory
) -> None:
    dialogs.path = tmp_path_factory.mktemp("elsewhere")
    press(window, "changeFolder")
    assert window.folder == dialogs.path
    where = window.findChild(QLabel, "shopFolder")
    assert where is not None
    assert "elsewhere" in where.text()


def test_it_does_not_claim_what_is_not_there(window: WelcomeWindow) -> None:
    words = " ".join(label.text().casefold() for label in window.findChildren(QLabel))
    assert "encrypt" not in words
    assert "one file on this computer" in words


def test_while_the_sample_is_made_nothing_else_can_be_begun(window: WelcomeWindow, qtbot: QtBot) -> None:
    window.show_busy(3, 10)
    assert window.bar.isVisible()
    with qtbot.assertNotEmitted(window.way_chosen):
        press(window, "begin")
    assert not window.languages.isEnabled()
    window.show_ready()
    assert window.go.isEnabled()
    assert window.languages.isEnabled()


def test_opening_and_quitting_are_asked_of_the_program(window: WelcomeWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.open_asked):
        press(window, "openShop")
    with qtbot.waitSignal(window.quit_asked):
        press(window, "quit")
