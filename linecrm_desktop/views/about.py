"""What Tagwell is, whose it is not, and under which licences its parts come."""

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from linecrm_desktop import APP_NAME, __version__
from linecrm_desktop.text import _
from linecrm_desktop.views.icons import app_icon
from linecrm_desktop.views.widgets.basics import button, label

LICENCES = (
    ("Qt, PySide6", "LGPL-3.0-only", "https://doc.qt.io/qtforpython-6/licenses.html"),
    ("Phosphor Icons (in QtAwesome)", "MIT", "https://github.com/phosphor-icons"),
    ("QtAwesome", "MIT", "https://github.com/spyder-ide/qtawesome"),
    ("SQLAlchemy, Alembic", "MIT", "https://www.sqlalchemy.org"),
    ("line-bot-sdk", "Apache-2.0", "https://github.com/line/line-bot-sdk-python"),
    ("pandas, NumPy", "BSD-3-Clause", "https://pandas.pydata.org"),
    ("keyring", "MIT", "https://github.com/jaraco/keyring"),
    ("phonenumbers", "Apache-2.0", "https://github.com/daviddrysdale/python-phonenumbers"),
    ("email-validator", "Unlicense", "https://github.com/JoshData/python-email-validator"),
    ("platformdirs, filelock", "MIT", "https://github.com/tox-dev"),
    ("tzdata", "Apache-2.0", "https://github.com/python/tzdata"),
)
"""Name, licence and home of each part that ships with the program."""


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


def licence_text() -> str:
    """List the parts with their licences."""
    return "\n".join(f"{name}: {licence}\n    {home}" for name, licence, home in LICENCES)


class AboutDialog(QDialog):
    """The mark, the version, the sentence, the licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(_("About {app}").format(app=APP_NAME))
        self.resize(520, 460)
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
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(label(independence(), wrap=True))
        column.addWidget(label(_("Licences"), "section"))
        column.addWidget(licences, 1)
        column.addLayout(foot)
