"""Paints numbers over time as a thin line in a table cell; the cell's text stands beside it and says the change."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate

SPARK_ROLE = Qt.ItemDataRole.UserRole + 8
"""A cell's points as (when, number), the oldest first; fewer than two draw no line."""
_PAD = 8
_LINE = 56
"""Width of the line at 100 % text size; the text has the rest."""


class SparkDelegate(ChipDelegate):
    """Draws the points from edge to edge between the least and the most, the newest as a dot."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        points = index.data(SPARK_ROLE) or []
        room = QRectF(option.rect.adjusted(_PAD, 9, -_PAD, -9))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if len(points) > 1:
            _paint_line(painter, QRectF(room.left(), room.top(), _LINE * theme.text_scale(), room.height()), points)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font(12))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(option.rect.adjusted(_PAD, 0, -_PAD, 0)), right, index.data() or "")
        painter.restore()
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + round(_LINE * theme.text_scale()) + _PAD, size.height())


def _paint_line(painter: QPainter, room: QRectF, points: list[tuple[float, float]]) -> None:
    first, last = points[0][0], points[-1][0]
    numbers = [number for _at, number in points]
    low, high = min(numbers), max(numbers)
    line = QPolygonF()
    for at, number in points:
        across = (at - first) / (last - first) if last > first else 1.0
        up = (number - low) / (high - low) if high > low else 0.5
        line.append(QPointF(room.left() + across * room.width(), room.bottom() - up * room.height()))
    painter.setPen(QPen(theme.colour("chart1"), 1.5))
    painter.drawPolyline(line)
    painter.setBrush(theme.colour("chart1"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(line.last(), 2.5, 2.5)
