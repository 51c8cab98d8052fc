"""What commands get from outside: the clock, the token's safe place, and the person at the keyboard."""

import getpass
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType

from linecrm_desktop.cli.talk import show_progress, tell
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line.web import Web
from linecrm_desktop.settings.secrets import SystemTokens, TokenStore
from linecrm_desktop.text import _


class Interrupted(Exception):
    """Ctrl+C was pressed; the sentence says what is safe."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class World:
    """The outside as a command sees it; tests give their own."""

    now: Callable[[], datetime]
    tokens: TokenStore
    web: Web = field(default_factory=Web)
    """The way to links and pictures that a person pasted."""


def real_world() -> World:
    """Return the computer's clock and its password store."""
    return World(lambda: datetime.now(UTC), SystemTokens())


def read_token() -> str:
    """Read a channel access token without showing it: from a hidden prompt, or one line of stdin."""
    if sys.stdin.isatty():
        return getpass.getpass(_("Channel access token (it stays hidden):") + " ").strip()
    return sys.stdin.readline().strip()


def read_password(asking: str) -> str:
    """Read a shop file's password without showing it: from a hidden prompt, or one line of stdin, spaces and all."""
    if sys.stdin.isatty():
        return getpass.getpass(asking + " ")
    return sys.stdin.readline().rstrip("\r\n")


@contextmanager
def long_task(safe: Callable[[], str]) -> Generator[Task]:
    """Give a task that Ctrl+C stops at its next safe point; a second Ctrl+C ends it at once."""
    task = Task(show_progress)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if task.is_stopping:
            raise KeyboardInterrupt
        tell("\n" + _("Stopping at the next safe point…"))
        task.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield task
    except (Stopped, KeyboardInterrupt) as stopped:
        raise Interrupted(safe()) from stopped
    finally:
        signal.signal(signal.SIGINT, before)
