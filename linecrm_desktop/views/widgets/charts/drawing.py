"""A drawing is data that can say its values, tell its size, and paint itself into a rectangle."""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from linecrm_desktop.views.widgets.charts.look import Look


@dataclass(frozen=True, slots=True)
class Value:
    """One value as words: what it is, and how much."""

    name: str
    written: str

    def __str__(self) -> str:
        return f"{self.name}: {self.written}" if self.name else self.written


class Drawing(Protocol):
    """What a `Chart` shows and a report prints."""

    def values(self) -> list[Value]:
        """Return every value of the drawing in the order of reading."""
        ...

    def across(self) -> int:
        """Return how many values stand side by side; 1 when they stand under each other."""
        ...

    def size(self, look: Look) -> QSize:
        """Return the wished size; the width may be more or less, down to about half."""
        ...

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        """Paint, and return the place of each value in the order of `values`."""
        ...
