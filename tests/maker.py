"""Puts single rows into a test's shop, with plain defaults for all that the test does not care about."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import testing
from linecrm_desktop.messages import blocks
from linecrm_desktop.models import tester
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType


class Maker:
    """Makes friends, tags, orders and events; every method returns the new row's id."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._numbers = count(1)

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def friend(self, session: Session, **columns: Any) -> int:
        number = next(self._numbers)
        columns.setdefault("line_user_id", f"U{number:032x}")
        columns.setdefault("created_at", self.now)
        columns.setdefault("name", f"Friend {number}")
        return self._add(session, Friend(**columns))

    def tag(self, session: Session, name: str, type: TagType = TagType.INTEREST, **columns: Any) -> int:
        columns.setdefault("created_at", self.now)
        columns.setdefault("name_key", name.casefold())
        return self._add(session, Tag(name=name, type=type, **columns))

    def give(self, session: Session, tag: int, friend: int, origin: TagOrigin = TagOrigin.HAND, **columns: Any) -> None:
        columns.setdefault("since", self.now)
        session.add(FriendTag(tag_id=tag, friend_id=friend, origin=origin, **columns))
        session.flush()

    def order(
        self,
        session: Session,
        friend: int,
        days_ago: float = 10,
        total: int = 100_000,
        lines: Iterable[tuple[str, str, int]] = (),
        state: OrderState = OrderState.PLACED,
        **columns: Any,
    ) -> int:
        """Add an order; lines are (product, category, quantity), total is in smallest units."""
        at = columns.pop("at", self.ago(days_ago))
        columns.setdefault("number", f"T-{next(self._numbers)}")
        columns.setdefault("currency", "TWD")
        order = self._add(session, Order(friend_id=friend, at=at, total=total, state=state, **columns))
        for product, category, quantity in lines:
            counted = state is OrderState.PLACED
            line = {"goods_id": self.goods(session, product, category), "quantity": quantity, "is_counted": counted}
            self._add(session, OrderLine(order_id=order, friend_id=friend, at=at, **line))
        return order

    def goods(self, session: Session, product: str, category: str) -> int:
        """Return the goods of that name, made if they are not there."""
        there = session.scalar(select(Goods.id).where(Goods.product == product, Goods.category == category))
        return there or self._add(session, Goods(product=product, category=category))

    def event(
        self, session: Session, friend: int, kind: EventKind, days_ago: float = 3, category: str = "", **columns: Any
    ) -> int:
        at = columns.pop("at", self.ago(days_ago))
        return self._add(session, Event(friend_id=friend, kind=kind, at=at, category=category, **columns))

    def campaign(self, session: Session, **columns: Any) -> int:
        """Add a send that is over."""
        told: dict[str, Any] = {
            "segment_name": "Everybody",
            "segment_rule": {},
            "brief": {},
            "bubbles": [],
            "unit": "u",
        }
        told |= {"name": f"Send {next(self._numbers)}", "state": CampaignState.DONE, "created_at": self.now}
        told |= {"recipients": 0, "reach_then": 0, "ended_at": self.now}
        return self._add(session, Campaign(**(told | columns)))

    def delivery(
        self,
        session: Session,
        campaign: int,
        friend: int,
        state: DeliveryState = DeliveryState.ACCEPTED,
        **columns: Any,
    ) -> None:
        columns.setdefault("at", self.now)
        session.add(Delivery(campaign_id=campaign, friend_id=friend, state=state, **columns))
        session.flush()

    def was_tested(self, session: Session, message: int) -> None:
        """Write down that a tester of the shop got a message as it is now."""
        number = next(self._numbers)
        user = f"U{number:032x}"
        self._add(session, tester.Tester(name=f"Tester {number}", line_user_id=user, created_at=self.now))
        row = session.get_one(Message, message)
        told: dict[str, Any] = {"state": tester.SentTestState.ACCEPTED, "retry_key": f"test-{number}", "body": {}}
        told |= {"fingerprint": testing.fingerprint(blocks.from_json(row.bubbles)), "tester_name": f"Tester {number}"}
        practice = session.get_one(Shop, 1).is_practice
        self._add(
            session,
            tester.SentTest(message_id=message, line_user_id=user, is_practice=practice, at=self.now, **told),
        )

    def _add(self, session: Session, row: Any) -> int:
        session.add(row)
        session.flush()
        return row.id
