"""Beats in the event loop of a window: how long does it pause while something happens?"""

import time
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer

BEAT_MS = 5


class Heart:
    """Beats every 5 ms and remembers how late each beat was."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self._last = time.monotonic()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def begin(self) -> None:
        """Forget what was measured so far."""
        self.pauses, self._last = [], time.monotonic()

    def say(self, what: str, more: str = "") -> None:
        """Print what was measured."""
        ordered = sorted(self.pauses)
        late = ordered[int(len(ordered) * 0.99)]
        longest = f"longest {ordered[-1]:.1f} ms"
        print(f"{what:<28} {len(ordered):>6,} beats, 99 % within {late:>6.1f} ms, {longest}{more}", flush=True)

    def _beat(self) -> None:
        now = time.monotonic()
        self.pauses.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now


def until(is_over: Any, look_every: int = 200) -> None:
    """Run an event loop until something is so; quitting the program's own would close the window's work for good."""
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: loop.quit() if is_over() else None)
    look.start(look_every)
    loop.exec()
    look.stop()


def rest(seconds: float) -> None:
    """Let the window be for so long."""
    began = time.monotonic()
    until(lambda: time.monotonic() - began > seconds, 50)
