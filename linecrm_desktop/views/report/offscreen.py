"""Paper without a window: what the command line needs to paint a report on a computer that may have no screen."""

import os

from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from linecrm_desktop.text import language
from linecrm_desktop.views import theme
from linecrm_desktop.views.log_file import hear


class _Kept:
    """Qt has one application for as long as the program runs; made once and not taken apart."""

    app: QApplication | None = None


def prepare() -> None:
    """Be ready to paint with the fonts of the language in use; where a window is open already, nothing is changed."""
    if isinstance(QCoreApplication.instance(), QApplication) and _Kept.app is None:
        return
    if _Kept.app is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        qInstallMessageHandler(hear)
        _Kept.app = QApplication(["tagwell"])
    theme.apply(_Kept.app, "light", 100, language())
