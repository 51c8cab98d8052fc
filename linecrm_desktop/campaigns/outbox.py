"""The short transaction before calls to LINE: requests get their keys and are handed over, many in one commit.

A chunk is WAITING when it is certain that LINE did not take it, and HANDED_OVER when nobody can know. Only a waiting
chunk may change its people, key and body. A handed-over one goes again as it is: same key, same bytes, within a day.
"""

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.on_path import left_path
from linecrm_desktop.campaigns.requests import Member, Writer, ids_of, is_push
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.channels import ids
from linecrm_desktop.line.gateway import RETRY_KEY_HOURS
from linecrm_desktop.models.campaign import Call, Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing

OPEN = (ChunkState.HANDED_OVER, ChunkState.WAITING)
KEY_LIFE = timedelta(hours=RETRY_KEY_HOURS)
_PLAIN = {"synchronize_session": False}
_BATCH = 5000
CLOCK_SLACK = timedelta(minutes=5)
"""A first try that lies further in the future than this means that the clock was set back: its age is unknown."""


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
    at: datetime
    """When it was handed over."""

    @property
    def to(self) -> list[str]:
        """The user ids in it."""
        return ids_of(self.body)


def open_parts(session: Session, campaign_id: int) -> list[Part]:
    """Return the chunks that were handed over before and are not settled; they go first."""
    return _parts(session, campaign_id, Chunk.state == ChunkState.HANDED_OVER, None)


def waiting_parts(session: Session, campaign_id: int, after: int, most: int) -> list[Part]:
    """Return the next chunks that wait, behind a number; a long send is never held in memory as a whole."""
    return _parts(session, campaign_id, (Chunk.state == ChunkState.WAITING) & (Chunk.number > after), most)


def _parts(session: Session, campaign_id: int, which: ColumnElement[bool], most: int | None) -> list[Part]:
    wanted = select(Chunk.number).where(Chunk.campaign_id == campaign_id, which).order_by(Chunk.number).limit(most)
    numbers = list(session.scalars(wanted))
    if not numbers:
        return []
    is_open = Delivery.state.in_((DeliveryState.WAITING, DeliveryState.HANDED_OVER))
    mine = (Delivery.campaign_id == campaign_id, Delivery.chunk.between(numbers[0], numbers[-1]), is_open)
    counted = select(Delivery.chunk, func.min(Delivery.friend_id), func.max(Delivery.friend_id), func.count())
    people = {row[0]: row[1:] for row in session.execute(counted.where(*mine).group_by(Delivery.chunk))}
    return [Part(number, *people.get(number, (0, 0, 0))) for number in numbers]


def hand_over(
    session: Session, campaign_id: int, parts: Sequence[Part], now: datetime, most: int | None = None
) -> list[Handed] | None:
    """Give each chunk its key and body, or its old ones, and mark it as handed over; None when the send must halt.

    A chunk for more than `most` friends is made smaller: the others go into a new one at the end. Chunks with nobody
    left are settled, and not in the answer.
    """
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state is not CampaignState.SENDING:
        return None
    chosen = (Chunk.campaign_id == campaign_id, Chunk.number.in_([part.number for part in parts]))
    chunks = {chunk.number: chunk for chunk in session.scalars(select(Chunk).where(*chosen))}
    clock_is_wrong = _is_before(session, now)
    handed = [
        _again(session, chunks[part.number], part, now, clock_is_wrong=clock_is_wrong)
        for part in parts
        if chunks[part.number].state is ChunkState.HANDED_OVER
    ]
    fresh = [part for part in parts if chunks[part.number].state is ChunkState.WAITING]
    campaign.turns += 1
    return [one for one in (*handed, *_first(session, campaign, chunks, fresh, now, most)) if one is not None]


