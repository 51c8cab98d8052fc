"""Dragging a rule by its grip: what is carried, and where among the rows it would be put down."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from linecrm_desktop.segments.problems import Path

_MIME = "application/x-tagwell-rule"


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
