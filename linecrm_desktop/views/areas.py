"""The areas of the window that F6 goes through: the rail, the head of the page, its columns. Each keeps its place.

A page need not say what its areas are: they are read from its layout, as a person sees them.
"""

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QBoxLayout, QSplitter, QStackedWidget, QWidget

from linecrm_desktop.views.reading_order import first_stop
from linecrm_desktop.views.widgets.announcing import announce


def areas(page: QWidget) -> list[QWidget]:
    """Return the areas of a page in reading order; one without any control is none."""
    return [part for part in _parts(page) if part.isVisible() and first_stop(part) is not None]


class AreaWalk:
    """Goes from area to area and remembers where the focus was in each."""

    def __init__(self) -> None:
        self._last: dict[int, QWidget] = {}

    def step(self, shown: list[QWidget], by: int) -> None:
        """Go to the next area or the one before; from nowhere to the first."""
        now = QApplication.focusWidget()
        at = next((place for place, one in enumerate(shown) if now is one or (now and one.isAncestorOf(now))), None)
        if at is not None and now is not None:
            self._last[id(shown[at])] = now
        if not shown:
            return
        area = shown[0 if at is None else (at + by) % len(shown)]
        wanted = self._last.get(id(area))
        if wanted is None or wanted not in area.findChildren(QWidget) or not wanted.isVisible():
            wanted = area if area is first_stop(area) else first_stop(area)
        if wanted is not None:
            wanted.setFocus()
            announce(wanted, area.accessibleName())


def _parts(part: QWidget) -> Iterator[QWidget]:
    """Yield the columns and bands of a page: what its boxes hold, as deep as they are only boxes."""
    layout = part.layout()
    match part:
        case QStackedWidget():
            shown = part.currentWidget()
            if shown is not None:
                yield from _parts(shown)
        case QSplitter():
            yield from filter(None, (part.widget(at) for at in range(part.count())))
        case _ if isinstance(layout, QBoxLayout):
            yield from _inside(layout)
        case _:
            yield part


def _inside(layout: QBoxLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if isinstance(widget, QStackedWidget | QSplitter):
            yield from _parts(widget)
        elif widget is not None:
            yield widget
        elif isinstance(inner, QBoxLayout):
            yield from _inside(inner)
