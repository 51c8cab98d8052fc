"""A few words at the bottom right that go away by themselves, with a way to take back what was just done."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.announcing import announce
from linecrm_desktop.views.widgets.basics import button, icon_button, label

SHOWN_MS = 8000
_EDGE = 24
_FOOT = 64
"""Pixels kept free at the bottom: wizards have their buttons there."""


class Toast(QFrame):
    """One at a time. It never takes the focus, and stays while the mouse is on it."""

    def __init__(self, window: QWidget, above: Callable[[], int]) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setProperty("toast", True)
        self._room = window
        self._above = above
        self._take_back: Callable[[], None] | None = None
        self.words = label(wrap=True)
        self.words.setObjectName("toastText")
        self.undo = button("", "link", name="toastUndo")
        self.close_ = icon_button("x", "", "toastClose")
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.undo.clicked.connect(self._undo)
        self.close_.clicked.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, take_back: Callable[[], None] | None = None) -> None:
        """Say what was done; with `take_back`, offer to undo it."""
        self._take_back = take_back
        self.words.setText(text)
        self.retranslate()
        self.undo.setVisible(take_back is not None)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        announce(self.window(), text)

    def retranslate(self) -> None:
        self.undo.setText(_("Undo"))
        self.close_.setAccessibleName(_("Close"))
        self.close_.setToolTip(_("Close"))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _build(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for part in (self.undo, self.close_):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(part)

    def _place(self) -> None:
        room = self._room.size()
        wide = min(480, room.width() - 2 * _EDGE)
        plain = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 8
        buttons = self.sizeHint().width() - self.words.sizeHint().width()
        self.setFixedWidth(min(wide, plain + buttons))
        self.setFixedHeight(max(48, self.heightForWidth(self.width())))
        self.move(QPoint(room.width() - self.width() - _EDGE, room.height() - self.height() - _FOOT - self._above()))

    def _undo(self) -> None:
        self.hide()
        if self._take_back is not None:
            self._take_back()
