"""What the gate asks about a send, counted once, and what a check is."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from linecrm_desktop.campaigns.asking import Judged
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.messages.problem import Problem
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.settings.quiet_hours import QuietHours


class Tone(StrEnum):
    """How a check ended: green, amber (a person must say that they read it), red (nothing can be sent), or grey."""

    PASSED = "passed"
    WARNING = "warning"
    BLOCKED = "blocked"
    UNCHECKED = "unchecked"
    """Nobody could be asked. It stops nothing, and is not called good."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the gate. `fix` is the text of its button; the key says what the button opens."""

    key: str
    tone: Tone
    title: str
    sentence: str
    fix: str = ""
    variant: int = 0
    """Which variant the fix is about, from 0."""
    bubble: int | None = None
    """Which bubble of it, from 0."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a send would leave, by the shop's clock, and the quiet hours around that moment."""

    now: datetime
    send_at: datetime | None
    """None: at once."""
    quiet: QuietHours
    quiet_over: datetime
    """When it may leave at the earliest."""
    quiet_begins: datetime | None

    @property
    def leaves(self) -> datetime:
        return self.send_at or self.now


@dataclass(frozen=True, slots=True)
class Tests:
    """Who got this version of the message as a test, and when last, by the shop's clock."""

    testers: int
    people: int = 0
    at: datetime | None = None
    before: bool = False
    """Whether another version was tested."""
    variant: int = 0
    """Which variant this is said of, from 0: the one that was not tested, where there is one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the checks ask, counted once."""

    missing: tuple[int, ...]
    reach: Reach
    recipients: int
    kept: int
    keep_back: int
    uninformed: int
    forbidden: int
    caps: tuple[Cap, ...]
    """The shop's and the segment's own."""
    quota: Quota | None
    plan: Plan | None
    cost: Cost | None
    currency: str
    is_practice: bool
    problems: tuple[Problem, ...]
    timing: Timing
    has_left: bool = False
    """Whether the account that it goes through was removed from the shop."""
    blocks_uninformed: bool = False
    only_informed: bool = False
    variants: int = 1
    extra_most: int | None = None
    """The most that extra messages may cost in a month, in smallest units."""
    wait_days: int = 0
    """Days after a purchase in which a friend gets nothing; 0: there is no waiting."""
    warn_under: int | None = None
    """Fewer messages left after the send than this are a warning."""
    tests: Tests = field(default_factory=lambda: Tests(0))
    first_contact: int = 0
    """Recipients who were never told how to stop."""
    tells_how_to_stop: bool = False
    trouble: str = ""
    """What is wrong with the segment's rules, so that nobody was counted."""
    is_step: bool = False
    """A step of a path, which gathers its friends over many days."""
    judged: Judged = field(default_factory=Judged)
    """What LINE and the links answered."""
    wrong_account: str = ""
    """The account that the token belongs to, where it is not the shop's own."""
    account_name: str = ""
    got_it: int = 0
    """Recipients who got these very words in the last day, or will get them by a send that is not over."""
