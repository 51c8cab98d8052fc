"""What an audit can find, what it proposes, and one finding with its evidence in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Number = int | float | str
"""A number of the evidence, or the name of a group or topic beside it."""


class Check(StrEnum):
    """One thing that can be wrong with tags, in the order in which they are told."""

    NO_DECISION = "no_decision"
    SAME_NAME = "same_name"
    NEAR_NAME = "near_name"
    SAME_PEOPLE = "same_people"
    CONTAINED = "contained"
    CONTRADICTION = "contradiction"
    MIXED = "mixed"
    UNUSED = "unused"
    NEVER_SENT = "never_sent"
    TOO_SMALL = "too_small"
    TOO_BROAD = "too_broad"
    STALE = "stale"
    NO_OWNER = "no_owner"
    BAD_NAME = "bad_name"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    GUESSWORK = "guesswork"
    NO_SOURCE = "no_source"
    NO_CONSENT = "no_consent"


class Proposal(StrEnum):
    """What the audit proposes to do about a finding."""

    DECIDE = "decide"
    RETIRE = "retire"
    MERGE = "merge"
    COMPARE = "compare"
    KEEP_BOTH = "keep_both"
    NEST = "nest"
    KEEP_LATEST = "keep_latest"
    SPLIT = "split"
    USE = "use"
    WIDEN = "widen"
    MAKE_FIELD = "make_field"
    REFRESH = "refresh"
    ASSIGN = "assign"
    RENAME = "rename"
    RESTRICT = "restrict"
    MEASURE = "measure"
    ASK = "ask"


def _no_evidence() -> Mapping[str, Number]:
    return {}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which check, about which tags (none: about friends), with which numbers, and what is proposed."""

    check: Check
    tags: tuple[int, ...]
    proposal: Proposal
    evidence: Mapping[str, Number] = field(default_factory=_no_evidence)
    why: str = ""
    """A code that tells findings of one check apart, such as "too_long" or "phone"."""

    @property
    def key(self) -> str:
        """What makes it the same finding in the next audit."""
        return ":".join((str(self.check), *map(str, sorted(self.tags)), *([self.why] if self.why else [])))
