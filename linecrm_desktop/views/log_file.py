"""The log file, and what goes into it unasked: errors nobody caught and what Qt complains about."""

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from linecrm_desktop.settings.places import log_folder
from linecrm_desktop.views.shown_errors import log

_MEGABYTE = 1_000_000
_HARMLESS = ("propagateSizeHints",)


def keep_log(show: Callable[[Exception], None]) -> None:
    """Write to the log file from now on; `show` is called with errors that nobody caught."""
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_folder() / "tagwell.log", maxBytes=_MEGABYTE, backupCount=2, encoding="utf-8")
    except OSError:  # a program without a log is better than none
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    qInstallMessageHandler(hear)

    def caught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            show(error)
        else:
            sys.__excepthook__(_kind, error, _trace)

    sys.excepthook = caught


def stop_log() -> None:
    """Give everything back as it was."""
    qInstallMessageHandler(None)
    sys.excepthook = sys.__excepthook__
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Write down what Qt complains about, except what it says of every picture made without a screen."""
    if kind is not QtMsgType.QtDebugMsg and not any(word in text for word in _HARMLESS):
        log.warning("Qt: %s", text)
