"""Says a rule tree in plain words in the person's language.

Each kind of rule is one whole template, so that every language can have its own word order; the builder splits the same
templates of rows at their placeholders and puts its editors there.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, Leaf, NoneOf, Rule, TagMatch
from linecrm_desktop.text import N_, _, long_date, money, ngettext, number

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Names:
    """What tags and segments are called."""

    tags: Mapping[int, str] = field(default_factory=dict[int, str])
    segments: Mapping[int, str] = field(default_factory=dict[int, str])


ROWS: dict[type[Leaf], str] = {
    rules.HasTag: N_("has {match} of the tags {tags}"),
    rules.CameFrom: N_("came from {sources}"),
    rules.Joined: N_("became a friend {older} {days} days ago"),
    rules.Bought: N_("bought {what} at least {times} times, {period}"),
    rules.Orders: N_("ordered {compare} {count} times, {period}"),
    rules.Spent: N_("spent {compare} {amount}, {period}"),
    rules.LastOrder: N_("last order was {older} {days} days ago"),
    rules.Did: N_("{action} about {about} {compare} {count} times, {period}"),
    rules.InSegment: N_("{inside} in the segment {segment}"),
}
"""Row templates of the builder; every placeholder is an editor."""

DONE = {
    EventKind.CLICK: N_("clicked a link"),
    EventKind.MENU: N_("tapped the rich menu"),
    EventKind.SURVEY: N_("filled in a survey"),
    EventKind.REPLY: N_("replied"),
    EventKind.COUPON: N_("used a coupon"),
    EventKind.VISIT: N_("visited the shop’s site"),
    EventKind.OPEN: N_("opened a message"),
    EventKind.FOLLOW: N_("added the account"),
    EventKind.BLOCK: N_("blocked the account"),
}
COMPARED = {
    Compare.AT_LEAST: N_("at least"),
    Compare.AT_MOST: N_("at most"),
    Compare.EXACTLY: N_("exactly"),
    Compare.BETWEEN: N_("between"),
}
MATCHED = {TagMatch.ANY: N_("any"), TagMatch.ALL: N_("all"), TagMatch.NONE: N_("none")}


def row_parts(leaf: Leaf) -> list[tuple[str, bool]]:
    """Split the translated row template: (words, False) to show and (editor's name, True) to put in place."""
    pieces = _PLACE.split(_(ROWS[type(leaf)]))
    return [(piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece.strip()]


def plain(rule: Rule, names: Names, currency: str) -> str:
    """Return the whole rule tree as one sentence."""
    return _Speaker(names, currency, lambda text: text, lambda text: text).whole(rule)


def marked(rule: Rule, names: Names, currency: str) -> str:
    """Return the sentence as HTML with the named parts bold."""
    return _Speaker(names, currency, lambda text: f"<b>{html.escape(text)}</b>", html.escape).whole(rule)


class _Speaker:
    """Knows the names, the currency, and how to mark a part."""

    def __init__(self, names: Names, currency: str, mark: Callable[[str], str], calm: Callable[[str], str]) -> None:
        self.names = names
        self.currency = currency
        self.mark = mark
        self.calm = calm

    def whole(self, rule: Rule) -> str:
        if isinstance(rule, (AllOf, AnyOf, NoneOf)) and not rule.rules:
            return self.calm(_("No rules yet."))
        return self.say(N_("Friends who {rules}."), rules=self.part(rule))

    def say(self, template: str, /, **parts: str) -> str:
        """Fill a translated template; its own words are calmed, the parts are marked already."""
        pieces = _PLACE.split(_(template))
        return "".join(parts[piece] if place % 2 else self.calm(piece) for place, piece in enumerate(pieces))

    def part(self, rule: Rule) -> str:
        match rule:
            case AllOf():
                return self._joined(rule, N_("{first} and {second}"))
            case AnyOf():
                inner = self._joined(rule, N_("{first} or {second}"))
                return inner if len(rule.rules) == 1 else self.say(N_("({rules})"), rules=inner)
            case NoneOf():
                return self.say(
                    N_("are not among those who {rules}"), rules=self._joined(rule, N_("{first} or {second}"))
                )
            case _:
                return self._leaf(rule)

    def _joined(self, group: rules.Group, template: str) -> str:
        said = [self.part(inner) for inner in group.rules] or [self.calm(_("…"))]
        whole = said[0]
        for more in said[1:]:
            whole = self.say(template, first=whole, second=more)
        return whole

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case rules.HasTag():
                return self._has_tag(leaf)
            case rules.CameFrom():
                return self._came_from(leaf)
            case rules.Joined():
                return self._joined_when(leaf)
            case rules.Bought():
                return self._bought(leaf)
            case rules.Orders():
                what = self._times(leaf.compare, leaf.count, leaf.high)
                return self.say(N_("ordered {times}{period}"), times=self.mark(what), period=self._period(leaf.days))
            case rules.Spent():
                return self._spent(leaf)
            case rules.LastOrder():
                return self._last_order(leaf)
            case rules.Did():
                return self._did(leaf)
            case rules.InSegment():
                name = self.mark(self.names.segments.get(leaf.segment, "…"))
                template = N_("are in the segment {name}") if leaf.inside else N_("are not in the segment {name}")
                return self.say(template, name=name)
            case _:
                assert_never(leaf)

    def _has_tag(self, leaf: rules.HasTag) -> str:
        tags = self.mark(self._list([self.names.tags.get(tag, "…") for tag in leaf.tags]))
        if leaf.match is TagMatch.NONE:
            return self.say(N_("do not have {tags}"), tags=tags)
        if leaf.match is TagMatch.ALL or len(leaf.tags) < 2:
            return self.say(N_("have {tags}"), tags=tags)
        return self.say(N_("have any of {tags}"), tags=tags)

    def _came_from(self, leaf: rules.CameFrom) -> str:
        places = [self.names.tags.get(tag, "…") for tag in leaf.sources]
        if leaf.unknown:
            places.append(_("an unknown source"))
        return self.say(N_("came from {places}"), places=self.mark(self._list(places)))

    def _joined_when(self, leaf: rules.Joined) -> str:
        if leaf.days is not None:
            days = self.mark(_days(leaf.days))
            template = (
                N_("became friends more than {days} ago") if leaf.older else N_("became friends in the last {days}")
            )
            return self.say(template, days=days)
        first = self.mark(long_date(leaf.since)) if leaf.since else ""
        last = self.mark(long_date(leaf.until)) if leaf.until else ""
        if first and last:
            return self.say(N_("became friends from {first} to {last}"), first=first, last=last)
        if first:
            return self.say(N_("became friends on or after {first}"), first=first)
        return self.say(N_("became friends on or before {last}"), last=last)

    def _bought(self, leaf: rules.Bought) -> str:
        what = self.mark(leaf.what or _("anything"))
        if leaf.times == 1:
            return self.say(N_("bought {what}{period}"), what=what, period=self._period(leaf.days))
        times = self.mark(_times(leaf.times))
        return self.say(
            N_("bought {what} at least {times}{period}"), what=what, times=times, period=self._period(leaf.days)
        )

    def _spent(self, leaf: rules.Spent) -> str:
        amount = money(leaf.amount, self.currency)
        high = money(leaf.high or 0, self.currency)
        how = self.mark(_compared(leaf.compare, amount, high))
        return self.say(N_("spent {amount}{period}"), amount=how, period=self._period(leaf.days))

    def _last_order(self, leaf: rules.LastOrder) -> str:
        days = self.mark(_days(leaf.days))
        template = N_("have not ordered for more than {days}") if leaf.older else N_("ordered in the last {days}")
        return self.say(template, days=days)

    def _did(self, leaf: rules.Did) -> str:
        did = _(DONE[leaf.action])
        if leaf.category:
            did = _("{did} about {category}").format(did=did, category=leaf.category)
        if (leaf.compare, leaf.count) == (Compare.AT_LEAST, 1):
            return self.say(N_("{did}{period}"), did=self.mark(did), period=self._period(leaf.days))
        times = self._times(leaf.compare, leaf.count, None)
        return self.say(
            N_("{did} {times}{period}"), did=self.mark(did), times=self.mark(times), period=self._period(leaf.days)
        )

    def _times(self, compare: Compare, low: int, high: int | None) -> str:
        if compare is Compare.BETWEEN:
            return _("{low} to {high} times").format(low=number(low), high=number(high or 0))
        return _compared(compare, _times(low), "")

    def _period(self, days: int | None) -> str:
        return "" if days is None else self.say(N_(" in the last {days}"), days=self.mark(_days(days)))

    def _list(self, names: list[str]) -> str:
        return _(", ").join(names) or "…"


def _days(days: int) -> str:
    return ngettext("{n} day", "{n} days", days).format(n=number(days))


def _times(times: int) -> str:
    return ngettext("{n} time", "{n} times", times).format(n=number(times))


def _compared(compare: Compare, low: str, high: str) -> str:
    match compare:
        case Compare.AT_LEAST:
            return _("at least {low}").format(low=low)
        case Compare.AT_MOST:
            return _("at most {low}").format(low=low)
        case Compare.EXACTLY:
            return _("exactly {low}").format(low=low)
        case Compare.BETWEEN:
            return _("{low} to {high}").format(low=low, high=high)