def _is_before(session: Session, now: datetime) -> bool:
    """Say whether this moment lies before the shop's last call: the clock was set back, so no age can be believed.

    The last of one send would be sorted out of all its calls at every turn; whose call it was makes no difference.
    """
    newest = session.scalars(select(Call.at).where(Call.id == select(func.max(Call.id)).scalar_subquery())).first()
    return newest is not None and newest - now > CLOCK_SLACK


def _first(
    session: Session,
    campaign: Campaign,
    chunks: Mapping[int, Chunk],
    parts: Sequence[Part],
    now: datetime,
    most: int | None,
) -> list[Handed]:
    members = _members(session, campaign, parts, DeliveryState.WAITING)
    everybody = [member for part in parts for member in members[part.number]]
    for why in {member.why for member in everybody if member.why}:
        gone = [member.friend_id for member in everybody if member.why == why]
        mark(session, campaign.id, gone, DeliveryState.LEFT_OUT, now, why)
    writer = Writer(session, campaign, [member.friend_id for member in everybody if not member.why])
    handed: list[Handed] = []
    keys = _new_keys(len(parts))
    for part in parts:
        fine = [member for member in members[part.number] if not member.why]
        rest = [] if most is None else fine[most:]
        if rest:
            fine, part = fine[:most], replace(part, copies=part.copies - len(rest))
            set_aside(session, chunks[part.number], [member.friend_id for member in rest])
        handed += _written(session, writer, chunks[part.number], part, fine, now, keys)
    gone_out = {user for one in handed for user in one.to}
    mark(
        session,
        campaign.id,
        [member.friend_id for member in everybody if not member.why and member.line_user_id in gone_out],
        DeliveryState.HANDED_OVER,
        now,
    )
    return handed


def _written(
    session: Session,
    writer: Writer,
    chunk: Chunk,
    part: Part,
    fine: list[Member],
    now: datetime,
    keys: Iterator[str],
) -> list[Handed]:
    """Give a chunk key and body unless it has them for just these people; nothing when nobody is left."""
    if fine and (chunk.retry_key is None or ids_of(chunk.body) != [member.line_user_id for member in fine]):
        body = writer.body(chunk.variant, fine)
        if body is None:
            mark(session, chunk.campaign_id, [fine[0].friend_id], DeliveryState.LEFT_OUT, now, Why.TOO_LONG)
            fine = []
        chunk.retry_key, chunk.body = next(keys), body
    if not fine:
        chunk.state = ChunkState.REFUSED
        return []
    chunk.first_try_at = now
    return [_handed(chunk, part, now, fresh=True)]


def _new_keys(count: int) -> Iterator[str]:
    """Yield random keys; the system is asked once for all, because each question lets a hundred other threads in."""
    dice = os.urandom(16 * count)
    return (str(uuid.UUID(bytes=dice[at : at + 16], version=4)) for at in range(0, len(dice), 16))


def set_aside(session: Session, chunk: Chunk, friends: Sequence[int], state: ChunkState = ChunkState.WAITING) -> None:
    """Move friends into a new chunk at the end of the send, so that no answer to the old one is taken for theirs."""
    last = session.scalars(select(func.max(Chunk.number)).where(Chunk.campaign_id == chunk.campaign_id)).one()
    new = Chunk(campaign_id=chunk.campaign_id, number=last + 1, variant=chunk.variant, state=state)
    session.add(new)
    session.flush()
    where = (Delivery.campaign_id == chunk.campaign_id, Delivery.friend_id.in_(friends))
    session.execute(update(Delivery).where(*where).values(chunk=new.number), execution_options=_PLAIN)


def _again(session: Session, chunk: Chunk, part: Part, now: datetime, *, clock_is_wrong: bool) -> Handed | None:
    first = chunk.first_try_at
    if clock_is_wrong or first is None or now - first > KEY_LIFE or first - now > CLOCK_SLACK:
        return _doubt(session, chunk, part, Why.NO_ANSWER, now)
    if is_push(chunk.body):
        campaign = session.get_one(Campaign, chunk.campaign_id)
        members = _members(session, campaign, [part], DeliveryState.HANDED_OVER)[part.number]
        if not members or any(member.why for member in members):
            # A single person who said no in the meantime loses nothing when the request is not repeated.
            return _doubt(session, chunk, part, Why.REFUSED_SINCE, now)
    return _handed(chunk, part, now, fresh=False)


