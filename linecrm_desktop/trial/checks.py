"""What a check is, and how one after the other is tried. A part that fails stops none of the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.text import N_, _


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    LACKING = "lacking"
    """The computer has no such thing; the program does without it."""
    FAILED = "failed"


SAID = {Verdict.OK: N_("OK"), Verdict.LACKING: N_("NONE"), Verdict.FAILED: N_("FAILED")}
"""What a line begins with."""


class Lacking(Exception):
    """The computer does not have what a check looked for, and the program works without it; the text says so."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where checks are made: a folder that is thrown away, this moment, the place of tokens."""

    folder: Path
    now: datetime
    tokens: TokenStore

    @property
    def shop(self) -> Path:
        """The sample shop, which the first check makes for the others."""
        return self.folder / "sample.tagwell"


@dataclass(frozen=True, slots=True)
class Check:
    """One part that is tried. `work` returns what it saw, and raises what went wrong."""

    key: str
    title: str
    work: Callable[[Bench], str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check ended, in words."""

    key: str
    title: str
    verdict: Verdict
    said: str

    @property
    def line(self) -> str:
        """The outcome on one line."""
        return f"{_(SAID[self.verdict])}  {self.title}: {self.said}"


def tried(checks: Sequence[Check], bench: Bench) -> Iterator[Outcome]:
    """Make one check after the other and yield how each ended."""
    for check in checks:
        try:
            verdict, said = Verdict.OK, check.work(bench)
        except Lacking as lacking:
            verdict, said = Verdict.LACKING, str(lacking)
        except Exception as error:  # whatever is broken, the others are still to be tried
            verdict, said = Verdict.FAILED, f"{type(error).__name__}: {error}".replace("\n", " ")
        yield Outcome(check.key, _(check.title), verdict, said)
