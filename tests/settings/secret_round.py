"""A full round of a shop with made-up secrets, in a process of its own; then it looks for them everywhere it wrote.

Run as a module with a folder. It prints one JSON object: the exit code of each step, and where secrets were found. The
secrets are put together here, so that the command line of this process does not hold them.
"""

import base64
import io
import json
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from linecrm_desktop.cli import friends as friends_command
from linecrm_desktop.cli.main import main
from linecrm_desktop.cli.world import World
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.web import Web
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.settings.secrets import SystemTokens
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import set_language
from tests.serum_message import SERUM_MESSAGE

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
TOKEN, PASSWORD = "wombat+/zaffre==" * 3, "七歲的貓 sleeps-on-flour"
PEOPLE = [
    ("U" + f"{n:x}" * 32, f"M-{n}{n}{n}77", f"{name} Quixotova{n}", f"+88691234567{n}", f"zelda.{n}@wombat.example")
    for n, name in ((1, "澤爾達"), (2, "山田"), (3, "สมหญิง"))
]
SECRETS = [TOKEN, PASSWORD, *(cell for person in PEOPLE for cell in person)]
MESSAGE = SERUM_MESSAGE | {"segment": "VIPs"}


_LONG = 8
"""Shorter pieces of base64 are found by chance."""


def forms(secret: str) -> Iterator[bytes]:
    """Yield the ways in which a text may lie in a file."""
    for raw in (secret.encode(), secret.encode("utf-16-le")):
        yield raw
        for start in range(3):  # as part of a longer text in base64
            whole = base64.b64encode(b"\0" * start + raw).rstrip(b"=")
            inner = whole[4 if start else 0 : -2]
            if len(inner) >= _LONG:
                yield inner
    yield quote(secret, safe="").encode()
    yield quote(secret).encode()
    yield json.dumps(secret)[1:-1].encode()
    yield repr(secret.encode())[2:-1].encode()


def found_in(folder: Path, but: set[Path]) -> list[str]:
    """Return where a secret lies, as file and number of the secret."""
    places = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in but]
    places += [Path("/proc/self/cmdline"), Path("/proc/self/environ")]
    return [
        f"{path}: {number}"
        for path in places
        if path.exists()
        for number, secret in enumerate(SECRETS)
        if any(form in path.read_bytes() for form in forms(secret))
    ]


class Round:
    """Runs commands as a person does, and keeps how each ended and what was said of trouble."""

    def __init__(self, shop: Path, tokens: SystemTokens) -> None:
        self.shop, self._world = shop, World(lambda: NOW, tokens, Web(lambda _host, _port: []))
        self.codes: list[tuple[str, int]] = []
        self.said = ""

    def run(self, *arguments: object, stdin: str = "") -> Any:
        """Run a command; return its JSON, {} when it failed."""
        out, err = io.StringIO(), io.StringIO()
        sys.stdin = io.StringIO(stdin)
        spoken = ["--lang", "en", "--shop", str(self.shop), *map(str, arguments)]
        with redirect_stdout(out), redirect_stderr(err):
            code = main([*spoken, "--json"], self._world)
        self.codes.append((" ".join(map(str, arguments[:2])) if code else str(arguments[0]), code))
        self.said += err.getvalue() + (out.getvalue() if code else "")
        return json.loads(out.getvalue()) if code == 0 and out.getvalue() else {}


