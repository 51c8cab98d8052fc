"""The program while it runs: which window is open, and how one gives way to the next.

A shop is opened before the window that was there is closed, so that a file that cannot be opened costs nothing.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.settings.secrets import SessionTokens, TokenStore
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import ENDING, create_shop, is_encrypted, is_shared, open_shop
from linecrm_desktop.text import _
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.dialogs import Dialogs, WindowDialogs
from linecrm_desktop.views.job_runner import Workers
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.safe_work import NewPassword, SafeWork
from linecrm_desktop.views.shared_work import SharedWork
from linecrm_desktop.views.shop_dialog import NewShop, ShopDialog
from linecrm_desktop.views.single_instance import Doorbell, ring
from linecrm_desktop.views.welcome import Way, WelcomeWindow

SAMPLE_FILE = f"morning-mist{ENDING}"


class BuildWindow(Protocol):
    """Makes the window of an open shop."""

    def __call__(self, database: Database, choices: Choices, /) -> MainWindow: ...


class Program(QObject):
    """Has at most one shop open at a time."""

    def __init__(
        self,
        choices: Choices,
        build: BuildWindow,
        make_sample: Callable[[Path, datetime, Task], Path],
        clock: Callable[[], datetime],
        dialogs: Dialogs | None = None,
        tokens: TokenStore | None = None,
    ) -> None:
        super().__init__(choices)
        self.tokens: TokenStore = tokens or SessionTokens()
        self.choices = choices
        self._build = build
        self._make_sample = make_sample
        self._clock = clock
        self.workers = Workers(self.show_error, self)
        self.dialogs: Dialogs = dialogs or WindowDialogs()
        self.safe = SafeWork(self, self)
        self.shared = SharedWork(self, self)
        self._doorbell: Doorbell | None = None
        self._database: Database | None = None
        self.window: MainWindow | None = None
        self.welcome: WelcomeWindow | None = None

    def start(self, shop: Path | None) -> bool:
        """Open this shop or the last one, else the welcome; False when another window has the shop and came forward."""
        last = shop or self.choices.kept.last_shop
        if last is None:
            self.show_welcome()
            return True
        if ring(last):
            return False
        if not self.open(last):
            self.show_welcome()
        return True

    def show_welcome(self) -> None:
        """Open the first window."""
        self.welcome = WelcomeWindow(self.choices, self.dialogs)
        self._ask_over(self.welcome)
        self.welcome.way_chosen.connect(self._begin)
        self.welcome.open_asked.connect(self.ask_and_open)
        self.welcome.shared_asked.connect(self.shared.ask_and_open)
        self.welcome.quit_asked.connect(self.welcome.close)
        self.welcome.show()

    def open(self, path: Path, place: Place | None = None) -> bool:
        """Open a shop file in place of what is open; say why when it cannot be."""
        if self._database is not None and self._database.path.absolute() == path.absolute():
            self._come_forward()
            return True
        if ring(path):
            return True
        if is_shared(path):
            self.shared.open(path, place)
            return True
        if is_encrypted(path):
            self.safe.ask_key(path, lambda key: self.open_with(path, key, place))
            return True
        return self.open_with(path, None, place)

    def open_with(self, path: Path, key: Key | None, place: Place | None = None) -> bool:
        """Open a shop file with its key; say why when it cannot be."""
        try:
            database = open_shop(path, key)
        except TagwellError as error:
            return self.safe.offer_backup(path, key, error)
        return self.show_shop(database, place)

    def ask_and_open(self) -> None:
        """Let the person choose a shop file."""
        path = self.dialogs.open_file("shop", _("Open a shop"), _("Shops (*{ending})").format(ending=ENDING))
        if path is not None:
            self.open(path)

    def ask_and_make(self, then: Callable[[], None] | None = None) -> None:
        """Ask for name and country of a new shop, and make it."""
        parent = self.window or self.welcome
        folder = self.folder()
        ShopDialog(folder, lambda wish: self._make(wish, then), parent).open()

    def show_error(self, error: Exception) -> None:
        """Show an error in the form that fits its kind."""
        self.dialogs.show_error(error)

    def now(self) -> datetime:
        """Return this moment."""
        return self._clock()

    def shown(self) -> QWidget | None:
        """Return the window that is open."""
        return self.window or self.welcome

    def shop(self) -> tuple[Path, Key | None] | None:
        """Return the file and the key of the shop that is open."""
        return (self._database.path, self._database.key) if self._database is not None else None

    def folder(self) -> Path:
        """Return where new shops lie."""
        if self.welcome is not None:
            return self.welcome.folder
        return self._database.path.parent if self._database is not None else Path.home()

    def leave_shop(self) -> bool:
        """Close the shop and its window, with nothing in its place yet; False when the window does not let go."""
        QApplication.setQuitOnLastWindowClosed(False)
        if self.window is not None and not self.window.close():
            QApplication.setQuitOnLastWindowClosed(True)
            return False
        self._close_shop()
        return True

    def finish(self) -> None:
        """End all work and close the shop."""
        self.workers.close()
        self._close_shop()

    def _begin(self, way: Way) -> None:
        if way is Way.SAMPLE:
            self._open_sample()
        elif way is Way.IMPORT:
            self.ask_and_make(lambda: self._go(Place(Page.IMPORTS, part="new")))
        else:
            self.ask_and_make(lambda: self.window.acts.connect() if self.window else None)

    def _open_sample(self) -> None:
        path = self.folder() / SAMPLE_FILE
        if path.exists():
            self.open(path)
            return
        if self.welcome is not None:
            self.welcome.show_busy(0, 0)
        now = self._clock()
        self.workers.work(
            lambda task: self._make_sample(path, now, task),
            self._sample_made,
            self._sample_failed,
            lambda ready, total, _what: self.welcome.show_busy(ready, total) if self.welcome else None,
        )

    def _sample_made(self, path: Path) -> None:
        if self.welcome is not None and not self.open(path):
            self.welcome.show_ready()

    def _sample_failed(self, error: Exception) -> None:
        if self.welcome is not None:
            self.welcome.show_ready()
        self.show_error(error)

    def _make(self, wish: NewShop, then: Callable[[], None] | None) -> None:
        now = self._clock()
        self.workers.work(
            lambda _task: create_shop(
                wish.path,
                wish.name,
                wish.country,
                now,
                practice=wish.is_practice,
                key=Key.new(wish.password) if wish.password else None,
            ),
            lambda database: self._made(database, then),
        )

    def _made(self, database: Database, then: Callable[[], None] | None) -> None:
        if self.show_shop(database, None) and then is not None:
            then()

    def show_shop(self, database: Database, place: Place | None) -> bool:
        """Put the window of an open shop in place of the one that is there, if that one lets go."""
        try:
            told = kept_apart.watch(database, self._clock())
        except TagwellError as error:
            database.close()
            self.show_error(error)
            return False
        window = self._build(database, self.choices)
        QApplication.setQuitOnLastWindowClosed(False)
        before = self.window or self.welcome
        if before is not None and not before.close():
            database.close()
            QApplication.setQuitOnLastWindowClosed(True)
            return False
        self._close_shop()
        self.welcome, self.window, self._database = None, window, database
        self.choices.choose(recent=self.choices.kept.opened(database.path).recent)
        self._ask_over(window)
        self._listen(database.path)
        window.asked.connect(self._do)
        window.start(place or Place(Page.HOME))
        window.show()
        window.show_news(told)
        QApplication.setQuitOnLastWindowClosed(True)
        return True

    def _ask_over(self, window: QWidget) -> None:
        if isinstance(self.dialogs, WindowDialogs):
            self.dialogs.parent = window

    def _listen(self, path: Path) -> None:
        self._doorbell = Doorbell(path, self)
        self._doorbell.rung.connect(self._come_forward)

    def _close_shop(self) -> None:
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell = None
        if self.window is not None:
            self.window.let_go()
            self.window.deleteLater()
            self.window = None
        if self._database is not None:
            self._database.close()
            self._database = None

    def _do(self, name: str, what: object) -> None:
        match name:
            case "new_shop":
                self.ask_and_make()
            case "open_shop":
                self.ask_and_open()
            case "open_shared":
                self.shared.ask_and_open()
            case "open_recent":
                self.open(Path(str(what)))
            case "open_backup":
                self.safe.ask_and_open_backup(Path(str(what)))
            case "put_back":
                self.safe.ask_and_put_back(Path(str(what)))
            case "seal" if isinstance(what, NewPassword):
                self.safe.seal(what)
            case _:
                if self.window is not None:
                    self.window.close()

    def _go(self, place: Place) -> None:
        if self.window is not None:
            self.window.go(place)

    def _come_forward(self) -> None:
        if self.window is not None:
            self.window.showNormal() if self.window.isMinimized() else self.window.show()
            self.window.raise_()
            self.window.activateWindow()
