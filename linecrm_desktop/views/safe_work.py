"""What is done to a shop file as a whole: opening one with a password, another password, bringing a backup back.

Each closes the shop first and opens it again afterwards; where something fails, the shop comes back as it was.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from linecrm_desktop.errors import DamagedFile, OutsideError, ShopError, TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.safekeeping import backups, passwords
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.safekeeping.passwords import Sealed
from linecrm_desktop.settings import file_keys
from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.store import driver
from linecrm_desktop.store.backup import put_back, restore_beside
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import held, refuse_shared
from linecrm_desktop.text import _, ngettext, number, when
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.dialogs import Dialogs
from linecrm_desktop.views.job_runner import Workers
from linecrm_desktop.views.unlock_dialog import UnlockDialog
from linecrm_desktop.views.waiting import Waiting

Opened = Callable[[Key], object]


@dataclass(frozen=True, slots=True)
class NewPassword:
    """What a person wants for the shop file; no password is one that anybody can open."""

    password: str | None
    keep: bool = False


class Host(Protocol):
    """The program, as far as this needs it."""

    workers: Workers
    dialogs: Dialogs
    choices: Choices
    tokens: TokenStore

    def now(self) -> datetime: ...

    def shown(self) -> QWidget | None: ...

    def shop(self) -> tuple[Path, Key | None] | None: ...

    def leave_shop(self) -> bool: ...

    def open_with(self, path: Path, key: Key | None) -> bool: ...

    def show_welcome(self) -> None: ...


class SafeWork(QObject):
    """One piece of such work at a time."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._waiting = Waiting()

    def ask_key(self, path: Path, opened: Opened) -> None:
        """Find the key of an encrypted file: the shop's own, the one this computer keeps, or by asking a person."""
        salt = driver.salt_of(path) or b""
        shop = self._host.shop()
        if shop is not None and shop[1] is not None and shop[1].salt == salt:
            opened(shop[1])
            return
        tokens = self._host.tokens
        self._host.workers.work(
            lambda _task: Key.from_words(file_keys.kept(tokens, salt)),
            lambda kept: self._kept(path, kept, opened),
            lambda _error: self._ask(path, opened),
        )

    def offer_backup(self, path: Path, key: Key | None, error: Exception) -> bool:
        """Say why a shop cannot be opened; where it is damaged, offer the newest backup as a copy."""
        newest = backups.last(self._plan(path), path)
        if not isinstance(error, DamagedFile) or newest is None:
            self._host.dialogs.show_error(error)
            return False
        made = when(newest.at, self._host.now().date())
        question = _("{what} The last good backup is from {time}. Open it as a copy?").format(
            what=error.title, time=made
        )
        if not self._host.dialogs.ask(_("The shop is damaged"), question, _("Open the backup as a copy")):
            return False
        return self.open_backup(newest.path, path, key)

    def open_backup(self, backup: Path, shop: Path, key: Key | None) -> bool:
        """Put a copy of a backup beside a shop and open it."""
        try:
            copy = restore_beside(backup, shop, key)
        except TagwellError as error:
            self._host.dialogs.show_error(error)
            return False
        return self._host.open_with(copy, key)

    def ask_and_open_backup(self, backup: Path) -> None:
        """Open a backup of the shop that is open, as a copy beside it."""
        shop = self._host.shop()
        if shop is None:
            return
        path = shop[0]
        if driver.salt_of(backup) is None:
            self.open_backup(backup, path, None)
        else:
            self.ask_key(backup, lambda key: self.open_backup(backup, path, key))

    def ask_and_put_back(self, backup: Path) -> None:
        """Let a backup take the place of the shop that is open."""
        if driver.salt_of(backup) is None:
            self._put_back(backup, None)
        else:
            self.ask_key(backup, lambda key: self._put_back(backup, key))

    def seal(self, wish: NewPassword) -> None:
        """Give the open shop another password, or none."""
        shop = self._shop_file()
        if shop is None or not self._host.leave_shop():
            return
        path, old = shop
        plan, tokens = self._plan(path), self._host.tokens
        self._waiting.begin(_("Encrypting the shop…") if wish.password is not None else _("Decrypting the shop…"))

        def work(task: Task) -> Sealed:
            with held(path):
                sealed = passwords.seal(path, old, wish.password, plan, task)
            with suppress(OutsideError):  # where nothing was kept nothing has to go
                if old is not None:
                    file_keys.forget(tokens, old.salt)
            if sealed.key is not None and wish.keep:
                file_keys.keep(tokens, sealed.key.salt, sealed.key.words)
            return sealed

        self._host.workers.work(work, lambda done: self._sealed(path, done), lambda why: self._back(path, old, why))

    def _put_back(self, backup: Path, key: Key | None) -> None:
        shop = self._shop_file()
        if shop is None or not self._host.leave_shop():
            return
        path, old = shop
        self._waiting.begin(_("Putting the backup in place…"))

        def work(_task: Task) -> Path:
            with held(path):
                return put_back(restore_beside(backup, path, key), path, _("before restoring"))

        self._host.workers.work(work, lambda kept: self._put(path, key, kept), lambda why: self._back(path, old, why))

    def _shop_file(self) -> tuple[Path, Key | None] | None:
        """Return the shop that is open, if it is a file; say so where it lies on a server."""
        shop = self._host.shop()
        try:
            if shop is not None:
                refuse_shared(shop[0])
        except ShopError as error:
            self._host.dialogs.show_error(error)
            return None
        return shop

    def _put(self, path: Path, key: Key | None, kept: Path) -> None:
        self._waiting.end()
        if self._host.open_with(path, key):
            self._host.dialogs.tell(
                _("The backup is in place"), _("The shop as it was is kept beside it: {file}").format(file=kept.name)
            )

    def _sealed(self, path: Path, done: Sealed) -> None:
        self._waiting.end()
        self._host.open_with(path, done.key)
        if done.left:
            names = "\n".join(one.name for one in done.left)
            said = ngettext(
                "{n} copy could not be changed and is as it was:", "{n} copies could not be changed:", len(done.left)
            )
            self._host.dialogs.tell(
                _("Some copies are as they were"), f"{said.format(n=number(len(done.left)))}\n{names}"
            )

    def _back(self, path: Path, key: Key | None, why: Exception) -> None:
        self._waiting.end()
        self._host.dialogs.show_error(why)
        # It may have been sealed before its key could not be kept: then only the person has the new password.
        salt = driver.salt_of(path)
        if salt == (key.salt if key is not None else None):
            self._host.open_with(path, key)
        else:
            self._ask(path, lambda found: self._host.open_with(path, found))

    def _kept(self, path: Path, kept: Key | None, opened: Opened) -> None:
        if kept is not None:
            opened(kept)
        else:
            self._ask(path, opened)

    def _ask(self, path: Path, opened: Opened) -> None:
        dialog = UnlockDialog(path, self._host.workers, lambda key, keep: self._take(key, keep, opened))
        dialog.rejected.connect(self._given_up)
        self.dialog = dialog
        dialog.show()

    def _take(self, key: Key, keep: bool, opened: Opened) -> None:
        opened(key)
        if keep:
            tokens = self._host.tokens
            self._host.workers.work(lambda _task: file_keys.keep(tokens, key.salt, key.words))

    def _given_up(self) -> None:
        if self._host.shown() is None:
            self._host.show_welcome()

    def _plan(self, path: Path) -> Plan:
        return backups.plan_for(path, self._host.choices.kept)
