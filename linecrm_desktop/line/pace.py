"""LINE's rate limits, kept on this side: a token bucket for each kind of request and channel.

Source: Messaging API reference of 2026-08-07. LINE counts per method and address; what is not named here may be asked
2,000 times a second.
"""

import re
import time
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

_SECOND, _MINUTE, _HOUR = 1.0, 60.0, 3600.0
_LIMITS = (
    (r"POST /v2/bot/message/multicast", 200, _SECOND),
    (r"(GET|POST|PUT) /v2/bot/coupon.*", 200, _SECOND),
    (r"POST /v2/bot/message/(narrowcast|broadcast)", 60, _HOUR),
    (r"GET /v2/bot/insight/.*", 60, _HOUR),
    (r"[A-Z]+ /v2/bot/audienceGroup/.*", 60, _MINUTE),
)
_OTHER = (2000, _SECOND)
PATIENCE = 2.0
"""Seconds that a request waits for its turn; what would take longer is for a person to try again later."""


class Bucket:
    """Gives out turns. A tenth of the limit may go at once, so that no second ever has more than LINE allows it."""

    def __init__(self, amount: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = seconds / amount
        self._most = max(1.0, amount / 10) if seconds == _SECOND else float(amount)
        self._tokens, self._at = self._most, clock()
        self._clock = clock
        self._lock = Lock()

    def wait(self) -> float:
        """Take a turn and return how many seconds it is away; more than PATIENCE: no turn was taken."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._most, self._tokens + (now - self._at) / self._gap)
            self._at = now
            seconds = max(0.0, (1 - self._tokens) * self._gap)
            if seconds <= PATIENCE:
                self._tokens -= 1
            return seconds


class Pace:
    """The buckets of one channel."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}
        self._lock = Lock()

    def may_go(self, method: str, path: str) -> bool:
        """Wait for this request's turn; False when that would take longer than anybody waits."""
        seconds = self._bucket(f"{method} {path.partition('?')[0]}").wait()
        if seconds > PATIENCE:
            return False
        if seconds > 0:
            time.sleep(seconds)
        return True

    def _bucket(self, asked: str) -> Bucket:
        name, amount, seconds = _limit_of(asked)
        with self._lock:
            if name not in self._buckets:
                self._buckets[name] = Bucket(amount, seconds, self._clock)
            return self._buckets[name]


@lru_cache(maxsize=256)
def _limit_of(asked: str) -> tuple[str, int, float]:
    for pattern, amount, seconds in _LIMITS:
        if re.fullmatch(pattern, asked):
            return asked, amount, seconds
    # Addresses with somebody's id in them are one kind of request.
    return re.sub(r"/U[0-9a-f]{32}$", "/{userId}", asked), *_OTHER
