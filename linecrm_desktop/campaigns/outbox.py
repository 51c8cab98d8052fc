"""The two short transactions around each call to LINE: handing a request over, and writing down how it ended.

A chunk is WAITING when it is certain that LINE did not take it, and HANDED_OVER when nobody can know. Only a waiting
chunk may change its people, key and body. A handed-over one goes again as it is: same key, same bytes, within a day.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.line.gateway import RETRY_KEY_HOURS
from linecrm_desktop.messages import blocks, limits, people, variables
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing

OPEN = (ChunkState.HANDED_OVER, ChunkState.WAITING)
KEY_LIFE = timedelta(hours=RETRY_KEY_HOURS)
_PLAIN = {"synchronize_session": False}
CLOCK_SLACK = timedelta(minutes=5)
"""A first try that lies further in the future than this means that the clock was set back: its age is unknown."""


class Turn(StrEnum):
    """Why there is nothing to hand over."""

    NEXT = "next"
    """This chunk is settled; go to the next one."""
    HALT = "halt"
    """The send is paused, stopped or over."""


@dataclass(frozen=True, slots=True)
class Part:
    """One chunk, with the first and last friend in it: by these its copies are found without reading all others."""

    number: int
    first: int
    last: int
    copies: int
    """How many have not had their turn."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One request, committed before it leaves."""

    part: Part
    is_push: bool
    body: dict[str, Any]
    retry_key: str
    tries: int
    """Which try of this chunk it is; an answer to an older try is not believed unless it says accepted."""
    fresh: bool
    """True when no earlier try can have been taken."""


@dataclass(frozen=True, slots=True)
class _Member:
    friend_id: int
    line_user_id: str
    why: str
    """Why this friend gets nothing any more; empty: still fine."""


def open_parts(session: Session, campaign_id: int) -> list[Part]:
    """Return the chunks that are not settled, those first that were handed over before."""
    is_open = Delivery.state.in_((DeliveryState.WAITING, DeliveryState.HANDED_OVER))
    people = (
        select(
            Delivery.chunk,
            func.min(Delivery.friend_id).label("first"),
            func.max(Delivery.friend_id).label("last"),
            func.count().label("copies"),
        )
        .where(Delivery.campaign_id == campaign_id, Delivery.chunk.is_not(None), is_open)
        .group_by(Delivery.chunk)
        .subquery()
    )
    numbers = (Chunk.number, *(func.coalesce(column, 0) for column in (people.c.first, people.c.last, people.c.copies)))
    found = session.execute(
        select(*numbers)
        .outerjoin(people, people.c.chunk == Chunk.number)
        .where(Chunk.campaign_id == campaign_id, Chunk.state.in_(OPEN))
        .order_by((Chunk.state == ChunkState.HANDED_OVER).desc(), Chunk.number)
    )
    return [Part(*row) for row in found]


