"""What LINE takes: five bubbles, and for each field its own limit (Messaging API reference; messages.fields has them).

A text is counted as it leaves: with the longest value that a friend of the segment has in place of each variable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages import building, flex_check
from linecrm_desktop.messages.actions import encoded
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.messages.counting import Count, count, utf16
from linecrm_desktop.messages.fields import TEXT_MAX, Address, Words, addresses, words
from linecrm_desktop.messages.leaving import said
from linecrm_desktop.messages.problem import Problem, field_name
from linecrm_desktop.messages.variables import fill, widest
from linecrm_desktop.text import _, ngettext, number

__all__ = ["BUBBLES_MAX", "TEXT_MAX", "Problem", "fits", "longest", "problems", "utf16"]

BUBBLES_MAX = 5
_LINKS = ("http", "https", "line", "tel")
_Fill = Callable[[str, Count], str]


def longest(text: str, values: Mapping[str, str], by: Count = Count.UNITS) -> int:
    """Count a text filled with the longest values there are, or with a fallback where that is longer."""
    return count(widest(text, values, by), by)


def problems(
    bubbles: Sequence[Bubble],
    values: Mapping[str, str] | None = None,
    today: date | None = None,
    signs: Mapping[str, str] | None = None,
) -> list[Problem]:
    """List what breaks a limit. `values` are the longest values in the segment by UTF-16 units, `signs` by signs.

    messages.people finds both. Without `today`, no coupon has run out.
    """
    units = values or {}
    by_count = {Count.UNITS: units, Count.SIGNS: signs if signs is not None else units}

    def fill_widest(text: str, by: Count) -> str:
        return widest(text, by_count[by], by)

    return [*building.of_message(bubbles, BUBBLES_MAX), *_of_bubbles(bubbles, fill_widest, today)]


def fits(bubbles: Sequence[Bubble], values: Mapping[str, str]) -> bool:
    """Tell whether the message of this one friend keeps every limit that hangs on the friend's own words."""

    def fill_exactly(text: str, _by: Count) -> str:
        return fill(text, values)

    return not any(problem.is_length for problem in _of_bubbles(bubbles, fill_exactly, None))


def _of_bubbles(bubbles: Sequence[Bubble], filled: _Fill, today: date | None) -> Iterator[Problem]:
    for position, bubble in enumerate(bubbles):
        for told in words(bubble):
            yield from _of_words(position, bubble, told, filled)
        for address in addresses(bubble):
            yield from _of_address(position, address)
        yield from building.of_bubble(position, bubble, today)
        yield from _of_size(position, bubble, filled)


def _of_words(position: int, bubble: Bubble, told: Words, filled: _Fill) -> Iterator[Problem]:
    leaves = filled(told.text, told.by)
    if told.needed and not told.text.strip():
        yield Problem(position, _empty(position + 1, bubble, told.field), told.field)
    over = 0 if told.most is None else count(leaves, told.by) - told.most
    if over > 0:
        yield Problem(position, _too_long(position + 1, bubble, told.field, over), told.field, is_length=True)


def _of_address(position: int, told: Address) -> Iterator[Problem]:
    named = {"field": field_name(told.field), "n": position + 1}
    if not told.address.strip():
        if told.needed:
            yield Problem(position, _("“{field}” in bubble {n} is empty.").format(**named), told.field)
        return
    address = encoded(told.address)
    if not _is_address(address, told.is_file):
        if told.is_file:
            sentence = _("“{field}” in bubble {n} needs a public address that begins with https://.")
        else:
            sentence = _("“{field}” in bubble {n} is no address. Write it like https://example.com or tel:+886…")
        yield Problem(position, sentence.format(**named), told.field)
    elif len(address) > told.most:
        sentence = _("“{field}” in bubble {n} is too long for LINE, which takes {most} characters.")
        yield Problem(position, sentence.format(**named, most=number(told.most)), told.field)


def _of_size(position: int, bubble: Bubble, filled: _Fill) -> Iterator[Problem]:
    if not isinstance(bubble, b.ProductBubble | b.CouponBubble | b.TipsBubble | b.ComparisonBubble | b.FlexBubble):
        return
    (made,) = said([bubble], lambda text: filled(text, Count.UNITS))
    contents = made["contents"]
    if contents and any(size > most for size, most in flex_check.sizes(contents)):
        sentence = _("Bubble {n} holds too much: LINE takes {one} KB a card and {all} KB in all.").format(
            n=position + 1, one=flex_check.BUBBLE_BYTES // 1000, all=flex_check.CAROUSEL_BYTES // 1000
        )
        yield Problem(position, sentence, is_length=True)


def _is_address(address: str, is_file: bool) -> bool:
    if not address.isascii() or any(sign.isspace() for sign in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if is_file:
        return parts.scheme == "https" and bool(host)
    is_web = parts.scheme in ("http", "https")
    return parts.scheme in _LINKS and bool(host if is_web else address.partition(":")[2])


def _empty(n: int, bubble: Bubble, field: str) -> str:
    if isinstance(bubble, b.TextBubble):
        return _("Bubble {n} is empty.").format(n=n)
    return _("“{field}” in bubble {n} is empty.").format(field=field_name(field), n=n)


def _too_long(n: int, bubble: Bubble, field: str, over: int) -> str:
    if isinstance(bubble, b.TextBubble):
        sentence = ngettext(
            "Bubble {bubble} is {n} character too long for the friend with the longest values.",
            "Bubble {bubble} is {n} characters too long for the friend with the longest values.",
            over,
        )
        return sentence.format(bubble=n, n=number(over))
    sentence = ngettext(
        "“{field}” in bubble {bubble} is {n} character too long for the friend with the longest values.",
        "“{field}” in bubble {bubble} is {n} characters too long for the friend with the longest values.",
        over,
    )
    return sentence.format(field=field_name(field), bubble=n, n=number(over))
