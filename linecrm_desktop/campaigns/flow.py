"""How many requests may be open at once, and when one that failed has its next turn. Knows neither LINE nor the shop.

It begins with one request, so that what LINE refuses in all is refused once and not a hundred times; each acceptance
opens one more, which doubles what is open with each answer time. A failure halves what may be open, and whoever waits
for a next try takes up room.
"""

import time
from collections.abc import Callable, Sequence
from heapq import heappop, heappush

from linecrm_desktop.campaigns.outbox import Part

MULTICASTS_OPEN = 32
"""Enough for 200 a second with answers after 150 ms; pausing waits for these, which are up to 16,000 friends."""
PUSHES_OPEN = 300
"""Enough for 2,000 a second with answers after 50 ms, and twice that time for the shop file beside them."""


class Flow:
    """The pace of one send. Times are of a clock that nobody can set."""

    def __init__(self, waits: Sequence[float], clock: Callable[[], float] = time.monotonic) -> None:
        self.most = MULTICASTS_OPEN
        self._waits = waits
        self._clock = clock
        self._window = 1
        self._tries: dict[int, int] = {}
        self._later: list[tuple[float, int, Part]] = []

    @property
    def waiting(self) -> int:
        """How many requests wait for their next try."""
        return len(self._later)

    def room(self, open_now: int) -> int:
        """Return how many new requests may leave."""
        return max(0, min(self._window, self.most) - open_now - len(self._later))

    def went_well(self, part: Part) -> None:
        """Open one more."""
        self._window = min(self.most, self._window + 1)
        self._tries.pop(part.number, None)

    def narrow(self) -> None:
        """Halve what may be open; call it once for each look at the answers."""
        self._window = max(1, min(self._window, self.most) // 2)

    def try_later(self, part: Part) -> bool:
        """Give a request its next try after a growing wait; False when it has had all."""
        tries = self._tries.get(part.number, 0)
        if tries >= len(self._waits):
            return False
        self._tries[part.number] = tries + 1
        heappush(self._later, (self._clock() + self._waits[tries], part.number, part))
        return True

    def due(self, open_now: int) -> list[Part]:
        """Take out those whose wait is over, as many as may be open."""
        found: list[Part] = []
        while self._later and self._later[0][0] <= self._clock() and open_now + len(found) < self._window:
            found.append(heappop(self._later)[2])
        return found

    def seconds(self) -> float:
        """Return how long the next one waits still."""
        return max(0.0, self._later[0][0] - self._clock()) if self._later else 0.0
