"""Lets a screen read, paint and read again what painting asked for: pages of a table come when they are looked at."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linecrm_desktop.views.desk import Desk

_ROUNDS = 6


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Let all reads and writes come back and be shown, also those that follow from others."""
    for _round in range(_ROUNDS):
        desk.jobs.finish()
        QApplication.processEvents()
        for window in QApplication.topLevelWidgets():
            window.repaint()
