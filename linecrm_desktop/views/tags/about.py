"""What the editor says of one tag beyond what is written: how many its segments reach, and how friends came by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import library
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.used import Use, User
from linecrm_desktop.tags.words import ORIGINS
from linecrm_desktop.text import _, number

SECONDS = 2.0
"""So long the segments that use a tag are counted; what is not counted by then shows no number."""


@dataclass(frozen=True, slots=True)
class About:
    """One tag's places and ways."""

    tag: int
    reach: Mapping[int, int]
    """How many friends each segment that uses it can reach."""
    origins: Mapping[TagOrigin, int]
    """How many friends got it in which way."""
    rules: tuple[str, ...]
    """Names of the rules that give it."""

    @property
    def comes_from(self) -> str:
        """Say how friends come by the tag."""
        told = [_("Rule: {rule}").format(rule=rule) for rule in self.rules]
        if len(self.origins) == 1:
            told += [_(ORIGINS[origin]) for origin in self.origins if not (self.rules and origin is TagOrigin.RULE)]
        else:
            counts = ((_(ORIGINS[origin]), number(count)) for origin, count in self.origins.items())
            told += [_("{origin}: {n}").format(origin=origin, n=count) for origin, count in counts]
        return "\n".join(told) or _("No friend has it yet")


def read(session: Session, tag: int, used_by: Sequence[Use], day: ShopDay, now: datetime) -> About:
    """Read about one tag."""
    known, end = library.rules(session), monotonic() + SECONDS
    caps = {row.id: row.cap for row in library.all_segments(session)}
    reach: dict[int, int] = {}
    for use in used_by:
        if use.kind is User.SEGMENT and not problems(known[use.id], known) and monotonic() < end:
            reach[use.id] = audience.reach(session, known[use.id], day, now, Sieve(caps.get(use.id))).reachable
    counted = select(FriendTag.origin, func.count()).where(FriendTag.tag_id == tag).group_by(FriendTag.origin)
    found = {origin: count for origin, count in session.execute(counted)}
    rules = select(TagRule.name).where(TagRule.tag_id == tag, TagRule.is_active).order_by(TagRule.place)
    origins = {origin: found[origin] for origin in TagOrigin if origin in found}
    return About(tag, reach, origins, tuple(session.scalars(rules)))
