"""Says a rule tree in plain words in the person's language.

Each kind of rule is one whole template, so that every language can have its own word order; the builder splits the same
templates of rows at their placeholders and puts its editors there.
"""

import html
import re
from collections.abc import Callable
from typing import Any

from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.phrases import DONE, phrase
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, FieldTest, Leaf, NoneOf, Rule, TagMatch, Unreadable
from linecrm_desktop.segments.speaking import PLACE, Names, Speaker
from linecrm_desktop.text import N_, _

__all__ = ["COMPARED", "DONE", "MATCHED", "ROWS", "Names", "marked", "plain", "row_parts"]

ROWS: dict[type[Leaf], str] = {
    rules.HasTag: N_("has {match} of the tags {tags}[ {origin}][ {period}]"),
    rules.CameFrom: N_("{came} from {sources}"),
    rules.Joined: N_("became a friend {when}"),
    rules.Bought: N_("bought[ {match} of] {what} at least {times} times, {period}"),
    rules.NotBoughtSince: N_("bought {thing} before, but not in the last {days} days"),
    rules.Orders: N_("ordered {compare} {count} times, {period}"),
    rules.Spent: N_("spent {compare} {amount}, {period}"),
    rules.AverageOrder: N_("spent {compare} {amount} an order on average, {period}"),
    rules.LastOrder: N_("last order was {when}"),
    rules.FirstOrder: N_("first order was {when}"),
    rules.UsedDiscount: N_("used a discount {compare} {count} times, {period}"),
    rules.Returned: N_("sent an order back {compare} {count} times, {period}"),
    rules.Rfm: N_("scores {recency} for recency, {frequency} for frequency, {monetary} for money"),
    rules.Did: N_("{action}[ about {about}][ {detail}][ {compare} {count} times] {period}"),
    rules.Reacted: N_("reacted {compare} {count} times, {period}"),
    rules.LastReaction: N_("last reaction was {when}"),
    rules.Received: N_("got {compare} {count} messages of ours, {period}"),
    rules.Got: N_("{got} the message {message}"),
    rules.MayMarket: N_("answer about marketing: {answer}"),
    rules.Informed: N_("told what the data is used for: {answer}"),
    rules.CanOptOut: N_("has a way to stop: {answer}"),
    rules.OwnField: N_("{field} {test}"),
    rules.RandomShare: N_("is in the random share from {low} to {high} percent of the draw {salt}"),
    rules.InSegment: N_("{inside} in the segment {segment}"),
}
"""Row templates of the builder; every placeholder is an editor. What stands in square brackets is left out while the
rule says nothing there, so that a row is as short as what it asks."""

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SAYS: dict[str, Callable[[Any], bool]] = {
    "origin": lambda leaf: leaf.origin is not None,
    "period": lambda leaf: bool(leaf.days is not None or leaf.since or leaf.until),
    "match": lambda leaf: leaf.match is not TagMatch.ANY or bool(leaf.also),
    "about": lambda leaf: bool(leaf.category),
    "detail": lambda leaf: bool(leaf.detail),
    "compare": lambda leaf: (leaf.compare, leaf.count) != (Compare.AT_LEAST, 1),
}
"""Whether a rule says more in an optional part than what goes without saying."""

COMPARED = {
    Compare.AT_LEAST: N_("at least"),
    Compare.AT_MOST: N_("at most"),
    Compare.EXACTLY: N_("exactly"),
    Compare.BETWEEN: N_("between"),
}
MATCHED = {
    TagMatch.ANY: N_("any"),
    TagMatch.ALL: N_("all"),
    TagMatch.NONE: N_("none"),
    TagMatch.LACKS_ONE: N_("not all"),
}
ANSWERED = {
    Marketing.ALLOWED: N_("agreed"),
    Marketing.REFUSED: N_("refused"),
    Marketing.UNKNOWN: N_("unknown"),
    Answer.YES: N_("yes"),
    Answer.NO: N_("no"),
    Answer.UNKNOWN: N_("unknown"),
}
TESTED = {
    FieldTest.IS: N_("equals"),
    FieldTest.IS_NOT: N_("differs from"),
    FieldTest.CONTAINS: N_("contains"),
    FieldTest.STARTS: N_("begins with"),
    FieldTest.ONE_OF: N_("is one of"),
    FieldTest.NUMBER: N_("is a number"),
    FieldTest.WHEN: N_("lies in the period"),
    FieldTest.COMES_ROUND: N_("comes round within days"),
    FieldTest.ANY: N_("has any of"),
    FieldTest.ALL: N_("has all of"),
    FieldTest.NONE: N_("has none of"),
    FieldTest.UNKNOWN: N_("is unknown"),
    FieldTest.KNOWN: N_("is known"),
}


def row_parts(leaf: Leaf, *, whole: bool = True) -> list[tuple[str, bool]]:
    """Split the translated row template: (words, False) to show and (editor's name, True) to put in place.

    Unless the whole row is wanted, optional parts that say nothing are left out.
    """

    def part(optional: re.Match[str]) -> str:
        asked = [name for name in PLACE.findall(optional[1]) if name in _SAYS]
        return optional[1] if whole or any(_SAYS[name](leaf) for name in asked) else ""

    pieces = PLACE.split(_OPTIONAL.sub(part, _(ROWS[type(leaf)])))
    return [(piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece.strip()]


def plain(rule: Rule, names: Names, currency: str) -> str:
    """Return the whole rule tree as one sentence."""
    return _whole(Speaker(names, currency, lambda text: text, lambda text: text), rule)


def marked(rule: Rule, names: Names, currency: str) -> str:
    """Return the sentence as HTML with the named parts bold."""
    return _whole(Speaker(names, currency, lambda text: f"<b>{html.escape(text)}</b>", html.escape), rule)


def _whole(speaker: Speaker, rule: Rule) -> str:
    if isinstance(rule, Unreadable):
        return speaker.calm(_("The rules of this segment cannot be read."))
    if isinstance(rule, (AllOf, AnyOf, NoneOf)) and not rule.rules:
        return speaker.calm(_("No rules yet."))
    wraps_one = isinstance(rule, AllOf) and len(rule.rules) == 1 and isinstance(rule.rules[0], (AllOf, AnyOf, NoneOf))
    return speaker.say(N_("Friends who {rules}."), rules=_part(speaker, rule, nested=wraps_one))


def _part(speaker: Speaker, rule: Rule, *, nested: bool = True) -> str:
    """Say a part; what could be read in two ways stands in brackets."""
    match rule:
        case AllOf():
            inner = _joined(speaker, rule, N_("{first} and {second}"))
            return speaker.say(N_("({rules})"), rules=inner) if nested else inner
        case AnyOf():
            if len(rule.rules) == 1:
                return speaker.say(N_("(at least: {rules})"), rules=_joined(speaker, rule, "{first} {second}"))
            return speaker.say(N_("({rules})"), rules=_joined(speaker, rule, N_("{first} or {second}")))
        case NoneOf():
            inner = _joined(speaker, rule, N_("{first} or {second}"))
            if len(rule.rules) > 1:
                inner = speaker.say(N_("({rules})"), rules=inner)
            return speaker.say(N_("are not among those who {rules}"), rules=inner)
        case _:
            return phrase(speaker, rule)


def _joined(speaker: Speaker, group: rules.Group, template: str) -> str:
    said = [_part(speaker, inner) for inner in group.rules] or [speaker.calm(_("…"))]
    whole = said[0]
    for more in said[1:]:
        whole = speaker.say(template, first=whole, second=more)
    return whole
