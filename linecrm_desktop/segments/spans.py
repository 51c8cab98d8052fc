"""The first and the last local day that a rule's period takes in, so that "in the last 30 days" can be printed."""

from collections.abc import Iterator
from datetime import date, timedelta

from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, FieldTest, Leaf, NoneOf, Rule
from linecrm_desktop.text import _, long_date

Path = tuple[int, ...]


def span(leaf: Leaf, day: ShopDay) -> tuple[date | None, date | None] | None:
    """Return the first and last day of a leaf's period, None for an open end; None: the leaf has no period."""
    if isinstance(leaf, rules.NotBoughtSince):
        return day.today - timedelta(days=leaf.days), day.today
    if isinstance(leaf, rules.OwnField) and leaf.test is FieldTest.COMES_ROUND:
        return day.today, day.today + timedelta(days=leaf.days or 0)
    days = getattr(leaf, "days", None)
    first, last = getattr(leaf, "since", None), getattr(leaf, "until", None)
    if days is not None:
        edge = day.today - timedelta(days=days)
        if getattr(leaf, "older", False):
            last = min(last or date.max, edge - timedelta(days=1))
        else:
            first = max(first or date.min, edge)
            last = last or day.today
    return None if first is None and last is None else (first, last)


def boundaries(rule: Rule, day: ShopDay, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the printed period of each leaf that has one, with the leaf's place in the tree."""
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        for place, inner in enumerate(rule.rules):
            yield from boundaries(inner, day, (*path, place))
        return
    found = span(rule, day)
    if found is not None:
        yield path, _words(*found)


def _words(first: date | None, last: date | None) -> str:
    if first is None:
        return _("up to {last}").format(last=long_date(last or date.max))
    if last is None:
        return _("from {first}").format(first=long_date(first))
    return _("{first} to {last}").format(first=long_date(first), last=long_date(last))
