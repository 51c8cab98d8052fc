"""Every page and every dialog of the program, each with the way to it: what a walk through all of it has to visit.

A room is entered in the order of the list, by a window on the sample shop; it leaves the shop as it found it, apart
from what an import that was only looked at leaves behind: nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from sqlalchemy import select

from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.views.desk import Page, Place

Enter = Callable[["Walk"], None]


@dataclass(frozen=True, slots=True)
class Room:
    """A page or a dialog: its name, and how to get there."""

    name: str
    enter: Enter
    is_dialog: bool = False


class Walk:
    """Goes from room to room with one window."""

    def __init__(self, hands: Hands, database: Database) -> None:
        self.hands = hands
        self.database = database

    def enter(self, room: Room) -> QWidget:
        """Go into a room and return what is shown there, once nothing in it moves any more."""
        room.enter(self)
        self.settle()
        if not room.is_dialog:
            return self.hands.window
        self.hands.until(self._dialog, room.name)
        self.settle()
        shown = self._dialog()
        assert shown is not None
        return shown

    def leave(self, shown: QWidget) -> None:
        """Close a dialog; pages stay."""
        if isinstance(shown, QDialog):
            shown.reject()
            self.hands.until(lambda: self._dialog() is None, shown.windowTitle())

    def settle(self) -> None:
        """Wait until all that was asked is answered and shown."""
        jobs = self.hands.window.desk.jobs
        for _round in range(3):
            QApplication.processEvents()
            self.hands.until(lambda: jobs.is_quiet, "quiet")

    def go(self, page: Page, object_id: int | None = None, part: str = "") -> None:
        """Show a place."""
        self.hands.put_away_toast()
        self.hands.window.go(Place(page, object_id, part))
        self.settle()

    def press(self, name: str) -> None:
        """Press a button of the page that is shown."""
        self.hands.press(name)
        self.settle()

    def row(self, kind: type[Tag] | type[Segment] | type[Message], name: str) -> int:
        """Return the id of the row with a name."""
        with self.database.read() as session:
            found: int = session.scalars(select(kind.id).where(kind.name == name).limit(1)).one()
            return found

    def view(self) -> QWidget:
        """Return the page that is shown."""
        return self.hands.window.current_view()

    def _dialog(self) -> QDialog | None:
        shown = QApplication.activeModalWidget() or QApplication.activeWindow()
        return shown if isinstance(shown, QDialog) else None
