"""What may happen to the window while it sends: it is closed, LINE cannot be reached. Everybody still gets one copy."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop import app
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.main_window import MainWindow
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop

RECIPIENTS = 55
Build = Callable[[], Hands]


@pytest.fixture
def world() -> PracticeWorld:
    return PracticeWorld(limit=6000)


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def build(qapp: QApplication, database: Database, world: PracticeWorld, make: Maker, tmp_path: Path) -> Iterator[Build]:
    """Open the shop's window, as often as a test likes."""
    made: list[MainWindow] = []
    choices = Choices(qapp, Preferences(language="en", theme="light"))

    def build() -> Hands:
        window = app.build_shop_window(
            database,
            choices,
            clock=lambda: make.now,
            dialogs=RecordingDialogs(),
            tokens=SessionTokens(),
            line=LineDoor(None, world),
        )
        made.append(window)
        window.resize(1440, 900)
        window.show()
        return Hands(window, tmp_path)

    yield build
    world.hurry.set()
    for window in made:
        window.let_go()
        window.hide()
        window.deleteLater()


def send(hands: Hands, shop: SerumShop) -> None:
    """Go from the draft to a send that is under way."""
    hands.window.go(Place(Page.MESSAGES, shop.message))
    hands.press("checkAndSend")
    hands.until(lambda: hands.find(QLineEdit, "typed").isEnabled(), "checks")
    hands.write(hands.find(QLineEdit, "typed"), str(RECIPIENTS))
    hands.press("send")


def says(hands: Hands, state: str) -> Callable[[], bool]:
    return lambda: hands.find(QLabel, "sendState").text() == state


def test_closing_during_a_send_loses_nobody_and_the_next_start_goes_on(
    build: Build, shop: SerumShop, world: PracticeWorld, qtbot: QtBot
) -> None:
    hands = build()
    world.faults = deque([Fault.SLOW])
    send(hands, shop)
    hands.until(lambda: world.delivered, "first copy")
    with qtbot.waitSignal(hands.window.closed, timeout=30_000):
        hands.window.close()
        world.hurry.set()
    assert 0 < len(world.delivered) < RECIPIENTS

    again = build()
    again.until(again.window.unfinished.isVisible, "unfinished")
    again.window.unfinished.action.click()
    again.press("goOn")
    again.until(says(again, "Sent"), "sent")
    assert sorted(world.copies.values()) == [1] * RECIPIENTS


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER])
def test_a_network_that_is_lost_for_a_moment_is_waited_for(
    build: Build, shop: SerumShop, world: PracticeWorld, fault: Fault
) -> None:
    hands = build()
    world.faults = deque([fault])
    send(hands, shop)
    hands.until(says(hands, "Sent"), "sent")
    assert sorted(world.copies.values()) == [1] * RECIPIENTS


def test_a_network_that_stays_away_can_be_waited_for_later(build: Build, shop: SerumShop, world: PracticeWorld) -> None:
    hands = build()
    world.faults = deque([Fault.DROP_BEFORE] * 6)
    send(hands, shop)
    hands.until(lambda: len(world.faults) < 6, "first try")
    hands.until(lambda: hands.find(QPushButton, "pause").isVisible(), "pause")
    hands.press("pause")
    hands.until(says(hands, "Paused"), "paused")
    assert len(world.delivered) < RECIPIENTS
    world.faults.clear()
    hands.press("goOn")
    hands.until(says(hands, "Sent"), "sent")
    assert sorted(world.copies.values()) == [1] * RECIPIENTS
