"""Do paths keep what they promise over 90 days with a laptop that is off at random?

Each seed makes a shop that lives: friends come, buy, refuse, block and tap; a person looks on some days, approves some
steps, edits, pauses; sends are broken off or come too late. Afterwards the ledger of the practice LINE is compared with
the promises: no step twice or out of order, none too soon, none in quiet hours or over the cap, none to somebody who
refused, left or is kept back, and no step skipped without a reason.

    python benchmarks/journey_days.py --seeds 5 --days 90
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linecrm_desktop.journeys import due  # noqa: E402
from linecrm_desktop.line.practice import PracticeServer  # noqa: E402
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld  # noqa: E402
from linecrm_desktop.line.sdk import SdkLine  # noqa: E402
from linecrm_desktop.store.opening import create_shop  # noqa: E402
from tests.clock import Clock  # noqa: E402
from tests.journeys import path_promises  # noqa: E402
from tests.journeys.path_life import Life  # noqa: E402
from tests.maker import Maker  # noqa: E402

START = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)


def live(seed: int, days: int, folder: Path) -> tuple[dict[str, int], Counter[str]]:
    """Let one shop live, and return what happened and which promises were broken."""
    clock = Clock(START)
    database = create_shop(folder / f"{seed}.tagwell", "Ninety days", "TW", START, practice=True)
    world = PracticeWorld(limit=None, clock=clock)
    server = PracticeServer(world)
    server.start()
    line = SdkLine(server.host, PRACTICE_TOKEN)
    try:
        life = Life(database, world, line, clock, Maker(START), Random(seed))
        life.begin(buyers=60, warm=30)
        life.live(days)
        with database.write() as session:
            due.prepare(session, life.day, clock())
        return path_promises.count(life), path_promises.broken(life)
    finally:
        line.close()
        server.stop()
        database.close()


def main() -> None:
    """Print the sums over all seeds, then the broken promises."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--days", type=int, default=90)
    args = parser.parse_args()
    sums: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(args.seeds):
            told, wrong = live(seed, args.days, Path(folder))
            sums.update(told)
            broken.update(wrong)
    print(f"{args.seeds} shops, {args.days} days each, {time.monotonic() - begun:.0f} s")
    for what, number in sums.items():
        print(f"{what:>24} {number:>8,}")
    print(f"{'broken promises':>24} {sum(broken.values()):>8,}  {dict(broken) or ''}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
