"""The message as the JSON that leaves for LINE, to read and to copy."""

import json

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from linecrm_desktop.messages.blocks import to_line
from linecrm_desktop.messages.draft import Bubbles
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.basics import button, label

_SIZE = 640, 560


class JsonDialog(QDialog):
    """Shows the objects of one message, filled for one friend."""

    def __init__(self, bubbles: Bubbles, values: dict[str, str], whose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jsonDialog")
        self.setWindowTitle(_("The message as JSON"))
        self.resize(*(round(side * theme.text_scale()) for side in _SIZE))
        self.shown = QPlainTextEdit(json.dumps(to_line(bubbles, values), ensure_ascii=False, indent=2))
        self.shown.setObjectName("json")
        self.shown.setAccessibleName(_("The message as JSON"))
        self.shown.setProperty("code", True)
        self.shown.setReadOnly(True)
        self.copy = button(_("Copy"), "default", "copy", "copyJson")
        self.close_it = button(_("Close"), name="closeJson")
        foot, whole = QHBoxLayout(), QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(_("This leaves for LINE, filled in: {whose}.").format(whose=whose), "second", wrap=True))
        whole.addWidget(self.shown, 1)
        foot.addWidget(self.copy)
        foot.addStretch()
        foot.addWidget(self.close_it)
        whole.addLayout(foot)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.shown.toPlainText()))
        self.close_it.clicked.connect(self.reject)


def show_json(bubbles: Bubbles, values: dict[str, str], whose: str, parent: QWidget) -> JsonDialog:
    """Open the dialog over a window."""
    dialog = JsonDialog(bubbles, values, whose, parent.window())
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
