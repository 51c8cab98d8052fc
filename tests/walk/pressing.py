"""Presses, types and turns whatever a person can in a window: every enabled control, one after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

LEAVING = (
    "quit",
    "new_shop",
    "open_shop",
    "open_shared",
    "lock",
    "print_page",
    "show_log",
    "licences",
    "changeBackupFolder",
    "printLedger",
    "printCheck",
    "printCheckAction",
    *("language", "formats", "textSize", "text_size", "look", "look_system", "look_light", "look_dark"),
)
"""What leaves the shop or the program, opens something of the system's, or dresses the whole window anew."""
SWITCHES = ("pathTemplates", "showTemplates", "breadcrumb")
"""What shows another part of the same page."""
MOST = 12
"""So much of a menu is tried; longer ones offer rules or variables for what is only a draft."""
_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_T, Qt.Key.Key_Space)


@dataclass(frozen=True)
class Thing:
    """Something that can be used: what it is called, and how it is used."""

    name: str
    use: Callable[[], None]
    part: QObject

    @property
    def is_there(self) -> bool:
        """Whether it is not deleted by now, as the parts of a draft are that is shown anew."""
        return isValid(self.part)


def things(shown: QWidget) -> list[Thing]:
    """Return all that can be used in a page or dialog, what shows another part of it last."""
    return sorted(_things(shown), key=lambda thing: thing.part.objectName() in SWITCHES)


def _things(shown: QWidget) -> Iterator[Thing]:
    for part in shown.findChildren(QWidget):
        if part.isVisible() and part.isEnabled() and part.objectName() not in LEAVING:
            yield from _things_of(part)
    for action in shown.findChildren(QAction):
        if action.isEnabled() and action.isVisible() and action.objectName() and _is_free(action):
            yield Thing(f"action {action.objectName()}", action.trigger, action)

    for keys in shown.findChildren(QShortcut):
        if keys.isEnabled() and _is_shown(keys.parent()):
            yield Thing(f"keys {keys.key().toString()}", keys.activated.emit, keys)


def _is_shown(part: QObject | None) -> bool:
    return isinstance(part, QWidget) and part.isVisible()


def _is_free(action: QAction) -> bool:
    name = action.objectName().partition(":")[0]
    return name not in LEAVING and action.menu() is None and not name.startswith("_q_")


def _things_of(part: QWidget) -> Iterator[Thing]:
    name = f"{type(part).__name__} {part.objectName() or part.accessibleName() or part.property('text')}"
    match part:
        case QPushButton() if part.menu() is not None:
            yield from list(menu_things(name, part.menu()))[:MOST]
        case QAbstractButton():
            yield Thing(name, part.click, part)
        case QComboBox():
            yield Thing(name, lambda: _turn(part), part)
        case QAbstractSpinBox():
            yield Thing(name, lambda: _step(part), part)
        case QLineEdit() if not part.isReadOnly() and not isinstance(part.parent(), QComboBox | QAbstractSpinBox):
            yield Thing(name, lambda: _type(part, Qt.Key.Key_Return), part)
        case QPlainTextEdit() if not part.isReadOnly():
            yield Thing(name, lambda: _type(part, Qt.Key.Key_Tab), part)
        case QAbstractItemView():
            yield from _things_of_list(name, part)
        case _:
            pass


def menu_things(name: str, menu: QMenu) -> Iterator[Thing]:
    """Return what a menu offers; it is asked without being opened."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from menu_things(name, below)
        elif action.isEnabled() and action.isVisible() and not action.isSeparator() and _is_free(action):
            yield Thing(f"{name} > {action.text()}", action.trigger, action)


def _things_of_list(name: str, part: QAbstractItemView) -> Iterator[Thing]:
    model = part.model()
    if model is None or not model.rowCount(part.rootIndex()):
        return
    for key in _KEYS:
        yield Thing(f"{name} {key.name}", lambda key=key: _press(part, key), part)
    columns = 1 if isinstance(part, QListView) else model.columnCount(part.rootIndex())
    for column in range(columns):
        yield Thing(f"{name} double click {column}", lambda column=column: _double_click(part, column), part)
    yield Thing(f"{name} menu", lambda: _ask_menu(part), part)


def _row(part: QAbstractItemView) -> None:
    if not part.currentIndex().isValid():
        part.setCurrentIndex(part.model().index(0, 0, part.rootIndex()))
    part.setFocus()


def _press(part: QAbstractItemView, key: Qt.Key) -> None:
    _row(part)
    QTest.keyClick(part, key)


def _double_click(part: QAbstractItemView, column: int) -> None:
    _row(part)
    box = part.visualRect(part.currentIndex().siblingAtColumn(column))
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(part.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center())


def _ask_menu(part: QAbstractItemView) -> None:
    _row(part)
    at = part.visualRect(part.currentIndex()).center()
    where = part.viewport().mapToGlobal(at)
    QApplication.sendEvent(part.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where))


def _turn(part: QComboBox) -> None:
    if part.count() > 1:
        part.setCurrentIndex((part.currentIndex() + 1) % part.count())
        part.activated.emit(part.currentIndex())
        part.textActivated.emit(part.currentText())


def _step(part: QAbstractSpinBox) -> None:
    part.stepUp()
    part.editingFinished.emit()


def _type(part: QWidget, then: Qt.Key) -> None:
    part.setFocus()
    QTest.keyClicks(part, "1")
    QTest.keyClick(part, then)


def open_menu() -> QMenu | None:
    """Return the menu that has come up."""
    shown = QApplication.activePopupWidget()
    return shown if isinstance(shown, QMenu) else None


def close_popups() -> None:
    """Close whatever has come up."""
    for _round in range(4):
        shown = QApplication.activePopupWidget()
        if shown is not None:
            shown.close()
