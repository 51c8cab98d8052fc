"""Puts the window together: preferences, look, the shop file, its tools, its window. Everything else is given to it."""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from linecrm_desktop import APP_NAME, __version__
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.secrets import SystemTokens, TokenStore
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.application import Application
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, shop_facts
from linecrm_desktop.views.dialogs import Dialogs, WindowDialogs
from linecrm_desktop.views.first_paint import FirstPaint
from linecrm_desktop.views.icons import app_icon
from linecrm_desktop.views.job_runner import JobRunner
from linecrm_desktop.views.log_file import keep_log, stop_log
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.program import Program

Clock = Callable[[], datetime]


def run(shop: Path | None = None) -> int:
    """Open the window on a shop, on the one opened last, or on the welcome, and return the exit code."""
    app = application()
    choices = Choices(app)
    program = Program(choices, build_shop_window, make_sample, now_utc, tokens=SystemTokens())
    if isinstance(app, Application):
        app.file_asked.connect(program.open)
    keep_log(program.show_error)
    try:
        if not program.start(shop):
            return 0
        first = program.shown()
        if first is not None:
            FirstPaint(first)
        return app.exec()
    finally:
        program.finish()
        stop_log()


def application() -> QApplication:
    """Return Qt's application with our name on it."""
    os.environ.setdefault("QT_API", "pyside6")
    found = QCoreApplication.instance()
    app = found if isinstance(found, QApplication) else Application(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName("")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("tagwell")
    app.setWindowIcon(app_icon())
    return app


def now_utc() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def build_shop_window(
    database: Database,
    choices: Choices,
    *,
    clock: Clock = now_utc,
    dialogs: Dialogs | None = None,
    tokens: TokenStore | None = None,
    line: LineDoor | None = None,
) -> MainWindow:
    """Make the window of an open shop, not yet shown; what is not given is the real thing."""
    asked = dialogs or WindowDialogs()
    desk = Desk(
        jobs=JobRunner(database, lambda error: window.show_failed(error)),
        dialogs=asked,
        shop=shop_facts(database),
        clock=clock,
        line=line or line_door(database),
        tokens=tokens or SystemTokens(),
        undo=QUndoStack(),
        toast=lambda _text, _undo: None,
        choices=choices,
    )
    window = MainWindow(desk)
    desk.undo.setParent(window)
    desk.toast = window.show_toast
    desk.ask_program = window.ask_program
    if database.key is not None:
        window.lock_with(database.key)
    if isinstance(asked, WindowDialogs):
        asked.parent = window
    return window


def line_door(database: Database) -> LineDoor:
    """Return the way to LINE of a shop; a practice shop's ends at a pretended LINE with the quota it last had."""
    with database.read() as session:
        shop = session.get_one(Shop, 1)
        if not shop.is_practice:
            return LineDoor(shop.line_host, None)
        coupon = {"couponId": "practice", "title": _("Practice coupon"), "status": "RUNNING"}
        world = PracticeWorld(account_name=shop.name, coupons=[coupon])
        if shop.line_used is not None:
            world.limit, world.used = shop.line_limit, shop.line_used
        return LineDoor(None, world)


def make_sample(path: Path, now: datetime, task: Task) -> Path:
    """Make the sample shop's file; its generator is loaded only here."""
    from linecrm_desktop.sample.shop import make_sample_shop

    made: Path = make_sample_shop(path, now, task)
    return made
