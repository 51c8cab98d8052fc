"""A LINE on this computer that speaks the Messaging API and reaches nobody: for the first rehearsal, and for tests.

LINE has no sandbox. This server listens on 127.0.0.1 only; the program talks to it through the real SDK, so that a
rehearsal runs the same code as a real send. `python -m linecrm_desktop.line.practice --ledger FILE` runs it alone.
"""

import argparse
import json
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from linecrm_desktop.line.practice_answers import answer_get, answer_validate
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld, Said

__all__ = ["PRACTICE_TOKEN", "PracticeServer", "PracticeWorld"]

BODY_MAX = 2 * 1024 * 1024
_SENDS = {"/v2/bot/message/push": "push", "/v2/bot/message/multicast": "multicast"}
_NO_TOKEN = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
_VALIDATE = "/v2/bot/message/validate/"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, world: PracticeWorld) -> None:
        self.world = world
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing when a client goes away in the middle: that is what kill tests do."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(self._refused() or self._got())

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_MAX:
            self.close_connection = True
            self._answer(Said(413, {"message": "Request entity too large"}))
            return
        raw = self.rfile.read(length)
        self._answer(self._refused() or self._posted(raw))

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet: the ledger is the record."""

    @property
    def _world(self) -> PracticeWorld:
        return cast(_Server, self.server).world

    def _refused(self) -> Said | None:
        if self.headers.get("Authorization") != f"Bearer {self._world.token}":
            return Said(401, {"message": _NO_TOKEN})
        key = self.headers.get("X-Line-Retry-Key")
        if key is None:
            return None
        if urlsplit(self.path).path not in _SENDS:
            return Said(400, {"message": "The retry key can't be used with this endpoint"})
        return None if _is_uuid(key) else Said(400, {"message": "Invalid retry key"})

    def _got(self) -> Said:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return answer_get(self._world, parts.path, query)

    def _posted(self, raw: bytes) -> Said:
        try:
            body: Any = json.loads(raw)
        except ValueError:
            return Said(400, {"message": "The request body could not be parsed as JSON (line: -, column: -)"})
        if not isinstance(body, dict):
            return Said(400, {"message": "The request body could not be parsed as JSON (line: -, column: -)"})
        path = urlsplit(self.path).path
        if path.startswith(_VALIDATE):
            return answer_validate(cast("dict[str, Any]", body))
        if path not in _SENDS:
            return Said(404, {"message": "Not found"})
        key = self.headers.get("X-Line-Retry-Key") or ""
        return self._world.send(_SENDS[path], cast("dict[str, Any]", body), key)

    def _answer(self, said: Said) -> None:
        if said.waits:
            self._world.hurry.wait()
        if said.breaks:
            self.close_connection = True
            return
        payload = json.dumps(said.json).encode()
        self.send_response(said.status)
        headers = {"x-line-request-id": self._world.request_id(), "Content-Type": "application/json"} | said.headers
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)


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


def _is_uuid(key: str) -> bool:
    try:
        return str(uuid.UUID(key)) == key.lower()
    except ValueError:
        return False


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="practice", description="A practice LINE that reaches nobody.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--limit", type=int, default=200, help="messages of the month; -1 for no limit")
    parser.add_argument("--used", type=int, default=0)
    parser.add_argument("--account", default="Practice")
    parser.add_argument("--friends", type=Path, help="a file with one user id a line; without it everybody is a friend")
    parser.add_argument("--blocked", type=Path, help="a file with one user id a line")
    parser.add_argument("--verified", action="store_true")
    return parser.parse_args(words)


def _ids(file: Path | None) -> set[str] | None:
    return None if file is None else set(file.read_text(encoding="utf-8").split())


def main(words: list[str]) -> int:
    """Run the practice LINE until the process is ended; its address is the first line of the output."""
    options = _arguments(words)
    world = PracticeWorld(
        friends=_ids(options.friends),
        blocked=_ids(options.blocked) or set(),
        limit=None if options.limit < 0 else options.limit,
        used=options.used,
        account_name=options.account,
        verified=options.verified,
        ledger=options.ledger,
    )
    server = _Server(options.port, world)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
