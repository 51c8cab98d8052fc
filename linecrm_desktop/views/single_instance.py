"""One window for each shop on this computer: a second start rings, and the window that is there comes forward."""

import getpass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 500


def ring(shop: Path) -> bool:
    """Ask the window that has this shop open to come forward; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(shop))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Hears other starts on the shop that is open here."""

    rung = Signal()

    def __init__(self, shop: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)
        # What a crash left behind would keep the name; nobody answered there, or the shop would be open.
        QLocalServer.removeServer(_name(shop))
        self._server.listen(_name(shop))

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _heard(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
            self.rung.emit()


def _name(shop: Path) -> str:
    whose = f"{getpass.getuser()}:{shop.resolve()}"
    return "tagwell-" + sha256(whose.encode()).hexdigest()[:24]
