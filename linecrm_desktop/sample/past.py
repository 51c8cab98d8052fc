"""What the sample shop has written and sent so far: a draft, five sends with their copies, and LINE's counts."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.line.gateway import MULTICAST_MAX
from linecrm_desktop.messages import blocks, brief, library
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import OptOutBubble, TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.figures import LINE_ZONE
from linecrm_desktop.sample import history, walking
from linecrm_desktop.sample.letters import NEXT, PAST, STOP, Letter
from linecrm_desktop.sample.people import Person
from linecrm_desktop.sample.questions import save_segments
from linecrm_desktop.sample.sends import Sent
from linecrm_desktop.sample.sorting import ids_of_friends
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import SEED, world
from linecrm_desktop.text import _

TARGET_REACH = 4244
LIMIT = 6000
_PLAN = "high"
_ACCOUNT = {
    "user_id": "U00000000000000000000000000000001",
    "basic_id": "@morningmist",
    "name": "晨霧選物 Morning Mist",
    "picture_url": None,
    "may_read_friends": True,
}
_MORNING = timedelta(hours=9)
_SECONDS = timedelta(seconds=40)
"""How long a send took."""


@dataclass(frozen=True, slots=True)
class _Send:
    """One past send, ready to be written."""

    id: int
    sent: Sent
    began: datetime

    @property
    def ended(self) -> datetime:
        return self.began + _SECONDS


def make(session: Session, day: ShopDay, now: datetime) -> None:
    """Save segments and messages, write the past sends, what LINE said today, and the segments' numbers over time."""
    segments = save_segments(session, history.began(day))
    friends = ids_of_friends(session)
    rng = Random(SEED + 2)
    sent = tuple(world().sends.named().values())
    for letter, who in zip(PAST, sent, strict=True):
        began = day.start_of(day.today - timedelta(days=letter.days_ago)) + timedelta(hours=letter.hour)
        message = _save_message(session, letter, segments, began)
        campaign = _campaign(session, letter, message, segments, who, began)
        send = _Send(campaign, who, began)
        _write_copies(session, rng, send, friends)
        _write_what_followed(session, send, letter, friends, now)
    _save_message(session, NEXT, segments, now)
    _connect(session, now, sum(len(one.accepted) for one in sent))
    _date_first_import(session, day)
    history.write(session, segments, day, now)
    walking.walk(session, day, now)


def _date_first_import(session: Session, day: ShopDay) -> None:
    """Let the first file have come on the Monday three weeks ago, so that the plan is in its fourth week."""
    monday = day.today - timedelta(days=day.today.weekday() + 21)
    first = session.scalars(select(ImportBatch).order_by(ImportBatch.id)).first()
    if first is not None:
        first.at = day.start_of(monday) + _MORNING


def _save_message(session: Session, letter: Letter, segments: dict[str, int], now: datetime) -> int:
    return library.save(session, _draft(letter, segments), now)


def _draft(letter: Letter, segments: dict[str, int]) -> MessageDraft:
    answers = Brief(segments[letter.segment], said(letter.why_now), said(letter.what), good_if=letter.good_if)
    bubbles = (*(TextBubble(_(text)) for text in letter.bubbles), OptOutBubble(_(STOP)))
    return MessageDraft(said(letter.name), answers, bubbles)


def _campaign(
    session: Session, letter: Letter, message: int, segments: dict[str, int], sent: Sent, began: datetime
) -> int:
    """Write a campaign as freezing a send would have written it then, and as sending would have left it."""
    segment = session.get_one(Segment, segments[letter.segment])
    draft = _draft(letter, segments)
    row = Campaign(
        message_id=message,
        name=draft.name,
        segment_name=said(letter.segment_name) or segment.name,
        segment_rule=segment.rule,
        brief=brief.to_json(draft.brief),
        bubbles=blocks.to_json(draft.bubbles),
        unit="",
        state=CampaignState.DONE,
        is_practice=True,
        recipients=len(sent.accepted),
        reach_then=TARGET_REACH,
        created_at=began - timedelta(minutes=1),
        started_at=began,
        ended_at=began + _SECONDS,
    )
    session.add(row)
    session.flush()
    key = session.scalars(select(Shop.key)).one()
    row.unit = f"tw_{began:%Y%m%d}_{row.id}_{key[:6]}"[:30]
    session.flush()
    return row.id


def _write_copies(session: Session, rng: Random, send: _Send, friends: dict[str, int]) -> None:
    rows = chain(
        (
            _copy(send, friends, person, DeliveryState.ACCEPTED, place // MULTICAST_MAX)
            for place, person in enumerate(send.sent.accepted)
        ),
        (_copy(send, friends, person, DeliveryState.KEPT_BACK) for person in send.sent.kept),
        (_copy(send, friends, person, DeliveryState.LEFT_OUT) for person in send.sent.left_out),
    )
    session.execute(insert(Delivery), list(rows))
    requests = -(-len(send.sent.accepted) // MULTICAST_MAX)
    session.execute(insert(Chunk), [_request(rng, send, number) for number in range(requests)])


def _write_what_followed(session: Session, send: _Send, letter: Letter, friends: dict[str, int], now: datetime) -> None:
    """Write down who blocked the account within two days, and what LINE says of opens and clicks."""
    for place, person in enumerate(send.sent.blocked):
        at = send.began + timedelta(hours=2 + 7 * place)
        session.add(Event(friend_id=friends[person.member], kind=EventKind.BLOCK, at=at))
    days = {"sent_on": send.ended.astimezone(LINE_ZONE).date(), "day": now.astimezone(LINE_ZONE).date()}
    session.add(Reading(campaign_id=send.id, variant=0, at=now, seen=letter.seen, pressed=letter.pressed, **days))


def _copy(
    send: _Send, friends: dict[str, int], person: Person, state: DeliveryState, chunk: int | None = None
) -> dict[str, Any]:
    out = state is DeliveryState.LEFT_OUT
    return {
        "campaign_id": send.id,
        "friend_id": friends[person.member],
        "line_user_id": None if state is DeliveryState.KEPT_BACK else person.line_id,
        "state": state,
        "why": str(person.fate) if out else "",
        "chunk": chunk,
        "at": send.ended if state is DeliveryState.ACCEPTED else send.began,
    }


def _request(rng: Random, send: _Send, number: int) -> dict[str, Any]:
    return {
        "campaign_id": send.id,
        "number": number,
        "state": ChunkState.ACCEPTED,
        "retry_key": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "first_try_at": send.began,
        "tries": 1,
        "request_id": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
        "answer": "",
    }


def _connect(session: Session, now: datetime, used: int) -> None:
    shop = session.scalars(select(Shop)).one()
    shop.line_account, shop.plan = dict(_ACCOUNT), _PLAN
    shop.line_limit, shop.line_used, shop.line_reach, shop.line_read_at = LIMIT, used, TARGET_REACH, now
