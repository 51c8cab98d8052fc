"""A shop whose dates lie on and beside the borders that random trees ask about."""

import random
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, InSegment, LastOrder, NoneOf, Rule
from linecrm_desktop.segments.sentence import Names
from tests.maker import Maker
from tests.segments.trees import CATEGORIES, HOBBIES, MESSAGES, SKIN, SOURCES, TAGS

OTHERS: dict[int, Rule] = {
    1: AllOf((HasTag((1, 2)),)),
    2: AnyOf((LastOrder(30), NoneOf((InSegment(1),)))),
}
FIELD_NAMES = {1: "skin type", 2: "points", 3: "birthday", 4: "hobbies"}
NAMES = Names(
    tags={1: "50 %_off", 2: "O'Neil", 3: "保濕🌿", 4: "Instagram", 5: "shop"},
    segments={1: "Warm", 2: "Quiet"},
    fields=FIELD_NAMES,
    messages={1: "Spring", 2: "Summer"},
)
_KINDS = (FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE, FieldKind.LIST)
_WORDS = ("dry", "Oily skin", "50 % dry", "敏感🌿肌", "O'Neil", "teaXcup", "tea_cup")


def fill(session: Session, make: Maker, friends: int = 60, seed: int = 7) -> None:
    """A shop whose dates lie on and beside the borders that the trees ask about."""
    r = random.Random(seed)
    for tag in TAGS + SOURCES:
        make.tag(session, NAMES.tags[tag], TagType.SOURCE if tag in SOURCES else TagType.INTEREST, id=tag)
    for number, name in FIELD_NAMES.items():
        session.add(Field(id=number, name=name, name_key=name, kind=_KINDS[number - 1], created_at=make.now))
    sends = [_send(session, make, message) for message in MESSAGES]
    midnight = make.now.replace(hour=16, minute=0) - timedelta(days=1)

    def moment() -> datetime:
        edge = midnight - timedelta(days=r.choice((0, 1, 7, 30, 60)))
        return r.choice((edge, edge - timedelta(seconds=1), make.ago(r.randrange(90))))

    for _number in range(friends):
        answers = {name: r.choice(list(Answer)) for name in ("informed", "can_opt_out")}
        joined = moment() if r.random() < 0.8 else None
        friend = make.friend(session, joined_at=joined, marketing=r.choice(list(Marketing)), **answers)
        for tag in r.sample(TAGS + SOURCES, r.randrange(4)):
            make.give(session, tag, friend, r.choice(list(TagOrigin)), since=moment())
        for _order in range(r.choice((0, 0, 1, 2, 3))):
            lines = [(r.choice(CATEGORIES), r.choice(CATEGORIES), 2) for _line in range(r.randrange(3))]
            state = r.choice((OrderState.PLACED, OrderState.PLACED, OrderState.CANCELLED, OrderState.REFUNDED))
            told = {"at": moment(), "total": r.randrange(4) * 1000, "discount": r.choice((None, 0, 0, 100))}
            make.order(session, friend, lines=lines, state=state, **told)
        for _event in range(r.randrange(4)):
            kind = r.choice((EventKind.CLICK, EventKind.MENU, EventKind.BLOCK))
            category, detail = r.choice(("", *CATEGORIES)), r.choice(("", "spring"))
            make.event(session, friend, kind, at=moment(), category=category, detail=detail)
        for campaign in sends:
            if r.random() < 0.5:
                state = r.choice((DeliveryState.ACCEPTED, DeliveryState.ACCEPTED, DeliveryState.REFUSED))
                make.delivery(session, campaign, friend, state, at=moment())
        _fill_fields(session, make, r, friend)


def _send(session: Session, make: Maker, number: int) -> int:
    named = {"name": NAMES.messages[number], "created_at": make.now, "changed_at": make.now}
    session.add(Message(id=number, **named))
    session.flush()
    return make.campaign(session, message_id=number)


def _fill_fields(session: Session, make: Maker, r: random.Random, friend: int) -> None:
    def put(field: int, text: str, number: float | None = None, place: int = 0) -> None:
        told = {"text": text, "number": number, "place": place, "since": make.now}
        session.add(FriendField(field_id=field, friend_id=friend, **told))

    if r.random() < 0.7:
        put(SKIN, r.choice(_WORDS))
    if r.random() < 0.7:
        value = r.choice((0, 0.5, 1.5, 2.5, 3.0))
        put(2, str(value), value)
    if r.random() < 0.7:
        born = date(2026, 11, 12) - timedelta(days=r.choice((-40, -1, 0, 1, 7, 8, 30, 31, 60, 61)))
        put(3, r.choice((born, born.replace(year=1984), date(1984, 2, 29))).isoformat())
    for place, word in enumerate(r.sample(_WORDS, r.randrange(4))):
        put(HOBBIES, word, place=place)
    session.flush()
