"""Asks where a shared shop lies and who asks for it; nothing is kept before the server has let this person in."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.errors import ShopError, TagwellError
from linecrm_desktop.store import address
from linecrm_desktop.store.address import PORT, Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.server_troubles import PasswordWanted, WrongPassword
from linecrm_desktop.text import _
from linecrm_desktop.views.dialogs import Dialogs
from linecrm_desktop.views.job_runner import Workers
from linecrm_desktop.views.widgets.basics import CutLabel, button, icon_button, label, restyle
from linecrm_desktop.views.widgets.growing import grow
from linecrm_desktop.views.widgets.keep_key import KeepKey
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.password_fields import PasswordField
from linecrm_desktop.views.widgets.writing import reading


@dataclass(frozen=True, slots=True)
class FoundShop:
    """A shop that the server has, and by what it let this person in."""

    name: str
    where: Address
    key: Key | None
    keep: bool
    """Whether this computer keeps the password, in its own password store."""


class SharedShopDialog(QDialog):
    """Server, database, user and password; asks the server before it closes."""

    def __init__(
        self,
        workers: Workers,
        dialogs: Dialogs,
        found: Callable[[FoundShop], None],
        shop: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sharedShopDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Open a shared shop"))
        self.setFixedWidth(520)
        self._workers = workers
        self._dialogs = dialogs
        self._found = found
        self._shop = shop
        self._certificate = ""
        self._build_fields()
        self._build_moving()
        self._lay_out()
        self._connect()
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        grow(self)

    def where(self) -> Address | None:
        """Return the address that is written; None while something is missing."""
        server, database, user = (one.text().strip() for one in (self.server, self.database, self.user))
        if not (server and database and user):
            return None
        return Address(server, database, user, self.port.value(), self._certificate)

    def _build_fields(self) -> None:
        self.server, self.database, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.server.setPlaceholderText("shop.example.com")
        self.port = NumberField(1, 65_535)
        self.port.setProperty("small", False)
        self.port.setValue(PORT)
        self.password = PasswordField(_("Password"), "sharedPassword")
        self.keep = KeepKey()
        self.keep.setChecked(True)
        self.proof = label(role="caption", wrap=True)
        self.proof.setObjectName("serverProof")
        self.certificate = CutLabel("")
        self.choose = button(_("Certificate…"), "link", name="chooseCertificate")
        self.said = label(role="error", wrap=True)
        self.said.setObjectName("sharedSaid")
        self.open_button = reading(button(_("Open the shop"), "primary", name="openShared"))
        self.open_button.setDefault(True)
        self.cancel = button(_("Cancel"), name="cancel")
        for field, name, text in (
            (self.server, "sharedServer", _("Server, or its whole address")),
            (self.port, "sharedPort", _("Port")),
            (self.database, "sharedDatabase", _("Database")),
            (self.user, "sharedUser", _("User")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(text)

    def _build_moving(self) -> None:
        self.moving = label(
            _("A shop that is still a file on this computer is moved to a server by this command:"),
            "caption",
            wrap=True,
        )
        self.command = QLineEdit()
        self.command.setReadOnly(True)
        self.command.setObjectName("moveCommand")
        self.command.setAccessibleName(_("Command that moves the shop"))
        self.copy = icon_button("copy", _("Copy the command"), "copyMoveCommand")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(_("Whoever looks after the server tells you these."), "second", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        places = (
            (self.server, 0, 0),
            (self.port, 0, 1),
            (self.database, 2, 0),
            (self.user, 4, 0),
            (self.password, 6, 0),
        )
        for field, row, place in places:
            caption = label(field.accessibleName(), "caption")
            caption.setBuddy(field)
            span = 1 if row == 0 else 2
            grid.addWidget(caption, row, place, 1, span)
            grid.addWidget(field, row + 1, place, 1, span)
        grid.setColumnStretch(0, 1)
        column.addLayout(grid)
        column.addWidget(self.keep)
        column.addLayout(_row(self.proof, self.choose))
        for part in (self.certificate, self.said, self.moving):
            column.addWidget(part)
        column.addLayout(_row(self.command, self.copy))
        column.addSpacing(8)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.open_button)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.server.textChanged.connect(self._take_address)
        for field in (self.database, self.user):
            field.textChanged.connect(self._look)
        self.port.valueChanged.connect(self._look)
        self.choose.clicked.connect(self._choose_certificate)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.text()))
        self.cancel.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._try)

    def _take_address(self, words: str) -> None:
        """Spread an address that was pasted whole over the fields."""
        if address.is_url(words):
            try:
                found, password = address.parse(words.strip())
            except ShopError:  # still being written
                self._look()
                return
            self.database.setText(found.database)
            self.user.setText(found.user)
            self.port.setValue(found.port)
            if password:
                self.password.setText(password)
            self.server.setText(found.server)
        self._look()

    def _look(self) -> None:
        where = self.where()
        self.open_button.setEnabled(where is not None and not address.is_url(where.server))
        self.open_button.setToolTip(
            "" if where is not None else _("Write the server, the database and the user first.")
        )
        is_here = where is not None and where.is_here
        here = _("This computer: nothing crosses a network.")
        far = _("Encrypted. The server must prove who it is, or no password is sent.")
        self.proof.setText(here if is_here and not self._certificate else far)
        self.certificate.setText(self._certificate)
        self.certificate.setVisible(bool(self._certificate))
        shop = shlex.quote(str(self._shop)) if self._shop is not None else "SHOP"
        self.command.setText(f"tagwell move {shop} {where.url() if where else 'postgresql://USER@SERVER/DATABASE'}")
        self.command.setCursorPosition(0)
        grow(self)

    def _choose_certificate(self) -> None:
        kinds = _("Certificates (*.pem *.crt *.cer)")
        path = self._dialogs.open_file("certificate", _("Choose the server’s certificate"), kinds)
        if path is not None:
            self._certificate = str(path.absolute())
            self._look()

    def _try(self) -> None:
        where, password = self.where(), self.password.text()
        if where is None:
            return
        self._rest(True)
        self.said.setText("")
        key = Key.of_server(password, where.salt) if password else None
        self._workers.work(lambda _task: _ask(where, key), lambda name: self._right(name, where, key), self._failed)

    def _right(self, name: str, where: Address, key: Key | None) -> None:
        keep = self.keep.isChecked()
        self.accept()
        self._found(FoundShop(name, where, key, keep))

    def _failed(self, error: Exception) -> None:
        self._rest(False)
        if not isinstance(error, TagwellError):
            self._dialogs.show_error(error)
            return
        self.said.setText(error.sentence())
        grow(self)
        is_password = isinstance(error, WrongPassword | PasswordWanted)
        restyle(self.password, "invalid", is_password)
        if is_password:
            self.password.selectAll()
            self.password.setFocus()

    def _rest(self, rests: bool) -> None:
        for part in (self.server, self.port, self.database, self.user, self.password, self.open_button):
            part.setEnabled(not rests)
        self.open_button.setText(_("Asking the server…") if rests else _("Open the shop"))


def _ask(where: Address, key: Key | None) -> str:
    from linecrm_desktop.store import opening

    return opening.find_shared(where, key).name


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first, 1)
    row.addWidget(second)
    return row
