"""Lets the rows of a tree grow with their texts: words wrap at the width that a column has, nothing is cut."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget

_AIR = 8
"""Above and below the words together."""
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class WrapDelegate(QStyledItemDelegate):
    """Measures each cell at its column's width; the tree measures anew when a column changes."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.setWordWrap(True)
        tree.setUniformRowHeights(False)
        tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        tree.header().sectionResized.connect(lambda *_widths: tree.scheduleDelayedItemsLayout())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        words = str(index.data() or "")
        room = QRect(0, 0, max(1, self.room(option, index)), 100_000)
        height = option.fontMetrics.boundingRect(room, _WRAPPED, words).height()
        return QSize(size.width(), max(size.height(), height + _AIR))

    def room(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return how wide the words of a cell may be: the column without indentation, icon and the style's margins."""
        width = self._tree.columnWidth(index.column())
        if index.column() == 0:
            level, above = int(self._tree.rootIsDecorated()), index.parent()
            while above.isValid():
                level, above = level + 1, above.parent()
            width -= self._tree.indentation() * level
        style = self._tree.style() or QApplication.style()
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._tree) + 1
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            width -= option.decorationSize.width() + 2 * margin
        return width - 2 * margin
