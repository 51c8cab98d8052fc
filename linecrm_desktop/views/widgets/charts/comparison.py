"""Who got it against who did not: two bars and their difference over one scale, so that the eye can carry it over."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from linecrm_desktop.views.widgets.charts.bars import Bar, row_height
from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.interval import (
    Interval,
    Scale,
    Tick,
    interval_value,
    paint_row,
    paint_ticks,
    written_width,
)
from linecrm_desktop.views.widgets.charts.look import Look, around, write

_ROW, _DIFFERENCE, _TICKS = 28, 40, 20
_THICK = 16
_GAP = 12


@dataclass(frozen=True, slots=True)
class Comparison:
    """The bars' values and the interval's are in the same unit."""

    bars: tuple[Bar, ...]
    difference: Interval | None = None
    ticks: tuple[Tick, ...] = ()

    def values(self) -> list[Value]:
        bars = [Value(bar.label, f"{bar.written} · {bar.note}" if bar.note else bar.written) for bar in self.bars]
        return [*bars, interval_value(self.difference)] if self.difference else bars

    def across(self) -> int:
        return 1

    def size(self, look: Look) -> QSize:
        more = look.px(_DIFFERENCE) + (look.px(_TICKS) if self.ticks else 0) if self.difference else 0
        return QSize(460, round(len(self.bars) * row_height(_ROW, look) + more))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        words = look.widest([bar.label for bar in self.bars] + ([self.difference.label] if self.difference else []))
        label = min(words, room.width() * 0.34) + look.px(24)
        scale = self._scale(room, label, look)
        height = row_height(_ROW, look)
        places = [QRectF(room.left(), room.top() + at * height, room.width(), height) for at in range(len(self.bars))]
        for bar, place in zip(self.bars, places, strict=True):
            _paint_bar(painter, place, bar, scale, label, look)
        if self.difference:
            top = room.top() + len(self.bars) * height
            place = QRectF(room.left(), top, room.width(), look.px(_DIFFERENCE))
            paint_row(painter, place, self.difference, scale, label, look)
            paint_ticks(painter, place.bottom(), self.ticks, scale, look)
            places.append(place)
        return places

    def _scale(self, room: QRectF, label: float, look: Look) -> Scale:
        """Return the widest scale at which every row's words still fit at its right."""
        rows = [self.difference] if self.difference else []
        left = room.left() + label
        said = [look.wide(bar.written, strong=True) + look.wide(bar.note, 12) + 2 * _GAP for bar in self.bars]
        said += [written_width(row, look) + _GAP for row in rows]
        right = max(left + 40, room.right() - max(said, default=0.0) - _GAP)
        seen = Scale.over(rows, self.ticks, left, right)
        most = max([seen.high, *((bar.value or 0.0) for bar in self.bars)])
        return Scale(seen.low, most, left, right)


def _paint_bar(painter: QPainter, room: QRectF, bar: Bar, scale: Scale, label: float, look: Look) -> None:
    middle, height = room.center().y(), room.height()
    text = look.colour("text")
    write(painter, around(room.left(), middle, label - _GAP / 2, height), bar.label, look.font(), text)
    start, end = scale.x(0), scale.x(bar.value or 0)
    painter.setPen(Qt.PenStyle.NoPen)
    if bar.value:
        painter.setBrush(look.colour(bar.role))
        end = max(end, start + 2)
        painter.drawRect(around(start, middle, end - start, look.px(_THICK)))
    at, wide = end + _GAP * 0.75, look.wide(bar.written, strong=True)
    write(painter, around(at, middle, wide, height), bar.written, look.font(strong=True), text)
    rest = around(at + wide + _GAP, middle, room.right() - at - wide - _GAP, height)
    write(painter, rest, bar.note, look.font(12), look.colour("text2"))
