"""Hands for the tour: press what a person would press, type, wait for what should appear, take a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QPushButton, QWidget

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.text import _
from linecrm_desktop.views.main_window import MainWindow

PATIENCE = 90_000
"""Milliseconds to wait for one thing; a slow computer needs some."""
_LOOK_EVERY = 40
_CALM = 350
"""Milliseconds for counts that follow an edit after a moment of quiet."""
Found = TypeVar("Found", bound=QObject)


def words_of(window: QMainWindow) -> list[str]:
    """Return the texts of the labels and buttons that a window shows, sorted. The line at the bottom is left out."""
    parts = (*window.findChildren(QLabel), *window.findChildren(QAbstractButton))
    bar = window.statusBar()
    shown = [part for part in parts if part.isVisible() and not bar.isAncestorOf(part)]
    return sorted({part.text() for part in shown if part.text().strip()})


def type_into(field: QWidget, text: str) -> None:
    """Type as people do: by keys what a plain keyboard has, by the commit of an input method everything else."""
    if text.isascii():
        QTest.keyClicks(field, text)
        return
    commit = QInputMethodEvent()
    commit.setCommitString(text)
    QApplication.sendEvent(field, commit)


class Hands:
    """Works one window and numbers its pictures."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window = window
        self.folder = folder
        self.pictures: list[tuple[str, str]] = []
        """Each picture's file name and what it shows."""
        self.words: dict[str, list[str]] = {}
        """By the name of each picture: the words that stand in it outside of tables."""

    def find(self, kind: type[Found], name: str) -> Found:
        """Return a part of the page that is shown, by its name."""
        found = self.window.current_view().findChild(kind, name)
        if found is None:
            raise self._stuck(name)
        return found

    def says(self, name: str) -> str:
        """Return what a label of the page says, nothing while it is not there."""
        found = self.window.current_view().findChild(QLabel, name)
        return found.text() if found is not None else ""

    def press(self, name: str) -> None:
        """Press a button once it can be pressed."""
        self.until(lambda: self._pressable(name), name)
        QTest.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def write(self, field: QWidget, text: str) -> None:
        """Type into a field."""
        field.setFocus()
        type_into(field, text)

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is so; give up with a sentence that names it."""
        if true():
            return
        loop = QEventLoop()
        look, end = QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if true() else None)
        end.setSingleShot(True)
        end.timeout.connect(lambda: loop.exit(1))
        look.start(_LOOK_EVERY)
        end.start(PATIENCE)
        if loop.exec():
            raise self._stuck(what)

    def calm(self) -> None:
        """Let counts that follow an edit begin and end."""
        loop = QEventLoop()
        QTimer.singleShot(_CALM, loop.quit)
        loop.exec()

    def put_away_toast(self) -> None:
        """Close what was said in passing, so that it covers nothing."""
        close = self.window.findChild(QPushButton, "toastClose")
        if close is not None and close.isVisible():
            QTest.mouseClick(close, Qt.MouseButton.LeftButton)

    def picture(self, name: str, what: str) -> None:
        """Keep a picture of the window under the next number, once all that was asked is answered and shown."""
        self.calm()
        while not self.window.desk.jobs.is_quiet:
            self.until(lambda: self.window.desk.jobs.is_quiet, name)
            self.calm()
        file = f"{len(self.pictures) + 1:02d}-{name}.png"
        if not self.window.grab().save(str(self.folder / file)):
            raise OutsideError(
                _("The picture “{file}” could not be saved.").format(file=file),
                _("Check that the folder can be written and that the disk is not full."),
            )
        self.pictures.append((file, what))
        self.words[name] = words_of(self.window)

    def _pressable(self, name: str) -> bool:
        found = self.window.current_view().findChild(QPushButton, name)
        return found is not None and found.isVisible() and found.isEnabled()

    def _stuck(self, what: str) -> OutsideError:
        return OutsideError(
            _("The tour could not go on at “{what}”.").format(what=what),
            _("The pictures up to there are kept. Run it again; if it stays so, tell us."),
            details=what,
        )
