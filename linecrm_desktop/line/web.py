"""The guarded way to addresses that a person pasted: the only place that opens them.

So: https alone, no address inside this computer or its network, the address that was checked is the one that is
connected to, no proxy, no cookies, no redirect that is followed unchecked, and an end to time and size.
"""

import errno
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urlsplit

from linecrm_desktop.certificates import in_one_file
from linecrm_desktop.jobs import Task

_TIMEOUTS = (5.0, 10.0)
_WHOLE_SECONDS = 30.0
"""A server that sends a byte now and then keeps nobody waiting for longer."""
MOVED = (301, 302, 303, 307, 308)
PORT = 443
_NO_NETWORK = (errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH)


class BadAddress(Exception):
    """This is no address that can be opened."""


class Inside(Exception):
    """The name stands for an address of this computer or its network."""


class NotReached(Exception):
    """No whole answer came. `is_nameless` says that the name itself was not found."""

    def __init__(self, cause: Exception, *, is_nameless: bool = False) -> None:
        super().__init__(type(cause).__name__)
        self.is_nameless = is_nameless
        chain = list(_causes(cause))
        self.is_offline = any(_is_offline(one) for one in chain)
        """Whether this computer itself has no way to the internet."""
        self.is_untrusted = any(type(one).__name__ == "SSLError" for one in chain)
        """Whether the server has no valid certificate."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def is_public(address: str) -> bool:
    """Tell whether an IP address lies on the internet: not on this computer, in its network, or set aside."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None)
    return (inner or found).is_global and not (inner or found).is_multicast


def resolved(host: str, port: int) -> list[str]:
    """Return the IP addresses that a name stands for."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Web:
    """How the world is reached; tests put a server of their own in its place."""

    addresses: Callable[[str, int], list[str]] = resolved
    may_reach: Callable[[str], bool] = is_public
    port: int = PORT
    """Where https is spoken when an address names no port."""
    trust: str | None = None
    """File with the certificates to trust; None: those of the certifi package."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How one request is made."""

    method: str = "GET"
    accept: str = "*/*"
    most: int = 0
    """Bytes that are read of the answer."""
    timeouts: tuple[float, float] = _TIMEOUTS
    """Seconds to connect, and to wait for the next bytes."""
    any_port: bool = False
    """Whether an address may name a port of its own."""


def ask(address: str, web: Web, wish: Wish, task: Task | None = None) -> Told:
    """Make one request; redirects are the caller's. A `task` that is stopped ends it between two pieces.

    Raises BadAddress, Inside, NotReached.
    """
    from urllib3 import HTTPSConnectionPool, Retry, Timeout
    from urllib3.exceptions import HTTPError

    host, port, target = _parted(address, web, any_port=wish.any_port)
    pool = HTTPSConnectionPool(
        _checked(host, port, web),
        port,
        timeout=Timeout(connect=wish.timeouts[0], read=wish.timeouts[1]),
        retries=Retry(0, redirect=False, raise_on_redirect=False),
        assert_hostname=host,
        server_hostname=host,
        ca_certs=web.trust or in_one_file(),
    )
    named = host if port in (PORT, web.port) else f"{host}:{port}"
    headers = {"Host": named, "Accept": wish.accept, "Accept-Encoding": "identity"}
    try:
        with pool.request(wish.method, target, headers=headers, preload_content=False, redirect=False) as answer:
            data, ends = b"", monotonic() + _WHOLE_SECONDS
            while wish.most and len(data) <= wish.most and (more := answer.read1(64 * 1024)):
                data += more
                if task is not None:
                    task.raise_if_stopped()
                if monotonic() > ends:
                    raise TimeoutError
            return Told(answer.status, answer.headers, data)
    except (HTTPError, OSError) as error:
        raise NotReached(error) from error
    finally:
        pool.close()


def _checked(host: str, port: int, web: Web) -> str:
    """Return the one IP address that is connected to; every address of the name must be allowed."""
    try:
        found = web.addresses(host, port)
    except (OSError, UnicodeError) as error:
        raise NotReached(error, is_nameless=True) from error
    if not found or not all(web.may_reach(one) for one in found):
        raise Inside
    return found[0]


def _parted(address: str, web: Web, *, any_port: bool) -> tuple[str, int, str]:
    try:
        parts = urlsplit(address.strip())
        port = parts.port or PORT
    except ValueError as error:
        raise BadAddress from error
    is_good = parts.scheme == "https" and parts.hostname and (any_port or port in (PORT, web.port))
    if not is_good or parts.username is not None or not address.strip().isascii():
        raise BadAddress
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname or "", web.port if port == PORT else port, target


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
