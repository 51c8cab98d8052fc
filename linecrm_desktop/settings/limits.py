"""How many friends are enough for what: the shop's own limits, and the numbers below which LINE tells nothing.

Whatever asks for a size asks here, so that Settings has one thing to change and no screen knows a number of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.thresholds import THRESHOLDS, Thresholds

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

CHANGEABLE: Mapping[str, range] = {
    "very_small": range(1, 10_001),
    "split": range(1, 100_001),
    "share": range(20, 100_001),
    "share_tag": range(5, 10_001),
    "small": range(1, 10_001),
    "grace_days": range(366),
    "unused_days": range(1, 1_001),
    "unsent_days": range(1, 1_001),
}
"""What a person may change, and from where to where; the last four are thresholds of the tag audit."""

_Kind = TypeVar("_Kind", Limits, Thresholds)


def limits(session: Session) -> Limits:
    """Return the shop's limits."""
    return _with(LIMITS, _own(session))


def thresholds(session: Session) -> Thresholds:
    """Return from when on the shop's tag audit finds something."""
    return _with(THRESHOLDS, _own(session))


def in_use(session: Session) -> dict[str, int]:
    """Return everything that can be changed, by its name."""
    return start_values() | _own(session)


def start_values() -> dict[str, int]:
    """Return what a shop begins with, by its name."""
    return {name: int(getattr(LIMITS if hasattr(LIMITS, name) else THRESHOLDS, name)) for name in CHANGEABLE}


def set_limit(session: Session, name: str, value: int) -> int:
    """Change one of them; return what was set before. The start value is not kept, so that it can follow ours."""
    shop, before = session.get_one(Shop, 1), in_use(session)[name]
    kept = _own(session) | {name: min(max(value, CHANGEABLE[name].start), CHANGEABLE[name].stop - 1)}
    shop.own_limits = {one: kept[one] for one in kept if kept[one] != start_values()[one]} or None
    return before


def forget(session: Session) -> dict[str, Any] | None:
    """Go back to what a shop begins with; return what was kept before."""
    return put_back(session, None)


def put_back(session: Session, own: dict[str, Any] | None) -> dict[str, Any] | None:
    """Keep again what `forget` returned; return what was kept before."""
    shop = session.get_one(Shop, 1)
    before, shop.own_limits = shop.own_limits, own
    return before


def _own(session: Session) -> dict[str, int]:
    own: dict[str, Any] = session.get_one(Shop, 1).own_limits or {}
    return {name: int(own[name]) for name in CHANGEABLE if name in own}


def _with(start: _Kind, own: Mapping[str, int]) -> _Kind:
    known = {field.name for field in fields(start)}
    return replace(start, **{name: value for name, value in own.items() if name in known})
