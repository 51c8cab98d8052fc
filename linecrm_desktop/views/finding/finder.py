"""Opens the search of a window and does what was chosen; remembers the last choices until the window closes."""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk, Place
from linecrm_desktop.views.finding.offers import PARTS, Kind, Offer
from linecrm_desktop.views.rail import keys

RECENT = 8
_ITSELF = "find_everything"


class Finder:
    """Offers what stands in the menus now, so that no command can be forgotten."""

    def __init__(self, desk: Desk, window: QMainWindow, go: Callable[[Place], None]) -> None:
        self._desk, self._window, self._go = desk, window, go
        self.recent: list[Offer] = []

    def open(self) -> None:
        """Open the search."""
        from linecrm_desktop.views.finding.dialog import FindDialog

        dialog = FindDialog(self._desk, self.offers(), self.recent, self._window)
        dialog.chosen.connect(self.choose)
        dialog.open()

    def offers(self) -> list[Offer]:
        """Return the commands that can be given now, and the parts of pages that no menu names."""
        commands = [_command(action) for action in self._actions() if action.isEnabled()]
        parts = [Offer(kind, _(name), place) for name, kind, place in PARTS]
        named = {(one.kind, one.name) for one in commands}
        return [*commands, *(one for one in parts if (one.kind, one.name) not in named)]

    def choose(self, offer: Offer) -> None:
        """Do it, and remember it."""
        self.recent = [offer, *(one for one in self.recent if one != offer)][:RECENT]
        if isinstance(offer.target, Place):
            self._go(offer.target)
            return
        action = next((one for one in self._actions() if one.objectName() == offer.target), None)
        if action is not None:
            action.trigger()

    def _actions(self) -> Iterator[QAction]:
        for head in self._window.menuBar().actions():
            menu = head.menu()
            if isinstance(menu, QMenu):
                named = (one for one in menu.actions() if one.objectName() and one.menu() is None)
                yield from (one for one in named if one.objectName() != _ITSELF)


def _command(action: QAction) -> Offer:
    name, _tab, shown = action.text().partition("\t")
    key = keys(action.shortcut().toString()) or shown
    kind = Kind.PAGE if action.objectName().startswith("go:") else Kind.COMMAND
    return Offer(kind, name.replace("&&", "\0").replace("&", "").replace("\0", "&"), action.objectName(), key)
