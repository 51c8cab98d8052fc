"""Opens shops that lie on a server: asks for the way and the password, and waits for the server off the GUI thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from linecrm_desktop.jobs import Task
from linecrm_desktop.settings import file_keys
from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.store import address, driver
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import HEAD, check, open_shop
from linecrm_desktop.store.server_troubles import PasswordWanted, WrongPassword
from linecrm_desktop.store.troubles import cannot_write
from linecrm_desktop.text import _
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Place
from linecrm_desktop.views.dialogs import Dialogs
from linecrm_desktop.views.job_runner import Workers
from linecrm_desktop.views.shared_dialog import FoundShop, SharedShopDialog
from linecrm_desktop.views.shop_dialog import file_for
from linecrm_desktop.views.unlock_dialog import UnlockDialog
from linecrm_desktop.views.waiting import Waiting


class Host(Protocol):
    """The program, as far as this needs it."""

    workers: Workers
    dialogs: Dialogs
    choices: Choices
    tokens: TokenStore

    def shown(self) -> QWidget | None: ...

    def shop(self) -> tuple[Path, Key | None] | None: ...

    def folder(self) -> Path: ...

    def show_shop(self, database: Database, place: Place | None) -> bool: ...

    def show_welcome(self) -> None: ...


class SharedWork(QObject):
    """One opening at a time."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._waiting = Waiting()

    def ask_and_open(self) -> None:
        """Ask where a shared shop lies; open it, and keep the way to it in a small file among the shops."""
        shop = self._host.shop()
        path = shop[0] if shop is not None and address.read(shop[0]) is None else None
        dialog = SharedShopDialog(self._host.workers, self._host.dialogs, self._found, path, self._host.shown())
        self.dialog = dialog
        dialog.open()

    def open(self, path: Path, place: Place | None) -> None:
        """Open the shared shop that a file names, by the password that this computer keeps, or by asking."""
        tokens, salt = self._host.tokens, driver.salt_of(path) or b""

        self._host.workers.work(
            lambda _task: Key.from_words(file_keys.kept(tokens, salt)),
            lambda kept: self._open(path, kept, place),
            lambda _error: self._open(path, None, place),
        )

    def _found(self, shop: FoundShop) -> None:
        path = self._file_of(shop.where)
        if path is None:
            path = file_for(self._host.folder(), shop.name)
            try:
                shop.where.write(path)
            except OSError as error:
                self._host.dialogs.show_error(cannot_write(path, error))
                return
        self._keep(shop.key, shop.keep)
        self._open(path, shop.key, None)

    def _file_of(self, where: Address) -> Path | None:
        """Return the file that leads there already."""
        for known in map(Path, self._host.choices.kept.recent):
            if known.is_file() and address.read(known) == where:
                return known
        return None

    def _open(self, path: Path, key: Key | None, place: Place | None) -> None:
        self._wait(path)

        def look(_task: Task) -> Database | None:
            return open_shop(path, key) if check(path, key) == HEAD else None

        self._host.workers.work(
            look,
            lambda database: self._opened(path, key, database, place),
            lambda error: self._failed(path, place, error),
        )

    def _opened(self, path: Path, key: Key | None, database: Database | None, place: Place | None) -> None:
        if database is None:
            self._ask_to_update(path, key, place)
            return
        self._host.show_shop(database, place)
        self._waiting.end()

    def _ask_to_update(self, path: Path, key: Key | None, place: Place | None) -> None:
        self._waiting.end()
        question = _(
            "The shop on the server is of an older Tagwell. It is brought up to date now, and computers with the older "
            "Tagwell cannot open it afterwards. Make a backup first if you have none."
        )
        if not self._host.dialogs.ask(_("Bring the shared shop up to date?"), question, _("Bring it up to date")):
            self._given_up()
            return
        self._wait(path)
        self._host.workers.work(
            lambda _task: open_shop(path, key),
            lambda database: self._opened(path, key, database, place),
            lambda error: self._failed(path, place, error),
        )

    def _failed(self, path: Path, place: Place | None, error: Exception) -> None:
        if isinstance(error, PasswordWanted | WrongPassword):
            dialog = UnlockDialog(path, self._host.workers, self._taken(path, place), self._host.shown())
            dialog.said.setText(error.title)
            dialog.rejected.connect(self._given_up)
            self.dialog = dialog
            dialog.show()
        else:
            self._host.dialogs.show_error(error)
            self._given_up()
        self._waiting.end()

    def _taken(self, path: Path, place: Place | None) -> Callable[[Key, bool], None]:
        def take(key: Key, keep: bool) -> None:
            self._keep(key, keep)
            self._open(path, key, place)

        return take

    def _keep(self, key: Key | None, wished: bool) -> None:
        tokens = self._host.tokens
        if key is not None and wished:
            self._host.workers.work(lambda _task: file_keys.keep(tokens, key.salt, key.words))

    def _given_up(self) -> None:
        if self._host.shown() is None:
            self._host.show_welcome()

    def _wait(self, path: Path) -> None:
        self._waiting.begin(_("Opening {name} on its server…").format(name=path.stem))
