"""How many friends are enough for what: the shop's own limits, and the numbers below which LINE tells nothing.

Whatever asks for a size asks here, so that Settings has one thing to change and no screen knows a number of its own.
"""

from dataclasses import dataclass

SHOWN_BY_LINE = 20
"""LINE answers null for opens and clicks of fewer people.

Source: "Get statistics per unit", developers.line.biz/en/reference/messaging-api (2026-11); the units are campaigns.
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """The shop's own limits, in friends."""

    send: int = 1
    """A multicast takes any number. Narrowcasts and audiences have minimums of LINE's own, which LINE's answer says."""
    split: int = 200
    """In each of two versions, so that a difference between them can be more than chance."""
    share: int = 100
    """Ours: LINE takes an audience of uploaded ids of any size, but who is in a small one can be guessed."""
    share_tag: int = 20
    """Friends whom each tag of a shared segment must have at least: a rarer tag tells too much about a person."""
    very_small: int = 50
    """Fewer are too few to learn anything from."""
    shown_by_line: int = SHOWN_BY_LINE


LIMITS = Limits()
"""What a shop begins with."""
