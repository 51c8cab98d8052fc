"""Several sends in one line: the sum under the table, and the months beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import figures
from linecrm_desktop.results.costs import waste
from linecrm_desktop.results.figures import LineFigures
from linecrm_desktop.results.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Totals:
    """What sends came to together."""

    sends: int
    accepted: int
    orders: int
    revenue: int
    blocked: int | None
    """None where nobody knows of any send."""
    refused: int
    line: LineFigures
    """Opens and clicks by LINE's count, of the sends that have one."""
    seen_of: int
    """How many messages the sends had of which LINE told a number of opens: what a share is a share of."""
    pressed_of: int
    broadcast_messages: int
    not_sent: int

    @property
    def per_message(self) -> int | None:
        """Revenue by accepted message, in smallest units."""
        return round(self.revenue / self.accepted) if self.accepted else None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sends together."""

    first_day: date
    totals: Totals
    saved: int | None
    """What as many broadcasts would have cost above it, in smallest units; None where the plan is not known."""


def total(outcomes: Sequence[Outcome]) -> Totals:
    """Add up sends that have begun; the others count for nothing."""
    begun = [one for one in outcomes if one.window is not None]
    blocks = [one.reactions.blocked for one in begun if one.reactions.blocked is not None]
    return Totals(
        sends=len(begun),
        accepted=sum(one.accepted for one in begun),
        orders=sum(one.sent.orders for one in begun),
        revenue=sum(one.sent.revenue for one in begun),
        blocked=sum(blocks) if blocks else None,
        refused=sum(one.reactions.refused for one in begun),
        line=figures.together([one.line for one in begun]),
        seen_of=sum(one.accepted for one in begun if one.line.seen.people is not None),
        pressed_of=sum(one.accepted for one in begun if one.line.pressed.people is not None),
        broadcast_messages=sum(one.broadcast_messages for one in begun),
        not_sent=sum(one.not_sent for one in begun),
    )


def months(session: Session, outcomes: Sequence[Outcome], day: ShopDay) -> list[Month]:
    """Return the months in which sends began, the newest first."""
    of_month: dict[date, list[Outcome]] = {}
    for one in outcomes:
        if one.window is not None:
            of_month.setdefault(day.local(one.window.begins).date().replace(day=1), []).append(one)
    found: list[Month] = []
    for first, sends in sorted(of_month.items(), reverse=True):
        spared = waste(session, first, [(one.accepted, one.broadcast_messages) for one in sends])
        found.append(Month(first, total(sends), spared.extra_minor))
    return found
