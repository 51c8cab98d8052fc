"""All keys of the window in one list."""

from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.rail import keys
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_IN_TABLES = (
    ("Space", "check"),
    ("Return", "open"),
    ("Shift+F10", "menu"),
    ("Escape", "clear"),
)


class KeysDialog(QDialog):
    """Reads the keys from the window's actions, so that the list cannot be wrong."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("keysDialog")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.resize(460, 560)
        rows = all_keys(window)
        self.table = text_table("keys")
        self.table.setAccessibleName(_("Keyboard shortcuts"))
        show_texts(self.table, [_("What it does"), _("Key")], rows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        close = button(_("Close"), name="close")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(label(_("Single keys work only while a table or tree has the focus."), "second", wrap=True))
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        column.addLayout(foot)


def all_keys(window: QWidget) -> list[tuple[str, str]]:
    """Return what each key of a window does, and those that work in every table."""
    return [*_actions(window), *_tables()]


def _actions(window: QWidget) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for action in window.findChildren(QAction):
        name, _tab, shown = action.text().partition("\t")
        key = ", ".join(keys(key.toString()) for key in action.shortcuts()) or shown
        if key and name:
            found.setdefault(name.replace("&", ""), key)
    others = {keys(shortcut.key().toString()): shortcut.whatsThis() for shortcut in window.findChildren(QShortcut)}
    named = [(words, key) for key, words in others.items() if words]
    return [*found.items(), *named]


def _tables() -> list[tuple[str, str]]:
    meanings = {
        "check": _("Check the row"),
        "open": _("Open the row"),
        "menu": _("Menu of the row"),
        "clear": _("Clear the search or the selection"),
    }
    return [(meanings[what], keys(key)) for key, what in _IN_TABLES]
