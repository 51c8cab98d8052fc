"""Long work without threads in it: a task that reports progress and can be stopped, and what a change touched.

No Qt here: the window and the command line run the same tasks.
"""

from collections.abc import Callable
from enum import StrEnum
from threading import Event


class Word(StrEnum):
    """A word of the shop whose rows a change touched; screens that show it reload."""

    FRIENDS = "friends"
    TAGS = "tags"
    CONSENT = "consent"
    IMPORTS = "imports"
    SEGMENTS = "segments"
    MESSAGES = "messages"
    CAMPAIGNS = "campaigns"
    JOURNEYS = "journeys"
    SETTINGS = "settings"
    HOME = "home"
    ACCESS = "access"
    """Who looked at what is personal."""


Changes = frozenset[Word]
ALL_WORDS: Changes = frozenset(Word)


def changes(*words: Word) -> Changes:
    """Name the words that a piece of work changed."""
    return frozenset(words)


class Stopped(Exception):
    """A person pressed Stop, or the program is closing. Not an error: the work says what is safe."""


class Task:
    """One long piece of work: it tells how far it is and asks whether it should go on."""

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        self._report = report
        self._stop = Event()

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Say that `done` of `total` units are ready; `what` is shown to a person."""
        if self._report is not None:
            self._report(done, total, what)

    def stop(self) -> None:
        """Ask the work to end at its next safe point. May be called from any thread."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def raise_if_stopped(self) -> None:
        """Raise Stopped when somebody asked for it; call it between chunks."""
        if self._stop.is_set():
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Pause between tries, ending at once with Stopped when somebody asks for it."""
        if self._stop.wait(seconds):
            raise Stopped
