"""Links, tried at a real https server on this computer that stands for the internet."""

import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from linecrm_desktop.line.link_answers import LinkAnswer, LinkKind, look, look_at_all
from linecrm_desktop.line.web import Web
from tests.picture_server import certificate

pytest.importorskip("cryptography", reason="makes the server's certificate")

SHOP = "https://shop.example"
PAGES = {"/good": 200, "/gone": 404, "/get-only": 200, "/broken": 500}
MOVED = {"/moved": "/good", "/plain": "http://shop.example/good", "/home": "https://inside.example/", "/lost": "/gone"}


class _Handler(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append(f"HEAD {self.path}")
        self._answer(405 if self.path == "/get-only" else PAGES.get(self.path, 404))

    def do_GET(self) -> None:
        self.asked.append(f"GET {self.path}")
        self._answer(PAGES.get(self.path, 404))

    def _answer(self, status: int) -> None:
        self.send_response(302 if self.path in MOVED else status)
        if self.path in MOVED:
            self.send_header("Location", MOVED[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def found_at(host: str, _port: int) -> list[str]:
    if host == "gone.example":
        raise OSError
    return ["10.0.0.1"] if host == "inside.example" else ["127.0.0.1"]


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    pem = certificate(tmp_path, host="shop.example")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda request, client_address: None  # a refused certificate ends the connection
    Thread(target=server.serve_forever, daemon=True).start()
    _Handler.asked.clear()
    yield Web(found_at, lambda address: address != "10.0.0.1", server.server_port, str(pem))
    server.shutdown()
    server.server_close()


def test_a_page_that_is_there_is_asked_for_its_head_only(web: Web) -> None:
    assert look(f"{SHOP}/good?a=b", web).kind is LinkKind.ERROR  # another page than /good
    assert look(f"{SHOP}/good", web) == LinkAnswer(LinkKind.ANSWERS, 200)
    assert _Handler.asked[-1] == "HEAD /good"


def test_a_head_that_is_refused_is_asked_again_as_a_whole(web: Web) -> None:
    assert look(f"{SHOP}/get-only", web) == LinkAnswer(LinkKind.ANSWERS, 200)
    assert _Handler.asked == ["HEAD /get-only", "GET /get-only"]


@pytest.mark.parametrize(("page", "status"), [("/gone", 404), ("/broken", 500), ("/lost", 404)])
def test_an_error_stays_an_error_after_both(web: Web, page: str, status: int) -> None:
    assert look(SHOP + page, web) == LinkAnswer(LinkKind.ERROR, status)


def test_redirects_are_followed_and_checked_to_https_only(web: Web) -> None:
    assert look(f"{SHOP}/moved", web) == LinkAnswer(LinkKind.ANSWERS, 200)
    assert _Handler.asked == ["HEAD /moved", "HEAD /good"]
    assert look(f"{SHOP}/plain", web) == LinkAnswer(LinkKind.ANSWERS, 302)
    assert look(f"{SHOP}/home", web) == LinkAnswer(LinkKind.INSIDE)


def test_a_server_with_another_name_does_not_answer(web: Web) -> None:
    assert look("https://other.example/good", web) == LinkAnswer(LinkKind.SILENT)


def test_a_private_address_is_never_opened() -> None:
    inside = Web(lambda _host, _port: ["192.168.1.10"])
    assert look("https://nas.example:8443/", inside) == LinkAnswer(LinkKind.INSIDE)


def test_one_page_that_answers_proves_that_there_is_a_way_out(web: Web) -> None:
    gone, closed, good = "https://gone.example/", "https://shop.example:1/", f"{SHOP}/good"
    found = look_at_all([gone, closed, good], web, is_online=False)
    assert [found[one].kind for one in (gone, closed, good)] == [LinkKind.SILENT, LinkKind.SILENT, LinkKind.ANSWERS]
    found = look_at_all([gone, closed], web, is_online=False)
    assert {one.kind for one in found.values()} == {LinkKind.UNASKED}
    assert look_at_all([gone], web, is_online=True)[gone].kind is LinkKind.SILENT