def live(shop: Round, inputs: Path, host: str, world: PracticeWorld) -> None:
    """Connect, import, look, write, send with failures, correct, erase."""
    shop.run("new", shop.shop)
    shop.run("connect", "--host", host, stdin=f"{TOKEN}\n")
    origin = ("--source", "checkout", "--purpose", "news", "--informed", "yes")
    shop.run("import", inputs / "customers.csv", *origin)
    shop.run("friends", "--search", PEOPLE[0][2])
    tag = shop.run("tags", "list")["tags"][0]["id"]
    (inputs / "rule.json").write_text(json.dumps(codec.to_json(AllOf((HasTag((tag,)),)))), encoding="utf-8")
    (inputs / "message.json").write_text(json.dumps(MESSAGE), encoding="utf-8")
    shop.run("segments", "save", "VIPs", "--rule", inputs / "rule.json", "--helps-decide", "Whom to thank")
    shop.run("segments", "export", "VIPs", "--out", inputs / "vips.csv", "--purpose", "Parcels")
    shop.run("messages", "save", inputs / "message.json")
    world.faults = deque([Fault.ERROR_BEFORE, Fault.UNPARSABLE, Fault.TOKEN])
    read = [word for key in ("informed", "size", "tested", "kept_back", "links") for word in ("--accept", key)]
    shop.run("send", "Serum is back", "--confirm", "3", *read)
    assert world.heard and not world.faults, shop.said
    shop.run("friends", "edit", PEOPLE[1][1], "--phone", "0987654321")
    shop.run("friends", "looked")
    shop.run("friends", "erase", PEOPLE[0][1], "--confirm", PEOPLE[0][1])
    shop.run("backup")


def crash(shop: Round) -> str:
    """Let the command line and the window meet bugs whose errors quote people; return what the window would tell."""
    whole = friends_command.directory.ids

    def burst(*_arguments: object) -> Any:
        raise RuntimeError(" ".join(SECRETS))

    friends_command.directory.ids = burst
    try:
        shop.run("friends", "--search", PEOPLE[1][2])
    finally:
        friends_command.directory.ids = whole
    from PySide6.QtWidgets import QApplication

    from linecrm_desktop.views.log_file import keep_log, stop_log
    from linecrm_desktop.views.shown_errors import error_box

    app = QApplication([])
    boxes = list[str]()

    def show(error: Exception) -> None:
        box = error_box(error, None)
        boxes.append("\n".join((box.text(), box.informativeText(), box.detailedText())))

    keep_log(show)
    database = open_shop(shop.shop)
    try:
        with database.write() as session:
            twice = {"number": PEOPLE[1][1], "name": PEOPLE[1][2]}
            session.execute(text("UPDATE friend SET member_number = :number, name = :name"), twice)
    except IntegrityError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    try:
        burst()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    database.close()
    stop_log()
    app.quit()
    return "\n".join(boxes)


def main_round(folder: Path) -> None:
    """Do it all, and print what was found."""
    set_language("en")
    inputs, shops = folder / "inputs", folder / "shops"
    inputs.mkdir()
    shops.mkdir()
    rows = "".join(",".join((*person, "VIP")) + "\n" for person in PEOPLE)
    head = "LINE user ID,Member number,Name,Phone,E-mail,Tags\n"
    (inputs / "customers.csv").write_text(head + rows, encoding="utf-8")
    world = PracticeWorld(token=TOKEN, friends={person[0] for person in PEOPLE}, verified=True)
    server = PracticeServer(world)
    shop = Round(shops / "Real.tagwell", SystemTokens())
    try:
        live(shop, inputs, server.start(), world)
    finally:
        server.stop()
    boxes = crash(shop)
    assert found_in(inputs, set()), "what lies open is found"
    plain = {path for path in shops.rglob("*") if path.is_file()}
    token_places = found_in(folder, {path for path in plain | set(inputs.iterdir()) if _holds_no_token(path)})
    shop.run("password", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    shop.run("--password-stdin", "friends", stdin=f"not {PASSWORD}\n")
    sealed = found_in(folder, set(inputs.iterdir()))
    told = [number for number, secret in enumerate(SECRETS) if secret in boxes]
    sys.stdout.write(json.dumps({"codes": shop.codes, "found": token_places + sealed, "told": told, "said": shop.said}))


def _holds_no_token(path: Path) -> bool:
    """Say that a file may hold people, as a shop and the inputs do, and has neither token nor password in it."""
    data = path.read_bytes()
    return not any(form in data for secret in (TOKEN, PASSWORD) for form in forms(secret))


if __name__ == "__main__":
    main_round(Path(sys.argv[1]))
