"""Draws tags as chips, what they help decide, and groups as quiet rows between them, long ones with a link."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from linecrm_desktop.tags.words import ASK_DECISION
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.cells import ASKS_ROLE
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.tree_model import COUNT_ROLE, LINK_ROLE
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE, ChipDelegate

_ICON, _GAP = 24, 8


class TagDelegate(ChipDelegate):
    """The rows of the tag library."""

    row_height = 30

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.data(COUNT_ROLE) is not None:
            self._paint_group(painter, option, index)
        elif index.data(CHIPS_ROLE) is None:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, theme.colour("sel"))
            inner = QStyleOptionViewItem(option)
            inner.rect = option.rect.adjusted(5, 0, -5, -1)
            QStyledItemDelegate.paint(self, painter, inner, index)
        else:
            super().paint(painter, option, index)
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        quiet = index.column() in (Column.USED_BY, Column.HEALTH)
        if quiet:
            option.font = theme.font(12)
        role = "warn" if index.data(ASKS_ROLE) else "text2" if quiet else "text"
        option.decorationSize = QSize(16, 16)
        for place in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(place, theme.colour(role))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("decisionEditor")
        editor.setProperty("small", True)
        editor.setPlaceholderText(_(ASK_DECISION))
        editor.setAccessibleName(_("Helps decide"))
        return editor

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), max(self.row_height, option.fontMetrics.height() + 11))

    def link_rect(self, row: QRect, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where a group's link stands in its row; empty for rows that have none."""
        link = index.data(LINK_ROLE)
        if not link:
            return QRect()
        strong, plain = QFontMetrics(theme.font(13, strong=True)), QFontMetrics(theme.font(12))
        left = row.left() + _ICON + strong.horizontalAdvance(index.data()) + _GAP
        left += plain.horizontalAdvance(index.data(COUNT_ROLE)) + _GAP
        width = QFontMetrics(theme.font(12, strong=True)).horizontalAdvance(link)
        return QRect(left, row.top(), width, row.height())

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        is_current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(option.rect, theme.colour("sel" if is_current else "alt"))
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        picture.paint(painter, QRect(option.rect.left(), option.rect.center().y() - 8, 17, 17))
        words = option.rect.adjusted(_ICON, 0, 0, 0)
        for text, role, size, strong in (
            (index.data(), "text", 13, True),
            (index.data(COUNT_ROLE), "text2", 12, False),
            (index.data(LINK_ROLE) or "", "accent", 12, True),
        ):
            painter.setPen(theme.colour(role))
            painter.setFont(theme.font(size, strong=strong))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
            words.adjust(painter.fontMetrics().horizontalAdvance(text) + _GAP, 0, 0, 0)
        painter.restore()
