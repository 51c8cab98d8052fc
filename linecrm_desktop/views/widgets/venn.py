"""Two circles whose areas and common part are to scale: who has one thing, who has the other, who has both."""

from dataclasses import dataclass
from math import acos, pi, sqrt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.text import _, number
from linecrm_desktop.views import theme

_SMALLEST = 0.12
"""A circle is never drawn smaller than this share of the larger radius: one could not see it."""
_STEPS = 40
"""Halvings in the search for a distance: exact to far less than a pixel."""
_ROOM = 96
"""Pixels kept at each side for numbers that do not fit into their part."""
_NARROW = 64
"""A part of fewer pixels has its number beside the circles, at the end of a line."""


@dataclass(frozen=True, slots=True)
class Circles:
    """Radii of the larger and the smaller circle, and how far their middles are from each other."""

    large: float
    small: float
    apart: float


def circles(only_large: int, both: int, only_small: int) -> Circles:
    """Return circles for these counts with a larger radius of 1."""
    large, small = max(1, only_large + both), only_small + both
    radius = max(_SMALLEST, sqrt(small / large))
    shared = both / large * pi
    near, far = 1 - radius, 1 + radius
    if not both:
        return Circles(1, radius, far)
    if not only_small:
        return Circles(1, radius, max(0.0, near))
    for _step in range(_STEPS):
        middle = (near + far) / 2
        near, far = (middle, far) if lens(1, radius, middle) > shared else (near, middle)
    return Circles(1, radius, near)


def lens(large: float, small: float, apart: float) -> float:
    """Return the common area of two circles."""
    if apart >= large + small:
        return 0.0
    if apart <= large - small:
        return pi * small * small
    one = acos(_within((apart**2 + large**2 - small**2) / (2 * apart * large)))
    two = acos(_within((apart**2 + small**2 - large**2) / (2 * apart * small)))
    sides = (-apart + large + small) * (apart + large - small) * (apart - large + small) * (apart + large + small)
    return large**2 * one + small**2 * two - sqrt(max(0.0, sides)) / 2


def _within(cosine: float) -> float:
    return max(-1.0, min(1.0, cosine))


class Venn(QWidget):
    """Shows the larger set at the left with a full line, the smaller at the right with a dashed one."""

    def __init__(self) -> None:
        super().__init__()
        self._names = ("", "")
        self._counts = (0, 0, 0)
        self._type = TagType.NONE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.signals().changed.connect(self.update)

    def show_sets(self, names: tuple[str, str], counts: tuple[int, int, int], type: TagType) -> None:
        """Show two sets: their names, the larger first, who has only it, both, only the smaller, and its colour."""
        self._names, self._counts, self._type = names, counts, type
        self.setAccessibleName(_("{one} and {other}").format(one=names[0], other=names[1]))
        self.setAccessibleDescription("; ".join(f"{words}: {count}" for count, words in self._parts()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(330, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 150)

    def _parts(self) -> list[tuple[str, str]]:
        only = _("only {tag}")
        words = (only.format(tag=self._names[0]), _("both"), only.format(tag=self._names[1]))
        return [(number(count), said) for count, said in zip(self._counts, words, strict=True)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = circles(*self._counts)
        wide = 1 + max(1.0, drawn.apart + drawn.small)
        scale = min((self.height() - 4) / 2, (self.width() - _ROOM) / wide)
        middle = self.height() / 2
        left = QPointF(scale + 2, middle)
        right = QPointF(left.x() + drawn.apart * scale, middle)
        self._circle(painter, left, scale, theme.tag_colours(self._type), dashed=False)
        warn = theme.colour("warn"), theme.colour("warn_soft")
        self._circle(painter, right, drawn.small * scale, warn, dashed=True)
        edges = (
            left.x() - scale,
            max(left.x() - scale, right.x() - drawn.small * scale),
            min(left.x() + scale, right.x() + drawn.small * scale),
            max(left.x() + scale, right.x() + drawn.small * scale),
        )
        self._write(painter, edges)

    def _circle(
        self, painter: QPainter, middle: QPointF, radius: float, colours: tuple[QColor, QColor], *, dashed: bool
    ) -> None:
        line, fill = colours[0], QColor(colours[1])
        fill.setAlphaF(0.75)
        painter.setBrush(fill)
        pen = QPen(line, 1.5)
        pen.setStyle(Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawEllipse(middle, radius, radius)

    def _write(self, painter: QPainter, edges: tuple[float, float, float, float]) -> None:
        """Write each number into its part, or beside the circles where the part is too narrow for it."""
        middle = self.height() / 2
        outside: list[tuple[float | None, str, str]] = []
        for (count, words), start, end in zip(self._parts(), edges, edges[1:], strict=False):
            if end - start >= _NARROW:
                self._words(painter, QRectF(start, middle - 22, end - start, 44), count, words, centred=True)
            elif count != "0":
                crosses = start == edges[0] and end < edges[2]
                outside.append((None if crosses else (start + end) / 2, count, words))
        for row, (x, count, words) in enumerate(outside):
            y = middle + (row - (len(outside) - 1) / 2) * 52
            at = edges[3] + 14
            if x is not None:
                painter.setPen(theme.pen("text2"))
                painter.drawLine(QPointF(x, y), QPointF(at - 4, y))
            self._words(painter, QRectF(at, y - 22, self.width() - at, 44), count, words, centred=False)

    def _words(self, painter: QPainter, box: QRectF, count: str, words: str, *, centred: bool) -> None:
        side = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(16, strong=True))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignTop, count)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignBottom, fitting)
