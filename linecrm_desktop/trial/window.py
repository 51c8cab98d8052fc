"""The parts that need Qt: every screen, every language, paper. All is painted offscreen; the person sees nothing."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler, qVersion
from PySide6.QtGui import QFontDatabase, QImageReader

from linecrm_desktop import app
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import LANGUAGES, N_, _, language, number
from linecrm_desktop.tour.apart import own_home
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.tour.silent import SilentDialogs
from linecrm_desktop.trial.checks import Bench, Check, Lacking
from linecrm_desktop.views import icons
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.log_file import hear
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.report.blocks import Words, heading
from linecrm_desktop.views.report.sheet import Report, pdf_bytes

_CANCEL = {"en": "Cancel", "zh_TW": "取消", "ja": "キャンセル", "th": "ยกเลิก"}
"""A word that Qt itself writes, as each language has it."""
_LETTERS = {
    "en": QFontDatabase.WritingSystem.Latin,
    "zh_TW": QFontDatabase.WritingSystem.TraditionalChinese,
    "ja": QFontDatabase.WritingSystem.Japanese,
    "th": QFontDatabase.WritingSystem.Thai,
}


class _Heard(SilentDialogs):
    """Keeps the errors that a window would show, and those nobody caught."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []

    def show_error(self, error: Exception) -> None:
        self.errors.append(error)

    def caught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.errors.append(error)


def _screens(bench: Bench) -> str:
    heard = _Heard()
    with _dressed() as choices, _shop_window(bench, choices, heard) as window:
        hands = Hands(window, bench.folder)
        for page in Page:
            window.go(Place(page))
            hands.picture(page, page)
            if heard.errors:
                raise heard.errors[0]
    return _("{n} screens were opened and painted with Qt {qt}").format(n=number(len(Page)), qt=qVersion())


def _languages(_bench: Bench) -> str:
    unwritable: list[str] = []
    with _dressed() as choices:
        spoken = language()
        try:
            for code, name in LANGUAGES.items():
                choices.choose(language=code)
                found = QCoreApplication.translate("QPlatformTheme", "Cancel")
                ours = _("This shop is open in another window or on another computer.")
                if found != _CANCEL[code] or ours.isascii() != (code == "en"):
                    raise LookupError(code, found, ours)
                if not QFontDatabase.families(_LETTERS[code]):
                    unwritable.append(name)
        finally:
            choices.choose(language=spoken)
    names = ", ".join(LANGUAGES.values())
    if unwritable:
        missing = ", ".join(unwritable)
        raise Lacking(
            _("all texts are here, but no font of this computer writes {languages}").format(languages=missing)
        )
    return _("{languages}: the texts of Tagwell and those of Qt").format(languages=names)


def _paper(_bench: Bench) -> str:
    with _dressed():
        written = pdf_bytes(Report("check", "Check", "Check", "", (heading("Check"), Words("馬 ม"))))
    if not written.startswith(b"%PDF") or b"/Page" not in written:
        raise ValueError(written[:20])
    return _("a page was written as PDF")


def _icons(_bench: Bench) -> str:
    with _dressed():
        missing = {"png", "jpeg", "webp", "svg"} - {
            bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()
        }
        if missing:
            raise LookupError(missing)
        images = [icons.pixmap("tag", size=32).toImage(), icons.app_icon().pixmap(32, 32).toImage()]
    for image in images:
        colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
        if len(colours) < 2:
            raise ValueError(len(colours))
    return _("the icons were drawn")


@contextmanager
def _dressed() -> Generator[Choices]:
    """Give Qt the look of the program, away from the person's screen and preferences."""
    if QCoreApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    before = qInstallMessageHandler(hear)
    with own_home():
        choices = Choices(app.application(), Preferences(language=language(), theme="light"))
        try:
            yield choices
        finally:
            choices.deleteLater()
            qInstallMessageHandler(before)


@contextmanager
def _shop_window(bench: Bench, choices: Choices, heard: _Heard) -> Generator[MainWindow]:
    """Open the window of the sample shop; what goes wrong in it is heard, not shown."""
    database, before = open_shop(bench.shop), sys.excepthook
    sys.excepthook = heard.caught
    try:
        window = app.build_shop_window(
            database, choices, clock=lambda: bench.now, dialogs=heard, tokens=SessionTokens()
        )
        window.show()
        try:
            yield window
        finally:
            window.let_go()
            window.close()
            window.deleteLater()  # with its timers, which would look for the shop's file later
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    finally:
        sys.excepthook = before
        database.close()


PARTS = (
    Check("icons", N_("Icons"), _icons),
    Check("screens", N_("Screens"), _screens),
    Check("languages", N_("Languages"), _languages),
    Check("pdf", N_("Paper"), _paper),
)
"""The screens show the shop that the first part without a window made."""
