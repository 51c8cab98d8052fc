"""A grid whose cells are the deeper in colour the more they are worth; the number stands in each cell.

The text is dark or light by the luminance of its cell, and always 4.5 : 1.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views.widgets.charts.drawing import Value
from linecrm_desktop.views.widgets.charts.look import CENTRE, Look, write
from linecrm_desktop.views.widgets.chips import chip_width, paint_chip, tag_chip

READABLE = 4.5
_FAINT = 0.2
"""How deep the colour of the least value is."""
_HEAD, _ROW, _GAP = 22, 40, 3
_STEPS = 200
"""Depths of colour that are told apart."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its value (None: too few to say), the value in words, and a second line."""

    value: float | None
    written: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: a tag's name and type, or any name without a type, and a cell for each column."""

    name: str
    cells: tuple[HeatCell, ...]
    type: TagType | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """Rows by columns."""

    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    def values(self) -> list[Value]:
        return [
            Value(f"{row.name}, {column}", f"{cell.written} · {cell.note}" if cell.note else cell.written)
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
        ]

    def across(self) -> int:
        return max(1, len(self.columns))

    def size(self, look: Look) -> QSize:
        height = look.px(_HEAD) + len(self.rows) * self._row(look)
        return QSize(round(look.px(120 + 100 * len(self.columns))), round(height))

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> list[QRectF]:
        label = self._label(room, look)
        wide = (room.width() - label) / max(1, len(self.columns))
        head = look.px(_HEAD)
        for at, column in enumerate(self.columns):
            box = QRectF(room.left() + label + at * wide, room.top(), wide - _GAP, head)
            write(painter, box, column, look.font(12), look.colour("text2"), CENTRE)
        most = max((cell.value or 0 for row in self.rows for cell in row.cells), default=0)
        places: list[QRectF] = []
        for at, row in enumerate(self.rows):
            line = QRectF(room.left(), room.top() + head + at * self._row(look), room.width(), self._row(look) - _GAP)
            self._paint_name(painter, line, row, label, look)
            for column, cell in enumerate(row.cells):
                box = QRectF(room.left() + label + column * wide, line.top(), wide - _GAP, line.height())
                _paint_cell(painter, box, cell, most, look)
                places.append(box)
        return places

    def _label(self, room: QRectF, look: Look) -> float:
        widest = max((_name_width(row, look) for row in self.rows), default=0.0)
        return min(widest + look.px(16), room.width() * 0.34)

    @staticmethod
    def _row(look: Look) -> float:
        letters = look.metrics(12, strong=True).height() + look.metrics(11).height()
        return max(look.px(_ROW), letters + 4 + _GAP)

    @staticmethod
    def _paint_name(painter: QPainter, line: QRectF, row: HeatRow, label: float, look: Look) -> None:
        if row.type is None:
            box = QRectF(line.left(), line.top(), label - look.px(8), line.height())
            write(painter, box, row.name, look.font(), look.colour("text"))
            return
        painter.setFont(look.font(12))
        place = QPointF(line.left(), line.center().y())
        paint_chip(painter, place, tag_chip(row.name, row.type), round(label - look.px(8)), look.tokens)


def _name_width(row: HeatRow, look: Look) -> float:
    if row.type is None:
        return look.wide(row.name)
    return chip_width(tag_chip(row.name, row.type), QFontMetrics(look.font(12)))


def _paint_cell(painter: QPainter, box: QRectF, cell: HeatCell, most: float, look: Look) -> None:
    if cell.value is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen("border", 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        write(painter, box, cell.written, look.font(12), look.colour("text2"), CENTRE)
        return
    ground, text = cell_colours(max(0.0, cell.value) / most if most > 0 else 0.0, look)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 2, 2)
    if not cell.note:
        write(painter, box, cell.written, look.font(12, strong=True), text, CENTRE)
        return
    upper, lower = look.metrics(12, strong=True).height(), look.metrics(11).height()
    top = box.center().y() - (upper + lower) / 2
    number = QRectF(box.left(), top, box.width(), upper)
    write(painter, number, cell.written, look.font(12, strong=True), text, CENTRE)
    note = QRectF(box.left(), top + upper, box.width(), lower)
    write(painter, note, cell.note, look.font(11), text, CENTRE)


def cell_colours(share: float, look: Look) -> tuple[QColor, QColor]:
    """Return ground and text for a share of the greatest value.

    In the middle of the scale neither text is readable; there the ground is a little fainter than its share.
    """
    depth = round(_STEPS * (_FAINT + (1 - _FAINT) * min(1.0, share)))
    texts = (look.colour("text"), look.colour("on_accent"))
    while True:
        ground = _mixed(look.colour("surface"), look.colour("chart1"), depth / _STEPS)
        best = max(texts, key=lambda one: contrast(one, ground))
        if contrast(best, ground) >= READABLE or depth <= 0:
            return ground, best
        depth -= 1


def _mixed(light: QColor, deep: QColor, depth: float) -> QColor:
    pairs = ((light.red(), deep.red()), (light.green(), deep.green()), (light.blue(), deep.blue()))
    return QColor(*(round(one + (other - one) * depth) for one, other in pairs))


def luminance(colour: QColor) -> float:
    """Return the relative luminance by WCAG 2, 0 to 1."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours by WCAG 2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
