"""The saved filters at the left of the friends, each with how many friends it holds."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.friends.directory import Listed
from linecrm_desktop.friends.words import LISTED
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.outside import follow_selection

_COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW = 30


class FilterList(QWidget):
    """Exactly one filter is in use, or none while a segment or a tag is shown."""

    chosen = Signal(object)
    """The Listed that a person picked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "caption")
        self._title.setContentsMargins(10, 0, 0, 0)
        self.list = QListWidget()
        self.list.setObjectName("savedFilters")
        follow_selection(self.list)
        self.list.setItemDelegate(_FilterDelegate(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setStyleSheet("QListWidget { background: transparent; }")
        for listed in Listed:
            item = QListWidgetItem(self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(listed))
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 12, 6, 12)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        self.list.currentRowChanged.connect(self._moved)
        self._counts: Mapping[Listed, int] = {}
        self.retranslate()

    def show_counts(self, counts: Mapping[Listed, int]) -> None:
        """Show how many friends each filter holds."""
        self._counts = counts
        self.retranslate()

    def choose(self, listed: Listed | None) -> None:
        """Mark the filter in use without telling anybody."""
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1 if listed is None else list(Listed).index(listed))
        if listed is None:
            self.list.clearSelection()
        self.list.blockSignals(False)

    def retranslate(self) -> None:
        """Say everything anew."""
        self._title.setText(_("Saved filters"))
        self.list.setAccessibleName(_("Saved filters"))
        for row, listed in enumerate(Listed):
            item, name, count = self.list.item(row), _(LISTED[listed]), self._counts.get(listed)
            item.setText(name)
            item.setData(_COUNT_ROLE, "" if count is None else number(count))
            heard = ngettext("{filter}, {n} friend", "{filter}, {n} friends", count or 0)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, heard.format(filter=name, n=number(count or 0)))

    def _moved(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(list(Listed)[row])


class _FilterDelegate(QStyledItemDelegate):
    """Draws a name at the left and its number at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("sel" if chosen else "alt"))
            painter.drawRoundedRect(box, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(theme.colour("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        self._paint_words(painter, box.adjusted(10, 0, -10, 0), index, chosen=chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(_ROW, QFontMetrics(theme.font(13)).height() + 12))

    def _paint_words(
        self, painter: QPainter, box: QRectF, index: QModelIndex | QPersistentModelIndex, *, chosen: bool
    ) -> None:
        count = index.data(_COUNT_ROLE)
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(count) - 6, 0)
        painter.setFont(theme.font(13, strong=chosen))
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
