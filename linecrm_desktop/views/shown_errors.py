"""Decides how an error is shown: what a person can mend, what the world did, and our own bugs each in their form.

The log gets the whole story. Neither window nor log ever gets a token; a friend's name never leaves the sentence.
"""

import logging
import re
import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from linecrm_desktop import APP_NAME
from linecrm_desktop.errors import OutsideError, ShopError, TagwellError
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.parts import Banner

TRY_AGAIN = "tryAgain"
log = logging.getLogger("tagwell")
_QUOTED = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""")
"""What the system quotes, such as the file it could not open: chats are saved under the name of a friend."""


def error_box(error: BaseException, parent: QWidget | None) -> QMessageBox:
    """Return the dialog that fits an error, and write what is worth keeping to the log."""
    note(error)
    box = QMessageBox(parent)
    box.setWindowTitle(APP_NAME)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if isinstance(error, TagwellError):
        box.setIcon(QMessageBox.Icon.Information if isinstance(error, ShopError) else QMessageBox.Icon.Warning)
        box.setText(error.title)
        box.setInformativeText(error.advice)
        box.setDetailedText(error.details)
    else:
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText(_("Sorry, something went wrong in Tagwell itself."))
        box.setInformativeText(
            _("What was not finished was not changed, and your data is safe in the shop file. The log has the details.")
        )
        _add_copy(box, bare_traceback(error))
    if isinstance(error, OutsideError) and error.retry and error.again is not None:
        box.addButton(_("Try again"), QMessageBox.ButtonRole.AcceptRole).setObjectName(TRY_AGAIN)
    box.setEscapeButton(box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole))
    return box


def show_in_banner(error: Exception, banner: Banner) -> bool:
    """Show what the world did as a bar with Try again; return False for errors that need a dialog."""
    if not isinstance(error, OutsideError):
        return False
    note(error)
    banner.show_text("bad", error.sentence(), _("Try again") if error.retry else "")
    banner.show()
    return True


def note(error: BaseException) -> None:
    """Write to the log what is worth keeping; what a person can mend is not."""
    if isinstance(error, TagwellError):
        if error.details:
            log.warning("%s: %s", type(error).__name__, _QUOTED.sub("'…'", error.details))
    else:
        log.error("unexpected: %s", bare_traceback(error))


def bare_traceback(error: BaseException) -> str:
    """Return where an error happened, without its message: messages may quote a shop's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('linecrm_desktop')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(error).__name__, *places])


def _add_copy(box: QMessageBox, details: str) -> None:
    box.setDetailedText(details)
    copy = box.addButton(_("Copy the details"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.disconnect()  # the box would close
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
