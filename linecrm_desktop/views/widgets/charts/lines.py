"""Lines over time, and several small ones beside each other. A month without a number is a gap, never a zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.look import CENTRE, LEFT, RIGHT, Look, around, write

_HEIGHT, _TITLE, _FOOT = 150, 24, 22
_DOT = 3.0
_GAP = 10
_PANEL = 300


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a line, and the value in words."""

    value: float | None
    written: str


@dataclass(frozen=True, slots=True)
class Line:
    """A named line with a point for each moment; a second one beside it is dashed."""

    name: str
    points: tuple[Point, ...]
    role: str = "chart1"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same moments, from zero up."""

    moments: tuple[str, ...]
    lines: tuple[Line, ...]
    title: str = ""

    def values(self) -> list[Value]:
        return [
            Value(f"{line.name}, {moment}", point.written)
            for line in self.lines
            for moment, point in zip(self.moments, line.points, strict=True)
        ]

    def across(self) -> int:
        return max(1, len(self.moments))

    def size(self, look: Look) -> QSize:
        rows = bool(self.title) + self._has_names
        return QSize(360, round(look.px(_HEIGHT + _TITLE * rows)))

    @property
    def _has_names(self) -> bool:
        return len(self.lines) > 1

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        painter.save()
        inside = self._paint_head(painter, room, look)
        plot = inside.adjusted(_GAP, look.px(20), -_GAP, -look.px(_FOOT))
        painter.setPen(look.pen("border"))
        painter.drawLine(QPointF(inside.left(), plot.bottom()), QPointF(inside.right(), plot.bottom()))
        xs = _places(len(self.moments), plot)
        self._paint_moments(painter, plot, xs, look)
        most = max((point.value or 0 for line in self.lines for point in line.points), default=0) or 1
        places: list[QRectF] = []
        for line in self.lines:
            spots = [_spot(x, point, most, plot) for x, point in zip(xs, line.points, strict=True)]
            _paint_line(painter, line, spots, look)
            places += [_around(x, spot, plot, look) for x, spot in zip(xs, spots, strict=True)]
        self._write_values(painter, xs, most, plot, look)
        painter.restore()
        return places

    def _paint_head(self, painter: QPainter, room: QRectF, look: Look) -> QRectF:
        """Write the title, and under it the names of the lines when there are several; return what is left."""
        row = QRectF(room.left(), room.top(), room.width(), look.px(_TITLE))
        if self.title:
            write(painter, row, self.title, look.font(strong=True), look.colour("text"))
            row.translate(0, row.height())
        if not self._has_names:
            return QRectF(row.topLeft(), room.bottomRight())
        x, middle = row.left(), row.center().y()
        for line in self.lines:
            style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            painter.setPen(look.pen(line.role, 2, style))
            painter.drawLine(QPointF(x, middle), QPointF(x + look.px(22), middle))
            x += look.px(28)
            wide = min(look.wide(line.name, 12), row.right() - x)
            write(painter, around(x, middle, wide, row.height()), line.name, look.font(12), _second(look))
            x += wide + look.px(14)
        return QRectF(row.bottomLeft(), room.bottomRight())

    def _paint_moments(self, painter: QPainter, plot: QRectF, xs: Sequence[float], look: Look) -> None:
        """Write as many moments under the line as there is room for, the last one always."""
        wide = look.widest(list(self.moments), 12) + 4
        step = max(1, -(-wide // ((xs[1] - xs[0]) if len(xs) > 1 else wide)))
        for at, (x, moment) in enumerate(zip(xs, self.moments, strict=True)):
            if (len(xs) - 1 - at) % step:
                continue
            left = max(plot.left() - _GAP, min(x - wide / 2, plot.right() + _GAP - wide))
            align = LEFT if left > x - wide / 2 else RIGHT if left < x - wide / 2 else CENTRE
            box = QRectF(left, plot.bottom() + 2, wide, look.px(_FOOT) - 2)
            write(painter, box, moment, look.font(12), _second(look), align)

    def _write_values(self, painter: QPainter, xs: Sequence[float], most: float, plot: QRectF, look: Look) -> None:
        """Write the numbers of the first line over its points, and the last one of each other line.

        Those that would run into each other are left out; the cursor still says them.
        """
        for at, line in enumerate(self.lines):
            free = plot.right() + 3 * _GAP
            pairs = list(zip(xs, line.points, strict=True))
            for x, point in reversed(pairs if at == 0 else pairs[-1:]):
                spot = _spot(x, point, most, plot) or QPointF(x, plot.bottom())
                wide = look.wide(point.written, 12, strong=True)
                right = min(x + wide / 2, plot.right() + _GAP)
                if right > free:
                    continue
                left = max(plot.left() - _GAP, right - wide)
                free = left - 6
                box = around(left, spot.y() - look.px(12), wide, look.metrics(12).height())
                colour = look.colour("text" if at == 0 else "text2")
                write(painter, box, point.written, look.font(12, strong=at == 0), colour, CENTRE)


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """Several lines over the same moments, each in a panel with a scale of its own."""

    panels: tuple[Lines, ...]
    side_by_side: int = 2

    def values(self) -> list[Value]:
        return [value for panel in self.panels for value in panel.values()]

    def across(self) -> int:
        return self.panels[0].across() if self.panels else 1

    def size(self, look: Look) -> QSize:
        rows = -(-len(self.panels) // self.side_by_side)
        return QSize(_PANEL * self.side_by_side, round(rows * self._height(look)))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        wide = (room.width() - _GAP * 2 * (self.side_by_side - 1)) / self.side_by_side
        places: list[QRectF] = []
        for at, panel in enumerate(self.panels):
            row, column = divmod(at, self.side_by_side)
            left = room.left() + column * (wide + _GAP * 2)
            height = self._height(look)
            places += panel.paint(painter, QRectF(left, room.top() + row * height, wide, height - _GAP), look)
        return places

    def _height(self, look: Look) -> float:
        return max((panel.size(look).height() for panel in self.panels), default=0) + _GAP


def _paint_line(painter: QPainter, line: Line, spots: Sequence[QPointF | None], look: Look) -> None:
    style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
    for stretch in _stretches(spots):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(line.role, 2, style))
        painter.drawPolyline(QPolygonF(stretch))
        painter.setPen(look.pen(line.role, 2))
        painter.setBrush(look.colour("surface" if line.dashed else line.role))
        for spot in stretch:
            painter.drawEllipse(spot, _DOT, _DOT)


def _stretches(spots: Sequence[QPointF | None]) -> list[list[QPointF]]:
    """Return the parts of a line between its gaps."""
    parts: list[list[QPointF]] = [[]]
    for spot in spots:
        if spot is None:
            parts.append([])
        else:
            parts[-1].append(spot)
    return [part for part in parts if part]


def _places(count: int, plot: QRectF) -> list[float]:
    if count < 2:
        return [plot.center().x()] * count
    return [plot.left() + plot.width() * at / (count - 1) for at in range(count)]


def _spot(x: float, point: Point, most: float, plot: QRectF) -> QPointF | None:
    if point.value is None:
        return None
    return QPointF(x, plot.bottom() - plot.height() * max(0.0, point.value) / most)


def _around(x: float, spot: QPointF | None, plot: QRectF, look: Look) -> QRectF:
    """Return the place of a value: its dot, or for a gap the foot of its moment."""
    half, y = look.px(7), plot.bottom() if spot is None else spot.y()
    return QRectF(x - half, y - half, 2 * half, 2 * half)


def _second(look: Look) -> QColor:
    return look.colour("text2")
