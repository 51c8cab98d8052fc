"""Two saved segments side by side: who is in both, and who only in one of them.

The counts ask "in the segment" of each, so that they are the same question as in the builder and can be opened there.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments import library
from linecrm_desktop.segments.rules import AllOf, InSegment


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many friends are in both of two segments, only in the first, and only in the second."""

    both: int
    only_a: int
    only_b: int

    @property
    def share(self) -> float:
        """The part of the larger segment that both have in common, 0 to 1; two empty ones have nothing in common."""
        larger = self.both + max(self.only_a, self.only_b)
        return self.both / larger if larger else 0.0


def both(a: int, b: int) -> AllOf:
    """Ask for the friends of both segments."""
    return AllOf((InSegment(a), InSegment(b)))


def only(a: int, b: int) -> AllOf:
    """Ask for the friends of the first segment who are not in the second."""
    return AllOf((InSegment(a), InSegment(b, inside=False)))


def compare(session: Session, a: int, b: int, day: ShopDay) -> Overlap:
    """Count two segments against each other. Raises ShopError while the rules of one are not complete."""
    return Overlap(*(library.count(session, rule, day) for rule in (both(a, b), only(a, b), only(b, a))))
