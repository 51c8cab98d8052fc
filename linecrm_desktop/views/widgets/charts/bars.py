"""Bars: one a row, with its number beside it. A dashed outline says what could have been, as a broadcast would.

A funnel is bars too: its first bar is the whole, and the notes are the shares.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.look import LEFT, RIGHT, Look, around, write

ROW = 30
_THIN, _THICK = 8, 16
_GAP = 12
_KEY = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, value, written value and colour token. Without a value only the words are shown."""

    label: str
    value: float | None
    written: str
    role: str = "chart1"
    note: str = ""
    """Second text beside the number: a share, or what it is a share of."""
    lead: str = ""
    """A short text before the label, such as a date."""
    outline: float | None = None
    """Where the dashed outline ends."""


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a filled square in a role's colour, or a dashed one."""

    text: str
    role: str = "chart1"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under each other. `beside` writes the numbers at the ends of the bars, else they stand in a column."""

    bars: tuple[Bar, ...]
    whole: float | None = None
    """What a full bar stands for; None: the longest."""
    low: float = 0.0
    """What the left edge of the bars stands for, at most 0."""
    track: bool = False
    """Thin bars on a grey ground that is the whole."""
    beside: bool = False
    keys: tuple[Key, ...] = ()
    label_share: float = 0.42
    row: int = ROW

    def values(self) -> list[Value]:
        return [_value(bar) for bar in self.bars]

    def across(self) -> int:
        return 1

    def size(self, look: Look) -> QSize:
        rows = max(1, len(self.bars)) + bool(self.keys)
        return QSize(360, round(rows * row_height(self.row, look)))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        columns = _Columns.of(self, room, look)
        height = row_height(self.row, look)
        places = [
            paint_bar(self, bar, painter, QRectF(room.left(), room.top() + at * height, room.width(), height), columns)
            for at, bar in enumerate(self.bars)
        ]
        under = QRectF(columns.bar, room.top() + len(self.bars) * height, room.right() - columns.bar, height)
        paint_keys(self.keys, painter, under, look)
        return places


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of the rows begin, and how wide the bars, the numbers and the notes are."""

    look: Look
    label: float
    bar: float
    room: float
    value: float
    note: float
    low: float
    high: float

    @classmethod
    def of(cls, drawn: Bars, room: QRectF, look: Look) -> "_Columns":
        lead = look.widest([bar.lead for bar in drawn.bars])
        label = room.left() + (lead + _GAP if lead else 0)
        words = look.widest([bar.label for bar in drawn.bars])
        bar = label + (min(room.width() * drawn.label_share - (label - room.left()), words) + _GAP if words else 0)
        value = look.widest([bar.written for bar in drawn.bars], strong=True)
        note = look.widest([bar.note for bar in drawn.bars], 12)
        right = value + _GAP + (note + _GAP if note else 0)
        most = max((max(bar.value or 0, bar.outline or 0) for bar in drawn.bars), default=0)
        return cls(look, label, bar, max(12.0, room.right() - bar - right), value, note, drawn.low, drawn.whole or most)

    def x(self, value: float) -> float:
        """Return where a value lies."""
        return self.bar + self.room * (value - self.low) / ((self.high - self.low) or 1)


def paint_bar(drawn: Bars, bar: Bar, painter: QPainter, room: QRectF, columns: _Columns) -> QRectF:
    """Paint one row; return its place."""
    look, middle, height = columns.look, room.center().y(), room.height()
    text, second = look.colour("text"), look.colour("text2")
    write(painter, around(room.left(), middle, columns.label - room.left(), height), bar.lead, look.font(), second)
    words = around(columns.label, middle, columns.bar - columns.label - _GAP / 2, height)
    write(painter, words, bar.label, look.font(), text)
    end = _paint_fill(drawn, bar, painter, middle, columns)
    strong = look.font(strong=True)
    if drawn.beside:
        at = end + _GAP * 0.75
        wide = look.wide(bar.written, strong=True)
        write(painter, around(at, middle, wide, height), bar.written, strong, text)
        rest = room.right() - at - wide - _GAP
        write(painter, around(at + wide + _GAP, middle, rest, height), bar.note, look.font(12), second)
        return room
    if columns.note:
        note = around(room.right() - columns.note, middle, columns.note, height)
        write(painter, note, bar.note, look.font(12), second, RIGHT)
    right = room.right() - (columns.note + _GAP if columns.note else 0)
    write(painter, around(right - columns.value, middle, columns.value, height), bar.written, strong, text, RIGHT)
    return room


def _paint_fill(drawn: Bars, bar: Bar, painter: QPainter, middle: float, columns: _Columns) -> float:
    """Paint the bar itself; return where it ends."""
    look = columns.look
    thick = look.px(_THIN if drawn.track else _THICK)
    start = columns.x(0)
    painter.setPen(Qt.PenStyle.NoPen)
    round_ = thick / 2 if drawn.track else 2
    if drawn.track:
        painter.setBrush(look.colour("border"))
        painter.drawRoundedRect(around(start, middle, columns.x(columns.high) - start, thick), round_, round_)
    end = start
    if bar.value:
        end = max(columns.x(bar.value), start + 2)
        painter.setBrush(look.colour(bar.role))
        painter.drawRoundedRect(around(start, middle, end - start, thick), round_, round_)
    if bar.outline is not None:
        end = max(end, columns.x(bar.outline))
        _dashed(painter, around(start, middle, end - start, thick), look)
    return end


def paint_keys(keys: Sequence[Key], painter: QPainter, room: QRectF, look: Look) -> None:
    """Paint a legend in one line."""
    x, middle, side = room.left(), room.center().y(), look.px(10)
    for key in keys:
        square = around(x, middle, side * 1.2, side)
        if key.dashed:
            _dashed(painter, square, look)
        else:
            painter.fillRect(square, look.colour(key.role))
        x = square.right() + 6
        wide = min(look.wide(key.text, 12), room.right() - x)
        write(painter, around(x, middle, wide, room.height()), key.text, look.font(12), look.colour("text2"), LEFT)
        x += wide + _KEY


def row_height(row: int, look: Look) -> float:
    """Return how high a row is: its height in the design, and never less than its letters."""
    return max(look.px(row), look.metrics().height() + 4)


def _dashed(painter: QPainter, box: QRectF, look: Look) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen("ctl", 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def _value(bar: Bar) -> Value:
    name = f"{bar.lead} {bar.label}".strip()
    return Value(name, f"{bar.written} · {bar.note}" if bar.note else bar.written)


class HBars(Chart):
    """Thin bars on a grey ground, the numbers in a column at the right."""

    def __init__(self, whole: float | None = None) -> None:
        super().__init__()
        self._whole = whole

    def show_bars(self, bars: Sequence[Bar], title: str = "") -> None:
        """Show these bars."""
        self.show_drawing(Bars(tuple(bars), self._whole, track=True), title)
