"""What a person can decide about a finding, the proposal first, and the words that can be proposed with it.

Pure: everything stands in the finding's evidence and in the facts.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from linecrm_desktop.audit.changes import Part, Split
from linecrm_desktop.audit.check_names import without_personal
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.audit.names import parted
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, Bought, FieldTest, OwnField
from linecrm_desktop.tags.library import NAME_MAX, TagRow


class Way(StrEnum):
    """One kind of decision about a finding."""

    RENAME = "rename"
    RETYPE = "retype"
    ASSIGN = "assign"
    RESTRICT = "restrict"
    JUSTIFY = "justify"
    SPLIT = "split"
    NEWER = "newer"
    FIRST = "first"
    SECOND = "second"
    RETIRE = "retire"
    LEAVE = "leave"
    LATER = "later"


WAYS: Mapping[Check, tuple[Way, ...]] = {
    Check.CONTRADICTION: (Way.NEWER, Way.FIRST, Way.SECOND, Way.LEAVE, Way.LATER),
    Check.MIXED: (Way.SPLIT, Way.RENAME, Way.RETYPE, Way.LEAVE, Way.LATER),
    Check.NO_OWNER: (Way.ASSIGN, Way.RETIRE, Way.LEAVE, Way.LATER),
    Check.BAD_NAME: (Way.RENAME, Way.RETYPE, Way.RETIRE, Way.LEAVE, Way.LATER),
    Check.PERSONAL: (Way.RETIRE, Way.RENAME, Way.RESTRICT, Way.JUSTIFY, Way.LATER),
    Check.SENSITIVE: (Way.RESTRICT, Way.RENAME, Way.RETIRE, Way.JUSTIFY, Way.LATER),
    Check.GUESSWORK: (Way.LEAVE, Way.RETYPE, Way.RETIRE, Way.LATER),
    Check.NO_SOURCE: (Way.LEAVE, Way.LATER),
    Check.NO_CONSENT: (Way.LEAVE, Way.LATER),
}
"""The decisions about findings that have no step of their own."""
_OTHERWISE = (Way.RETIRE, Way.LEAVE, Way.LATER)
ALIKE = frozenset({Way.RETYPE, Way.ASSIGN, Way.RESTRICT, Way.JUSTIFY, Way.NEWER, Way.RETIRE, Way.LEAVE, Way.LATER})
"""Decisions that can be the same for several findings of one check."""


def ways(finding: Finding) -> tuple[Way, ...]:
    """Return what can be decided about a finding.

    A split only where the evidence says along which line, and the newer of two tags only where there is a newer one.
    """
    told = finding.evidence
    missing = set[Way]() if split(finding, "") else {Way.SPLIT}
    if "at_once" in told and told["at_once"] == told.get("both"):
        missing.add(Way.NEWER)
    return tuple(way for way in WAYS.get(finding.check, _OTHERWISE) if way not in missing)


def split(finding: Finding, name: str) -> Split | None:
    """Return the split that the evidence proposes; who fits neither part keeps the tag."""
    told = finding.evidence
    if finding.check is not Check.MIXED or "value" not in told:
        return None
    values = (str(told["value"]), str(told["value_other"]))
    if finding.why == "category":
        rules = [Bought(value) for value in values]
    elif "field" in told:
        rules = [OwnField(int(told["field"]), FieldTest(str(told["test"])), (value,)) for value in values]
    else:
        return None
    names = [f"{name} {value}".strip()[:NAME_MAX] for value in values]
    parts = (Part(called, codec.to_json(AllOf((rule,)))) for called, rule in zip(names, rules, strict=True))
    return Split(finding.tags[0], tuple(parts))


def type_told(finding: Finding, tag: TagRow) -> TagType:
    """Return the type that the finding speaks for; that of the tag where it speaks for none."""
    told = finding.evidence.get("says")
    if told is None and finding.check is Check.MIXED:
        told = next((finding.evidence[key] for key in ("type", "type_other") if key in finding.evidence), None)
    return TagType(str(told)) if told is not None else tag.type


def name_told(facts: Facts, finding: Finding, tag: TagRow) -> str:
    """Return a better name where one can be told from the finding; else the name that there is."""
    match finding.check, finding.why:
        case Check.PERSONAL, _any:
            return without_personal(tag.name)
        case Check.BAD_NAME, "too_long":
            return _shortened(tag.name, facts.limits.name_max)
        case Check.BAD_NAME, "wrong_prefix":
            return _prefix(facts, tag.type) + parted(tag.name)[1]
        case Check.BAD_NAME, "no_prefix":
            return _prefix(facts, tag.type) + tag.name
        case _:
            return tag.name


def _shortened(name: str, limit: int) -> str:
    """Cut a name at its limit, between two words where there are some."""
    whole = unicodedata.normalize("NFC", name)
    cut = whole[:limit]
    if len(whole) > limit and whole[limit] != " " and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.strip()


def _prefix(facts: Facts, type: TagType) -> str:
    """Return how the shop's other tags write this type in front of their names; empty where none does."""
    written: Counter[str] = Counter()
    for tag in facts.tags:
        kind, rest = parted(tag.name)
        if kind is type:
            written[tag.name[: len(tag.name) - len(rest)]] += 1
    return written.most_common(1)[0][0] if written else ""
