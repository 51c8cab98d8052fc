"""Everything that asks for a tag or gives it: segments, drafts, rules for tags, entry links, messages and sends.

What asks through a segment counts too. Sends are frozen: they keep their people whatever becomes of the tag. Those that
have not begun are asked about again. Entry links follow a merge by themselves.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment, UnsavedSegment
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library, rules
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import Group, Rule, Unreadable
from linecrm_desktop.sources.links import all_links
from linecrm_desktop.tagging.recording import Recording, table_of
from linecrm_desktop.text import _

UNDER_WAY = (CampaignState.READY, CampaignState.SENDING)
"""Sends that go on by themselves."""
_OPEN = (*UNDER_WAY, CampaignState.SCHEDULED, CampaignState.HELD, CampaignState.PAUSED)
Rewrite = Callable[[Group], Group]


class Where(StrEnum):
    """What can ask for a tag, or give it."""

    SEGMENT = "segment"
    DRAFT = "draft"
    RULE = "rule"
    LINK = "link"
    MESSAGE = "message"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing that asks for a tag, by itself or through a segment."""

    kind: Where
    id: int
    name: str
    is_direct: bool
    """Whether its own rules name the tag; those are what is rewritten."""
    is_under_way: bool = False
    """A send that goes on by itself."""


def references(session: Session, tags: Set[int]) -> tuple[Reference, ...]:
    """Return all that asks for any of these tags: segments first, sends last."""
    known = library.rules(session)
    through = segments_of(known, tags)
    return (
        *_segments(known, tags, through),
        *_drafts(session, tags, through),
        *_rules(session, tags, through),
        *_links(session, tags),
        *_messages(session, through),
        *_sends(session, tags, through),
    )


def segments_of(known: Mapping[int, Rule], tags: Set[int], *, sources: bool = False) -> set[int]:
    """Return the segments whose friends hang on these tags, also through other segments.

    With `sources`, those too that ask whether a friend carries any source at all.
    """
    found = {number for number, rule in known.items() if _asks(rule, tags, set(), sources=sources)}
    while more := {number for number, rule in known.items() if codec.references(rule) & found} - found:
        found |= more
    return found


def rewrite(session: Session, recording: Recording, tag: int, parts: tuple[int, ...], change: Rewrite) -> None:
    """Put `parts` for a tag into every saved rule, draft, and rule for tags. Raises ShopError where it cannot be."""
    called = {number: name for number, name in session.execute(select(Tag.id, Tag.name))}
    sources = set(session.scalars(select(Tag.id).where(Tag.type == TagType.SOURCE)))
    stranger = next((called[part] for part in parts if part not in sources), "")

    def changed(raw: Any, name: str) -> dict[str, Any] | None:
        tree = codec.stored(raw)
        if isinstance(tree, Unreadable) or tag not in codec.tags_used(tree):
            return None
        if stranger:
            _refuse_stranger(tree, tag, called[tag], stranger, name)
        new = change(tree)
        if len(problems(new)) > len(problems(tree)):
            raise _too_deep(name)
        return codec.to_json(new)

    for table, names in ((table_of(Segment.__tablename__), Segment), (table_of(TagRule.__tablename__), TagRule)):
        for number, name, raw in session.execute(select(names.id, names.name, names.rule)).all():
            if (rule := changed(raw, name)) is not None:
                recording.change(table, number, rule=rule)
    for number, draft in session.execute(select(UnsavedSegment.id, UnsavedSegment.draft)).all():
        name = _draft_name(draft)
        if name is not None and (rule := changed(draft.get("rule"), name)) is not None:
            recording.change(table_of(UnsavedSegment.__tablename__), number, draft={**draft, "rule": rule})


def ask_again(session: Session, recording: Recording, tag: int, note: str) -> None:
    """Pause sends that have not begun and hang on a tag: somebody must look at them again before they go."""
    through = segments_of(library.rules(session), {tag})
    for send in _sends(session, {tag}, through):
        state = session.scalar(select(Campaign.state).where(Campaign.id == send.id))
        if state is CampaignState.READY:
            recording.change(table_of(Campaign.__tablename__), send.id, state=CampaignState.PAUSED, note=note)


