"""Intervals: where a difference probably lies, with the line of no difference drawn through."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF

from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.look import CENTRE, Look, around, write

_ROW, _TICKS = 36, 20
_GAP = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference: its lower end, what was measured, its upper end, and both in words."""

    label: str
    low: float
    middle: float
    high: float
    written: str
    note: str = ""

    @property
    def role(self) -> str:
        """The colour: of good news, of bad news, or of none, when zero lies inside."""
        if self.low > 0:
            return "chart1"
        return "bad" if self.high < 0 else "text2"


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on the scale and its words."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals under each other over one scale from `low` to `high`, that always includes zero."""

    rows: tuple[Interval, ...]
    ticks: tuple[Tick, ...] = ()
    label_share: float = 0.3

    def values(self) -> list[Value]:
        return [interval_value(row) for row in self.rows]

    def across(self) -> int:
        return 1

    def size(self, look: Look) -> QSize:
        return QSize(420, round(len(self.rows) * look.px(_ROW) + (look.px(_TICKS) if self.ticks else 0)))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        words = look.widest([row.label for row in self.rows])
        left = room.left() + min(words, room.width() * self.label_share) + (_GAP if words else 0)
        said = max((written_width(row, look) for row in self.rows), default=0.0)
        scale = Scale.over(self.rows, self.ticks, left, max(left + 40, room.right() - said - _GAP))
        height = look.px(_ROW)
        places: list[QRectF] = []
        for at, row in enumerate(self.rows):
            place = QRectF(room.left(), room.top() + at * height, room.width(), height)
            paint_row(painter, place, row, scale, left - room.left(), look)
            places.append(place)
        bottom = room.top() + len(self.rows) * height
        paint_ticks(painter, bottom, self.ticks, scale, look)
        return places


@dataclass(frozen=True, slots=True)
class Scale:
    """Which values lie between two places."""

    low: float
    high: float
    left: float
    right: float

    @classmethod
    def over(cls, rows: Sequence[Interval], ticks: Sequence[Tick], left: float, right: float) -> "Scale":
        """Return a scale with room for zero, all rows and all ticks."""
        seen = [0.0, *(one for row in rows for one in (row.low, row.high)), *(tick.value for tick in ticks)]
        return cls(min(seen), max(seen), left, right)

    def x(self, value: float) -> float:
        """Return where a value lies; beyond an end it lies at the end."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.left + (self.right - self.left) * max(0.0, min(1.0, share))


def paint_row(painter: QPainter, room: QRectF, row: Interval, scale: Scale, label: float, look: Look) -> None:
    """Paint an interval with its label at the left and its words at its right end."""
    middle = room.center().y()
    write(
        painter,
        around(room.left(), middle, label - _GAP / 2, room.height()),
        row.label,
        look.font(),
        look.colour("text"),
    )
    paint_interval(painter, room, row, scale, look)
    at = max(scale.x(row.high), scale.x(0)) + _GAP
    wide = look.wide(row.written, strong=True)
    write(painter, around(at, middle, wide, room.height()), row.written, look.font(strong=True), look.colour("text"))
    rest = around(at + wide + _GAP, middle, room.right() - at - wide - _GAP, room.height())
    write(painter, rest, row.note, look.font(12), look.colour("text2"))


def paint_interval(painter: QPainter, room: QRectF, row: Interval, scale: Scale, look: Look) -> None:
    """Paint only the interval: the dotted line of zero, a line with two ends, a diamond for what was measured."""
    painter.setPen(look.pen("ctl", 1.5, Qt.PenStyle.DotLine))
    zero, middle = scale.x(0), room.center().y()
    painter.drawLine(QPointF(zero, room.top() + 3), QPointF(zero, room.bottom() - 3))
    low, high, half = scale.x(row.low), scale.x(row.high), look.px(5.5)
    painter.setPen(look.pen(row.role, 2))
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    for end in (low, high):
        painter.drawLine(QPointF(end, middle - half), QPointF(end, middle + half))
    at = scale.x(row.middle)
    corners = ((at, middle - half), (at + half, middle), (at, middle + half), (at - half, middle))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(row.role))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def paint_ticks(painter: QPainter, top: float, ticks: Sequence[Tick], scale: Scale, look: Look) -> None:
    """Write the values of a scale under it."""
    for tick in ticks:
        wide = look.wide(tick.text, 12)
        box = QRectF(scale.x(tick.value) - wide / 2, top, wide, look.px(_TICKS))
        write(painter, box, tick.text, look.font(12), look.colour("text2"), CENTRE)


def written_width(row: Interval, look: Look) -> float:
    """Return how wide the words beside an interval are."""
    return look.wide(row.written, strong=True) + (look.wide(row.note, 12) + _GAP if row.note else 0)


def interval_value(row: Interval) -> Value:
    """Return an interval in words."""
    return Value(row.label, f"{row.written} · {row.note}" if row.note else row.written)


def round_steps(low: float, high: float, most: int = 4) -> list[float]:
    """Return round values from low to high for a scale: at most `most` steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if span <= 0:
        return [low]
    rough = span / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough - 1e-12)
    first = floor(low / step + 1e-9)
    return [round(at * step, 10) for at in range(first, first + most + 2) if low - 1e-9 <= at * step <= high + 1e-9]
