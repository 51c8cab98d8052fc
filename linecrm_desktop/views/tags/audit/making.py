"""Makes changes of a decision and the words written with it, and proposes these words; knows no widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linecrm_desktop.audit import ways
from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Justify,
    Keep,
    KeepBoth,
    Later,
    Leave,
    Part,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
    tags_of,
)
from linecrm_desktop.audit.findings import Finding
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.audit.ways import Way
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views.tags.audit.said import in_a_word
from linecrm_desktop.views.tags.audit.state import AuditState


@dataclass(frozen=True, slots=True)
class Written:
    """The words that stand beside the decisions."""

    name: str = ""
    type: TagType = TagType.NONE
    owner: str = ""
    parts: tuple[str, str] = ("", "")
    lawful: str = ""
    """Why a name that is personal or sensitive may stay."""
    reason: str = ""


def proposed(state: AuditState, choice: Choice) -> Written:
    """Return the words to begin with: those of an earlier decision, else those that the finding proposes."""
    finding = choice.finding
    tag = state.tag(finding.tags[0]) if finding and finding.tags else None
    if finding is None or tag is None:
        return _told(Written(), choice.change)
    split = ways.split(finding, tag.name)
    parts = (split.parts[0].name, split.parts[1].name) if split else ("", "")
    name = ways.name_told(state.facts, finding, tag)
    return _told(Written(name, ways.type_told(finding, tag), parts=parts), choice.change)


def change(state: AuditState, choice: Choice, way: Way, written: Written) -> Change | None:
    """Return the change that a decision makes of a finding; None while words for it are missing or change nothing."""
    finding = choice.finding
    if finding is None:
        return None
    if way is Way.LATER:
        return Later(finding.tags)
    if way is Way.LEAVE:
        return _left(finding, written.reason)
    if not finding.tags:
        return None
    tag = state.tag(finding.tags[0])
    made = _of_two(finding, way) if len(finding.tags) > 1 else _of_one(finding, way, written)
    match made:
        case Rename(name=name) if tag is not None and name == tag.name:
            return None
        case Retype(type=type) if tag is not None and type is tag.type:
            return None
        case _:
            return made


def way_of(change: Change | None) -> Way | None:
    """Return the decision that made a change."""
    match change:
        case Settle(one=one, stays=stays):
            return Way.NEWER if not stays else Way.FIRST if stays == one else Way.SECOND
        case Keep() | KeepBoth() | Leave():
            return Way.LEAVE
        case _:
            return _WAYS.get(type(change))


def also_planned(state: AuditState, choices: Sequence[Choice]) -> list[str]:
    """Say what else is decided about the tags of these choices."""
    keys = {one.key for one in choices}
    tags = {tag for one in choices if one.finding for tag in one.finding.tags}
    others = [one.change for one in state.choices if one.key not in keys and one.change is not None]
    return list(dict.fromkeys(in_a_word(one) for one in others if tags & set(tags_of(one))))


_WAYS = {
    Rename: Way.RENAME,
    Retype: Way.RETYPE,
    Assign: Way.ASSIGN,
    Restrict: Way.RESTRICT,
    Justify: Way.JUSTIFY,
    Split: Way.SPLIT,
    Retire: Way.RETIRE,
    Later: Way.LATER,
}


def _left(finding: Finding, why: str) -> Change:
    match list(finding.tags):
        case [one, other, *_rest]:
            return KeepBoth(one, other, why)
        case [tag]:
            return Keep(tag, why)
        case _:
            return Leave(why)


def _of_two(finding: Finding, way: Way) -> Change | None:
    one, other = finding.tags[:2]
    stays = {Way.NEWER: 0, Way.FIRST: one, Way.SECOND: other}.get(way)
    return None if stays is None else Settle(one, other, stays)


def _of_one(finding: Finding, way: Way, written: Written) -> Change | None:
    tag = finding.tags[0]
    match way:
        case Way.RENAME:
            return Rename(tag, written.name) if written.name else None
        case Way.RETYPE:
            return Retype(tag, written.type)
        case Way.ASSIGN:
            return Assign(tag, written.owner) if written.owner else None
        case Way.RESTRICT:
            return Restrict(tag)
        case Way.JUSTIFY:
            return Justify(tag, written.lawful) if written.lawful else None
        case Way.SPLIT:
            split = ways.split(finding, "")
            named = zip(written.parts, split.parts, strict=True) if split and all(written.parts) else ()
            parts = tuple(Part(name, part.rule) for name, part in named)
            return Split(tag, parts) if parts else None
        case Way.RETIRE:
            return Retire(tag)
        case _:
            return None


def _told(written: Written, change: Change | None) -> Written:
    match change:
        case Rename(name=name):
            return replace(written, name=name)
        case Retype(type=type):
            return replace(written, type=type)
        case Assign(owner=owner):
            return replace(written, owner=owner)
        case Justify(why=why):
            return replace(written, lawful=why)
        case Keep(why=why) | KeepBoth(why=why) | Leave(why=why):
            return replace(written, reason=why)
        case Split(parts=(one, other)):
            return replace(written, parts=(one.name, other.name))
        case _:
            return written