def refuse_under_way(session: Session, tag: int) -> None:
    """Raise ShopError when something that goes on by itself asks for a tag."""
    running = next((one for one in references(session, {tag}) if one.is_under_way), None)
    if running is not None:
        raise ShopError(_("Used by “{name}”, which is running.").format(name=running.name), _("Pause it first."))


def drafts_naming(session: Session, tag: int) -> list[Reference]:
    """Return the unsaved drafts whose rules name a tag."""
    return [one for one in _drafts(session, {tag}, set()) if one.is_direct]


def _asks(rule: Rule, tags: Set[int], segments: Set[int], *, sources: bool = False) -> bool:
    any_source = sources and any(isinstance(leaf, rules.CameFrom) for leaf in codec.leaves(rule))
    return any_source or bool(codec.tags_used(rule) & tags or codec.references(rule) & segments)


def _segments(known: library.Known, tags: Set[int], through: Set[int]) -> Iterator[Reference]:
    called = known.names.segments
    for number in sorted(through, key=lambda one: called[one]):
        yield Reference(Where.SEGMENT, number, called[number], bool(codec.tags_used(known[number]) & tags))


def _drafts(session: Session, tags: Set[int], through: Set[int]) -> Iterator[Reference]:
    for number, draft in session.execute(select(UnsavedSegment.id, UnsavedSegment.draft)):
        name = _draft_name(draft)
        tree = codec.stored(draft["rule"]) if name is not None else Unreadable()
        if name is not None and _asks(tree, tags, through):
            yield Reference(Where.DRAFT, number, name, bool(codec.tags_used(tree) & tags))


def _rules(session: Session, tags: Set[int], through: Set[int]) -> Iterator[Reference]:
    for row in session.scalars(select(TagRule).order_by(TagRule.name)):
        tree = codec.stored(row.rule)
        if row.tag_id in tags or _asks(tree, tags, through):
            direct = row.tag_id in tags or bool(codec.tags_used(tree) & tags)
            yield Reference(Where.RULE, row.id, row.name, direct)


def _links(session: Session, tags: Set[int]) -> Iterator[Reference]:
    for row in all_links(session, stopped=False):
        if row.tag.id in tags:
            yield Reference(Where.LINK, row.id, row.place, is_direct=True)


def _messages(session: Session, through: Set[int]) -> Iterator[Reference]:
    found = select(Message.id, Message.name).where(Message.segment_id.in_(through)).order_by(Message.name)
    for number, name in session.execute(found):
        yield Reference(Where.MESSAGE, number, name, is_direct=False)


def _sends(session: Session, tags: Set[int], through: Set[int]) -> Iterator[Reference]:
    found = select(Campaign.id, Campaign.name, Campaign.segment_rule, Campaign.state).where(Campaign.state.in_(_OPEN))
    for number, name, raw, state in session.execute(found.order_by(Campaign.id)):
        tree = codec.stored(raw)
        if _asks(tree, tags, through):
            yield Reference(Where.SEND, number, name, bool(codec.tags_used(tree) & tags), state in UNDER_WAY)


def _draft_name(draft: Any) -> str | None:
    """Return what an unsaved draft is called; None for one that cannot be read."""
    if not isinstance(draft, dict):
        return None
    told = cast("dict[str, Any]", draft)
    return (str(told.get("name", "")) or _("New segment")) if "rule" in told else None


def _refuse_stranger(tree: Rule, tag: int, called: str, stranger: str, segment: str) -> None:
    for leaf in codec.leaves(tree):
        if isinstance(leaf, rules.CameFrom) and tag in leaf.sources:
            raise ShopError(
                _("“{segment}” asks who came from “{tag}”, but “{other}” is not a source.").format(
                    segment=segment, tag=called, other=stranger
                ),
                _("Nothing was changed. Make it a source first, or change that rule."),
            )


def _too_deep(segment: str) -> ShopError:
    return ShopError(
        _("The rules of “{segment}” would have too many groups inside groups.").format(segment=segment),
        _("Nothing was changed. Ask there for this tag in a rule of its own, then try again."),
    )