def _handed(chunk: Chunk, part: Part, now: datetime, *, fresh: bool) -> Handed:
    chunk.state = ChunkState.HANDED_OVER
    chunk.tries += 1
    if chunk.retry_key is None or chunk.body is None:
        raise RuntimeError("a chunk cannot be handed over without key and body")
    return Handed(part, is_push(chunk.body), chunk.body, chunk.retry_key, chunk.tries, fresh, now)


def _doubt(session: Session, chunk: Chunk, part: Part, why: Why, now: datetime) -> None:
    chunk.state = ChunkState.IN_DOUBT
    mark_all(session, chunk, part, (DeliveryState.HANDED_OVER,), DeliveryState.IN_DOUBT, now, why)


def release(session: Session, campaign: Campaign, chunk: Chunk, part: Part, now: datetime) -> None:
    """Put a chunk back that LINE certainly did not take; key and body stay as long as its people do."""
    chunk.state, chunk.first_try_at = ChunkState.WAITING, None
    stopped = campaign.state is CampaignState.STOPPED
    state, why = (DeliveryState.STOPPED, Why.STOPPED) if stopped else (DeliveryState.WAITING, "")
    mark_all(session, chunk, part, (DeliveryState.HANDED_OVER, DeliveryState.IN_DOUBT), state, now, why)


def mark(
    session: Session, campaign_id: int, friends: Sequence[int], state: DeliveryState, now: datetime, why: str = ""
) -> None:
    """Set the copies of some friends of a send."""
    values = {"state": state, "why": str(why), "at": now}
    for start in range(0, len(friends), _BATCH):
        where = (Delivery.campaign_id == campaign_id, Delivery.friend_id.in_(friends[start : start + _BATCH]))
        session.execute(update(Delivery).where(*where).values(**values), execution_options=_PLAIN)


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


def _members(
    session: Session, campaign: Campaign, parts: Sequence[Part], state: DeliveryState
) -> dict[int, list[Member]]:
    """Return the chunks' friends in order, each with the reason that has come up since the send was confirmed."""
    members: dict[int, list[Member]] = {part.number: [] for part in parts}
    if not parts:
        return members
    found = session.execute(
        select(
            Delivery.chunk,
            Delivery.friend_id,
            Delivery.line_user_id,
            ids.is_blocked(session, campaign.channel_id),
            # Compared in SQL: an enum made of each of 16,000 answers would take longer than all the rest of a turn.
            Friend.marketing == Marketing.REFUSED,
            ids.line_id(campaign.channel_id),
        )
        .join(Friend, Friend.id == Delivery.friend_id)
        .where(
            Delivery.campaign_id == campaign.id,
            Delivery.friend_id.between(min(part.first for part in parts), max(part.last for part in parts)),
            Delivery.chunk.in_(list(members)),
            Delivery.state == state,
        )
        .order_by(Delivery.friend_id)
    ).all()
    gone = left_path(session, campaign.id, [row[1] for row in found]) if state is DeliveryState.WAITING else set[int]()
    for chunk, friend, frozen, blocked, refused, current in found:
        why = _why(is_blocked=blocked, has_refused=refused, is_same_id=(frozen or "") == current)
        why = why or (Why.LEFT_PATH if friend in gone else "")
        if chunk is not None:
            members[chunk].append(Member(friend, frozen or "", why))
    return members


def _why(*, is_blocked: bool, has_refused: bool, is_same_id: bool) -> str:
    if is_blocked:
        return Why.BLOCKED
    if has_refused:
        return Why.REFUSED
    return "" if is_same_id else Why.CHANGED_ID
