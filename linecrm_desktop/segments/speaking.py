"""How sentences about rules are put together: translated templates, their own words calm, their parts marked."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from linecrm_desktop.segments.rules import Compare, Spanned
from linecrm_desktop.text import N_, _, long_date, ngettext, number

PLACE = re.compile(r"\{(\w+)\}")


def _nobody() -> dict[int, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Names:
    """What tags, segments, fields of the shop's own, and messages are called."""

    tags: Mapping[int, str] = field(default_factory=_nobody)
    segments: Mapping[int, str] = field(default_factory=_nobody)
    fields: Mapping[int, str] = field(default_factory=_nobody)
    messages: Mapping[int, str] = field(default_factory=_nobody)


class Speaker:
    """Knows the names, the currency, and how to mark a part."""

    def __init__(self, names: Names, currency: str, mark: Callable[[str], str], calm: Callable[[str], str]) -> None:
        self.names = names
        self.currency = currency
        self.mark = mark
        self.calm = calm

    def say(self, template: str, /, **parts: str) -> str:
        """Fill a translated template; its own words are calmed, the parts are marked already."""
        pieces = PLACE.split(_(template))
        return "".join(parts[piece] if place % 2 else self.calm(piece) for place, piece in enumerate(pieces))

    def period(self, leaf: Spanned) -> str:
        """Say a leaf's period, with a blank before it where the language wants one; nothing for ever."""
        said = ""
        if leaf.days is not None:
            template = N_(" more than {days} ago") if leaf.older else N_(" in the last {days}")
            said = self.say(template, days=self.mark(days(leaf.days)))
        return said + self.dates(leaf)

    def dates(self, leaf: Spanned) -> str:
        """Say the days from and until which a leaf asks; nothing where it has none."""
        first = self.mark(long_date(leaf.since)) if leaf.since else ""
        last = self.mark(long_date(leaf.until)) if leaf.until else ""
        if first and last:
            return self.say(N_(" from {first} to {last}"), first=first, last=last)
        if first:
            return self.say(N_(" on or after {first}"), first=first)
        return self.say(N_(" on or before {last}"), last=last) if last else ""


def days(count: int) -> str:
    """Write a number of days."""
    return ngettext("{n} day", "{n} days", count).format(n=number(count))


def times(count: int) -> str:
    """Write how many times."""
    return ngettext("{n} time", "{n} times", count).format(n=number(count))


def how_often(compare: Compare, low: int, high: int | None) -> str:
    """Write a comparison of times."""
    if compare is Compare.BETWEEN:
        return _("{low} to {high} times").format(low=number(low), high=number(high or 0))
    return how_much(compare, times(low), "")


def how_much(compare: Compare, low: str, high: str) -> str:
    """Write a comparison of numbers that are written already."""
    match compare:
        case Compare.AT_LEAST:
            return _("at least {low}").format(low=low)
        case Compare.AT_MOST:
            return _("at most {low}").format(low=low)
        case Compare.EXACTLY:
            return _("exactly {low}").format(low=low)
        case Compare.BETWEEN:
            return _("{low} to {high}").format(low=low, high=high)


def listed(names: list[str]) -> str:
    """Write names one after the other."""
    return _(", ").join(names) or "…"
