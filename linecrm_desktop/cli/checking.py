"""`self-check`: whether this installation works, tried with a shop of its own that is thrown away again."""

import platform
import sqlite3
import tempfile
from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from linecrm_desktop import __version__
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import connected, practice_for
from linecrm_desktop.cli.shop import facts
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.door import PRACTICE_TOKEN
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.opening import create_shop
from linecrm_desktop.text import LANGUAGES, _, language, set_language

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `self-check`."""
    command(commands, shared, "self-check", check, _("try whether this installation works"))


def check(_args: Namespace, world: World) -> Reply:
    """Make a shop, count in it, speak to the practice LINE, look for the password store and the languages."""
    with tempfile.TemporaryDirectory(prefix="tagwell-") as folder:
        shop = _try_shop(Path(folder), world)
    try:
        store = world.tokens.place_name()
    except OutsideError:
        store = None
    data: dict[str, Any] = {
        "tagwell": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        "qt": version("PySide6-Essentials"),
        "line_sdk": version("line-bot-sdk"),
        "shop": shop,
        "password_store": store,
        "languages": _languages(),
    }
    lines = [
        _("Tagwell {version} works on this computer.").format(version=__version__),
        _("A new shop was made, upgraded and counted. The practice LINE answered as {name}.").format(
            name=shop["practice_line"]
        ),
        _("Tokens are kept in: {place}").format(place=store or _("nowhere; there is no password store")),
        *[f"{LANGUAGES[code]}: {sentence}" for code, sentence in data["languages"].items()],
        *[f"{name} {data[name]}" for name in ("python", "sqlite", "qt", "line_sdk", "system")],
    ]
    return Reply(data, lines)


def _try_shop(folder: Path, world: World) -> dict[str, Any]:
    database = create_shop(folder / "check.tagwell", "Check", "TW", world.now(), practice=True)
    try:
        shop = facts(database)
        with database.read() as session:
            friends = session.scalars(select(func.count()).select_from(Friend)).one()
        with connected(None, PRACTICE_TOKEN, practice_for(shop)) as line:
            return {"friends": friends, "practice_line": line.account().name}
    finally:
        database.close()


def _languages() -> dict[str, str]:
    spoken = language()
    found: dict[str, str] = {}
    try:
        for code in LANGUAGES:
            set_language(code)
            found[code] = _("This shop is open in another window or on another computer.")
    finally:
        set_language(spoken)
    return found
