"""Random writes and counts in turn: a kept count is always what SQL says, whatever was written between."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType
from linecrm_desktop.segments import codec, counting, library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    AverageOrder,
    Bought,
    CameFrom,
    CanOptOut,
    Compare,
    Did,
    FieldTest,
    FirstOrder,
    Got,
    HasTag,
    InSegment,
    Joined,
    LastOrder,
    LastReaction,
    NoneOf,
    Orders,
    OwnField,
    Received,
    Returned,
    Rfm,
    Rule,
    Spent,
    TagMatch,
    UsedDiscount,
)
from linecrm_desktop.store import packed
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.segments.filled import OTHERS, fill
from tests.segments.trees import BIRTHDAY, CATEGORIES, HOBBIES, POINTS, SKIN, SOURCES, TAGS

RULES: tuple[Rule, ...] = (
    HasTag((1,)),
    HasTag((1, 2), TagMatch.NONE, origin=TagOrigin.HAND),
    CameFrom((4,), inside=False),
    CameFrom((4, 5), unknown=True),
    Joined(days=30),
    CanOptOut(Answer.YES),
    Bought("serum"),
    Orders(Compare.AT_MOST, 1),
    Spent(Compare.AT_LEAST, 2000, days=60),
    AverageOrder(Compare.BETWEEN, 500, 2500),
    LastOrder(30),
    FirstOrder(60),
    UsedDiscount(Compare.AT_MOST, 1),
    Returned(Compare.EXACTLY, 0, days=60),
    Rfm((3, 5), (2, 5)),
    Did(EventKind.CLICK, Compare.AT_LEAST, 2),
    LastReaction(30),
    Received(Compare.AT_LEAST, 1, days=None),
    Got(1, got=False),
    OwnField(SKIN, FieldTest.CONTAINS, ("dry",)),
    OwnField(POINTS, FieldTest.NUMBER, number=1),
    OwnField(BIRTHDAY, FieldTest.COMES_ROUND, days=30),
    OwnField(HOBBIES, FieldTest.NONE, ("tea_cup",)),
    OwnField(HOBBIES, FieldTest.UNKNOWN),
    InSegment(1),
    InSegment(2, inside=False),
    NoneOf((Did(EventKind.CLICK, days=7), HasTag((2,)))),
    AnyOf((AllOf((HasTag((1,)), LastOrder(60, older=False))), Did(EventKind.MENU, Compare.EXACTLY, 0))),
)
GROUPS = (AllOf, AnyOf, NoneOf)
"""All rules at once name all that there is, so that what is kept of it serves the next reader."""
Write = Callable[[Session, Maker, random.Random, int], object]


def _set(row: type[Friend | Order | Delivery], r: random.Random, friend: int, **choices: object) -> Update:
    """Change one of the columns of a friend, or of what is theirs."""
    name = r.choice(list(choices))
    owner = row.id if row is Friend else row.friend_id  # pyright: ignore[reportAttributeAccessIssue]
    return update(row).where(owner == friend).values({name: choices[name]})


def _of_friends(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    match r.randrange(3):
        case 0:
            make.friend(session, joined_at=make.ago(r.randrange(60)))
        case 1:
            session.execute(delete(Friend).where(Friend.id == friend))
        case _:
            told = {"joined_at": make.ago(r.randrange(60)), "name": "Mei", "can_opt_out": r.choice(list(Answer))}
            session.execute(_set(Friend, r, friend, marketing=r.choice(list(Marketing)), **told))


def _of_tags(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    tag = r.choice(TAGS + SOURCES)
    match r.randrange(5):
        case 0:
            given = {"friend_id": friend, "origin": r.choice(list(TagOrigin)), "since": make.ago(r.randrange(60))}
            session.merge(FriendTag(tag_id=tag, **given))
        case 1:
            session.execute(delete(FriendTag).where(FriendTag.friend_id == friend))
        case 2:
            session.execute(update(Tag).where(Tag.id == tag).values(type=r.choice((TagType.SOURCE, TagType.INTEREST))))
        case 3:
            session.execute(update(Tag).where(Tag.id == tag).values(retired_at=r.choice((None, make.now))))
        case _:
            session.execute(update(Tag).where(Tag.id.in_(SOURCES)).values(type=TagType.SOURCE))


def _of_orders(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    match r.randrange(3):
        case 0:
            told = {"total": r.randrange(4) * 1000, "discount": r.choice((None, 0, 100))}
            made = make.order(session, friend, r.randrange(90), lines=[(*CATEGORIES, 1)], **told)
            session.execute(update(Order).where(Order.id == made).values(state=r.choice(list(OrderState))))
        case 1:
            states = r.choice((OrderState.REFUNDED, OrderState.CANCELLED, OrderState.PLACED))
            session.execute(_set(Order, r, friend, state=states, discount=r.choice((None, 0, 100)), total=700))
        case _:
            session.execute(_set(Order, r, friend, at=make.ago(r.randrange(90)), discount=None))


def _of_events(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    if r.random() < 0.6:
        make.event(session, friend, r.choice((EventKind.CLICK, EventKind.MENU)), r.randrange(40))
    else:
        session.execute(delete(Event).where(Event.friend_id == friend))


def _change_field(session: Session, make: Maker, field: int) -> None:
    """Take a field away with all its values, or bring it back as one of another kind."""
    gone = session.get(Field, field)
    if gone is not None:
        session.execute(delete(Field).where(Field.id == field))
    else:
        session.add(Field(id=field, name="new", name_key=f"new {field}", kind=FieldKind.TEXT, created_at=make.now))


def _of_fields(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    field = r.choice((SKIN, POINTS, BIRTHDAY, HOBBIES))
    if session.get(Field, field) is None or r.random() < 0.03:
        _change_field(session, make, field)
        return
    day = (make.now.date() + timedelta(days=r.randrange(-60, 60))).isoformat()
    text = {SKIN: r.choice(("dry", "Oily")), POINTS: "1", BIRTHDAY: day, HOBBIES: r.choice(("tea_cup", "dance"))}[field]
    match r.randrange(3):
        case 0:
            number = r.choice((0.5, 2.5)) if field == POINTS else None
            place = r.randrange(3) if field == HOBBIES else 0
            told = {"text": text, "number": number, "place": place, "since": make.now}
            session.merge(FriendField(field_id=field, friend_id=friend, **told))
        case 1:
            mine = FriendField.friend_id == friend, FriendField.field_id == field
            session.execute(update(FriendField).where(*mine).values(text=text))
        case _:
            session.execute(delete(FriendField).where(FriendField.friend_id == friend))


def _of_sends(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    campaign = r.choice(list(session.scalars(select(Campaign.id))))
    match r.randrange(4):
        case 0:
            told = {"state": r.choice(list(DeliveryState)), "at": make.ago(r.randrange(60)), "why": ""}
            session.merge(Delivery(campaign_id=campaign, friend_id=friend, **told))
        case 1:
            session.execute(_set(Delivery, r, friend, state=r.choice(list(DeliveryState)), at=make.now))
        case 2:
            session.execute(update(Campaign).where(Campaign.id == campaign).values(message_id=_message(session, r)))
        case _:
            session.execute(delete(Delivery).where(Delivery.friend_id == friend))


def _message(session: Session, r: random.Random) -> int | None:
    return r.choice((None, *session.scalars(select(Message.id))))


def _of_words(session: Session, make: Maker, r: random.Random, _friend: int) -> None:
    """What rules name: other rules, and messages that go and come again."""
    rule = codec.to_json(AllOf((r.choice(RULES[:20]),)))
    match r.randrange(4):
        case 0:
            session.execute(update(Segment).where(Segment.id == 1).values(rule=rule))
        case 1:
            session.execute(update(Segment).where(Segment.id == 2).values(rule={"kind": "martian"}))
        case 2:
            session.execute(update(Segment).where(Segment.id == 2).values(rule=codec.to_json(OTHERS[2])))
        case _:
            session.execute(update(Campaign).where(Campaign.message_id == 1).values(message_id=2))
            gone = session.execute(delete(Message).where(Message.id == 1))
            if not gone.rowcount:  # pyright: ignore[reportAttributeAccessIssue]
                session.add(Message(id=1, name="Spring", created_at=make.now, changed_at=make.now))


WRITES: tuple[Write, ...] = (_of_friends, _of_tags, _of_orders, _of_events, _of_fields, _of_sends, _of_words)


def answer(count: Callable[[], list[int]]) -> list[int] | str:
    """Return who was counted, or the sentence with which it was refused."""
    try:
        return count()
    except ShopError as refused:
        return refused.sentence()


@pytest.fixture(params=["rows", "packed columns"])
def packs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count from rows, and from packed columns; in a test every table is long."""
    if request.param == "packed columns":
        monkeypatch.setattr(packed, "WORTH", 5)
        monkeypatch.setattr(packed, "STRETCH", 20)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.usefixtures("packs")
def test_counts_between_random_writes_are_what_sql_says(
    database: Database, make: Maker, day: ShopDay, seed: int
) -> None:
    r = random.Random(seed)
    with database.write() as session:
        fill(session, make, friends=30, seed=seed)
        for number, rule in OTHERS.items():
            told = {"name": f"Segment {number}", "created_at": make.now, "changed_at": make.now}
            session.add(Segment(id=number, rule=codec.to_json(rule), **told))
    for step in range(100):
        if step % 9 == 0:
            database.optimise()
        with database.write() as session:
            friend = r.choice(list(session.scalars(select(Friend.id))))
            r.choice(WRITES)(session, make, r, friend)
        with database.read() as session:
            kept = Counting(session, day)
            for rule in (r.choice(GROUPS)(RULES), *r.sample(RULES, 4)):
                by_sets = answer(lambda rule=rule, kept=kept: counting.ids(kept.who(rule)))
                by_select = answer(lambda rule=rule, session=session: library.members(session, rule, day))
                assert by_sets == by_select, rule
