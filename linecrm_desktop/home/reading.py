"""Reads all of Home at one moment of the shop, so that its numbers agree with one another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import facts, month, skips, today
from linecrm_desktop.home.core import CoreNumbers, core_numbers
from linecrm_desktop.home.month import MonthSend
from linecrm_desktop.home.numbers import Numbers, numbers
from linecrm_desktop.home.plan import Plan, plan
from linecrm_desktop.home.today import UNTOLD, Done, Item, Outside
from linecrm_desktop.segments.counting import Counting


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that Home shows."""

    day: ShopDay
    numbers: Numbers
    plan: Plan
    sends: tuple[MonthSend, ...]
    core: tuple[CoreNumbers, ...]
    items: tuple[Item, ...]
    done: Done

    @property
    def is_empty(self) -> bool:
        """Whether nobody is in the shop yet."""
        return self.numbers.people.friends == 0

    @property
    def quick(self) -> int:
        """How many things take under a minute."""
        return sum(item.is_quick for item in self.items)


def read(session: Session, day: ShopDay, now: datetime, outside: Outside = UNTOLD) -> Home:
    """Count everything; sets that were read before and are still true are not read again."""
    counting = Counting(session, day)
    sends = month.sends(session, day)
    counted = numbers(session, counting, sends, now)
    core = core_numbers(session, counting, now)
    on = facts.period_of(session, day)
    known = facts.facts(session, on, counted, core, day)
    return Home(
        day,
        counted,
        plan(known, on, skips.skipped(session, on.month), day.today),
        sends,
        core,
        today.items(session, counted, day, now, outside),
        today.done(session, day),
    )
