"""How long does a start take, from nothing to the first paint of the sample shop? Processor time, as ratios.

The baseline is a bare PySide6 window with a table of 30 rows and 8 columns, started in the same run. Every start is a
new process, offscreen; the best of several counts, because other work on the computer only ever adds. `--program` adds
a built one. The program writes the figure into its own log.

    python benchmarks/cold_start.py --program dist/tagwell/tagwell
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linecrm_desktop.jobs import Task  # noqa: E402
from linecrm_desktop.sample.shop import make_sample_shop  # noqa: E402

BARE = """
import time
from PySide6.QtWidgets import QApplication, QTableWidget
class Table(QTableWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.process_time(), flush=True)
        app.quit()
app = QApplication([])
table = Table(30, 8)
table.show()
app.exec()
"""
PATIENCE = 60.0
LOOK_EVERY = 0.05
FOUND = re.compile(r"First paint after ([0-9.]+) s")


def bare(environ: dict[str, str]) -> float:
    """Start the bare window and return its seconds."""
    done = subprocess.run([sys.executable, "-c", BARE], env=environ, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])


def started(command: list[str], shop: Path, environ: dict[str, str]) -> float:
    """Start the program on a shop, wait for its first paint and return its seconds."""
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "log" / "tagwell.log"
        process = subprocess.Popen([*command, str(shop)], env=environ | {"TAGWELL_HOME": home}, cwd=ROOT)
        try:
            ends = time.monotonic() + PATIENCE
            while time.monotonic() < ends:
                found = FOUND.search(log.read_text(encoding="utf-8")) if log.is_file() else None
                if found is not None:
                    return float(found[1])
                time.sleep(LOOK_EVERY)
        finally:
            process.terminate()
            process.wait()
    raise SystemExit("The window did not appear.")


def main() -> None:
    """Print the ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--program", type=Path)
    chosen = options.parse_args()
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        shop = make_sample_shop(Path(folder) / "sample", datetime.now(UTC), Task())
        ours = [sys.executable, "-m", "linecrm_desktop"]
        base = min(bare(environ) for _run in range(chosen.runs))
        print(f"bare window: {base:.2f} s of processor time, ratio 1")
        for name, command in (("from Python", ours), ("built", [str(chosen.program)] if chosen.program else [])):
            if command:
                best = min(started(command, shop, environ) for _run in range(chosen.runs))
                print(f"{name}: ratio {best / base:.1f}")


if __name__ == "__main__":
    main()
