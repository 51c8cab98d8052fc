"""Paints an interval with the line of zero in a table cell, all rows over one scale; the text says it in words."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.charts.interval import Interval, Scale, paint_interval
from linecrm_desktop.views.widgets.charts.look import on_screen
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate

INTERVAL_ROLE = Qt.ItemDataRole.UserRole + 9
"""A cell's `CellInterval`; a cell without one shows its text."""
_PAD = 14
_WIDE = 96


@dataclass(frozen=True, slots=True)
class CellInterval:
    """An interval, and the ends of the scale that all rows share."""

    interval: Interval
    low: float
    high: float


class IntervalDelegate(ChipDelegate):
    """Draws the interval instead of the text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.data(INTERVAL_ROLE) is not None:
            option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        shown = index.data(INTERVAL_ROLE)
        if shown is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(option.rect.adjusted(_PAD, 2, -_PAD, -3))
        scale = Scale(shown.low, shown.high, room.left(), room.right())
        paint_interval(painter, room, shown.interval, scale, on_screen())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(round(_WIDE * theme.text_scale()) + 2 * _PAD, size.height())
