"""What a shop has for rules to name, and what is wrong with a rule that names something else.

A rule about something that is gone would find nobody, or, turned round, everybody. So it is broken: it is not counted,
saved or sent, wherever it stands. A retired tag still has its friends: it is counted, but neither saved nor sent.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum

from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import FIELD_TESTS, AllOf, AnyOf, Leaf, NoneOf, Rule
from linecrm_desktop.segments.speaking import Names
from linecrm_desktop.text import _


def _no_rules() -> dict[int, Rule]:
    return {}


def _no_fields() -> dict[int, FieldKind]:
    return {}


@dataclass(frozen=True, slots=True)
class Known(Mapping[int, Rule]):
    """All that rules can name, at one moment. As a mapping: the rules of the saved segments by their numbers."""

    segments: Mapping[int, Rule] = field(default_factory=_no_rules)
    names: Names = field(default_factory=Names)
    """What tags, segments, fields and messages are called; what has no name here is not there."""
    fields: Mapping[int, FieldKind] = field(default_factory=_no_fields)
    sources: Set[int] = frozenset()
    """The tags that are sources."""
    retired: Set[int] = frozenset()
    """The tags that are out of use."""

    def __getitem__(self, segment: int) -> Rule:
        return self.segments[segment]

    def __iter__(self) -> Iterator[int]:
        return iter(self.segments)

    def __len__(self) -> int:
        return len(self.segments)


class Kind(StrEnum):
    """What a number in a rule stands for."""

    TAG = "tag"
    FIELD = "field"
    MESSAGE = "message"
    SEGMENT = "segment"


Named = frozenset[tuple[Kind, int]]
"""What rules name."""


def named(some: Iterable[Rule]) -> Named:
    """Return all that some rule trees name, but not what is named inside the segments that they ask about."""
    return frozenset(one for rule in some for one in _named(rule))


def _named(rule: Rule) -> Iterator[tuple[Kind, int]]:
    match rule:
        case AllOf() | AnyOf() | NoneOf():
            for inner in rule.rules:
                yield from _named(inner)
        case rules.OwnField():
            yield Kind.FIELD, rule.field
        case rules.Got():
            yield Kind.MESSAGE, rule.message
        case rules.InSegment():
            yield Kind.SEGMENT, rule.segment
        case _:
            for tag in named_tags(rule):
                yield Kind.TAG, tag


def gone(leaf: Leaf, known: Known) -> str:
    """Say what a rule names that is not there, or cannot be asked so; empty where all is well."""
    for tag in named_tags(leaf):
        if tag not in known.names.tags:
            return _("There is no tag number {n} in this shop.").format(n=tag)
    match leaf:
        case rules.CameFrom(sources=tags):
            other = next((tag for tag in tags if tag not in known.sources), None)
            return "" if other is None else _("The tag “{tag}” is not a source.").format(tag=known.names.tags[other])
        case rules.OwnField() if leaf.test not in FIELD_TESTS.get(known.fields.get(leaf.field), ()):
            return _("Field number {n} of this shop cannot be asked this.").format(n=leaf.field)
        case rules.Got() if leaf.message not in known.names.messages:
            return _("There is no message number {n} in this shop.").format(n=leaf.message)
        case rules.InSegment() if leaf.segment not in known:
            return _("There is no segment number {n} in this shop.").format(n=leaf.segment)
        case _:
            return ""


def retired(leaf: Leaf, known: Known) -> str:
    """Say which tag of a rule is out of use; empty where none is."""
    tag = next((tag for tag in named_tags(leaf) if tag in known.retired), None)
    if tag is None:
        return ""
    return _("The tag “{tag}” is retired. Replace it.").format(tag=known.names.tags.get(tag, "…"))


def named_tags(leaf: Leaf) -> tuple[int, ...]:
    """Return the tags that a rule names."""
    match leaf:
        case rules.HasTag(tags=tags) | rules.CameFrom(sources=tags):
            return tags
        case _:
            return ()
