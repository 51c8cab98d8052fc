"""The tree of tags: several can be chosen, groups fold, and a long group shows all of its tags at its link.

What can be done to tags has its keys in list_actions. Here are the keys of the tree itself: Enter or Space on a group
is its link, F2 and a double click write what a tag helps decide, Escape chooses one tag only.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QTreeView, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.tags.tag_delegate import TagDelegate
from linecrm_desktop.views.tags.tree_model import Index, TagTreeModel
from linecrm_desktop.views.widgets.writing import writing

_WIDTHS = {
    Column.TAG: 184,
    Column.USED_BY: 148,
    Column.FRIENDS: 74,
    Column.LAST_USED: 80,
    Column.OWNER: 60,
    Column.HEALTH: 152,
}
_LEAST = 150
"""What the sentence of a tag needs at least; where there is less, columns that matter less are hidden one by one."""
_MOST = {Column.USED_BY: 196, Column.HEALTH: 162}
"""So wide these columns may become where their words need it."""
_HIDDEN_FIRST = (Column.OWNER, Column.LAST_USED, Column.USED_BY)
_INDENT = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class TagTree(QTreeView):
    """Shows a TagTreeModel."""

    chosen_changed = Signal()
    """Another tag, or another set of tags, is chosen."""
    edit_asked = Signal()
    decision_asked = Signal()
    menu_asked = Signal(object)

    def __init__(self, model: TagTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagTree")
        writing(self)
        self._tags = model
        self._folded: set[str] = set()
        self._kept: tuple[list[int], int | None, str | None] = ([], None, None)
        self._scrolled = 0
        self.setModel(model)
        self._drawer = TagDelegate(self)
        self.setItemDelegate(self._drawer)
        self._build_look()
        self._build_columns()
        self._connect()

    def current_line(self) -> TagLine | None:
        """Return the tag the cursor is on."""
        return self._tags.line(self.currentIndex())

    def chosen(self) -> list[TagLine]:
        """Return the chosen tags, in the order in which they stand."""
        found: list[TagLine] = []
        for index in self.selectionModel().selectedRows():
            line = self._tags.line(index)
            if line is not None:
                found.append(line)
        return found

    def go_to(self, tag: int) -> bool:
        """Put the cursor on a tag; return whether it is listed."""
        self._tags.open_group_of(tag)
        index = self._tags.index_of(tag)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        return index.isValid()

    def choose_all(self) -> None:
        """Choose every tag of the list, also those that long groups do not show yet."""
        self._tags.show_all_groups()
        self.expandAll()
        self.selectAll()

    def choose_one(self) -> None:
        """Choose only the tag the cursor is on."""
        line = self.current_line()
        if line is not None:
            self.go_to(line.tag.id)

    def write_decision(self) -> None:
        """Open the editor in the cell that says what the tag helps decide."""
        line = self.current_line()
        if line is not None and not line.tag.is_retired:
            self.edit(self.currentIndex().siblingAtColumn(Column.DECIDES))

    def retranslate(self) -> None:
        """Say everything anew."""
        self.setAccessibleName(_("Tags"))
        self._tags.retell()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_group = self._tags.group(self.currentIndex()) is not None
        if is_group and event.key() in (*_ENTER, Qt.Key.Key_Space):
            self._press_link(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape and len(self.chosen()) > 1:
            self.choose_one()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_link(event.position().toPoint()):
            self.setCurrentIndex(index)
            self._press_link(index)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_link = self._is_on_link(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if on_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Bring ground and line of a row to the left edge, under the arrow too."""
        is_group = self._tags.group(index) is not None
        chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
        is_current = is_group and self.hasFocus() and index == self.currentIndex()
        ground = "sel" if chosen or is_current else "alt" if is_group else "surface"
        painter.fillRect(rect, theme.colour(ground))
        super().drawBranches(painter, rect, index)
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _build_look(self) -> None:
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.setIndentation(_INDENT)
        self.setMouseTracking(True)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _build_columns(self) -> None:
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSortIndicator(self._tags.order.column, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        head.setSortIndicatorShown(False)  # the model draws it beside the name, where there is room
        head.setSectionResizeMode(Column.DECIDES, head.ResizeMode.Stretch)
        head.setMinimumHeight(32)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the columns the width that their text needs at its size, and hide some where there is no room."""
        scale = theme.text_scale()
        widths = {column: round(width * scale) for column, width in _WIDTHS.items()}
        for column, most in _MOST.items():
            widths[column] = max(widths[column], min(round(most * scale), self.sizeHintForColumn(column)))
        room = self.viewport().width() - round(_LEAST * scale) - sum(widths.values())
        for column in _HIDDEN_FIRST:
            self.setColumnHidden(column, room < 0)
            room += widths[column] if room < 0 else 0
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _connect(self) -> None:
        self.customContextMenuRequested.connect(self._ask_menu)
        self.collapsed.connect(lambda index: self._fold(index, True))
        self.expanded.connect(lambda index: self._fold(index, False))
        self.doubleClicked.connect(self._pressed_twice)
        self._tags.modelAboutToBeReset.connect(self._keep_place)
        self._tags.modelReset.connect(self._take_place)
        theme.signals().changed.connect(self._fit_columns)

    def _fold(self, index: QModelIndex, is_folded: bool) -> None:
        group = self._tags.group(index)
        if group is not None:
            (self._folded.add if is_folded else self._folded.discard)(group.key)

    def _keep_place(self) -> None:
        """Remember what is chosen and where the cursor is: the list is about to be made anew."""
        line, group = self.current_line(), self._tags.group(self.currentIndex())
        chosen = [one.tag.id for one in self.chosen()]
        self._kept = chosen, line.tag.id if line else None, group.key if group else None
        self._scrolled = self.verticalScrollBar().value()

    def _take_place(self) -> None:
        """Unfold the groups that were, and choose again what was chosen and is still there."""
        chosen, tag, key = self._kept
        current = self._tags.index_of(tag) if tag is not None else QModelIndex()
        for row in range(self._tags.rowCount()):
            index = self._tags.index(row, 0)
            group = self._tags.group(index)
            if group is None:
                break
            self.setFirstColumnSpanned(row, QModelIndex(), True)
            self.setExpanded(index, group.key not in self._folded)
            current = index if group.key == key else current
        self._fit_columns()
        self._choose(chosen)
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.verticalScrollBar().setValue(self._scrolled)

    def _choose(self, tags: Sequence[int]) -> None:
        rows = QItemSelection()
        for tag in tags:
            index = self._tags.index_of(tag)
            rows.select(index, index)
        self.selectionModel().select(rows, _ROWS)

    def _is_on_link(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        return index.isValid() and self._drawer.link_rect(self.visualRect(index), index).contains(at)

    def _press_link(self, index: Index) -> None:
        group = self._tags.group(index)
        if group is not None and group.is_long:
            self._tags.show_all(group.key, all=group.is_cut)

    def _ask_menu(self, where: QPoint) -> None:
        if self.chosen():
            self.menu_asked.emit(self.viewport().mapToGlobal(where))

    def _pressed_twice(self, index: QModelIndex) -> None:
        if self._tags.line(index) is not None:
            (self.decision_asked if index.column() == Column.DECIDES else self.edit_asked).emit()
