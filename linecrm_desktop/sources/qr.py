"""QR codes of entry links, as PNG and SVG: the only door to segno."""

import io
from typing import TYPE_CHECKING

from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

if TYPE_CHECKING:
    import segno

QUIET = 4
"""Modules of white around the code (ISO/IEC 18004 asks for four)."""
_DOTS = 12
"""Pixels of a module in a PNG: a code of 33 modules is printed 4 cm wide at 300 dots an inch."""
_MILLIMETRE = "mm"


def png(url: str, dots: int = _DOTS) -> bytes:
    """Return a QR code as a picture of black and white dots."""
    out = io.BytesIO()
    _code(url).save(out, kind="png", scale=dots, border=QUIET)
    return out.getvalue()


def svg(url: str) -> bytes:
    """Return a QR code as a drawing that prints sharply at any size; a module is a millimetre."""
    out = io.BytesIO()
    _code(url).save(out, kind="svg", scale=1, border=QUIET, unit=_MILLIMETRE, light="white", omitsize=False)
    return out.getvalue()


def _code(url: str) -> "segno.QRCode":
    """Make a code that can still be read when 15 % of it are dirty or torn (level M), or more where there is room."""
    import segno  # most starts draw no code

    try:
        return segno.make_qr(url, error="m", boost_error=True)
    except segno.DataOverflowError as error:
        raise ShopError(_("The link is too long for a QR code."), _("Use a shorter link.")) from error
