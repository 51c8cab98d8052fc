"""Paints a cell that mixes chips and words, such as "Serum → Essence", beside its check box where it has one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate
from linecrm_desktop.views.widgets.chips import Chip, paint_chip

PARTS_ROLE = Qt.ItemDataRole.UserRole + 8
"""A cell's chips and words, in order."""
_GAP, _BETWEEN = 6, 8
_TEXT = QStyle.SubElement.SE_ItemViewItemText
Parts = list[Chip | str]


class MixedDelegate(ChipDelegate):
    """Paints the parts of a cell; other cells as in every table."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        parts = index.data(PARTS_ROLE)
        if not parts:
            super().paint(painter, option, index)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        box = QStyleOptionViewItem(option)
        self.initStyleOption(box, index)
        box.text = ""
        box.state &= ~QStyle.StateFlag.State_Selected
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, box, painter, option.widget)
        self._paint_parts(painter, style.subElementRect(_TEXT, box, option.widget), parts)
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_parts(self, painter: QPainter, room: QRect, parts: Parts) -> None:
        painter.save()
        painter.setFont(theme.font(12))
        painter.setClipRect(room)
        x, middle = float(room.left() + _GAP), room.center().y() + 0.5
        for part in parts:
            left = int(room.right() - x)
            if left <= 0:
                break
            if isinstance(part, Chip):
                x += paint_chip(painter, QPointF(x, middle), part, left) + _BETWEEN
            else:
                painter.setPen(theme.colour("text"))
                words = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, left)
                line = QRect(int(x), room.top(), left, room.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
                x += painter.fontMetrics().horizontalAdvance(words) + _BETWEEN
        painter.restore()
