"""Shortcuts: all keys of the window in one list that can be searched."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView

from linecrm_desktop.text import _
from linecrm_desktop.views.keys_dialog import all_keys
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_SHOWN = 10


class KeysCard(Card):
    """Reads the keys from the window's own actions each time it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.search = SearchField(name="keySearch")
        self.search.setMaximumWidth(260)
        self.search.setProperty("small", True)
        self.table = text_table("keyTable")
        self.table.setColumnCount(2)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.note, 1)
        head.addWidget(self.search)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.search.textChanged.connect(self._show)

    def words(self) -> str:
        """Return what the page's search looks through."""
        return " ".join(f"{name} {key}" for name, key in self._rows)

    def retranslate(self) -> None:
        self.heading.setText(_("Shortcuts"))
        self.note.setText(_("Single keys work only while a table or tree has the focus."))
        self.search.show_placeholder(_("Find a key or what it does"))
        self.table.setAccessibleName(_("Keyboard shortcuts"))
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _read(self) -> None:
        self._rows = all_keys(self.window())
        self._show()

    def _show(self) -> None:
        wanted = self.search.text().strip().casefold()
        fits = [row for row in self._rows if wanted in " ".join(row).casefold()]
        show_texts(self.table, [_("What it does"), _("Key")], fits)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        height = self.table.verticalHeader().defaultSectionSize()
        rows = max(1, min(len(fits), _SHOWN))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * height + 2)
