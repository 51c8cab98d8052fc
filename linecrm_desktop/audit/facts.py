"""What an audit knows of a shop at one moment: tags, who carries them, who uses them, and what the shop declared.

Read once; all checks look at this and at nothing else, so that their numbers agree.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.audit.decisions import gone_names, names_here, speaks_of
from linecrm_desktop.audit.lookalikes import Pair, Two, find
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.listed import reachable
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.segment import UnsavedSegment
from linecrm_desktop.models.tag import FriendTag, TagOrigin, TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.used import Use, User, uses
from linecrm_desktop.settings import limits as shop_limits
from linecrm_desktop.settings.thresholds import Thresholds
from linecrm_desktop.tags.library import TagRow, all_tags
from linecrm_desktop.tags.uses import tags_in

if TYPE_CHECKING:
    from linecrm_desktop.audit.overlaps import Links, Overlaps


def _nothing() -> Mapping[str, frozenset[int]]:
    return {}


@dataclass(frozen=True, slots=True)
class Declared:
    """What a shop says about its tags that no count can tell."""

    exclusive: Mapping[str, frozenset[int]] = field(default_factory=_nothing)
    """Groups of tags of which a friend can have one only, by the group's name."""
    opposites: frozenset[Two] = frozenset()
    inside: frozenset[tuple[int, int]] = frozenset()
    """Pairs of (inner, outer): whoever has the inner tag is meant to have the outer one."""
    seasonal: frozenset[int] = frozenset()
    """Tags that wait for their season, so that nothing was sent to them lately."""
    reviewed: frozenset[int] = frozenset()
    """Tags whose name is personal or sensitive, and that a person found lawful with a reason."""
    different: frozenset[Two] = frozenset()
    """Pairs that a person looked at and kept, because they differ."""
    compatible: frozenset[Two] = frozenset()
    """Pairs whose words exclude one another, and of which a person said that they do not."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What uses a tag."""

    segments: tuple[int, ...] = ()
    drafts: int = 0
    sent_at: datetime | None = None
    """When something that names the tag was last sent."""
    since: datetime | None = None
    """Since when the oldest of these segments is there."""

    @property
    def is_used(self) -> bool:
        return bool(self.segments or self.drafts)


@dataclass(frozen=True)
class Facts:
    """A shop as the audit sees it."""

    day: ShopDay
    limits: Thresholds
    declared: Declared
    tags: tuple[TagRow, ...]
    friends: int
    """All friends of the shop."""
    reachable: Mapping[int, int]
    """Friends of each tag whom a message can reach."""
    by_hand: Mapping[int, int]
    """Friends of each tag who got it by hand."""
    usage: Mapping[int, Usage]
    links: "Links"
    overlaps: "Overlaps"
    pairs: tuple[Pair, ...]
    speaks_of: Mapping[int, str]
    """Tags whose decision speaks of a segment or a message that is gone, with its name."""
    without_source: int
    without_consent: int
    """Friends for whom one of the three consent questions has no answer."""

    def used(self, tag: int) -> Usage:
        """Return what uses a tag."""
        return self.usage.get(tag, Usage())


def gather(
    session: Session,
    day: ShopDay,
    declared: Declared | None = None,
    limits: Thresholds | None = None,
    task: Task | None = None,
) -> Facts:
    """Read all that the checks look at. Raises Stopped when somebody asks the task to end."""
    from linecrm_desktop.audit import overlaps as counting  # numpy is slow to load and not needed for a start

    declared, limits = declared or Declared(), limits or shop_limits.thresholds(session)
    tags = tuple(all_tags(session))
    who = counting.links(session, [tag.id for tag in tags], task)
    shared = counting.overlaps(who, task)
    friends = session.scalar(select(func.count()).select_from(Friend)) or 0
    sources = [tag.id for tag in tags if tag.type is TagType.SOURCE]
    return Facts(
        day=day,
        limits=limits,
        declared=declared,
        tags=tags,
        friends=friends,
        reachable=who.counted(counting.marked(session, reachable(session))),
        by_hand=_by_hand(session, [tag.id for tag in tags if tag.type is TagType.INTEREST]),
        usage=usage(session),
        links=who,
        overlaps=shared,
        pairs=tuple(find(tags, shared, limits, declared.different | declared.opposites, task, friends)),
        speaks_of=_speaking(session, tags),
        without_source=friends - counting.friends_with_any(session, sources),
        without_consent=_without_consent(session),
    )


def usage(session: Session) -> dict[int, Usage]:
    """Return for each tag what uses it: segments, directly or through another, drafts, and sends."""
    rows = {row.id: row for row in segments.all_segments(session)}
    users = uses(session)
    naming: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows.values():
        for tag in codec.tags_used(row.rule):
            naming[tag] |= _with_outer(row.id, users)
    drafts: defaultdict[int, int] = defaultdict(int)
    for draft in session.scalars(select(UnsavedSegment.draft)):
        for tag in tags_in(draft.get("rule")):
            drafts[tag] += 1
    sent: defaultdict[int, list[datetime]] = defaultdict(list)
    started = select(Campaign.segment_rule, Campaign.started_at).where(Campaign.started_at.is_not(None))
    for rule, at in session.execute(started):
        for tag in tags_in(rule):
            sent[tag] += [at] if at else []
    return {
        tag: Usage(
            tuple(sorted(naming[tag])),
            drafts[tag],
            max([*sent[tag], *_sends(naming[tag], users)], default=None),
            min((rows[one].created_at for one in naming[tag] if one in rows), default=None),
        )
        for tag in {*naming, *drafts, *sent}
    }


def _with_outer(segment: int, users: Mapping[int, tuple[Use, ...]]) -> set[int]:
    """Return a segment, and the segments that ask for it."""
    found, waiting = set[int](), [segment]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [use.id for use in users.get(one, ()) if use.kind is User.SEGMENT]
    return found


def _sends(named: Iterable[int], users: Mapping[int, tuple[Use, ...]]) -> Iterable[datetime]:
    return (use.at for one in named for use in users.get(one, ()) if use.at is not None)


def _speaking(session: Session, tags: Iterable[TagRow]) -> dict[int, str]:
    gone, here = gone_names(session), names_here(session)
    found = {tag.id: speaks_of(tag.helps_decide, gone, here) for tag in tags if tag.helps_decide.strip()}
    return {tag: name for tag, name in found.items() if name is not None}


def _by_hand(session: Session, tags: list[int]) -> dict[int, int]:
    counted = (
        select(FriendTag.tag_id, func.count())
        .where(FriendTag.tag_id.in_(tags), FriendTag.origin == TagOrigin.HAND)
        .group_by(FriendTag.tag_id)
    )
    return {tag: count for tag, count in session.execute(counted)}


def _without_consent(session: Session) -> int:
    open_question = or_(
        Friend.collected_through.is_(None), Friend.informed == Answer.UNKNOWN, Friend.can_opt_out == Answer.UNKNOWN
    )
    return session.scalar(select(func.count()).select_from(Friend).where(open_question)) or 0
