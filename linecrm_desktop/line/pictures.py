"""Looks at a picture on the web as LINE's clients will: what it is, how large, and what LINE would not take."""

from dataclasses import dataclass
from urllib.parse import urljoin

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line import web as ways
from linecrm_desktop.line.web import Web, is_public
from linecrm_desktop.text import _

__all__ = ["ORIGINAL_BYTES", "PREVIEW_BYTES", "TEMPLATE_WIDTH", "OfflineError", "Picture", "Web", "is_public", "look"]

ORIGINAL_BYTES = 10_000_000
PREVIEW_BYTES = 1_000_000
TEMPLATE_WIDTH = 1024
_REDIRECTS = 3
_WISH = ways.Wish(accept="image/jpeg, image/png", most=ORIGINAL_BYTES)


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


def look(address: str, web: Web | None = None, task: Task | None = None) -> Picture:
    """Fetch a picture and say what it is; a `task` that is stopped ends it between two pieces.

    Raises ShopError for an address that cannot be right, OutsideError when nothing was found or nobody answered, and of
    these OfflineError when the computer itself has no connection.
    """
    reach, asked = web or Web(), task or Task()
    told = _get(address, reach, asked)
    for _turn in range(_REDIRECTS):
        if told.status in ways.MOVED:
            address = urljoin(address, told.headers.get("location", ""))
            told = _get(address, reach, asked)
    if told.status != 200:
        raise OutsideError(
            _("There is no picture at this address."),
            _("Open it in a browser where you are not signed in, and copy the address of the picture itself."),
            details=f"HTTP {told.status}",
        )
    kind, width, height = _kind(told.data)
    length = told.headers.get("content-length", "")
    size = max(len(told.data), int(length) if length.isascii() and length.isdigit() else 0)
    return Picture(kind, width, height, size, told.data)


def _get(address: str, web: Web, task: Task) -> ways.Told:
    try:
        return ways.ask(address, web, _WISH, task)
    except ways.BadAddress:
        raise ShopError(
            _("A picture needs a public address that begins with https://."),
            _("Paste it as a browser shows it, without a password or a port in it."),
        ) from None
    except ways.Inside:
        raise ShopError(
            _("This address lies inside your own network, where LINE cannot see it."),
            _("Put the picture where everybody can open it, and paste that address."),
        ) from None
    except ways.NotReached as error:
        raise _not_reached(error) from error


def _not_reached(error: ways.NotReached) -> OutsideError:
    if error.is_offline:
        return OfflineError(
            _("This computer has no connection to the internet."),
            _("The message can be written without it, and the picture is looked at later."),
            details=str(error),
        )
    if error.is_untrusted:
        return OutsideError(
            _("The server of this address has no valid certificate, so phones will not show the picture."),
            _("Ask whoever runs the shop’s pages, or use an address elsewhere."),
            details=str(error),
        )
    return OutsideError(
        _("No server answers at this address."),
        _("Check how it is written. The message can be written without it."),
        details=str(error),
    )


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
