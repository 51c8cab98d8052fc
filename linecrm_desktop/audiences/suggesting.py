"""Which saved segments could be shared for ads, and why the others could not: too few, too sensitive, too narrow."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from linecrm_desktop.audiences.share import Share, share
from linecrm_desktop.days import ShopDay
from linecrm_desktop.segments import library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.settings import limits as shop_limits
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.text import _, ngettext, number


class Verdict(StrEnum):
    """Whether a segment can be shared."""

    GOOD = "good"
    TOO_SMALL = "too_small"
    SENSITIVE = "sensitive"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One saved segment and what sharing it would come to."""

    segment_id: int
    name: str
    people: int
    verdict: Verdict
    sentence: str


def suggestions(session: Session, day: ShopDay, limits: Limits | None = None) -> list[Suggestion]:
    """Return all saved segments whose rules are whole: those that can be shared first, the largest before."""
    counting, known = Counting(session, day), library.rules(session)
    whole = [row for row in library.all_segments(session) if not problems(row.rule, known)]
    own = limits or shop_limits.limits(session)
    found = [_judged(row, share(session, counting, row.rule, own), own) for row in whole]
    return sorted(found, key=lambda one: (one.verdict is not Verdict.GOOD, -one.people, one.name))


def _judged(row: library.SegmentRow, found: Share, limits: Limits) -> Suggestion:
    people = number(found.shared)
    if found.asks_for:
        verdict, said = Verdict.SENSITIVE, _("Too sensitive: it asks for “{tag}”.").format(tag=found.asks_for)
    elif found.rare:
        said = _("Too narrow: “{tag}” has fewer than {fewest} friends.")
        verdict, said = Verdict.NARROW, said.format(tag=found.rare, fewest=number(limits.share_tag))
    elif found.shared < limits.share:
        said = ngettext(
            "Too small: {n} person; needs {needed}.", "Too small: {n} people; needs {needed}.", found.shared
        )
        verdict, said = Verdict.TOO_SMALL, said.format(n=people, needed=number(limits.share))
    else:
        said = ngettext("{n} person could be shared.", "{n} people could be shared.", found.shared)
        verdict, said = Verdict.GOOD, said.format(n=people)
    return Suggestion(row.id, row.name, found.shared, verdict, said)
