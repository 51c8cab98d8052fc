"""Findings as a table for a spreadsheet: check, tags, each number of the evidence in a column, and the proposal."""

from collections.abc import Mapping, Sequence

from linecrm_desktop.audit import words
from linecrm_desktop.audit.findings import Finding, Number
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _

NUMBERS = {
    "friends": N_("Friends"),
    "friends_other": N_("Friends of the other tag"),
    "both": N_("Friends with both"),
    "only": N_("Friends with the first tag only"),
    "only_other": N_("Friends with the other tag only"),
    "jaccard": N_("Shared friends of both (Jaccard)"),
    "containment": N_("Share of the smaller tag"),
    "dice": N_("Likeness of the names"),
    "newest_days": N_("Days since the last time"),
    "at_once": N_("Got both at one moment"),
    "group": N_("Group"),
    "days": N_("Days"),
    "limit_days": N_("Limit in days"),
    "about": N_("Speaks of"),
    "age_days": N_("Days since the tag was made"),
    "segments": N_("Segments"),
    "reachable": N_("Friends who can be reached"),
    "of": N_("Out of how many"),
    "share": N_("Share"),
    "by_hand": N_("Put on by hand"),
    "by": N_("Field"),
    "value": N_("First part"),
    "part": N_("Friends of the first part"),
    "value_other": N_("Second part"),
    "part_other": N_("Friends of the second part"),
    "gain": N_("Times as frequent as in the shop"),
    "type": N_("First type"),
    "type_other": N_("Second type"),
    "says": N_("Type that the name says"),
    "length": N_("Characters"),
    "limit": N_("Limit"),
    "with_prefix": N_("Names with a type in front"),
}
"""What the numbers of the evidence are called, in the order of the columns; to be translated when they are shown."""
_TYPES = ("type", "type_other", "says")


def table(
    found: Sequence[Finding], names: Mapping[int, str], decided: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Return the header and the rows; `decided` says for each finding what a person decided. Unused columns go."""
    keys = [key for key in NUMBERS if any(key in one.evidence for one in found)]
    header = [_("Check"), _("Tag"), _("Other tag"), _("What was found"), *(_(NUMBERS[key]) for key in keys)]
    rows: list[list[str]] = []
    for one, said in zip(found, decided, strict=True):
        tags = (*(names.get(tag, "…") for tag in one.tags), "", "")[:2]
        numbers = [_cell(key, one.evidence[key]) if key in one.evidence else "" for key in keys]
        rows.append([_(words.CHECKS[one.check]), *tags, words.sentence(one, names), *numbers])
        rows[-1] += [words.proposal(one), said]
    return [*header, _("What you can do"), _("Decided")], rows


def _cell(key: str, value: Number) -> str:
    return _(TAG_TYPES[TagType(str(value))]) if key in _TYPES else str(value)
