"""What a person can decide about a finding: the changes that an audit applies in the end, as frozen records.

Nothing here changes a tag. Each change knows which tags it touches, so that two changes of one tag can be told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from linecrm_desktop.models.tag import TagType


@dataclass(frozen=True, slots=True)
class Decide:
    """Say what a tag helps decide, and who looks after it (empty: as it is)."""

    tag: int
    helps_decide: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one tag of two: `keep` gets the friends of `drop`, this name and this sentence."""

    keep: int
    drop: int
    name: str
    helps_decide: str
    keeps_search_word: bool = True
    """Whether the name that goes still finds the tag."""


@dataclass(frozen=True, slots=True)
class KeepBoth:
    """Leave two tags as they are, for a reason, and ask no more."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class Nest:
    """Declare that whoever has the inner tag is meant to have the outer one too."""

    inner: int
    outer: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Leave one tag as it is in spite of a finding, for a reason."""

    tag: int
    why: str


@dataclass(frozen=True, slots=True)
class Retire:
    """Take a tag out of use."""

    tag: int


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a tag another name."""

    tag: int
    name: str


@dataclass(frozen=True, slots=True)
class Retype:
    """Move a tag to another type."""

    tag: int
    type: TagType


@dataclass(frozen=True, slots=True)
class Part:
    """One tag that a split makes: its name, and the rules that say who of the old tag's friends gets it."""

    name: str
    rule: Mapping[str, Any]
    """As segments.codec writes rules; empty: all who are left (the last part only)."""


@dataclass(frozen=True, slots=True)
class Split:
    """Make two or more tags of one."""

    tag: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Restrict:
    """Mark a tag as sensitive."""

    tag: int


@dataclass(frozen=True, slots=True)
class Assign:
    """Say who looks after a tag."""

    tag: int
    owner: str


@dataclass(frozen=True, slots=True)
class Justify:
    """Say why a tag may stay whose name is personal or sensitive."""

    tag: int
    why: str


@dataclass(frozen=True, slots=True)
class Settle:
    """Leave one of two tags to each friend who has both: always the same one, or the one that came last."""

    one: int
    other: int
    stays: int = 0
    """The tag that stays; 0: of each friend, the newer one."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Know of a finding that is about no tag, and change nothing."""

    why: str


@dataclass(frozen=True, slots=True)
class Later:
    """Decide another time."""

    tags: tuple[int, ...]


OfTag = Decide | Keep | Retire | Rename | Retype | Split | Restrict | Assign | Justify
"""Changes about one tag."""
OfTwo = Merge | KeepBoth | Nest | Settle
"""Changes about two tags."""
Change = OfTag | OfTwo | Leave | Later
KINDS: dict[str, type[Change]] = {
    "decide": Decide,
    "merge": Merge,
    "keep_both": KeepBoth,
    "nest": Nest,
    "keep": Keep,
    "retire": Retire,
    "rename": Rename,
    "retype": Retype,
    "split": Split,
    "restrict": Restrict,
    "assign": Assign,
    "justify": Justify,
    "settle": Settle,
    "leave": Leave,
    "later": Later,
}
_NAMES = {cls: kind for kind, cls in KINDS.items()}
_QUIET = (KeepBoth, Keep, Leave, Later)
"""Decisions that leave every tag as it is."""


def kind(change: Change) -> str:
    """Return the code of a change's kind."""
    return _NAMES[type(change)]


def changes_tags(change: Change) -> bool:
    """Say whether applying a change touches any tag."""
    return not isinstance(change, _QUIET)


def tags_of(change: Change) -> tuple[int, ...]:
    """Return the tags that a change is about; of a merge, the one that is kept comes first."""
    match change:
        case Merge(keep=one, drop=other) | KeepBoth(one=one, other=other) | Nest(inner=one, outer=other):
            return one, other
        case Settle(one=one, other=other):
            return one, other
        case Later(tags=tags):
            return tags
        case Leave():
            return ()
        case _:
            return (change.tag,)


def leaving(changes: Iterable[Change]) -> set[int]:
    """Return the tags that are gone when these changes are applied."""
    gone = {change.drop for change in changes if isinstance(change, Merge)}
    return gone | {change.tag for change in changes if isinstance(change, Retire | Split)}


def effective(changes: Iterable[Change]) -> list[Change]:
    """Return changes without those about tags that are gone by then: what is said of such a tag is said of nothing."""
    wanted = list(changes)
    gone = leaving(wanted)
    return [
        change for change in wanted if isinstance(change, Merge | Retire | Split) or not gone & set(tags_of(change))
    ]


def to_json(change: Change) -> dict[str, Any]:
    """Write a change as JSON."""
    written = {field.name: getattr(change, field.name) for field in fields(change)}
    if isinstance(change, Split):
        written["parts"] = [{"name": part.name, "rule": dict(part.rule)} for part in change.parts]
    if isinstance(change, Retype):
        written["type"] = str(change.type)
    return {"kind": kind(change), **written}


def from_json(written: Mapping[str, Any]) -> Change:
    """Read a change. Raises KeyError, TypeError or ValueError for what to_json never wrote."""
    told = dict(written)
    cls = KINDS[told.pop("kind")]
    if cls is Split:
        parts = cast("list[dict[str, Any]]", told["parts"])
        told["parts"] = tuple(Part(part["name"], part["rule"]) for part in parts)
    elif cls is Retype:
        told["type"] = TagType(told["type"])
    elif cls is Later:
        told["tags"] = tuple(told["tags"])
    return cls(**told)
