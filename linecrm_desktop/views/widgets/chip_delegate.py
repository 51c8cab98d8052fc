"""Paints chips and plain texts in table cells with the design's bottom line instead of a grid."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chips import chips_width, paint_chips

CHIPS_ROLE = Qt.ItemDataRole.UserRole + 7
"""A cell's list of Chip; a cell without one is painted as text."""
_PAD = 8


class ChipDelegate(QStyledItemDelegate):
    """Draws each cell on the plain or selected ground, chips where the model gives some, and the row's bottom line."""

    row_height = 34

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        chips = index.data(CHIPS_ROLE)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        if chips is None:
            inside = QStyleOptionViewItem(option)
            inside.state &= ~QStyle.StateFlag.State_Selected
            # The style keeps 3 pixels itself; with these the text stands under its header.
            inside.rect = option.rect.adjusted(_PAD - 3, 0, 3 - _PAD, 0)
            super().paint(painter, inside, index)
        else:
            paint_chips(painter, option.rect.adjusted(_PAD, 0, -_PAD, 0), chips)
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        chips = index.data(CHIPS_ROLE)
        width = size.width() if chips is None else chips_width(chips)
        return QSize(width + 2 * _PAD, max(self.row_height, size.height() + 8))
