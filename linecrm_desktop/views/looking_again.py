"""What looks at an open shop again and again by itself, such as for planned sends and counts that are due."""

from abc import abstractmethod

from PySide6.QtCore import QObject, QTimer

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.store.server_troubles import NoPart
from linecrm_desktop.views.desk import Desk


class LookingAgain(QObject):
    """Asks by the clock of the world: a timer of hours would not survive a sleeping computer.

    What it finds is written, so it rests where this person may not write.
    """

    def __init__(self, desk: Desk, every_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.look)
        if desk.shop.may_write:
            self._timer.start()

    @property
    def is_looking(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    @abstractmethod
    def look(self) -> None:
        """Ask now."""

    def missed(self, error: Exception) -> None:
        """Wait for what passes, such as a server that is away: the line at the bottom says it. Say anything else once.

        It would be said again and again otherwise, by a shop that cannot be read. Who has no part in it any more is
        told by `others`.
        """
        if isinstance(error, OutsideError) and error.retry:
            return
        self._timer.stop()
        if not isinstance(error, NoPart):
            self._desk.dialogs.show_error(error)
