"""Asks for the password of a shop file that is to be opened. After some wrong ones, waiting grows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.safekeeping import passwords
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import WrongPassword, key_for
from linecrm_desktop.text import _
from linecrm_desktop.views.job_runner import Workers
from linecrm_desktop.views.widgets.basics import button, label, restyle
from linecrm_desktop.views.widgets.keep_key import KeepKey
from linecrm_desktop.views.widgets.password_fields import PasswordField
from linecrm_desktop.views.widgets.writing import reading


class UnlockDialog(QDialog):
    """One field; `opened` gets the key and whether this computer shall keep it."""

    def __init__(
        self, path: Path, workers: Workers, opened: Callable[[Key, bool], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("unlockDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Open {name}").format(name=path.stem))
        self.setFixedWidth(440)
        self._path = path
        self._workers = workers
        self._opened = opened
        self._wrong = 0
        self._build()
        self.password.textChanged.connect(lambda _text: self._look())
        self.open_button.clicked.connect(self._try)
        self._look()

    def _build(self) -> None:
        self.heading = label(_("“{name}” has a password").format(name=self._path.stem), "subtitle", wrap=True)
        self.password = PasswordField(_("Password"), "password")
        self.said = label(role="caption", wrap=True)
        self.said.setObjectName("unlockSaid")
        self.keep = KeepKey()
        self.open_button = reading(button(_("Open the shop"), "primary", name="unlock"))
        self.open_button.setDefault(True)
        cancel = button(_("Cancel"), name="cancel")
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for part in (self.heading, self.password, self.said, self.keep):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.open_button)
        column.addSpacing(8)
        column.addLayout(foot)

    def _look(self) -> None:
        self.open_button.setEnabled(bool(self.password.text()))
        self.open_button.setToolTip("" if self.password.text() else _("Type the password first."))

    def _try(self) -> None:
        written, path = self.password.text(), self._path
        self._rest(True)
        self._workers.work(lambda _task: key_for(path, written), self._right, self._failed)

    def _right(self, key: Key) -> None:
        keep = self.keep.isChecked()
        self.accept()
        self._opened(key, keep)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, WrongPassword):
            self._rest(False)
            self.said.setText(error.sentence() if isinstance(error, TagwellError) else str(error))
            return
        self._wrong += 1
        wait = passwords.wait_after(self._wrong)
        self.said.setText(error.title if not wait else _("{what} Wait {n} seconds.").format(what=error.title, n=wait))
        restyle(self.password, "invalid", True)
        QTimer.singleShot(wait * 1000, self, self._again)

    def _again(self) -> None:
        self._rest(False)
        self.said.setText(_("Check the keyboard’s language and Caps Lock."))
        self.password.selectAll()
        self.password.setFocus()

    def _rest(self, rests: bool) -> None:
        self.password.setEnabled(not rests)
        self.open_button.setEnabled(not rests and bool(self.password.text()))
