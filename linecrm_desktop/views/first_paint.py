"""Writes into the log how much processor time passed until a person saw something: how quick a start is, measured."""

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from linecrm_desktop.views.shown_errors import log

SAID = "First paint after %.3f s of processor time"


class FirstPaint(QObject):
    """Waits for the first paint of a window, and then no longer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            log.info(SAID, time.process_time())
            self._window.removeEventFilter(self)
            self.deleteLater()
        return False
