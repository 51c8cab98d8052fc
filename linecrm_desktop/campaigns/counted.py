"""The waterfall of a segment that is being built, from sets that are kept: an edit costs what it changed.

The conditions are those of audience, which gate and send put into their one SELECT; a test keeps the numbers equal.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience, caps
from linecrm_desktop.campaigns.audience import Reach, Sieve
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.channels import accounts
from linecrm_desktop.segments import counting
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.segments.rules import Rule

if TYPE_CHECKING:
    from linecrm_desktop.segments.columns import Column


class Waterfall:
    """Counts who of any number of rules can be written to, at one moment of the shop."""

    def __init__(self, session: Session, counting: Counting, now: datetime, cap: Cap | None = None) -> None:
        self.counting = counting
        # To the end of the minute, so that the same minute asks the same question.
        minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        self._reasons = audience.reasons(session, counting.day, minute, Sieve(cap))
        self._asked = minute, cap, caps.of_shop(session)
        self._are_several = accounts.are_several(session)

    def reach(self, rule: Rule) -> Reach:
        """Count a rule by reason, as audience.reach does. Raises ShopError while anything in the rule is missing."""
        who = self.counting.who(rule)
        taken = {why: counting.size(out) for why, out, _left in self._steps(who)}
        match = counting.size(who)
        return Reach(
            match=match,
            blocked=taken.get(Why.BLOCKED, 0),
            refused=taken.get(Why.REFUSED, 0),
            no_line_id=taken.get(Why.NO_LINE_ID, 0),
            capped=taken.get(Why.CAPPED, 0),
            reachable=match - sum(taken.values()),
        )

    def reachable(self, rule: Rule) -> "Column":
        """Return whom of a rule one can write to."""
        who = self.counting.who(rule)
        return [left for _why, _out, left in self._steps(who)][-1]

    def _steps(self, who: "Column") -> Iterator[tuple[Why, "Column", "Column"]]:
        """Yield each reason with the friends whom it takes out, and those who are left."""
        for why, condition in self._reasons.items():
            # A second account changes what the other conditions ask: what was kept before it is another set.
            name = (why, self.counting.day, *self._asked) if why is Why.CAPPED else (why, self._are_several)
            has_it = self.counting.where(name, condition)
            out, who = counting.parted(who, has_it)
            yield why, out, who
