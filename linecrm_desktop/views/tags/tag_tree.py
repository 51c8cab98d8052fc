"""The tree of tags with its keys: Enter edits, F2 writes the decision, Ctrl+Enter shows friends, Del retires."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from linecrm_desktop.tags.words import ASK_DECISION
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.cells import ASKS_ROLE
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.tags.tree_model import COUNT_ROLE, Index, TagTreeModel
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE, ChipDelegate

_WIDTHS = {
    Column.TAG: 184,
    Column.USED_BY: 98,
    Column.FRIENDS: 70,
    Column.LAST_USED: 84,
    Column.OWNER: 64,
    Column.HEALTH: 156,
}
_INDENT = 17


class TagTree(QTreeView):
    """Shows a TagTreeModel."""

    moved = Signal(object)
    """The id of the tag the cursor is on; nothing while it is on a group."""
    edit_asked = Signal()
    friends_asked = Signal()
    retire_asked = Signal()
    menu_asked = Signal(object)

    def __init__(self, model: TagTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagTree")
        self._tags = model
        self._folded: set[object] = set()
        self.setModel(model)
        self.setItemDelegate(TagDelegate(self))
        self._build_look()
        self._build_columns()
        self.customContextMenuRequested.connect(self._ask_menu)
        self.collapsed.connect(lambda index: self._folded.add(self._tags.group_type(index)))
        self.expanded.connect(lambda index: self._folded.discard(self._tags.group_type(index)))
        self.doubleClicked.connect(self._pressed_twice)

    def current_line(self) -> TagLine | None:
        """Return the tag the cursor is on."""
        return self._tags.line(self.currentIndex())

    def show_lines(self, lines: list[TagLine], tag: int | None) -> None:
        """Show these tags with the cursor on one of them; groups that were folded stay folded."""
        scrolled = self.verticalScrollBar().value()
        self._tags.show_lines(lines)
        for row in range(self._tags.rowCount()):
            group = self._tags.index(row, 0)
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            self.setExpanded(group, self._tags.group_type(group) not in self._folded)
        self.verticalScrollBar().setValue(scrolled)
        if tag is not None:
            self.go_to(tag)

    def go_to(self, tag: int) -> bool:
        """Put the cursor on a tag; return whether it is listed."""
        index = self._tags.index_of(tag)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        return index.isValid()

    def write_decision(self) -> None:
        """Open the editor in the cell that says what the tag helps decide."""
        if self.current_line() is not None:
            self.edit(self.currentIndex().siblingAtColumn(Column.DECIDES))

    def retranslate(self) -> None:
        """Say everything anew."""
        self.setAccessibleName(_("Tags by type"))
        self._tags.retell()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        line = self._tags.line(current)
        if line is not None:
            self.moved.emit(line.tag.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.current_line() is None or self.state() == QTreeView.State.EditingState:
            super().keyPressEvent(event)
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.friends_asked.emit()
        elif enter:
            self.edit_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.write_decision()
        elif event.key() == Qt.Key.Key_Delete:
            self.retire_asked.emit()
        else:
            super().keyPressEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Bring ground and line of a row to the left edge, under the arrow too."""
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        ground = "sel" if chosen else "surface" if self._tags.line(index) else "alt"
        painter.fillRect(rect, theme.colour(ground))
        super().drawBranches(painter, rect, index)
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _build_look(self) -> None:
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.setIndentation(_INDENT)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _build_columns(self) -> None:
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(Column.DECIDES, head.ResizeMode.Stretch)
        head.setMinimumHeight(32)

    def _ask_menu(self, where: QPoint) -> None:
        if self.current_line() is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def _pressed_twice(self, index: QModelIndex) -> None:
        if self._tags.line(index) is not None:
            (self.write_decision if index.column() == Column.DECIDES else self.edit_asked.emit)()


class TagDelegate(ChipDelegate):
    """Draws tags as chips, what they help decide, and the types as quiet rows between them."""

    row_height = 30

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        group = index.data(COUNT_ROLE)
        if group is not None:
            self._paint_group(painter, option, index, group)
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

    def _paint_group(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        count: str,
    ) -> None:
        painter.save()
        chosen = option.state & QStyle.StateFlag.State_Selected
        painter.fillRect(option.rect, theme.colour("sel" if chosen else "alt"))
        middle = option.rect.center().y()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        picture.paint(painter, QRect(option.rect.left(), middle - 8, 17, 17))
        words = option.rect.adjusted(24, 0, 0, 0)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(13, strong=True))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, index.data())
        words.adjust(painter.fontMetrics().horizontalAdvance(index.data()) + 8, 0, 0, 0)
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font(12))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()
