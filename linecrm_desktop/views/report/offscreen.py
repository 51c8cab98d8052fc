"""Paper without a window: what the command line needs to paint a report on a computer that may have no screen."""

import os
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from linecrm_desktop.text import language
from linecrm_desktop.views import theme
from linecrm_desktop.views.log_file import hear


@contextmanager
def paper() -> Generator[QApplication]:
    """Be ready to paint with the fonts of the language in use; where a window is open already, use its own."""
    found = QCoreApplication.instance()
    if isinstance(found, QApplication):
        yield found
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    before = qInstallMessageHandler(hear)
    app = QApplication(["tagwell"])
    theme.apply(app, "light", 100, language())
    try:
        yield app
    finally:
        qInstallMessageHandler(before)
        app.shutdown()
