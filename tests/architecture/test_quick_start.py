"""What a start loads: nothing that only an import, a send or an upgrade needs."""

import subprocess
import sys

import pytest

SLOW = (
    *("linebot", "pandas", "numpy", "rapidfuzz", "regex", "alembic", "aiohttp", "phonenumbers", "keyring", "segno"),
    *("statsmodels", "scipy", "pyzipper"),
)


WINDOW = "import linecrm_desktop.app"
COMMANDS = "from linecrm_desktop.cli.main import parser; parser()"


@pytest.mark.parametrize("start", [WINDOW, COMMANDS])
def test_a_start_loads_no_slow_library(start: str) -> None:
    ask = f"{start}; import sys; print(' '.join(name for name in {SLOW} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_the_command_line_loads_no_window() -> None:
    ask = f"{COMMANDS}; import sys; print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_window_loads_no_command() -> None:
    ask = "import sys, linecrm_desktop.cli.main; print('linecrm_desktop.cli.shop' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
