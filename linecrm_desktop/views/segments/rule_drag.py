"""Dragging a rule by its grip: what is carried, and where among the rows it would be put down."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from linecrm_desktop.segments.problems import Path
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import IconButton

_MIME = "application/x-tagwell-rule"


class Grip(IconButton):
    """The handle of a row: dragged with the mouse; with the keyboard, Alt and an arrow move the row it is in."""

    lifted = Signal()

    def __init__(self) -> None:
        super().__init__("", "dots-six-vertical", "flat")
        self.setProperty("kind", "flat")
        self.setProperty("small", True)
        self.setObjectName("moveRule")
        self.setAccessibleName(_("Move this rule"))
        self.setToolTip(_("Drag to move this rule, or press Alt and an arrow key"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFixedSize(20, 28)
        self._pressed_at: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        away = (event.position().toPoint() - self._pressed_at).manhattanLength() if self._pressed_at else 0
        if away >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.lifted.emit()
            return
        super().mouseMoveEvent(event)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule would be put down: before the one at `place` of a group; `y` is where a line shows it."""

    group: Path
    place: int
    y: int


def carry(source: QWidget, path: Path, picture: QWidget) -> None:
    """Carry a row about until it is let go."""
    drag = QDrag(source)
    drag.setMimeData(mime(path))
    drag.setPixmap(picture.grab())
    drag.exec(Qt.DropAction.MoveAction)


def mime(path: Path) -> QMimeData:
    """Return what a drag carries."""
    data = QMimeData()
    data.setData(_MIME, ",".join(str(place) for place in path).encode())
    return data


def carried(data: QMimeData) -> Path | None:
    """Return the path of the rule that is carried; None: it is something else."""
    if not data.hasFormat(_MIME):
        return None
    return tuple(int(place) for place in bytes(data.data(_MIME).data()).decode().split(","))


def spot(rows: Mapping[Path, QWidget], groups: Mapping[Path, int], at: QPoint) -> Spot:
    """Return where a rule that is let go over the rows belongs; `groups` are the groups and their sizes."""
    found = Spot((), groups.get((), 0), 0)
    for path, row in rows.items():
        top, middle = row.y(), row.y() + row.height() // 2
        if at.y() < middle:
            return Spot(path[:-1], path[-1], top)
        bottom = row.y() + row.height()
        found = Spot(path, 0, bottom) if path in groups else Spot(path[:-1], path[-1] + 1, bottom)
    return found
