"""A choice of several: a combo box whose list stays open while its entries are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.segments.snug_combo import SnugCombo


class CheckCombo(SnugCombo):
    """Shows the ticked entries as its text; Space or a click ticks, Escape closes the list."""

    ticked = Signal(tuple)

    def __init__(self, entries: Sequence[tuple[int, str, str]], chosen: Sequence[int], empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._keeps_open = False
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        group = ""
        for key, text, heading in entries:
            if heading != group:
                group = heading
                self._add_heading(heading)
            self._add(key, text, key in chosen)
        self.view().pressed.connect(self._toggle)
        self.view().installEventFilter(self)

    def chosen(self) -> tuple[int, ...]:
        """Return the keys of the ticked entries."""
        return tuple(item.data() for item in self._all() if item.checkState() is Qt.CheckState.Checked)

    def words(self) -> str:
        """Return what the closed box shows."""
        ticked = [item.text() for item in self._all() if item.checkState() is Qt.CheckState.Checked]
        return _(", ").join(ticked) or self._empty

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._toggle(self.view().currentIndex())
            return True
        return super().eventFilter(watched, event)

    def hidePopup(self) -> None:
        if self._keeps_open:
            self._keeps_open = False
        else:
            super().hidePopup()

    def _add_heading(self, text: str) -> None:
        heading = QStandardItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self._items.appendRow(heading)

    def _add(self, key: int, text: str, is_ticked: bool) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        item.setData(key)
        self._items.appendRow(item)

    def _all(self) -> list[QStandardItem]:
        items = [self._items.item(row) for row in range(self._items.rowCount())]
        return [item for item in items if item.data() is not None]

    def _toggle(self, index: QModelIndex) -> None:
        item = self._items.itemFromIndex(index)
        if item is None or item.data() is None:
            return
        was = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if was else Qt.CheckState.Checked)
        self._keeps_open = True
        self.setAccessibleDescription(self.words())
        self.updateGeometry()
        self.update()
        self.ticked.emit(self.chosen())


def named(widget: QWidget, name: str, accessible: str) -> QWidget:
    """Give an editor the names that tests and screen readers use."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible)
    widget.setProperty("small", True)
    return widget
