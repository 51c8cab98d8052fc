"""A clock that only moves when a test moves it."""

from datetime import datetime, timedelta


class Clock:
    """Gives one moment until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        self.now += timedelta(**parts)
