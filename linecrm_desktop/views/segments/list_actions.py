"""What can be done with the chosen segments: one QAction each, in the menus, on keys and on right-click."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.segments.acts import RECOUNTS
from linecrm_desktop.views.widgets.writing import writing

_ACTIONS = (
    ("open", N_("Open"), ""),
    ("write", N_("Write a message"), ""),
    ("friends", N_("Show the friends"), "Ctrl+Return"),
    ("rename", N_("Rename"), "F2"),
    ("duplicate", N_("Duplicate"), "Ctrl+D"),
    ("compare", N_("Compare two…"), "Ctrl+Shift+C"),
    ("recount", N_("Count again"), "F5"),
    ("export", N_("Export members…"), "Ctrl+Shift+E"),
    ("archive", N_("Put away"), "Del"),
    ("restore", N_("Take back"), "Ctrl+Shift+R"),
    ("delete", N_("Delete for good…"), "Shift+Del"),
)
_ONE = ("open", "write", "friends", "rename", "duplicate", "export")
"""Actions that need exactly one segment."""
_SHELVED = ("restore", "delete")
"""Actions for what is put away; the others but these and _ALWAYS are for what is not."""
_OF_THE_PAGE = ("compare", "recount")
_READING = ("open", "friends", "compare", "recount")
_ALWAYS = ("open", "friends", "duplicate", "export", "compare", "recount")


class ListActions(QObject):
    """Makes the actions, binds their keys to the table or the page, and enables what fits the choice."""

    def __init__(self, page: QWidget, table: QWidget) -> None:
        super().__init__(page)
        self._texts = {name: text for name, text, _keys in _ACTIONS}
        self.all: dict[str, QAction] = {}
        for name, _text, keys in _ACTIONS:
            made = QAction(self)
            made.setObjectName(f"segment_{name}")
            if name not in _READING:
                writing(made)
            made.setShortcut(QKeySequence(keys))
            # Only where the table or page has the focus: the builder and the window use the same keys for other things.
            if name in _OF_THE_PAGE:
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                page.addAction(made)
            else:
                made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                table.addAction(made)
            self.all[name] = made
        self.recounts: dict[Recount, QAction] = {}
        self._times = QActionGroup(self)
        for recount in RECOUNTS:
            made = writing(QAction(self))
            made.setObjectName(f"recount_{recount}")
            made.setCheckable(True)
            self._times.addAction(made)
            self.recounts[recount] = made
        self.choose([], shelved=False, count=0)

    def choose(self, rows: Sequence[SegmentRow], *, shelved: bool, count: int) -> None:
        """Enable what fits the chosen segments; `count` is how many there are to compare."""
        for name, action in self.all.items():
            fits = len(rows) == 1 if name in _ONE else bool(rows)
            if name not in _ALWAYS:
                fits = fits and shelved == (name in _SHELVED)
                action.setVisible(shelved == (name in _SHELVED))
            action.setEnabled(fits)
            if name == "archive" and any(row.core for row in rows):
                action.setEnabled(False)
        self.all["recount"].setEnabled(True)
        self.all["compare"].setEnabled(count > 1)
        for recount, action in self.recounts.items():
            action.setEnabled(len(rows) == 1 and not shelved)
            action.setChecked(len(rows) == 1 and rows[0].recount is recount)

    def rest(self) -> None:
        """Offer nothing while the list is out of sight."""
        for action in (*self.all.values(), *self.recounts.values()):
            action.setEnabled(False)

    def retranslate(self) -> None:
        for name, action in self.all.items():
            action.setText(_(self._texts[name]))
        for recount, action in self.recounts.items():
            action.setText(_(RECOUNTS[recount]))

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu of a right-click, with the times at which a segment is counted again inside."""
        menu = QMenu(parent)
        for name, action in self.all.items():
            if name in ("rename", "recount", "archive", "restore"):
                menu.addSeparator()
            menu.addAction(action)
            if name == "recount":
                times = menu.addMenu(_("Count again by itself"))
                times.addActions(list(self.recounts.values()))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
