"""QR codes: sharp, with the quiet zone that scanners need, and level M at least."""

import struct
from xml.etree import ElementTree

import pytest
import segno

from linecrm_desktop.errors import ShopError
from linecrm_desktop.sources import qr

URL = "https://line.me/R/oaMessage/%40123abcde/?Hello%21%20My%20code%20is%20K7QX"


def modules() -> int:
    return int(segno.make_qr(URL, error="m").symbol_size(border=qr.QUIET)[0])


def test_a_png_has_whole_dots_for_each_module_and_four_white_modules_around() -> None:
    picture = qr.png(URL, dots=3)
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (modules() * 3, modules() * 3)


def test_an_svg_has_a_white_ground_and_a_size_in_millimetres() -> None:
    root = ElementTree.fromstring(qr.svg(URL))
    assert (root.get("width"), root.get("height")) == (f"{modules()}mm", f"{modules()}mm")
    assert b"#fff" in qr.svg(URL)


def test_a_code_of_level_m_at_least_is_as_large_as_its_link_asks() -> None:
    assert segno.make_qr(URL, error="m", boost_error=True).error in ("M", "Q", "H")
    assert len(qr.png(URL)) < len(qr.png(f"{URL}{'%E4' * 60}"))


def test_a_link_that_fits_into_no_code_says_so() -> None:
    with pytest.raises(ShopError, match="too long for a QR code"):
        qr.svg("https://example.com/" + "a" * 4000)
