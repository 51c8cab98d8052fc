"""Counting saved segments again by themselves, each morning or each hour, as each of them asks.

Counting only reads; what was found is written afterwards in one short piece of work.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments import counts, library
from linecrm_desktop.segments.problems import problems


def count_due(session: Session, day: ShopDay, now: datetime) -> dict[int, tuple[int, int]]:
    """Count the segments that are due; return how many match and can be reached, by segment.

    A segment whose rules are not complete is left alone: the list says what is missing.
    """
    rows = [row for row in library.all_segments(session) if row.recount is not Recount.HAND]
    if not rows:
        return {}
    known, before = library.rules(session), counts.history(session, day, days=1)
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        lines = before.get(row.id, ())
        if counts.is_due(row.recount, lines[-1].at if lines else None, day, now) and not problems(row.rule, known):
            reach = audience.reach(session, row.rule, day, now, Sieve(row.cap))
            found[row.id] = reach.match, reach.reachable
    return found
