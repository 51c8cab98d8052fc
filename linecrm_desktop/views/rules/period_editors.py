"""Editors of periods: in the last days, before them, from day to day, or ever; the same for every kind of rule."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.rules import making
from linecrm_desktop.views.rules.held import Held

_USUAL_DAYS = 30


class Shape(StrEnum):
    """How a period is said."""

    EVER = "ever"
    LAST = "last"
    BEFORE = "before"
    BETWEEN = "between"
    SINCE = "since"
    UNTIL = "until"


def shape(leaf: Any) -> Shape | None:
    """Return how a leaf's period is said; None: it has none."""
    if not hasattr(leaf, "since"):
        return None
    if leaf.since or leaf.until:
        return Shape.BETWEEN if leaf.since and leaf.until else Shape.SINCE if leaf.since else Shape.UNTIL
    if leaf.days is None:
        return Shape.EVER
    return Shape.BEFORE if leaf.older else Shape.LAST


def period(held: Held, today: date) -> list[QWidget]:
    """Return the editors of a period that may be ever."""
    return _editors({Shape.EVER: _("ever"), **_names()}, held, today)


def when(held: Held, today: date) -> list[QWidget]:
    """Return the editors of the moment of one thing, which has one."""
    return _editors(_names(), held, today)


def _names() -> dict[Shape, str]:
    return {
        Shape.LAST: _("in the last"),
        Shape.BEFORE: _("before the last"),
        Shape.BETWEEN: _("from day to day"),
        Shape.SINCE: _("on or after"),
        Shape.UNTIL: _("on or before"),
    }


def _editors(names: dict[Shape, str], held: Held, today: date) -> list[QWidget]:
    def chosen(kind: Shape) -> None:
        held.choose(**_as(kind, held.leaf, today))

    kinds = making.combo("rulePeriod", _("Period"), list(names.items()), shape(held.leaf), chosen)
    return [kinds, *_parts(held)]


def _as(kind: Shape, leaf: Any, today: date) -> dict[str, Any]:
    """Return the fields of a period said another way, keeping what still fits."""
    days = leaf.days if leaf.days is not None else _USUAL_DAYS
    first = leaf.since or today - timedelta(days=days)
    told: dict[str, Any] = {"days": None, "older": False, "since": None, "until": None}
    match kind:
        case Shape.EVER:
            return told
        case Shape.LAST | Shape.BEFORE:
            return told | {"days": days, "older": kind is Shape.BEFORE}
        case Shape.BETWEEN:
            return told | {"since": first, "until": leaf.until or today}
        case Shape.SINCE:
            return told | {"since": first}
        case Shape.UNTIL:
            return told | {"until": leaf.until or today}


def _parts(held: Held) -> list[QWidget]:
    leaf = held.leaf
    parts: list[QWidget] = []
    if leaf.since:
        parts.append(making.day("ruleSince", _("First day"), leaf.since, lambda day: held.write(since=day)))
    if leaf.until:
        parts.append(making.day("ruleUntil", _("Last day"), leaf.until, lambda day: held.write(until=day)))
    if leaf.days is not None and not parts:
        parts.append(making.spin("ruleDays", _("Days"), 0, leaf.days, lambda n: held.write(days=n), 48, _(" days")))
    return parts
