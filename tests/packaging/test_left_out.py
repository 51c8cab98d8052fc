"""What the recipe of the program leaves out is not needed: the parts work while Python cannot find it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRY = """
import ast, importlib, pkgutil, sys, tempfile
from datetime import UTC, datetime
from pathlib import Path

recipe = ast.parse(Path("build.spec").read_text(encoding="utf-8"))
(words,) = [
    ast.unparse(step.value)
    for step in recipe.body
    if isinstance(step, ast.Assign) and ast.unparse(step.targets[0]) == "EXCLUDED"
]
left_out = tuple(set(eval(words)) - {"qtawesome"})  # its font is shipped, and found by its name
assert "patsy" in left_out


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(tuple(f"{one}." for one in left_out)) or name in left_out:
            raise ModuleNotFoundError(f"The recipe leaves out {name}", name=name)


sys.meta_path.insert(0, Missing())
import linecrm_desktop

for module in pkgutil.walk_packages(linecrm_desktop.__path__, "linecrm_desktop."):
    if ".migrations" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)

from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.trial.checks import Bench, tried
from linecrm_desktop.trial.parts import PARTS

parts = [part for part in PARTS if part.key in {"tables", "practice_line", "qr", "zip", "statistics"}]
with tempfile.TemporaryDirectory() as folder:
    for outcome in tried(parts, Bench(Path(folder), datetime(2026, 11, 20, tzinfo=UTC), SessionTokens())):
        print(outcome.line.partition(" ")[0])
"""


def test_no_part_needs_what_the_built_program_does_not_have(tmp_path: Path) -> None:
    environ = os.environ | {"TAGWELL_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", TRY], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["OK"] * 5, "")
