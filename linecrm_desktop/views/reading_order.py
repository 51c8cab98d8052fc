"""The Tab key follows the reading order, whatever was put into a page after it was made.

Qt appends each new control to the end of its window's order. Pages fill themselves when they are read, so the order
is made anew from the layouts each time the key is pressed; a page has a hundred controls, and a person one key.
"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow, QScrollArea, QSplitter, QStackedWidget, QWidget

_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ReadingOrder(QObject):
    """Hears the Tab key before the window does."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes by here; asking for its class is the cheapest question.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _KEYS
            and isinstance(watched, QWidget)
        ):
            put_in_order(watched.window())
        return False


def keep_order(app: QApplication) -> None:
    """Let the Tab key follow the reading order in all windows of the program, from now on."""
    if app.findChild(ReadingOrder) is None:
        app.installEventFilter(ReadingOrder(app))


def put_in_order(window: QWidget) -> None:
    """Let the Tab key go through a window as it is read."""
    stops = [part for part in read(window) if _is_stop(part)]
    for one, next_one in pairwise(stops):
        QWidget.setTabOrder(one, next_one)


def first_stop(part: QWidget) -> QWidget | None:
    """Return the first control inside a part that the Tab key would come to."""
    return next((one for one in read(part) if one.isEnabled() and _is_stop(one)), None)


def read(part: QWidget) -> Iterator[QWidget]:
    """Yield a part and all that is shown inside it, in reading order."""
    yield part
    for inner in _inside(part):
        if inner.isVisibleTo(part) and not inner.isWindow():
            yield from read(inner)


def _is_stop(part: QWidget) -> bool:
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None


def _inside(part: QWidget) -> list[QWidget]:
    """Return the parts right inside of one: those of its layout in its order, then what has a place of its own."""
    first: list[QWidget | None]
    match part:
        case QMainWindow():
            first = [part.centralWidget(), part.statusBar()]
        case QSplitter():
            first = [part.widget(at) for at in range(part.count())]
        case QStackedWidget():
            return list(filter(None, [part.currentWidget()]))
        case QScrollArea():
            return list(filter(None, [part.widget()]))
        case _:
            layout = part.layout()
            first = list(_laid_out(layout)) if layout is not None else []
    others = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    known = {id(one) for one in first}
    free = sorted((one for one in others if id(one) not in known), key=_place)
    return [one for one in first if one is not None] + free


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _place(part: QWidget) -> tuple[int, int]:
    where: QPoint = part.pos()
    return where.y(), where.x()
