"""The same store on a real Secret Service: its own session bus, its own GNOME keyring, a home folder of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in TOOLS), reason="dbus-run-session or gnome-keyring-daemon is missing"
)
UNLOCK = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
KEEP = """
from linecrm_desktop.settings.secrets import SystemTokens
tokens = SystemTokens()
print(tokens.place_name())
print(tokens.get("shop", "U1"))
tokens.set("shop", "U1", "權杖-token")
tokens.set("shop", "U2", "other")
print(SystemTokens().get("shop", "U1"))
tokens.delete("shop", "U1")
tokens.delete("shop", "U1")
print(tokens.get("shop", "U1"), tokens.get("shop", "U2"))
"""
FAIL = """
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.settings.secrets import SystemTokens
try:
    SystemTokens().set("shop", "U1", "secret-token")
except OutsideError as error:
    print(error.title, "secret-token" in repr(error) + error.details)
"""


def python(program: str, home: Path, before: str = "", *, bus: bool = True) -> list[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))}
    environment = kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONIOENCODING": "utf-8"}
    command = ["sh", "-c", before + '"$0" -c "$1"', sys.executable, program]
    done = subprocess.run(
        [*(["dbus-run-session", "--"] if bus else []), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()


def test_a_token_is_kept_read_back_and_forgotten(tmp_path: Path) -> None:
    assert python(KEEP, tmp_path, UNLOCK) == ["Secret Service", "None", "權杖-token", "None other"]


def test_a_locked_store_is_a_sentence(tmp_path: Path) -> None:
    start = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; "
    (said,) = python(FAIL, tmp_path, start)
    assert said in (
        "The password store of this computer is locked. False",
        "The password store of this computer does not work. False",
    )


def test_no_session_bus_is_a_sentence(tmp_path: Path) -> None:
    assert python(FAIL, tmp_path, bus=False) == ["This computer has no password store that Tagwell can use. False"]
