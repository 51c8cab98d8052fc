"""Pictures at pasted addresses, fetched from a real https server on this computer that stands for the internet."""

import errno
import socket
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line import pictures
from linecrm_desktop.line.pictures import PREVIEW_BYTES, OfflineError, Web, look
from tests.picture_server import Handler, serving

pytest.importorskip("cryptography", reason="makes the server's certificate")


def png(width: int, height: int, extra: int = 0) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"\0" * extra


def jpeg(width: int, height: int) -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + b"\0" * 10
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\0" * 3
    return b"\xff\xd8" + app + b"\xff" + frame + b"\xff\xd9"


PAGES = {
    "/a.png": png(800, 533),
    "/b%20c.jpg?v=2": jpeg(1040, 700),
    "/big.png": png(1200, 800, extra=PREVIEW_BYTES),
    "/huge.png": png(1, 1, extra=pictures.ORIGINAL_BYTES),
    "/page.html": b"<html>not a picture</html>",
    "/broken.jpg": b"\xff\xd8\xff\xe0\xff\xff",
}
MOVED = {
    "/moved": "/a.png",
    "/home": "https://localhost/a.png",
    "/plain": "http://shop.example/a.png",
    "/loop": "/loop",
}


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    with serving(tmp_path, PAGES, MOVED) as made:
        yield made


def test_a_good_picture_says_what_it_is(web: Web) -> None:
    found = look("https://shop.example/a.png", web)
    assert (found.type, found.width, found.height, found.size) == ("png", 800, 533, len(PAGES["/a.png"]))
    assert found.data == PAGES["/a.png"]
    assert found.problems() == []


def test_a_jpeg_with_a_progressive_frame_is_measured(web: Web) -> None:
    found = look("https://shop.example/b%20c.jpg?v=2", web)
    assert (found.type, found.width, found.height) == ("jpeg", 1040, 700)


def test_nothing_but_the_address_is_told(web: Web) -> None:
    look("https://shop.example/a.png", web)
    (headers,) = Handler.asked
    assert headers["Host"] == "shop.example"
    assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


def test_what_line_would_not_take_is_said(web: Web) -> None:
    big = look("https://shop.example/big.png", web)
    assert big.problems() == []
    assert "1 MB" in big.problems(PREVIEW_BYTES)[0]
    assert "wider than 1024" in big.problems(width=pictures.TEMPLATE_WIDTH)[0]
    assert "neither a JPEG nor a PNG" in look("https://shop.example/page.html", web).problems()[0]
    assert "damaged" in look("https://shop.example/broken.jpg", web).problems()[0]


def test_a_file_without_end_is_read_to_lines_limit_only(web: Web) -> None:
    found = look("https://shop.example/huge.png", web)
    assert found.size == len(PAGES["/huge.png"])
    assert "10 MB" in found.problems()[0]


def test_an_address_that_moved_is_followed_and_checked_again(web: Web) -> None:
    assert look("https://shop.example/moved", web).width == 800
    inside = Web(
        lambda host, _port: ["127.0.0.1"] if host == "shop.example" else ["10.0.0.1"],
        lambda address: address != "10.0.0.1",
        web.port,
        web.trust,
    )
    with pytest.raises(ShopError, match="inside your own network"):
        look("https://shop.example/home", inside)
    with pytest.raises(ShopError, match="begins with https"):
        look("https://shop.example/plain", web)
    with pytest.raises(OutsideError, match="no picture"):
        look("https://shop.example/loop", web)


def test_a_page_that_is_not_there_is_said(web: Web) -> None:
    with pytest.raises(OutsideError, match="no picture at this address"):
        look("https://shop.example/none.png", web)


def test_a_certificate_of_another_name_is_not_trusted(web: Web) -> None:
    with pytest.raises(OutsideError, match="no valid certificate"):
        look("https://other.example/a.png", web)


@pytest.mark.parametrize(
    "error",
    [
        socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"),
        OSError(errno.ENETUNREACH, "Network is unreachable"),
    ],
)
def test_without_a_connection_it_is_said_in_plain_words(error: OSError) -> None:
    def offline(_host: str, _port: int) -> list[str]:
        raise error

    with pytest.raises(OfflineError, match="no connection") as found:
        look("https://shop.example/a.png", Web(offline))
    assert "The message can be written without it" in found.value.sentence()


def test_a_name_that_nobody_has_and_a_server_that_is_off_do_not_answer(web: Web) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    closed = Web(lambda _host, _port: ["127.0.0.1"], lambda _address: True, 1)
    for reach in (Web(unknown), closed):
        with pytest.raises(OutsideError, match="No server answers") as found:
            look("https://shop.example/a.png", reach)
        assert not isinstance(found.value, OfflineError)


def test_looking_ends_when_the_program_does(web: Web) -> None:
    task = Task()
    task.stop()
    with pytest.raises(Stopped):
        look("https://shop.example/big.png", web, task)


@pytest.mark.parametrize(
    "address",
    [
        "http://shop.example/a.png",
        "https://",
        "file:///a.png",
        "https://a:b@shop.example/",
        "https://shop.example:22/",
        "x",
    ],
)
def test_other_addresses_are_refused_before_anything_is_asked(address: str) -> None:
    with pytest.raises(ShopError, match="begins with https"):
        look(address, Web(lambda _host, _port: pytest.fail("asked")))


_INSIDE = (
    *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "224.0.0.1", "255.255.255.255"),
)


@pytest.mark.parametrize("address", _INSIDE)
def test_addresses_inside_are_never_reached(address: str) -> None:
    assert not pictures.is_public(address)
    with pytest.raises(ShopError, match="inside your own network"):
        look("https://shop.example/a.png", Web(lambda _host, _port: ["8.8.8.8", address]))


def test_addresses_on_the_internet_may_be_reached() -> None:
    assert pictures.is_public("8.8.8.8")
    assert pictures.is_public("2606:4700::1111")
