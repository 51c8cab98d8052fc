"""A shop whose dates lie on and beside the borders that random trees ask about."""

import random
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, InSegment, LastOrder, NoneOf, Rule
from tests.maker import Maker
from tests.segments.trees import CATEGORIES, SOURCES, TAGS

OTHERS: dict[int, Rule] = {
    1: AllOf((HasTag((1, 2)),)),
    2: AnyOf((LastOrder(30), NoneOf((InSegment(1),)))),
}


def fill(session: Session, make: Maker, friends: int = 60, seed: int = 7) -> None:
    """A shop whose dates lie on and beside the borders that the trees ask about."""
    r = random.Random(seed)
    for tag in TAGS:
        make.tag(session, f"tag {tag}")
    for source in SOURCES:
        make.tag(session, f"source {source}", TagType.SOURCE)
    midnight = make.now.replace(hour=16, minute=0) - timedelta(days=1)

    def moment() -> datetime:
        edge = midnight - timedelta(days=r.choice((0, 1, 7, 30, 60)))
        return r.choice((edge, edge - timedelta(seconds=1), make.ago(r.randrange(90))))

    for _number in range(friends):
        friend = make.friend(session, joined_at=moment() if r.random() < 0.8 else None)
        for tag in r.sample(TAGS + SOURCES, r.randrange(4)):
            make.give(session, tag, friend)
        for _order in range(r.choice((0, 0, 1, 2, 3))):
            lines = [(r.choice(CATEGORIES), r.choice(CATEGORIES), 2) for _line in range(r.randrange(3))]
            state = r.choice((OrderState.PLACED, OrderState.PLACED, OrderState.CANCELLED))
            make.order(session, friend, at=moment(), total=r.randrange(4) * 1000, lines=lines, state=state)
        for _event in range(r.randrange(4)):
            kind = r.choice((EventKind.CLICK, EventKind.MENU))
            make.event(session, friend, kind, at=moment(), category=r.choice(("", *CATEGORIES)))