def hand_over(session: Session, campaign_id: int, part: Part, now: datetime) -> Handed | Turn:
    """Give the chunk its key and body, or its old ones, and mark it as handed over."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is not CampaignState.SENDING:
        return Turn.HALT
    chunk = session.scalars(select(Chunk).where(Chunk.campaign_id == campaign_id, Chunk.number == part.number)).one()
    if chunk.state is ChunkState.HANDED_OVER:
        return _again(session, chunk, part, now)
    if chunk.state is not ChunkState.WAITING:
        return Turn.NEXT
    return _first(session, campaign, chunk, part, now)


def _first(session: Session, campaign: Campaign, chunk: Chunk, part: Part, now: datetime) -> Handed | Turn:
    members = _members(session, chunk, part, DeliveryState.WAITING)
    fine = [member for member in members if not member.why]
    for why in {member.why for member in members if member.why}:
        gone = [member.friend_id for member in members if member.why == why]
        mark(session, chunk, gone, DeliveryState.LEFT_OUT, now, why)
    if fine and (chunk.retry_key is None or _ids(chunk.body) != [member.line_user_id for member in fine]):
        body = _body(session, campaign, fine)
        if body is None:
            mark(session, chunk, [fine[0].friend_id], DeliveryState.LEFT_OUT, now, Why.TOO_LONG)
            fine = []
        chunk.retry_key, chunk.body = str(uuid.uuid4()), body
    if not fine:
        chunk.state = ChunkState.REFUSED
        return Turn.NEXT
    chunk.first_try_at = now
    mark(session, chunk, [member.friend_id for member in fine], DeliveryState.HANDED_OVER, now)
    return _handed(chunk, part, fresh=True)


def _again(session: Session, chunk: Chunk, part: Part, now: datetime) -> Handed | Turn:
    first = chunk.first_try_at
    if first is None or now - first > KEY_LIFE or first - now > CLOCK_SLACK:
        return _doubt(session, chunk, part, Why.NO_ANSWER, now)
    members = _members(session, chunk, part, DeliveryState.HANDED_OVER)
    if _is_push(chunk.body) and (not members or any(member.why for member in members)):
        # A single person who said no in the meantime loses nothing when the request is not repeated.
        return _doubt(session, chunk, part, Why.REFUSED_SINCE, now)
    return _handed(chunk, part, fresh=False)


def _handed(chunk: Chunk, part: Part, *, fresh: bool) -> Handed:
    chunk.state = ChunkState.HANDED_OVER
    chunk.tries += 1
    if chunk.retry_key is None or chunk.body is None:
        raise RuntimeError("a chunk cannot be handed over without key and body")
    return Handed(part, _is_push(chunk.body), chunk.body, chunk.retry_key, chunk.tries, fresh)


def _doubt(session: Session, chunk: Chunk, part: Part, why: Why, now: datetime) -> Turn:
    chunk.state = ChunkState.IN_DOUBT
    mark_all(session, chunk, part, (DeliveryState.HANDED_OVER,), DeliveryState.IN_DOUBT, now, why)
    return Turn.NEXT


def release(session: Session, campaign: Campaign, chunk: Chunk, part: Part, now: datetime) -> None:
    """Put a chunk back that LINE certainly did not take; key and body stay as long as its people do."""
    chunk.state, chunk.first_try_at = ChunkState.WAITING, None
    stopped = campaign.state is CampaignState.STOPPED
    state, why = (DeliveryState.STOPPED, Why.STOPPED) if stopped else (DeliveryState.WAITING, "")
    mark_all(session, chunk, part, (DeliveryState.HANDED_OVER, DeliveryState.IN_DOUBT), state, now, why)


def mark(
    session: Session, chunk: Chunk, friends: Sequence[int], state: DeliveryState, now: datetime, why: str = ""
) -> None:
    """Set the copies of some friends of a chunk."""
    where = (Delivery.campaign_id == chunk.campaign_id, Delivery.friend_id.in_(friends))
    session.execute(update(Delivery).where(*where).values(state=state, why=str(why), at=now), execution_options=_PLAIN)


def mark_all(
    session: Session,
    chunk: Chunk,
    part: Part,
    before: Sequence[DeliveryState],
    state: DeliveryState,
    now: datetime,
    why: str = "",
) -> None:
    """Set all copies of a chunk that are in one of the states `before`."""
    where = (*copies_of(chunk, part), Delivery.state.in_(before))
    session.execute(update(Delivery).where(*where).values(state=state, why=str(why), at=now), execution_options=_PLAIN)


def copies_of(chunk: Chunk, part: Part) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that choose the copies of a chunk.

    The range of friends is there for speed only: without statistics SQLite would read the whole campaign.
    """
    return (
        Delivery.campaign_id == chunk.campaign_id,
        Delivery.friend_id.between(part.first, part.last),
        Delivery.chunk == chunk.number,
    )


def _members(session: Session, chunk: Chunk, part: Part, state: DeliveryState) -> list[_Member]:
    """Return the chunk's friends in order, each with the reason that has come up since the send was confirmed."""
    found = session.execute(
        select(Delivery.friend_id, Delivery.line_user_id, Friend.is_blocked, Friend.marketing, Friend.line_user_id)
        .join(Friend, Friend.id == Delivery.friend_id)
        .where(*copies_of(chunk, part), Delivery.state == state)
        .order_by(Delivery.friend_id)
    )
    return [
        _Member(friend, frozen or "", _why(blocked, marketing, (frozen or "") == current))
        for friend, frozen, blocked, marketing, current in found
    ]


def _why(is_blocked: bool, marketing: Marketing, is_same_id: bool) -> str:
    if is_blocked:
        return Why.BLOCKED
    if marketing is Marketing.REFUSED:
        return Why.REFUSED
    return "" if is_same_id else Why.CHANGED_ID


def _body(session: Session, campaign: Campaign, members: Sequence[_Member]) -> dict[str, Any] | None:
    """Write the request; None when the text does not fit this one friend."""
    bubbles = blocks.from_json(campaign.bubbles)
    used = variables.used(bubbles)
    if not used:
        to: str | list[str] = [member.line_user_id for member in members]
        return {"to": to, "messages": blocks.to_line(bubbles, {}), "customAggregationUnits": [campaign.unit]}
    friend = members[0]
    values = people.values_of(session, [friend.friend_id], used).get(friend.friend_id, {})
    if not limits.fits(bubbles, values):
        return None
    return {
        "to": friend.line_user_id,
        "messages": blocks.to_line(bubbles, values),
        "customAggregationUnits": [campaign.unit],
    }


def _ids(body: dict[str, Any] | None) -> list[str]:
    to = (body or {}).get("to", [])
    return [to] if isinstance(to, str) else list(to)


def _is_push(body: dict[str, Any] | None) -> bool:
    return isinstance((body or {}).get("to"), str)
