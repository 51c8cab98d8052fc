"""A LINE on this computer that speaks the Messaging API and reaches nobody: for the first rehearsal, and for tests.

LINE has no sandbox. This server listens on 127.0.0.1 only; the program talks to it through the real SDK, so that a
rehearsal runs the same code as a real send. `python -m linecrm_desktop.line.practice --ledger FILE` runs it alone.
"""

import argparse
import hashlib
import json
import sys
import time
import uuid
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from linecrm_desktop.line.practice_ledger import as_text
from linecrm_desktop.line.practice_routes import SEND_PATHS, Asked, form, multipart, respond
from linecrm_desktop.line.practice_script import Script, read_script
from linecrm_desktop.line.practice_world import NO_TOKEN, PRACTICE_TOKEN, PracticeWorld, Said
from linecrm_desktop.text import _

__all__ = ["PRACTICE_TOKEN", "PracticeServer", "PracticeWorld"]

BODY_MAX = 2 * 1024 * 1024
FILE_MAX = 60 * 1024 * 1024
"""Bytes of an uploaded file; 1,500,000 ids take 51 MB."""
LEDGER = "/practice/ledger"
"""Not LINE's: what was taken, one line a copy."""
_OAUTH = "/v2/oauth/"
_NO_JSON = Said(400, {"message": "The request body could not be parsed as JSON (line: -, column: -)"})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    """As many connections as a send opens at once."""

    def __init__(self, port: int, world: PracticeWorld) -> None:
        self.world = world
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a client goes away in the middle: that is what kill tests do."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    raw_requestline: bytes
    heads: dict[str, str]
    """The request's headers by their small-letter names."""

    def parse_request(self) -> bool:
        """Read a request's head as plain lines; the library's way through e-mail parsing takes half of all time."""
        words = self.raw_requestline.decode("iso-8859-1").split()
        if len(words) != 3:
            self.close_connection = True
            return False
        self.command, self.path, self.request_version = words
        self.requestline = " ".join(words)
        self.heads = {}
        while (line := self.rfile.readline(65_537).strip()) != b"":
            name, _colon, value = line.decode("iso-8859-1").partition(":")
            self.heads[name.lower()] = value.strip()
        self.close_connection = self.heads.get("connection", "").lower() == "close"
        return True

    def do_GET(self) -> None:
        self._answer(self._refused() or self._got())

    def do_POST(self) -> None:
        length = int(self.heads.get("content-length") or 0)
        if length > (FILE_MAX if self.path.endswith("/byFile") else BODY_MAX):
            self.close_connection = True
            self._answer(Said(413, {"message": "Request entity too large"}))
            return
        raw = self.rfile.read(length)
        self._answer(self._refused() or self._posted(raw))

    def do_PUT(self) -> None:
        self.do_POST()

    def do_DELETE(self) -> None:
        self._answer(self._refused() or respond(self._world, self._asked({})))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the ledger is the record."""

    @property
    def _world(self) -> PracticeWorld:
        return cast(_Server, self.server).world

    def _refused(self) -> Said | None:
        path = urlsplit(self.path).path
        if not path.startswith((_OAUTH, LEDGER)) and self.heads.get("authorization") != f"Bearer {self._world.token}":
            return NO_TOKEN
        key = self.heads.get("x-line-retry-key")
        if key is None:
            return None
        if path not in SEND_PATHS:
            return Said(400, {"message": "The retry key can't be used with this endpoint"})
        return None if _is_uuid(key) else Said(400, {"message": "Invalid retry key"})

    def _got(self) -> Said:
        if self.path == LEDGER:
            return Said(200, raw=as_text(self._world.taken).encode())
        return respond(self._world, self._asked({}))

    def _posted(self, raw: bytes) -> Said:
        kind = self.heads.get("content-type") or ""
        if kind.startswith("multipart/form-data"):
            return respond(self._world, self._asked(multipart(raw, kind)))
        if urlsplit(self.path).path.startswith(_OAUTH):
            return respond(self._world, self._asked(form(raw)))
        try:
            body: Any = json.loads(raw)
        except ValueError:
            return _NO_JSON
        return respond(self._world, self._asked(cast("dict[str, Any]", body))) if isinstance(body, dict) else _NO_JSON

    def _asked(self, body: dict[str, Any]) -> Asked:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return Asked(self.command, parts.path, query, body, self.heads.get("x-line-retry-key") or "")

    def _answer(self, said: Said) -> None:
        if said.seconds:
            time.sleep(said.seconds)
        if said.waits:
            self._world.hurry.wait()
        if said.breaks:
            self.close_connection = True
            return
        payload = json.dumps(said.json).encode() if said.raw is None else said.raw
        headers = {"x-line-request-id": str(uuid.uuid4()), "Content-Type": "application/json"} | said.headers
        headers["Content-Length"] = str(len(payload))
        if self.close_connection:
            headers["Connection"] = "close"
        lines = [f"HTTP/1.1 {said.status} {_reason(said.status)}", *(f"{name}: {headers[name]}" for name in headers)]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("iso-8859-1") + payload)


class PracticeServer:
    """Runs a world behind an address of this computer."""

    def __init__(self, world: PracticeWorld, port: int = 0) -> None:
        self.world = world
        self._port = port
        self._server: _Server | None = None

    def start(self) -> str:
        """Start listening and return the address to give to the SDK."""
        server = _Server(self._port, self.world)
        self._server = server
        self._port = server.server_address[1]
        Thread(target=server.serve_forever, name="practice LINE", daemon=True, kwargs={"poll_interval": 0.05}).start()
        return self.host

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        """Stop listening; starting again uses the same port."""
        self.world.hurry.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def _is_uuid(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key.lower()
    except ValueError:
        return False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name what the practice LINE can be told; the command line has the same options."""
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help=_("where it listens; without it, any free one")
    )
    parser.add_argument("--script", type=Path, metavar="FILE", help=_("what goes wrong, and when (JSON)"))
    parser.add_argument("--ledger", type=Path, metavar="FILE", help=_("gets one line for each copy that is accepted"))
    parser.add_argument("--limit", type=int, default=200, metavar="N", help=_("messages of the month; -1 for no limit"))
    parser.add_argument("--used", type=int, default=0, metavar="N", help=_("messages that are used already"))
    parser.add_argument("--account", default="Practice", metavar="NAME", help=_("the account’s name"))
    parser.add_argument("--friends", type=Path, metavar="FILE", help=_("user ids, one a line; without it, everybody"))
    parser.add_argument("--blocked", type=Path, metavar="FILE", help=_("user ids of those who block the account"))
    parser.add_argument("--verified", action="store_true", help=_("the account may list its friends"))


def _ids(file: Path | None) -> set[str] | None:
    return None if file is None else set(file.read_text(encoding="utf-8").split())


def serve(options: argparse.Namespace) -> int:
    """Run the practice LINE until the process is ended; its address is the first line of the output."""
    world = PracticeWorld(
        friends=_ids(options.friends),
        blocked=_ids(options.blocked) or set(),
        limit=None if options.limit < 0 else options.limit,
        used=options.used,
        account_name=options.account,
        account_id=f"U{hashlib.sha256(options.account.encode()).hexdigest()[:32]}",  # another name is another account
        verified=options.verified,
        ledger=options.ledger,
        is_listening=False,
        script=read_script(options.script) if options.script else Script(),
    )
    server = _Server(options.port, world)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


def main(words: list[str]) -> int:
    """Run it alone, without the command line around it."""
    parser = argparse.ArgumentParser(prog="practice", description="A practice LINE that reaches nobody.")
    add_arguments(parser)
    return serve(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
