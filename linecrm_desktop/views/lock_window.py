"""What is seen of a locked shop: its name and a field for the password. Sends that are under way go on behind it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop import APP_NAME
from linecrm_desktop.safekeeping import passwords
from linecrm_desktop.store.driver import Key
from linecrm_desktop.text import _
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.widgets.basics import Card, button, label, restyle
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.password_fields import PasswordField
from linecrm_desktop.views.widgets.writing import reading

_LIVELY = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class LockWindow(QWidget):
    """Stands in the place of the shop's window until the right password is typed."""

    closed = Signal()

    def __init__(self, name: str, key: Key, unlocked: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("lockWindow")
        self.setWindowTitle(APP_NAME)
        self._key = key
        self._unlocked = unlocked
        self._wrong = 0
        self._build(name)
        self.open_button.clicked.connect(self._try)
        self.password.returnPressed.connect(self._try)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it quits, as closing the shop's window does."""
        event.ignore()
        self.closed.emit()

    def _build(self, name: str) -> None:
        card = Card(margins=(32, 28, 32, 24))
        card.setFixedWidth(420)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PictureLabel("lock", "text2", 20))
        self.heading = label(_("{name} is locked").format(name=name), "subtitle", wrap=True)
        head.addWidget(self.heading, 1)
        self.password = PasswordField(_("Password"), "lockPassword")
        self.said = label(_("A send that is under way goes on."), "caption", wrap=True)
        self.said.setObjectName("lockSaid")
        self.open_button = reading(button(_("Unlock"), "primary", name="unlockButton"))
        card.body.addLayout(head)
        for part in (self.password, self.said, self.open_button):
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.password.setFocus()

    def _try(self) -> None:
        if not self.password.isEnabled() or not self.password.text():
            return
        if passwords.is_right(self._key, self.password.text()):
            self._unlocked()
            return
        self._wrong += 1
        wait = passwords.wait_after(self._wrong)
        self.said.setText(
            _("That is not the password. Wait {n} seconds.").format(n=wait) if wait else _("That is not the password.")
        )
        restyle(self.password, "invalid", True)
        self.password.selectAll()
        self.password.setEnabled(False)
        QTimer.singleShot(wait * 1000, self, self._again)

    def _again(self) -> None:
        self.password.setEnabled(True)
        self.password.setFocus()


class Lock(QObject):
    """Locks a shop with a password: at once when asked, and when nobody has touched the program for a while."""

    def __init__(self, window: QWidget, name: str, key: Key, choices: Choices) -> None:
        super().__init__(window)
        self._window = window
        self._name = name
        self._key = key
        self._choices = choices
        self._others: list[QWidget] = []
        self.page: LockWindow | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        choices.changed.connect(self._wind)
        QApplication.instance().installEventFilter(self)  # pyright: ignore[reportOptionalMemberAccess]
        self._wind()

    def lock(self) -> None:
        """Hide everything that the program shows, and ask for the password."""
        if self.page is not None or not self._window.isVisible():
            return
        page = LockWindow(self._name, self._key, self.unlock)
        page.setGeometry(self._window.geometry())
        page.closed.connect(self._quit)
        shown = QApplication.topLevelWidgets()
        self._others = [one for one in shown if one.isVisible() and one is not self._window and one is not page]
        self.page = page
        page.show()
        for one in (*self._others, self._window):
            one.hide()

    def unlock(self) -> None:
        """Show what was there before."""
        page, self.page = self.page, None
        self._window.show()
        for one in self._others:
            one.show()
        self._others = []
        if page is not None:
            page.hide()
            page.deleteLater()
        self._wind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew whenever somebody does something."""
        if event.type() in _LIVELY and self._idle.isActive():
            self._idle.start()
        return False

    def _wind(self) -> None:
        minutes = self._choices.kept.lock_minutes
        self._idle.setInterval(minutes * 60_000)
        if minutes:
            self._idle.start()
        else:
            self._idle.stop()

    def _quit(self) -> None:
        """Let the shop's window close as it always does; it may ask, so it is shown only when it stays."""
        if self._window.close():
            page, self.page = self.page, None
            if page is not None:
                page.hide()
                page.deleteLater()
