"""From all who match to all who are left: each row takes its part away from the right end of the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from linecrm_desktop.views.widgets.charts.bars import ROW, Bar, row_height
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.look import RIGHT, Look, around, write


@dataclass(frozen=True, slots=True)
class Steps:
    """The first bar is the whole, the last what is left."""

    bars: tuple[Bar, ...]

    def values(self) -> list[Value]:
        return [Value(bar.label, bar.written) for bar in self.bars]

    def across(self) -> int:
        return 1

    def size(self, look: Look) -> QSize:
        return QSize(320, round(row_height(ROW, look) * max(1, len(self.bars))))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        whole = max((bar.value or 0 for bar in self.bars), default=0) or 1
        label = min(room.width() * 0.45, look.widest([bar.label for bar in self.bars]) + 16)
        value = look.widest([bar.written for bar in self.bars], strong=True) + 18
        fill = max(10.0, room.width() - label - value)
        height = row_height(ROW, look)
        edge, places = 0.0, list[QRectF]()
        for at, bar in enumerate(self.bars):
            place = QRectF(room.left(), room.top() + at * height, room.width(), height)
            last, much = at == len(self.bars) - 1, bar.value or 0
            start, end = (0.0, much) if at == 0 or last else (edge - much, edge)
            edge = much if at == 0 else start
            if last:
                painter.fillRect(QRectF(place.left(), place.top(), place.width(), 1), look.colour("border"))
            middle, left = place.center().y(), place.left() + label
            write(painter, around(place.left(), middle, label - 6, height), bar.label, look.font(), look.colour("text"))
            wide = max(1.0, fill * (end - start) / whole)
            if much:
                box = around(left + fill * start / whole, middle, wide, look.px(16))
                painter.fillRect(box, look.colour(bar.role))
            box = around(place.right() - value, middle, value, height)
            write(painter, box, bar.written, look.font(strong=True), look.colour("text"), RIGHT)
            places.append(place)
        return places


class Waterfall(Chart):
    """Shows those steps."""

    def __init__(self, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self.show_bars(bars)

    def show_bars(self, bars: Sequence[Bar], title: str = "") -> None:
        """Show these steps."""
        self.show_drawing(Steps(tuple(bars)), title)
