"""The table of friends with its keys: Space checks, Enter opens, T tags, Escape steps back."""

from array import array

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.friends.check_header import CheckHeader
from linecrm_desktop.views.friends.columns import OPTIONAL, Column
from linecrm_desktop.views.friends.delegate import FriendDelegate
from linecrm_desktop.views.friends.table_model import FriendTableModel
from linecrm_desktop.views.widgets.paged_model import Index
from linecrm_desktop.views.widgets.tables import give_widths

_ROW = 34
_WIDTHS = {
    Column.CHECK: 36,
    Column.FRIEND: 146,
    Column.LAST_ORDER: 88,
    Column.SPENT: 84,
    Column.CONSENT: 96,
    Column.MEMBER: 96,
    Column.JOINED: 96,
    Column.ORDERS: 72,
}


class FriendTable(QTableView):
    """Shows a FriendTableModel."""

    moved = Signal(object)
    """The id of the friend the cursor is on, or None."""
    opened = Signal()
    tag_asked = Signal()
    escaped = Signal()
    menu_asked = Signal(object)
    """Where on the screen the context menu was asked for."""

    def __init__(self, model: FriendTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("friendTable")
        self._friends = model
        self.head = CheckHeader(self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setItemDelegate(FriendDelegate(self))
        self._build_look()
        self._build_columns()
        self.head.box_pressed.connect(self._box_pressed)
        model.checked_changed.connect(self._show_box)
        theme.signals().changed.connect(self._look_changed)

    def listed(self) -> "array[int]":
        """Return the friends of the list, in its order."""
        return self._friends.ids()

    def show_ids(self, ids: "array[int]") -> None:
        """Show these friends; the cursor stays on its friend when that one is still listed."""
        before, scrolled = self.current_friend(), self.verticalScrollBar().value()
        self._friends.show_ids(ids)
        position = self._friends.position_of(before) if before is not None else None
        self.go_to(position if position is not None else 0 if ids else None)
        self.verticalScrollBar().setValue(scrolled if position is not None else 0)
        self._show_box()

    def current_friend(self) -> int | None:
        """Return the friend the cursor is on."""
        return self._friends.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def go_to(self, position: int | None) -> None:
        """Put the cursor on a row."""
        index = self._friends.index(position, Column.FRIEND) if position is not None else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def chosen(self) -> list[int]:
        """Return the checked friends, or else those that are selected."""
        return self._friends.checked() or self._selected()

    def show_column(self, column: Column, *, shown: bool) -> None:
        """Show or hide a column."""
        self.setColumnHidden(column, not shown)

    def retranslate(self) -> None:
        """Say everything anew."""
        self.setAccessibleName(_("Friends"))
        self._friends.retell()
        give_widths(self, _WIDTHS)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(self._friends.id_at(current.row()) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        actions = {
            Qt.Key.Key_Space: self._toggle_selected,
            Qt.Key.Key_Return: self.opened.emit,
            Qt.Key.Key_Enter: self.opened.emit,
            Qt.Key.Key_T: self.tag_asked.emit,
            Qt.Key.Key_Escape: self.escaped.emit,
        }
        act = actions.get(Qt.Key(event.key())) if plain else None
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: jumping to a letter would read every page of a long list."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    def _build_look(self) -> None:
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._look_changed()

    def _build_columns(self) -> None:
        give_widths(self, _WIDTHS)
        self.head.setSectionResizeMode(Column.CHECK, QHeaderView.ResizeMode.Fixed)
        self.head.setSectionResizeMode(Column.TAGS, QHeaderView.ResizeMode.Stretch)
        self.head.setMinimumSectionSize(36)
        for column in OPTIONAL:
            self.setColumnHidden(column, True)

    def _look_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(_ROW, QFontMetrics(theme.font(13)).height() + 14))
        give_widths(self, _WIDTHS)

    def _selected(self) -> list[int]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [friend for row in rows if (friend := self._friends.id_at(row)) is not None]

    def _toggle_selected(self) -> None:
        chosen = self._selected()
        on = not set(chosen) <= set(self._friends.checked())
        self._friends.check(chosen, on=on)

    def _box_pressed(self) -> None:
        if self._friends.checked_count() == len(self._friends.ids()):
            self._friends.clear_checks()
        else:
            self._friends.check_all()

    def _show_box(self) -> None:
        count, total = self._friends.checked_count(), len(self._friends.ids())
        some = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.head.show_state(Qt.CheckState.Checked if count and count == total else some)
