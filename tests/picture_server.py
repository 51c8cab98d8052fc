"""A real https server on this computer that stands for the internet, for looking at pictures."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from linecrm_desktop.line.pictures import Web
from tests.certificate import certificate


class Handler(BaseHTTPRequestHandler):
    """Answers with pages and with addresses that moved; remembers the headers of each request."""

    pages: Mapping[str, bytes] = {}
    moved: Mapping[str, str] = {}
    asked: list[dict[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        if self.path in self.moved:
            self.send_response(302)
            self.send_header("Location", self.moved[self.path])
            self.end_headers()
            return
        data = self.pages.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(folder: Path, pages: Mapping[str, bytes], moved: Mapping[str, str] | None = None) -> Iterator[Web]:
    """Serve these pages as https://shop.example, with a certificate that the returned Web trusts."""
    pem = certificate(folder, host="shop.example")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda request, client_address: None  # a refused certificate ends the connection
    Thread(target=server.serve_forever, daemon=True).start()
    Handler.pages, Handler.moved = pages, moved or {}
    Handler.asked.clear()
    yield Web(lambda _host, _port: ["127.0.0.1"], lambda _address: True, server.server_port, str(pem))
    server.shutdown()
    server.server_close()
