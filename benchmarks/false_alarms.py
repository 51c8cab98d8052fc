"""How often does "Worked" stand beside a message that changed nothing, and how often is a real effect found?

Campaigns are drawn by chance, as shops of all sizes send them, and judged by the very functions that Results uses. With
no effect, "Worked" and "Hurt" may each stand beside one in forty; with a planted one, the share that is found says how
large a shop has to be. The last line fails the run when "Worked" without effect is more than one in twenty.

    python benchmarks/false_alarms.py --campaigns 2000
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from linecrm_desktop.results.groups import Group  # noqa: E402
from linecrm_desktop.results.lift import Better, Verdict, between_all, lift, pooled  # noqa: E402

MOST = 0.05
SIZES = (300, 600, 1200, 2500, 5000)
SHARES = (0.01, 0.03, 0.06, 0.12)
EFFECTS = (0.01, 0.02, 0.04, 0.08)
STEPS = 8


def group(rng: Random, friends: int, share: float) -> Group:
    """Draw a group of whom each did it with this chance."""
    return Group(friends, sum(rng.random() < share for _friend in range(friends)))


def pair(rng: Random, size: int, share: float, effect: float) -> tuple[Group, Group]:
    """Draw a send with a tenth kept back."""
    kept = size // 10
    return group(rng, size - kept, share + effect), group(rng, kept, share)


def one_send(rng: Random, size: int, share: float, effect: float) -> Verdict:
    """Judge one send."""
    return lift(*pair(rng, size, share, effect)).verdict


def one_step(rng: Random, size: int, share: float, effect: float) -> Verdict:
    """Judge a journey's step over several sends whose days were good and bad: each has a share of its own."""
    days = [share * rng.uniform(0.5, 1.5) for _send in range(STEPS)]
    return pooled(pair(rng, max(40, size // STEPS), today, effect) for today in days).verdict


def shares(judge: Callable[[Random, int, float, float], Verdict], campaigns: int, effect: float) -> Counter[Verdict]:
    """Judge so many campaigns of all sizes and shares."""
    rng = Random(f"{judge.__name__} {effect}")
    return Counter(judge(rng, rng.choice(SIZES), rng.choice(SHARES), effect) for _campaign in range(campaigns))


def variants_claimed(campaigns: int) -> float:
    """Return how often, of three variants that are alike, one is said to be better than another."""
    rng, claimed = Random("variants"), 0
    for _campaign in range(campaigns):
        size, share = rng.choice(SIZES) // 3, rng.choice(SHARES)
        told = between_all([(letter, group(rng, size, share)) for letter in "ABC"])
        claimed += any(found.better in (Better.FIRST, Better.SECOND) for _one, _two, found in told)
    return claimed / campaigns


def show(name: str, counted: Counter[Verdict], campaigns: int) -> float:
    """Print the shares of all verdicts and return that of "Worked"."""
    told = "  ".join(f"{verdict.value} {counted[verdict] / campaigns:6.1%}" for verdict in _order(counted))
    print(f"{name:<34}{told}")
    return counted[Verdict.WORKED] / campaigns


def _order(counted: Counter[Verdict]) -> Iterable[Verdict]:
    return [verdict for verdict in Verdict if verdict is not Verdict.NO_KEPT_BACK or counted[verdict]]


def main() -> int:
    """Print all shares; 1 when false alarms are too many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=2000)
    campaigns = parser.parse_args().campaigns
    alarms: list[float] = []
    for name, judge in (("one send", one_send), (f"a step over {STEPS} sends", one_step)):
        alarms.append(show(f"{name}, no effect", shares(judge, campaigns, 0), campaigns))
        for effect in EFFECTS:
            show(f"{name}, {effect * 100:+.0f} points", shares(judge, campaigns, effect), campaigns)
    print(f"three variants, all alike: one is called better in {variants_claimed(campaigns):.1%}")
    print(f"false alarms: at most {max(alarms):.1%} of {campaigns} campaigns; allowed {MOST:.0%}")
    return int(max(alarms) > MOST)


if __name__ == "__main__":
    sys.exit(main())
