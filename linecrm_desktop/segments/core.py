"""The three core segments that every shop starts with."""

from dataclasses import dataclass, replace

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments.rules import AllOf, Compare, Did, Group, Joined, LastOrder, Orders
from linecrm_desktop.text import N_

USUAL_DAYS = 60
"""After so many days a buyer is ready again, where the shop's own orders do not say it yet (segments.interval)."""
_NEVER_ORDERED = Orders(Compare.EXACTLY, 0)
_READY_AGAIN = "ready_again"


@dataclass(frozen=True, slots=True)
class CoreSegment:
    """A template; name, explanation and decision are translated when it is shown or made."""

    key: str
    name: str
    who: str
    need: str
    helps_decide: str
    rule: Group


def _ready_again(days: int) -> Group:
    return AllOf((Orders(Compare.AT_LEAST, 1), LastOrder(days=days)))


CORE = (
    CoreSegment(
        "new_friends",
        N_("New friends, no first purchase"),
        N_("Joined in the last 30 days and have never ordered"),
        N_("They need teaching and trust, not a discount"),
        N_("Who gets the welcome path"),
        AllOf((Joined(days=30), _NEVER_ORDERED)),
    ),
    CoreSegment(
        _READY_AGAIN,
        N_("Buyers ready to repurchase"),
        N_("Bought before, and the usual time to run out has passed"),
        N_("They need usage tips and a refill reminder"),
        N_("Who gets usage tips and a refill reminder"),
        _ready_again(USUAL_DAYS),
    ),
    CoreSegment(
        "warm_no_order",
        N_("High-engagement non-buyers"),
        N_("Clicked twice or more in 30 days and have never ordered"),
        N_("They need comparison, proof, or a reason to buy now"),
        N_("Who gets comparison and proof instead of a discount"),
        AllOf((Did(EventKind.CLICK, Compare.AT_LEAST, 2, days=30), _NEVER_ORDERED)),
    ),
)


def core_segments(days: int) -> tuple[CoreSegment, ...]:
    """Return the three with the shop's own days between one order and the next."""
    return tuple(replace(core, rule=_ready_again(days)) if core.key == _READY_AGAIN else core for core in CORE)
