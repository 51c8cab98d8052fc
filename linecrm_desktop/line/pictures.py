"""Looks at a picture on the web as LINE's clients will: what it is, how large, and what LINE would not take.

The only place that opens addresses which a person pasted. So: https alone, no address inside this computer or its
network, the address that was checked is the one that is connected to, no proxy, no cookies, no redirect to elsewhere
unchecked, and an end to time and size.
"""

import errno
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.text import _

ORIGINAL_BYTES = 10_000_000
PREVIEW_BYTES = 1_000_000
TEMPLATE_WIDTH = 1024
_TIMEOUTS = (5.0, 10.0)
_WHOLE_SECONDS = 30.0
"""A server that sends a byte now and then keeps nobody waiting for longer."""
_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
_PORT = 443
_NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)


class OfflineError(OutsideError):
    """This computer has no way to the internet, so nothing can be said of an address."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What lies at an address."""

    type: str
    """"jpeg", "png", or empty for anything else."""
    width: int
    height: int
    size: int
    """In bytes, as far as LINE's limit was read or the server says."""
    data: bytes
    """The picture itself, for a thumbnail; it is kept nowhere."""

    def problems(self, most: int = ORIGINAL_BYTES, width: int | None = None) -> list[str]:
        """Say what LINE would not take; `most` is PREVIEW_BYTES for a small one, `width` TEMPLATE_WIDTH on a card."""
        found: list[str] = []
        if not self.type:
            found.append(_("This is neither a JPEG nor a PNG."))
        elif not self.width or not self.height:
            found.append(_("This picture is damaged: it does not say how large it is."))
        if self.size > most:
            found.append(
                _("The file is larger than {n} MB, which is the most that LINE takes.").format(n=most // 10**6)
            )
        if width is not None and self.width > width:
            found.append(_("The picture is wider than {n} points, which is the most on a card.").format(n=width))
        return found


def is_public(address: str) -> bool:
    """Tell whether an IP address lies on the internet: not on this computer, in its network, or set aside."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None)
    return (inner or found).is_global and not (inner or found).is_multicast


@dataclass(frozen=True, slots=True)
class Web:
    """How the world is reached; tests put a server of their own in its place."""

    addresses: Callable[[str, int], list[str]]
    may_reach: Callable[[str], bool] = is_public
    port: int = _PORT
    trust: str | None = None
    """File with the certificates to trust; None: those of the certifi package."""


def look(address: str, web: Web | None = None, task: Task | None = None) -> Picture:
    """Fetch a picture and say what it is; a `task` that is stopped ends it between two pieces.

    Raises ShopError for an address that cannot be right, OutsideError when nothing was found or nobody answered, and of
    these OfflineError when the computer itself has no connection.
    """
    reach, asked = web or Web(_resolved), task or Task()
    status, headers, data = _get(address, reach, asked)
    for _turn in range(_REDIRECTS):
        if status in _MOVED:
            address = urljoin(address, headers.get("location", ""))
            status, headers, data = _get(address, reach, asked)
    if status != 200:
        raise OutsideError(
            _("There is no picture at this address."),
            _("Open it in a browser where you are not signed in, and copy the address of the picture itself."),
            details=f"HTTP {status}",
        )
    kind, width, height = _kind(data)
    told = headers.get("content-length", "")
    return Picture(kind, width, height, max(len(data), int(told) if told.isascii() and told.isdigit() else 0), data)


def _get(address: str, web: Web, task: Task) -> tuple[int, Any, bytes]:
    from urllib3 import HTTPSConnectionPool, Retry, Timeout
    from urllib3.exceptions import HTTPError

    host, target = _parted(address, web.port)
    try:
        found = web.addresses(host, web.port)
    except OSError as error:
        raise _not_reached(error) from error
    if not found or not all(web.may_reach(one) for one in found):
        raise ShopError(
            _("This address lies inside your own network, where LINE cannot see it."),
            _("Put the picture where everybody can open it, and paste that address."),
        )
    pool = HTTPSConnectionPool(
        found[0],
        web.port,
        timeout=Timeout(connect=_TIMEOUTS[0], read=_TIMEOUTS[1]),
        retries=Retry(0, redirect=False, raise_on_redirect=False),
        assert_hostname=host,
        server_hostname=host,
        ca_certs=web.trust or _trusted(),
    )
    headers = {"Host": host, "Accept": "image/jpeg, image/png", "Accept-Encoding": "identity"}
    try:
        with pool.request("GET", target, headers=headers, preload_content=False, redirect=False) as answer:
            data, ends = b"", monotonic() + _WHOLE_SECONDS
            while len(data) <= ORIGINAL_BYTES and (more := answer.read1(64 * 1024)):
                data += more
                task.raise_if_stopped()
                if monotonic() > ends:
                    raise TimeoutError
            return answer.status, answer.headers, data
    except (HTTPError, OSError) as error:
        raise _not_reached(error) from error
    finally:
        pool.close()


def _parted(address: str, port: int) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
        is_good = parts.scheme == "https" and parts.hostname and (parts.port or _PORT) in (_PORT, port)
    except ValueError:
        is_good, parts = False, urlsplit("")
    if not is_good or parts.username is not None or not address.strip().isascii():
        raise ShopError(
            _("A picture needs a public address that begins with https://."),
            _("Paste it as a browser shows it, without a password or a port in it."),
        )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname or "", target


def _resolved(host: str, port: int) -> list[str]:
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _trusted() -> str:
    import certifi

    return certifi.where()


def _kind(data: bytes) -> tuple[str, int, int]:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        size = data[16:24] if data[12:16] == b"IHDR" else b""
        return "png", int.from_bytes(size[:4]), int.from_bytes(size[4:])
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg", *_jpeg_size(data)
    return "", 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk a JPEG's segments to the one that begins the frame (ITU T.81, B.2.2): height, then width."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker == 0xFF:  # fill bytes may stand before a marker
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        else:
            at += 2 + length
    return 0, 0


def _not_reached(error: Exception) -> OutsideError:
    from urllib3.exceptions import SSLError

    chain = list(_causes(error))
    details = type(error).__name__
    if any(_is_offline(one) for one in chain):
        return OfflineError(
            _("This computer has no connection to the internet."),
            _("The message can be written without it, and the picture is looked at later."),
            details=details,
        )
    if any(isinstance(one, SSLError) for one in chain):
        return OutsideError(
            _("The server of this address has no valid certificate, so phones will not show the picture."),
            _("Ask whoever runs the shop’s pages, or use an address elsewhere."),
            details=details,
        )
    return OutsideError(
        _("No server answers at this address."),
        _("Check how it is written. The message can be written without it."),
        details=details,
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error, and what lies behind it: urllib3 wraps the operating system's own."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _is_offline(error: BaseException) -> bool:
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    return isinstance(error, OSError) and error.errno in _NO_NETWORK
