"""Finds one friend while something is typed: a search, and below it who fits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.friends import directory
from linecrm_desktop.friends.directory import FriendQuery, FriendRow
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.parts import SearchField

_SHOWN = 50
_FRIEND = Qt.ItemDataRole.UserRole


class FriendFinder(QWidget):
    """Shows whom a search finds; one of them is chosen when they are the only one, or by a person."""

    chosen = Signal()
    """Somebody else is chosen, or nobody any more."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self._key = desk, f"{name}.friends"
        self.search = _Search(_("Name, member number, phone, e-mail"), f"{name}FriendSearch")
        self.found = QListWidget()
        self.found.setObjectName(f"{name}Friends")
        self.found.setAccessibleName(_("Friends"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.found, 1)
        self.search.textChanged.connect(lambda _text: self.look())
        self.search.down.connect(self._go_down)
        self.found.itemSelectionChanged.connect(self.chosen)
        self.setFocusProxy(self.search)

    def friend(self) -> int | None:
        """Return the chosen friend."""
        items = self.found.selectedItems()
        return items[0].data(_FRIEND) if items else None

    def look(self) -> None:
        """Look for whom the search names."""
        query, day = FriendQuery(search=self.search.text()), self._desk.day()

        def read(session: Session) -> list[FriendRow]:
            return directory.rows(session, directory.ids(session, query, day)[:_SHOWN])

        self._desk.jobs.read(read, self._show, key=self._key)

    def _show(self, rows: list[FriendRow]) -> None:
        self.found.clear()
        for row in rows:
            named = " · ".join(part for part in (shown_name(row.name), row.member_number) if part)
            item = QListWidgetItem(named)
            item.setData(_FRIEND, row.id)
            self.found.addItem(item)
        if len(rows) == 1:
            self.found.setCurrentRow(0)
        self.chosen.emit()

    def _go_down(self) -> None:
        if self.found.count():
            self.found.setFocus()
            self.found.setCurrentRow(max(0, self.found.currentRow()))


class _Search(SearchField):
    """Down goes from the search into the list."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
