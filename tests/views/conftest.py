"""What window tests share: the look, and a desk for the `database` fixture with nothing real at its edges."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linecrm_desktop.app import build_shop_window
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.pictures import OfflineError, Picture
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.web import Web
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import create_shop
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place, shop_facts
from linecrm_desktop.views.job_runner import JobRunner
from linecrm_desktop.views.lock_window import LockWindow
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.program import Program
from linecrm_desktop.views.unlock_dialog import UnlockDialog
from tests.recording_dialogs import RecordingDialogs


@pytest.fixture(autouse=True)
def choices(qapp: QApplication, home: Path) -> Iterator[Choices]:
    """Give every window test English, the light look and text at 100 %."""
    made = Choices(qapp, Preferences(language="en", theme="light"))
    yield made
    made.deleteLater()


@pytest.fixture
def dialogs() -> RecordingDialogs:
    return RecordingDialogs()


@pytest.fixture
def toasts() -> list[tuple[str, Callable[[], None] | None]]:
    """What the window said in passing, each with what takes it back."""
    return []


def offline(_address: str, task: Task) -> Picture:
    """Look at no picture: window tests have no internet."""
    task.raise_if_stopped()
    raise OfflineError("This computer has no connection to the internet.")


def nowhere(_host: str, _port: int) -> list[str]:
    """Find no address, as on a computer without a way out."""
    raise OSError


@pytest.fixture
def desk(
    choices: Choices,
    database: Database,
    now: datetime,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, Callable[[], None] | None]],
) -> Iterator[Desk]:
    """The tools of an open practice shop; its clock stands still."""
    jobs = JobRunner(database, dialogs.show_error)
    made = Desk(
        jobs=jobs,
        dialogs=dialogs,
        shop=shop_facts(database),
        clock=lambda: now,
        line=LineDoor(
            None, PracticeWorld(limit=6000, used=3412, account_name="Morning Mist", clock=lambda: now), Web(nowhere)
        ),
        tokens=SessionTokens(),
        undo=QUndoStack(),
        toast=lambda text, undo: toasts.append((text, undo)),
        choices=choices,
        look=offline,
    )
    yield made
    jobs.close()
    made.line.close()


@pytest.fixture
def build(
    database: Database, choices: Choices, dialogs: RecordingDialogs, now: datetime, qtbot: QtBot
) -> Iterator[Callable[[], MainWindow]]:
    """Make windows on the shop, as the program does, with a clock that stands still."""
    made: list[MainWindow] = []

    def build() -> MainWindow:
        window = build_shop_window(database, choices, clock=lambda: now, dialogs=dialogs, tokens=SessionTokens())
        made.append(window)
        window.start(Place(Page.SETTINGS))
        window.resize(1440, 900)
        window.show()
        return window

    yield build
    for window in made:
        window.let_go()
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(build: Callable[[], MainWindow]) -> MainWindow:
    return build()


@pytest.fixture
def tokens() -> SessionTokens:
    """The password store of the program."""
    return SessionTokens()


@pytest.fixture
def program(
    choices: Choices, dialogs: RecordingDialogs, now: datetime, tokens: SessionTokens, qtbot: QtBot
) -> Iterator[Program]:
    """The whole program with a clock that stands still; whatever it leaves on the screen is closed afterwards."""

    def build(database: Database, chosen: Choices, /) -> MainWindow:
        return build_shop_window(database, chosen, clock=lambda: now, dialogs=dialogs, tokens=tokens)

    def make_sample(path: Path, moment: datetime, task: Task) -> Path:
        task.progress(1, 2)
        create_shop(path, "Morning Mist 晨霧選物", "TW", moment, practice=True).close()
        return path

    made = Program(choices, build, make_sample, lambda: now, dialogs, tokens)
    yield made
    made.finish()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, (UnlockDialog, LockWindow)) or window is made.welcome:
            window.hide()
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pyright: ignore[reportArgumentType]
    QApplication.setQuitOnLastWindowClosed(True)
