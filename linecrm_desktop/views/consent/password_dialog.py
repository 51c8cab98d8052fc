"""The password of a copy, shown once: it is kept nowhere, so this is the moment to write it down."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.requests.copying import Saved
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import reading

_ROOM = 40
"""Pixels of a field beside its text."""


class PasswordDialog(QDialog):
    """Shows it, and puts it on the clipboard when asked."""

    def __init__(self, saved: Saved, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copyPassword")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("The copy is saved"))
        self.shown = QLineEdit(saved.password)
        self.shown.setObjectName("copyPasswordText")
        self.shown.setReadOnly(True)
        self.shown.setMinimumWidth(self.shown.fontMetrics().horizontalAdvance(saved.password) + _ROOM)
        self.shown.setAccessibleName(_("Password"))
        self.copy = button(_("Copy the password"), "default", "copy", "copyPasswordCopy")
        self.close_button = reading(button(_("I have written it down"), "primary", name="copyPasswordClose"))
        row, foot, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.shown, 1)
        row.addWidget(self.copy)
        foot.addStretch()
        foot.addWidget(self.close_button)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(10)
        whole.addWidget(
            label(_("“{file}” opens with this password only.").format(file=saved.path.name), "strong", wrap=True)
        )
        whole.addLayout(row)
        for said in (
            _("It is shown only now and kept nowhere. If it is lost, save the copy again."),
            _("Give it to the friend by another way than the file."),
            _("Programs such as 7-Zip or Keka open the file. Windows’ own Explorer may not."),
        ):
            whole.addWidget(label(said, "caption", wrap=True))
        whole.addLayout(foot)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(saved.password))
        self.close_button.clicked.connect(self.accept)
