"""The first way of a new person, gone by a program that sees only what screen readers see (AT-SPI).

The real program runs in a window on a screen in memory, with a session bus and a home folder of its own.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from start import SCREEN_LIBRARIES

ROOT = Path(__file__).parents[2]
CLIENT = Path(__file__).with_name("outside_client.py")
PYTHON = "/usr/bin/python3"
"""The system's own: its library for AT-SPI is for no other."""
BUS = "/usr/libexec/at-spi-bus-launcher"
SIZE = "1440x900x24"
PATIENCE = 300
WALK = """
"$BUS" --launch-immediately &
"$OURS" -m linecrm_desktop >"$HOME/said" 2>&1 &
program=$!
"$PYTHON" "$CLIENT" "$HOME/told.json" || { code=$?; tail -n 20 "$HOME/said" >&2; }
kill $program
exit ${code:-0}
"""


def missing() -> str:
    """Return what this computer lacks for the walk, in words; empty when nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI belongs to Linux"
    lacking = [tool for tool in ("Xvfb", "dbus-run-session", BUS) if shutil.which(tool) is None]
    for library in SCREEN_LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append(library)
    look = "import gi; gi.require_version('Atspi', '2.0')"
    if not shutil.which(PYTHON) or subprocess.run([PYTHON, "-c", look], capture_output=True, check=False).returncode:
        lacking.append("gi's Atspi in the system's Python")
    return f"missing for a screen reader: {', '.join(lacking)}" if lacking else ""


LACKING = missing()
pytestmark = pytest.mark.skipif(bool(LACKING), reason=LACKING or "nothing is missing")


@pytest.fixture(scope="module")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a screen in memory and return its name."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", SIZE, "-nolisten", "tcp"]
    log = tmp_path_factory.mktemp("screen") / "log"
    with log.open("wb") as said:
        screen = subprocess.Popen(command, pass_fds=[theirs], stdout=said, stderr=said)
    os.close(theirs)
    try:
        with os.fdopen(ours) as told:
            number = told.readline().strip()
        assert number, log.read_text(encoding="utf-8")
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


@pytest.fixture(scope="module")
def told(display: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Go the way once and return what was heard on it."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    environ = kept | {
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "LC_ALL": "C.UTF-8",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "BUS": BUS,
        "OURS": sys.executable,
        "PYTHON": PYTHON,
        "CLIENT": str(CLIENT),
    }
    walk = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", WALK],
        cwd=ROOT,
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _error = walk.communicate(timeout=PATIENCE)
    finally:
        with suppress(ProcessLookupError):  # what it started is in its group, and gone when it ended by itself
            os.killpg(walk.pid, signal.SIGTERM)
    assert walk.returncode == 0, said
    return json.loads((home / "told.json").read_text(encoding="utf-8"))


def test_the_welcome_speaks_the_language_that_was_chosen(told: dict[str, Any]) -> None:
    assert told["in_chinese"][0] == "試用範例商店"
    assert told["in_english"] == ["Try the sample shop", "Import my CSV", "Connect LINE"]


def test_homes_five_key_numbers_are_buttons_that_say_their_number_and_what_it_is_of(told: dict[str, Any]) -> None:
    expected = {
        "Reachable friends: 4,057": "of 4,862 · 618 blocked, 187 refused",
        "Friends with a source: 75%": "3,647 of 4,862",
        "Tags without a decision: 23": "of 64 tags",
        "Messages left: 2,588": "of 6,000 in Nov · NT$0 extra so far",
        "Messages not wasted: 17,808": "versus 5 broadcasts · NT$3,044",
    }
    assert {name: told["home"].get(name) for name in expected} == expected
    assert told["reachable"] == 4057


def test_homes_bars_say_what_they_are_of_and_how_much(told: dict[str, Any]) -> None:
    assert told["bars"] == {"Friends with a source": 75, "Tags without a decision": 64, "Four-week plan": 60}


def test_a_task_of_the_plan_says_how_far_it_is(told: dict[str, Any]) -> None:
    assert told["home"]["Give every tag a decision, partly done"] == "41 of 64 have one"


def test_a_button_of_the_days_list_says_what_it_is_for(told: dict[str, Any]) -> None:
    assert told["home"]["Audit the tags"].startswith("23 tags still have no decision. The largest: ")


def test_a_page_of_the_rail_opens_and_says_that_it_is_open(told: dict[str, Any]) -> None:
    assert told["friends_selected"]
    assert told["tags_selected"]


def test_the_table_of_friends_says_how_many_it_has_and_names_its_columns(told: dict[str, Any]) -> None:
    assert told["friends"] == 4862
    assert told["headers"] == ["Chosen", "Friend", "Tags"]


def test_a_page_opens_from_the_menu(told: dict[str, Any]) -> None:
    assert told["segments"] == "Segments"


def test_a_message_is_copied_from_an_earlier_one_and_its_gate_read_aloud(told: dict[str, Any]) -> None:
    assert told["checks"] == ["10 checks"]
    assert "Passed" in told["spoken"]


def test_each_warning_of_the_gate_has_a_box_that_says_which_it_is(told: dict[str, Any]) -> None:
    assert set(told["warnings"].values()) == {"I have read this and want to go on"}
    assert told["ticked"] in told["warnings"]
    assert any(words.startswith("Were they informed? – ") for words in told["warnings"])
