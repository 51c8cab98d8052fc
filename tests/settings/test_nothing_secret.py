"""After a full round with sends that fail, crashes and a wrong password, no secret lies anywhere but in the shop file.

Where the tools are there, the token is kept by a real Secret Service meanwhile.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.settings.test_secret_service import TOOLS, UNLOCK


def test_no_token_password_phone_email_or_name_is_found_after_a_full_round(tmp_path: Path) -> None:
    has_store = all(shutil.which(tool) for tool in TOOLS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "PYTHON_KEYRING"))}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "TAGWELL_HOME": str(tmp_path / "own")}
    work = [sys.executable, "-m", "tests.settings.secret_round", str(tmp_path)]
    bus = ["dbus-run-session", "--", "sh", "-c", UNLOCK + '"$0" "$@"'] if has_store else []
    environment = kept | home | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*bus, *work], env=environment, capture_output=True, text=True, check=False, timeout=240, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    codes = dict(told["codes"])
    assert told["found"] == []
    assert told["told"] == []
    assert (codes["import"], codes["password"], codes["backup"]) == (0, 0, 0)
    assert codes["friends --search"] == 1, "the provoked crash"
    assert codes["--password-stdin friends"] in (2, 3), "the wrong password"
    assert list((tmp_path / "own" / "log").iterdir()), "there is a log to look into"
