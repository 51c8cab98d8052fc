"""From when on the tag audit finds something worth a word: start values, in one place, for Settings to change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from linecrm_desktop.models.tag import TagType

LINE_NAME_MAX = 20
"""Longest name of a chat tag in LINE Official Account Manager, in characters."""


def _stale_days() -> Mapping[TagType, int]:
    return MappingProxyType({TagType.STAGE: 60, TagType.INTEREST: 180, TagType.ENGAGEMENT: 30})


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits of the audit's checks. Days are whole local days of the shop, shares go from 0 to 1."""

    grace_days: int = 14
    """A tag younger than this may be without a decision and without friends."""
    unused_days: int = 90
    unsent_days: int = 60
    near: float = 0.6
    """Share of neighbouring characters from which on two names also look alike."""
    jaccard: float = 0.8
    """Friends whom both tags have, of all who have either."""
    contained: float = 0.95
    """Friends of the smaller tag who have the larger one too."""
    overlap: float = 0.7
    """From here on two tags of one type are compared; a question needs their names too, or one of the limits above."""
    strong: float = 0.85
    """With a reason in the names, so much of the smaller tag makes the evidence strong."""
    least_friends: int = 30
    """Fewer friends say nothing about whether two tags are the same people."""
    small: int = 50
    """Fewer reachable friends are too few for a tag to decide anything."""
    broad: float = 0.6
    """A tag on more of all friends sets nobody apart."""
    part: int = 50
    """Both parts of a split must have so many friends."""
    split_covers: float = 0.9
    """So many of a tag's friends must fall into one of two parts before a split is proposed."""
    split_shared: float = 0.05
    """No more of them may fall into both."""
    split_gain: float = 1.5
    """Each part must be so many times as frequent among the tag's friends as in the shop."""
    by_hand: float = 0.8
    """An interest that was put on by hand so often is a guess."""
    prefixed: float = 0.6
    """From this share on, a type in front of the names is the shop's habit."""
    name_max: int = LINE_NAME_MAX
    stale_days: Mapping[TagType, int] = field(default_factory=_stale_days)
    """Types that should move, and after how many days without a new friend they stand still."""


THRESHOLDS = Thresholds()
"""What a shop begins with."""
