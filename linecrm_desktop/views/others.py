"""Tells the screens of a shared shop what other computers wrote: asks the server again and again, and cheaply."""

from collections.abc import Set

from PySide6.QtCore import QObject, QTimer, Signal

from linecrm_desktop.jobs import ALL_WORDS
from linecrm_desktop.models.words import words_of
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.server_troubles import NoPart
from linecrm_desktop.views.desk import Desk

_EVERY_MS, _SELDOM_MS = 2_000, 32_000
"""While others write without a pause, as in a send or an import, and while the server is away, it asks less often."""


class Others(QObject):
    """A shop that is a file is never asked: nobody else writes in it while it is open."""

    reached = Signal(bool)
    """Whether the server answered, each time that this changes."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_reached = True
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if desk.shop.server:
            self._timer.start()

    def look(self) -> None:
        """Ask once; the next question waits for the answer."""
        self._desk.jobs.look_at_shop(Database.news, self._heard, self._missed)

    def stop(self) -> None:
        """Ask no more."""
        self._is_over = True
        self._timer.stop()

    def _heard(self, tables: Set[str]) -> None:
        # What was asked while the server was away has no answer, so everything is asked again.
        changed = words_of(tables) if self._is_reached else ALL_WORDS
        self._reach(True)
        self._ask_later(is_quiet=not changed)
        if changed:
            self._desk.jobs.changed.emit(changed)

    def _missed(self, error: Exception) -> None:
        """Stay quiet: whoever works here is told by what fails, and the line at the bottom says it.

        Who has no part in the shop any more is told at once, and asks no further.
        """
        if isinstance(error, NoPart):
            self.stop()
            self._desk.dialogs.show_error(error)
            return
        self._reach(False)
        self._ask_later(is_quiet=False)

    def _reach(self, is_reached: bool) -> None:
        if is_reached is not self._is_reached:
            self._is_reached = is_reached
            self.reached.emit(is_reached)

    def _ask_later(self, *, is_quiet: bool) -> None:
        if self._is_over:
            return
        self._timer.start(_EVERY_MS if is_quiet else min(self._timer.interval() * 2, _SELDOM_MS))
