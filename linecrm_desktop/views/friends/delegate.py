"""Paints the friends' table: letter avatars, chips, the consent icon; the same ground and line under every cell."""

from functools import lru_cache

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE, ChipDelegate
from linecrm_desktop.views.widgets.parts import paint_avatar

_AVATAR = 24
_ICON = 16
_BOX = 16
_INSET = 5
"""Brings texts in line with the heads, whose padding is 8."""


class FriendDelegate(ChipDelegate):
    """Draws one cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        if index.column() == Column.CHECK:
            paint_box(painter, option.rect, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        elif index.data(CHIPS_ROLE) is None:
            inner = QStyleOptionViewItem(option)
            inner.rect = option.rect.adjusted(_INSET, 0, -_INSET, -1)
            QStyledItemDelegate.paint(self, painter, inner, index)
        else:
            super().paint(painter, option, index)
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Take a click anywhere in the first cell for the box: a box alone is a small target."""
        if index.column() != Column.CHECK or event.type() != QEvent.Type.MouseButtonRelease:
            return False
        before = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        after = Qt.CheckState.Unchecked if before == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, after, Qt.ItemDataRole.CheckStateRole)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == Column.FRIEND:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = avatar(option.text, theme.colour("accent").name(), theme.colour("accent_soft").name())
            option.decorationSize = QSize(_AVATAR, _AVATAR)
        elif index.column() == Column.CONSENT:
            option.decorationSize = QSize(_ICON, _ICON)
            option.font = theme.font(12)
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, theme.colour("text2"))


@lru_cache(maxsize=1024)
def avatar(name: str, _ink: str, _ground: str) -> QIcon:
    """Return a name's letter in a circle; kept by colour, so that a change of theme draws it anew."""
    drawn = QPixmap(2 * _AVATAR, 2 * _AVATAR)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_avatar(painter, QRectF(0, 0, _AVATAR, _AVATAR), name)
    painter.end()
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)  # or the style tints it on the selected row
    return made


def paint_box(painter: QPainter, cell: QRect, state: Qt.CheckState) -> None:
    """Paint a check box at the left of a cell: empty, checked, or a bar for some of many."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(cell.left() + 8.5, cell.center().y() - _BOX / 2 + 0.5, _BOX - 1, _BOX - 1)
    off = state == Qt.CheckState.Unchecked
    painter.setPen(QPen(theme.colour("ctl" if off else "accent"), 1.2))
    painter.setBrush(theme.colour("surface" if off else "accent"))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(theme.colour("on_accent"), 2))
    middle = box.center()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
    elif state == Qt.CheckState.Checked:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([middle + QPointF(-4, 0), middle + QPointF(-1, 3), middle + QPointF(4, -3)])
    painter.restore()
