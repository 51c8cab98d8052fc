"""What a person does before and during a send: write a message, confirm it, send it, look at it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import asking, freezing, gate, sending
from linecrm_desktop.campaigns.asking import Outside
from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line, Quota
from linecrm_desktop.line.web import Web
from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.maker import Maker

AMBER = {
    *("brief", "consent", "informed", "quota", "quiet", "cap", "size", "tested", "kept_back", "content"),
    *("first_contact", "again"),
}
"""Every key, as if a person had read every warning there is."""
AT_ONCE = (0.0, 0.0, 0.0, 0.0, 0.0)


class Shopkeeper:
    """One person at work in one shop, who has read every warning and never waits between tries."""

    def __init__(self, database: Database, clock: Clock, make: Maker) -> None:
        self.database = database
        self.clock = clock
        self.make = make
        self.tag = 0
        self.segment = 0

    @property
    def day(self) -> ShopDay:
        return ShopDay.of(self.clock(), "Asia/Taipei")

    def prepare(self) -> None:
        with self.database.write() as session:
            self.tag = self.make.tag(session, "Serum", id=100)
            rule = codec.to_json(AllOf((HasTag((self.tag,)),)))
            now = self.clock()
            segment = Segment(name="Serum buyers", rule=rule, created_at=now, changed_at=now)
            session.add(segment)
            session.flush()
            self.segment = segment.id

    def friends(self, count: int, **columns: Any) -> list[int]:
        """Add friends to the segment."""
        columns.setdefault("informed", Answer.YES)
        columns.setdefault("can_opt_out", Answer.YES)
        with self.database.write() as session:
            found = [self.make.friend(session, **columns) for _friend in range(count)]
            for friend in found:
                self.make.give(session, self.tag, friend)
        return found

    def draft(self, text: str = "Refill is here", **answers: Any) -> MessageDraft:
        brief = {
            "segment_id": self.segment,
            "why_now": "The bottle is empty now",
            "what": "Refill costs less this week",
            "keep_back": 0,
        }
        return MessageDraft("Serum refill", Brief(**(brief | answers)), (TextBubble(text),))

    def message(self, text: str = "Refill is here", **answers: Any) -> int:
        """Keep a message that a tester has read."""
        with self.database.write() as session:
            message = library.save(session, self.draft(text, **answers), self.clock())
            self.make.was_tested(session, message)
            return message

    def look(self, message: int, quota: Quota | None = None, outside: Outside | None = None) -> gate.GateReport:
        with self.database.read() as session:
            return gate.inspect(session, message, self.day, self.clock(), quota, outside=outside)

    def ask(self, message: int, line: Line | None, web: Web | None = None) -> gate.GateReport:
        """Look at a message after LINE and its links were asked about it."""
        outside = asking.ask(line, web or Web(nowhere), self.look(message).questions)
        return self.look(message, outside.quota, outside)

    def freeze(self, message: int | None = None, *, chunk: int = 500, text: str = "Refill is here") -> int:
        """Confirm a message as a person does who has read everything and types the number shown."""
        message = message if message is not None else self.message(text)
        with self.database.write() as session:
            typed = gate.inspect(session, message, self.day, self.clock(), None).recipients
            return freezing.freeze(session, message, typed, self.day, self.clock(), AMBER, None, chunk_size=chunk)

    def send(self, campaign: int, line: Line, task: Task | None = None) -> sending.SendSummary:
        return sending.send(self.database, campaign, line, task or Task(), self.clock, AT_ONCE)

    def standing(self, campaign: int) -> sending.Standing:
        with self.database.read() as session:
            return sending.standing(session, campaign)

    def states(self, campaign: int) -> dict[int, tuple[DeliveryState, str]]:
        with self.database.read() as session:
            chosen = select(Delivery).where(Delivery.campaign_id == campaign)
            return {copy.friend_id: (copy.state, copy.why) for copy in session.scalars(chosen)}

    def line_ids(self, friends: list[int]) -> list[str]:
        with self.database.read() as session:
            return [line_id(session, friend) for friend in friends]


def nowhere(_host: str, _port: int) -> list[str]:
    """Find no address, as on a computer without a way out."""
    raise OSError


def line_id(session: Session, friend: int) -> str:
    found = session.get_one(Friend, friend).line_user_id
    assert found is not None
    return found
