"""Is a friend whose newest answer is a refusal ever in what leaves the shop?

Each seed is a shop in which imports, their undoing, merged tags, paths, sends now and later, lists at LINE and in
files, older backups and dying programs follow one another at random (tests/erasing/stormy_life.py). What people said is
remembered outside of the shop; every copy that the practice LINE delivered, every id in its audiences and every line of
a file is compared with it after each step.

    python benchmarks/refusals_hold.py --seeds 5 --steps 1000
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linecrm_desktop.line.practice import PracticeServer  # noqa: E402
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld  # noqa: E402
from linecrm_desktop.line.sdk import SdkLine  # noqa: E402
from linecrm_desktop.store.opening import create_shop  # noqa: E402
from tests.clock import Clock  # noqa: E402
from tests.erasing.stormy_life import StormyLife  # noqa: E402
from tests.maker import Maker  # noqa: E402

START = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)


def live(seed: int, steps: int, folder: Path, seconds: float) -> StormyLife:
    """Let one shop live for some steps, or until its time is over."""
    folder.mkdir()
    clock, begun = Clock(START), time.monotonic()
    database = create_shop(folder / "shop.tagwell", "Stormy", "TW", START, practice=True)
    world = PracticeWorld(limit=None, clock=clock, is_listening=False)
    server = PracticeServer(world)
    server.start()
    line = SdkLine(server.host, PRACTICE_TOKEN)
    life = StormyLife(database, world, line, clock, Maker(START), Random(seed), folder=folder)
    try:
        life.prepare()
        for _step in range(steps):
            life.step()
            life.seen["steps"] += 1
            if time.monotonic() - begun > seconds:
                break
    finally:
        line.close()
        server.stop()
        life.database.close()
    return life


def main() -> int:
    """Print the sums over all seeds, then what was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3600, help="the most for one seed")
    options = parser.parse_args()
    sums: Counter[str] = Counter()
    left = refusing = 0
    wrong: list[str] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        for seed in range(options.first, options.first + options.seeds):
            os.environ["TAGWELL_HOME"] = str(Path(name) / f"home {seed}")
            life = live(seed, options.steps, Path(name) / str(seed), options.seconds)
            sums += life.seen
            left += life.left
            refusing += len(life.refusing)
            wrong += [f"seed {seed}: {one}" for one in life.wrong]
    for what, times in sorted(sums.items()):
        print(f"{what:<66} {times:>8,}")
    print(f"{'copies and lines that left':<66} {left:>8,}")
    print(f"{'people who refuse at the end':<66} {refusing:>8,}")
    print(f"{'wrong':<66} {len(wrong):>8,}   ({time.monotonic() - begun:.0f} s)")
    print("\n".join(wrong[:20]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
