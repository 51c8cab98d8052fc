"""Lets everything that a screen has under way end and be shown, before the screen of a test goes away."""

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from linecrm_desktop.views.desk import Desk

WAIT = 30_000
_ROUNDS = 3
"""A job that ends makes a screen read anew: each round lets one such answer come in."""


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Wait until nothing is under way any more."""
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=WAIT)
    for _round in range(_ROUNDS):
        desk.jobs.finish()
        QCoreApplication.processEvents()
