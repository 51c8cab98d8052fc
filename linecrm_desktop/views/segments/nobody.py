"""Why nobody matches a draft, said with the row that takes most friends away."""

from collections.abc import Mapping
from itertools import pairwise

from linecrm_desktop.segments.phrases import phrase
from linecrm_desktop.segments.problems import Path
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, NoneOf, Rule
from linecrm_desktop.segments.sentence import Names, plain
from linecrm_desktop.segments.speaking import Speaker
from linecrm_desktop.text import _, number


def why_nobody(rule: Group, rows: Mapping[Path, int], everybody: int, names: Names, currency: str) -> str:
    """Say why a rule matches nobody; `rows` is the count at each row, as it stands beside it."""
    if not everybody:
        return _("There are no friends yet.")
    if isinstance(rule, AnyOf):
        return _("No friend matches any of the rows.")
    place, lost = _hardest(rule, rows, everybody)
    row = rule.rules[place]
    template = _("No friend matches. The row that removes the most: {row} ({change})")
    if isinstance(row, (AllOf, AnyOf, NoneOf)):
        template = _("No friend matches. The group that removes the most: “{row}” ({change})")
    return template.format(row=_said(row, names, currency), change=number(-lost))


def _hardest(rule: Group, rows: Mapping[Path, int], everybody: int) -> tuple[int, int]:
    """Return the place of the row that takes most away, and how many.

    What the first row asks is what the segment is about; it counts only when it already leaves nobody.
    """
    counts = [rows[(place,)] for place in range(len(rule.rules))]
    if isinstance(rule, NoneOf):
        lost = counts
    elif counts[0]:
        lost = [0, *(before - after for before, after in pairwise(counts))]
    else:
        lost = [everybody]
    place = max(range(len(lost)), key=lost.__getitem__)
    return place, lost[place]


def _said(row: Rule, names: Names, currency: str) -> str:
    if isinstance(row, (AllOf, AnyOf, NoneOf)):
        return plain(row, names, currency)
    return phrase(Speaker(names, currency, str, str), row)
