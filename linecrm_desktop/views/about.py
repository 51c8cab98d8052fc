"""What Tagwell is, whose it is not, and under which licences its parts come."""

import json
from pathlib import Path

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from linecrm_desktop import APP_NAME, __version__
from linecrm_desktop.resources import licence_texts, resource
from linecrm_desktop.text import _
from linecrm_desktop.views.icons import app_icon
from linecrm_desktop.views.widgets.basics import button, label


def independence() -> str:
    """Say whose program this is not."""
    return _(
        "Tagwell is independent software. It is not affiliated with LY Corporation; "
        "LINE is a trademark of LY Corporation."
    )


def version_line() -> str:
    """Say which version runs on which Qt."""
    return _("Version {version}, Qt {qt}").format(version=__version__, qt=qVersion())


def mark(size: int) -> QLabel:
    """Return the mark of the program as a picture."""
    made = QLabel()
    made.setPixmap(app_icon().pixmap(size, size))
    made.setFixedSize(size, size)
    return made


def qt_notice() -> str:
    """Say what the LGPL wants said of Qt."""
    return _(
        "Qt and PySide6 are used under the GNU LGPL, version 3. Their libraries are separate files, "
        "which you may replace with your own build."
    )


def licence_text() -> str:
    """List the parts with their licences. scripts/licences.py makes the list from the packages' own data."""
    told = json.loads(resource("licences.json").read_text(encoding="utf-8"))
    return "\n".join(f"{part['name']}: {part['licence']}\n    {part['home']}" for part in told)


class AboutDialog(QDialog):
    """The mark, the version, the sentence, the licences, and the way to their whole texts where they are at hand."""

    def __init__(self, parent: QWidget | None = None, texts: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(_("About {app}").format(app=APP_NAME))
        self.resize(560, 560)
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        head.addWidget(mark(48))
        words.addWidget(label(APP_NAME, "title"))
        words.addWidget(label(version_line(), "caption"))
        head.addLayout(words, 1)
        licences = QPlainTextEdit(licence_text())
        licences.setReadOnly(True)
        licences.setAccessibleName(_("Licences"))
        close = button(_("Close"), name="close")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        folder = texts or licence_texts()
        if folder is not None:
            whole = button(_("Open the texts of all licences"), name="licenceTexts")
            whole.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
            foot.addWidget(whole)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(label(independence(), wrap=True))
        column.addWidget(label(_("Licences"), "section"))
        column.addWidget(label(qt_notice(), wrap=True))
        column.addWidget(licences, 1)
        column.addLayout(foot)
