"""Fields for a password: hidden letters, a button that shows them, and a word when Caps Lock may be the reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.safekeeping import passwords
from linecrm_desktop.text import _
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.widgets.basics import label


class PasswordField(QLineEdit):
    """One password; the eye shows it for as long as it is pressed in."""

    def __init__(self, caption: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(caption)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = self.addAction(icon("eye", "text2"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setText(_("Show the password"))
        self._eye.setToolTip(_("Show the password"))
        self._eye.toggled.connect(self._show)

    def _show(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class NewPasswordFields(QWidget):
    """A new password, twice, with the one sentence that matters and what is still wrong."""

    changed = Signal()

    def __init__(self, *, optional: bool) -> None:
        super().__init__()
        self._optional = optional
        self.first = PasswordField(_("Password"), "newPassword")
        self.second = PasswordField(_("Once more"), "newPasswordAgain")
        self.problem = label(role="caption", wrap=True)
        self.problem.setObjectName("passwordProblem")
        if optional:
            self.first.setPlaceholderText(_("May stay empty: the file is not encrypted then"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        for field in (self.first, self.second):
            cell = QVBoxLayout()
            caption = label(field.accessibleName(), "caption")
            caption.setBuddy(field)
            cell.addWidget(caption)
            cell.addWidget(field)
            row.addLayout(cell, 1)
            field.textChanged.connect(self._look)
        column.addLayout(row)
        column.addWidget(self.problem)
        self._look()

    def password(self) -> str | None:
        """Return the password, or None where none is wanted."""
        return self.first.text() or None

    def is_right(self) -> bool:
        """Whether it may be taken as it stands."""
        return not self._wrong()

    def _wrong(self) -> str:
        first, second = self.first.text(), self.second.text()
        if not first and not second and self._optional:
            return ""
        return passwords.check_new(first) or ("" if first == second else _("The two are not the same yet."))

    def _look(self) -> None:
        lost = _("If you lose it, nobody can open the file. Write it down.")
        started = self.first.text() or self.second.text() or not self._optional
        self.problem.setText((self._wrong() if started else "") or lost)
        self.changed.emit()
