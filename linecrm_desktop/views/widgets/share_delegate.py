"""Paints a share in a table cell as a bar with its percent at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate

SHARE_ROLE = Qt.ItemDataRole.UserRole + 10
"""A cell's share, 0 to 1; a cell without one shows its text."""
_PAD, _BAR, _HIGH, _GAP = 8, 48, 8, 8
_LEAST = 16
"""A shorter bar says nothing and is left out."""


class ShareDelegate(ChipDelegate):
    """Draws a bar in front of the text where the model gives a share."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE_ROLE)
        room = QRectF(option.rect)
        wide = min(_BAR, max(0.0, room.width() - 2 * _PAD - _GAP - _number_width(option, index)))
        if share is None or wide < _LEAST:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(room.left() + _PAD, room.center().y() - _HIGH / 2, wide, _HIGH)
        painter.setBrush(theme.colour("border"))
        painter.drawRoundedRect(bar, _HIGH / 2, _HIGH / 2)
        if share > 0:
            bar.setWidth(max(_HIGH, bar.width() * share))
            painter.setBrush(theme.colour("chart1"))
            painter.drawRoundedRect(bar, _HIGH / 2, _HIGH / 2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return size if index.data(SHARE_ROLE) is None else QSize(size.width() + _BAR + _GAP, size.height())


def _number_width(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
    return option.fontMetrics.horizontalAdvance(str(index.data() or ""))
