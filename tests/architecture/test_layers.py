"""The import contracts of `.importlinter`: layers downward, screens apart, pure parts pure, no cycles."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_are_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict_in_every_word_and_only_the_screens_are_left_out() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    strict = set(settings["tool"]["basedpyright"]["strict"])
    words = {f"linecrm_desktop/{init.parent.name}" for init in (ROOT / "linecrm_desktop").glob("*/__init__.py")}
    assert words - strict == {"linecrm_desktop/views"}
