"""The tour shows the segments in the dark and in every language, and goes on as before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linecrm_desktop import app
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import language
from linecrm_desktop.tour import looks
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.views import theme
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make, friends=3)


@pytest.fixture
def choices(qapp: QApplication, home: Path) -> Choices:
    return Choices(qapp, Preferences(language="en", theme="light"))


@pytest.fixture
def hands(database: Database, shop: SerumShop, choices: Choices, make: Maker, tmp_path: Path) -> Iterator[Hands]:
    window = app.build_shop_window(
        database,
        choices,
        clock=lambda: make.now,
        dialogs=RecordingDialogs(),
        tokens=SessionTokens(),
        line=LineDoor(None, PracticeWorld(limit=6000)),
    )
    window.resize(1440, 900)
    window.show()
    yield Hands(window, tmp_path)
    window.let_go()
    window.close()


def test_segments_are_shown_in_the_dark_and_in_every_language(
    hands: Hands, choices: Choices, shop: SerumShop, qtbot: QtBot
) -> None:
    hands.window.go(Place(Page.SEGMENTS))
    looks.take(hands, choices, shop.segment)
    names = {file.partition("-")[2].removesuffix(".png") for file, _what in hands.pictures}
    pages = {f"{page}-{look}" for page in ("segments", "segment-builder") for look in ("dark", "zh", "ja", "th")}
    assert names == pages | {"friends-dark", "friends-zh", "home-dark", "home-zh"}
    assert all((hands.folder / file).stat().st_size for file, _what in hands.pictures)
    assert language() == "en" and not theme.is_dark()
    view = hands.window.current_view()
    assert isinstance(view, SegmentsView)
    assert view.builder.numbers.reach.text() == "4 can be reached"
