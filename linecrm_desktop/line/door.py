"""The way out to LINE: which address, and whether it is the real LINE or the practice one on this computer."""

from ipaddress import ip_address
from threading import Lock
from urllib.parse import SplitResult, urlsplit

from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import LINE_HOST, Line
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.web import Web
from linecrm_desktop.text import _

__all__ = ["PRACTICE_TOKEN", "LineDoor", "check_host"]


class LineDoor:
    """Opens connections to LINE. With a practice world, everything goes to a server on this computer."""

    def __init__(self, host: str | None, practice: PracticeWorld | None, web: Web | None = None) -> None:
        self.web = web or Web()
        """The way to links and pictures that a person pasted."""
        self._host = LINE_HOST if host is None else check_host(host)
        self._practice = practice
        self._stop_practice = lambda: None
        self._is_started = False
        self._lock = Lock()

    @property
    def is_practice(self) -> bool:
        return self._practice is not None

    @property
    def host(self) -> str:
        """The address that clients use; the practice LINE's own once it runs."""
        return self._host

    def client(self, token: str, host: str | None = None) -> Line:
        """Return a connection that is made when it is first used; close it afterwards.

        A further account has its own `host`; the practice LINE is one for all.
        """
        from linecrm_desktop.line.sdk import SdkLine

        self._start_practice()
        return SdkLine(self._host if host is None or self.is_practice else check_host(host), token)

    def close(self) -> None:
        """End the practice LINE, if one runs."""
        with self._lock:
            self._stop_practice()
            self._stop_practice = lambda: None
            self._is_started = False

    def _start_practice(self) -> None:
        with self._lock:
            if self._practice is None or self._is_started:
                return
            from linecrm_desktop.line.practice import PracticeServer

            server = PracticeServer(self._practice)
            self._host = server.start()
            self._stop_practice = server.stop
            self._is_started = True


def check_host(text: str) -> str:
    """Return an address fit for the token: https anywhere, http only on this computer. Raises ShopError."""
    typed = text.strip()
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise _no_address(typed) from None
    host = (parts.hostname or "").lower()
    if not typed.isascii() or not host or not _is_bare(parts) or any(sign.isspace() for sign in typed):
        raise _no_address(typed)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_this_computer(host)):
        raise ShopError(
            _("The address “{address}” is not safe for the token.").format(address=typed),
            _("Use an address that begins with https://. Plain http:// works only for this computer."),
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def _is_bare(parts: SplitResult) -> bool:
    extras = (parts.query, parts.fragment, parts.username, parts.password)
    return not any(extras) and "@" not in parts.netloc and parts.path in ("", "/") and parts.port != 0


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _no_address(typed: str) -> ShopError:
    return ShopError(
        _("“{address}” is not the address of a server.").format(address=typed),
        _("Write it like https://api.line.me, in plain letters and with nothing after the name."),
    )
