"""Where segments are used: by other segments, by messages, and by sends; and where tags are.

A send keeps the name that its segment had. Where no segment has that name now, the send belongs to the segment that
its message asks for: so renaming a segment loses none of its sends.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import Journey
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library
from linecrm_desktop.text import name_key


class User(StrEnum):
    """What can use a segment or a tag."""

    SEGMENT = "segment"
    MESSAGE = "message"
    CAMPAIGN = "campaign"
    JOURNEY = "journey"
    """A path where friends enter by the segment."""
    TAG = "tag"
    """A rule that gives a tag; the id is that of the tag."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that uses a segment or a tag. `at` is when a send began; the others have no moment."""

    kind: User
    id: int
    name: str
    at: datetime | None = None


def uses(session: Session) -> dict[int, tuple[Use, ...]]:
    """Return for each segment what uses it: segments, messages, paths, then sends with the newest first."""
    found: defaultdict[int, list[Use]] = defaultdict(list)
    called = library.names(session).segments
    for other, rule in library.rules(session).items():
        for segment in codec.references(rule):
            found[segment].append(Use(User.SEGMENT, other, called[other]))
    messages = session.execute(select(Message.id, Message.name, Message.segment_id).order_by(Message.name)).all()
    for message, name, segment in messages:
        if segment is not None:
            found[segment].append(Use(User.MESSAGE, message, name))
    for path, name, segment in session.execute(select(Journey.id, Journey.name, Journey.segment_id)):
        found[segment].append(Use(User.JOURNEY, path, name))
    for segment, use in _sends(session, called, {message: segment for message, _name, segment in messages}):
        found[segment].append(use)
    return {segment: tuple(users) for segment, users in found.items()}


def uses_of_tags(session: Session) -> dict[int, tuple[Use, ...]]:
    """Return for each tag what asks for it: segments, messages to these segments, and rules that give other tags."""
    known = library.rules(session)
    asked = {segment: codec.tags_used(rule) for segment, rule in known.items()}
    found: defaultdict[int, list[Use]] = defaultdict(list)
    for segment, name in sorted(known.names.segments.items(), key=lambda named: name_key(named[1])):
        for tag in asked.get(segment, ()):
            found[tag].append(Use(User.SEGMENT, segment, name))
    for message, name, segment in session.execute(
        select(Message.id, Message.name, Message.segment_id).order_by(Message.name)
    ):
        for tag in asked.get(segment or 0, ()):
            found[tag].append(Use(User.MESSAGE, message, name))
    for given, name, rule in session.execute(select(TagRule.tag_id, TagRule.name, TagRule.rule).order_by(TagRule.name)):
        for tag in codec.tags_used(codec.stored(rule)) - {given}:
            found[tag].append(Use(User.TAG, given, name))
    return {tag: tuple(users) for tag, users in found.items()}


def last_sent(users: tuple[Use, ...]) -> datetime | None:
    """Return when a segment was last sent to."""
    return max((use.at for use in users if use.at is not None), default=None)


def _sends(
    session: Session, called: Mapping[int, str], asked_by: Mapping[int | None, int | None]
) -> list[tuple[int, Use]]:
    by_name = {name: segment for segment, name in called.items()}
    rows = session.execute(
        select(Campaign.id, Campaign.name, Campaign.segment_name, Campaign.message_id, Campaign.started_at)
        .where(Campaign.started_at.is_not(None))
        .order_by(Campaign.started_at.desc())
    )
    found: list[tuple[int, Use]] = []
    for campaign, name, segment_name, message, at in rows:
        segment = by_name.get(segment_name, asked_by.get(message))
        if segment is not None:
            found.append((segment, Use(User.CAMPAIGN, campaign, name, at)))
    return found
