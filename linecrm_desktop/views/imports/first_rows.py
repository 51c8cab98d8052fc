"""The first rows as they will be read; where two encodings are plausible, both readings side by side to choose from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTableWidget, QVBoxLayout, QWidget

from linecrm_desktop.imports.detect import Choice, Found
from linecrm_desktop.text import _
from linecrm_desktop.views.imports.encoding_names import encoding_name
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_WIDEST = 320
"""A column is as wide as its name, up to here."""


class FirstRows(QWidget):
    """One card, or two when a person must say which reading is right."""

    chosen = Signal(object)
    """The Choice of the other reading."""

    def __init__(self) -> None:
        super().__init__()
        self._other = ""
        self.title, self.second_title = label("", "section"), label("", "section")
        self.table, self.second_table = text_table("firstRows"), text_table("secondRows")
        self.take_second = button("", "default", "check", "takeSecondReading")
        self.take_second.clicked.connect(lambda: self.chosen.emit(Choice(encoding=self._other)))
        self.second_card = self._card(self.second_title, self.second_table, self.take_second)
        page = QHBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(12)
        page.addWidget(self._card(self.title, self.table), 1)
        page.addWidget(self.second_card, 1)
        self.second_card.hide()

    def show_found(self, found: Found, second: Found | None) -> None:
        """Show how a file is read, and how it could be read as well."""
        self._show(self.table, found)
        self.table.setAccessibleName(_("First rows, as the file will be read"))
        self.second_card.setVisible(second is not None)
        if second is None:
            self.title.setText(_("First rows, as the file will be read"))
            return
        self._other = second.encoding
        self.title.setText(_("Read as {encoding}").format(encoding=encoding_name(found.encoding)))
        self.second_title.setText(_("Or as {encoding}").format(encoding=encoding_name(second.encoding)))
        self.take_second.setText(_("This one is right"))
        self._show(self.second_table, second)
        for table, title in ((self.table, self.title), (self.second_table, self.second_title)):
            table.setAccessibleName(title.text())

    def _show(self, table: QTableWidget, found: Found) -> None:
        width = len(found.header)
        show_texts(table, found.header, [cells[:width] for cells in found.first_rows])
        header = table.horizontalHeader()
        for column in range(width):
            needed = header.sectionSizeHint(column)
            header.resizeSection(column, min(max(needed, header.defaultSectionSize()), _WIDEST))

    def _card(self, title: QWidget, table: QWidget, action: QWidget | None = None) -> Card:
        card = Card(margins=(0, 10, 0, 0))
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.addWidget(title, 1)
        if action is not None:
            head.addWidget(action)
        inside = QVBoxLayout()
        inside.addLayout(head)
        inside.addWidget(table, 1)
        card.body.addLayout(inside, 1)
        return card
