"""What a review can propose, for which reason, and how sure it is: frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from linecrm_desktop.audit.changes import Change
from linecrm_desktop.results.review.evidence import Card
from linecrm_desktop.tags.library import TagChip

Number = int | float | str


class Kind(StrEnum):
    """What is proposed."""

    KEEP = "keep"
    SPLIT = "split"
    MERGE = "merge"
    RETIRE = "retire"
    NOT_ENOUGH = "not_enough"


class Sure(StrEnum):
    """How sure a proposal is."""

    CLEAR = "clear"
    LIKELY = "likely"
    WEAK = "weak"


class Reason(StrEnum):
    """Why it is proposed."""

    LIFT = "lift"
    REVENUE = "revenue"
    PARTS_DIFFER = "parts_differ"
    SAME_NAME = "same_name"
    SAME_PEOPLE = "same_people"
    SAME_MESSAGE = "same_message"
    UNUSED = "unused"
    SAME_AS = "same_as"
    NO_EFFECT = "no_effect"
    SMALL = "small"
    HURT = "hurt"
    NO_SENDS = "no_sends"
    TOO_FEW = "too_few"
    CHANCE = "chance"


def _none() -> Mapping[str, Number]:
    return {}


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal with its evidence."""

    kind: Kind
    reason: Reason
    tags: tuple[TagChip, ...]
    card: Card
    """The evidence of the tag or the pair; of a merge, that of the larger tag."""
    sure: Sure | None = None
    """None: there is not enough evidence."""
    numbers: Mapping[str, Number] = field(default_factory=_none)
    """What the reason needs beside the card."""
    change: Change | None = None
    """What accepting it changes; None: it changes no tag."""
    parts: tuple[TagChip, TagChip] | None = None
    """Of a split, the two tags that part it."""

    @property
    def key(self) -> str:
        """What makes it the same proposal next time: its tags, and of two whether they are a pair or alike."""
        joint = "+" if self.kind is Kind.MERGE else "x"
        return joint.join(str(tag) for tag in sorted(tag.id for tag in self.tags))
