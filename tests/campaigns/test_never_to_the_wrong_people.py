"""Made-up shops at work for some days: whatever they do, the practice LINE's ledger holds nobody it must not hold.

The shops are drawn by a seed: tags, segments that name each other, consents, blocks, caps, quiet hours, hold-outs,
variants, sends that break off, people who refuse or block between two tries. What is right is worked out here a second
time, in plain Python and from what the shop did, never by the code that sends.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from linecrm_desktop.campaigns import freezing, gate
from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.messages import library
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, InSegment, NoneOf, Rule
from tests.campaigns.shopkeeper import AMBER, Shopkeeper

SEEDS = 16
FRIENDS, TAGS, ACTS = 24, 4, 9
ZONE = ZoneInfo("Asia/Taipei")
FAULTS = (Fault.TOKEN, Fault.MONTH_FULL, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.DROP_AFTER, Fault.BUSY)


@dataclass
class Person:
    """What the test knows of one friend."""

    id: int
    line_id: str | None
    tags: set[int]
    informed: bool
    blocked: bool = False
    refused: bool = False


@dataclass
class Send:
    """What the test knows of one send: who may get it, and who must not."""

    id: int
    unit: str
    may: set[str]
    copies: dict[str, datetime] = field(default_factory=dict[str, datetime])


class MadeUpShop:
    """One shop, and a second account of all that it does."""

    def __init__(self, shop: Shopkeeper, world: PracticeWorld, line: SdkLine, seed: int) -> None:
        self.shop, self.world, self.line = shop, world, line
        self.draw = random.Random(seed)
        self.people: list[Person] = []
        self.segments: dict[int, tuple[Rule, tuple[int, int] | None]] = {}
        self.sends: list[Send] = []
        self.cap = (0, 1)
        self.quiet = (0, 0)
        self._settle()
        self._fill()

    def _settle(self) -> None:
        self.cap = (self.draw.randint(0, 3), self.draw.randint(1, 4))
        self.quiet = self.draw.choice([(0, 0), (21 * 60, 8 * 60), (12 * 60, 14 * 60), (23 * 60 + 30, 30)])
        with self.shop.database.write() as session:
            row = session.get_one(Shop, 1)
            row.cap_messages, row.cap_days = self.cap
            row.quiet_from, row.quiet_to = self.quiet
            row.blocks_uninformed = False

    def _fill(self) -> None:
        draw, make, now = self.draw, self.shop.make, self.shop.clock()
        with self.shop.database.write() as session:
            tags = [make.tag(session, f"Tag {place}") for place in range(TAGS)]
            for _friend in range(FRIENDS):
                told = Person(0, None, set(draw.sample(tags, draw.randint(0, TAGS))), draw.random() < 0.7)
                told.blocked, told.refused = draw.random() < 0.1, draw.random() < 0.2
                columns = {} if draw.random() < 0.9 else {"line_user_id": None}
                told.id = make.friend(
                    session,
                    informed=Answer.YES if told.informed else draw.choice([Answer.NO, Answer.UNKNOWN]),
                    can_opt_out=Answer.YES,
                    is_blocked=told.blocked,
                    marketing=Marketing.REFUSED
                    if told.refused
                    else draw.choice([Marketing.ALLOWED, Marketing.UNKNOWN]),
                    **columns,
                )
                told.line_id = session.get_one(Friend, told.id).line_user_id
                for tag in told.tags:
                    make.give(session, tag, told.id)
                self.people.append(told)
            for place in range(4):
                rule, cap = self._rule(tags, 2), draw.choice([None, None, (1, 2), (2, 6)])
                row = Segment(name=f"S{place}", rule=codec.to_json(rule), created_at=now, changed_at=now)
                row.cap_messages, row.cap_days = cap or (None, None)
                session.add(row)
                session.flush()
                self.segments[row.id] = (rule, cap)

    def _rule(self, tags: list[int], depth: int) -> AllOf:
        """Draw a tree; a segment names only those that were made before it."""
        leaves: list[Rule] = []
        for _leaf in range(self.draw.randint(1, 3)):
            kind = self.draw.random()
            if depth and kind < 0.35:
                joint = self.draw.choice([AllOf, AnyOf, NoneOf])
                leaves.append(joint(self._rule(tags, depth - 1).rules))
            elif self.segments and kind < 0.6:
                leaves.append(InSegment(self.draw.choice(list(self.segments)), self.draw.random() < 0.6))
            else:
                leaves.append(HasTag((self.draw.choice(tags),)))
        return AllOf(tuple(leaves))

    def holds(self, rule: Rule, person: Person) -> bool:
        """Decide membership a second time."""
        match rule:
            case HasTag():
                return bool(person.tags & set(rule.tags))
            case InSegment():
                return self.holds(self.segments[rule.segment][0], person) is rule.inside
            case AllOf():
                return all(self.holds(one, person) for one in rule.rules)
            case AnyOf():
                return any(self.holds(one, person) for one in rule.rules)
            case NoneOf():
                return not any(self.holds(one, person) for one in rule.rules)
            case _:
                raise AssertionError(rule)

    def had(self, person: Person, days: int) -> int:
        """Count what a person got in the window of a cap, or may still get of sends that are not over."""
        since = self.shop.day.days_ago(days)
        got = sum(at >= since for send in self.sends for user, at in send.copies.items() if user == person.line_id)
        with self.shop.database.read() as session:
            states = (DeliveryState.WAITING, DeliveryState.HANDED_OVER)
            waiting = select(Delivery.campaign_id).where(Delivery.friend_id == person.id, Delivery.state.in_(states))
            mine = set(session.scalars(waiting))
        open_ = sum(send.id in mine and person.line_id not in send.copies for send in self.sends)
        return got + open_

    def may_get(self, person: Person, segment: int, *, only_informed: bool) -> bool:
        rule, own = self.segments[segment]
        caps = [cap for cap in (self.cap, own) if cap and cap[0]]
        return (
            bool(person.line_id)
            and not person.blocked
            and not person.refused
            and (person.informed or not only_informed)
            and self.holds(rule, person)
            and all(self.had(person, days) < most for most, days in caps)
        )

    def is_quiet(self, at: datetime) -> bool:
        begins, ends = self.quiet
        local = at.astimezone(ZONE)
        minute = local.hour * 60 + local.minute
        return begins <= minute < ends if begins <= ends else minute >= begins or minute < ends

    def confirm(self) -> None:
        """Write a message and confirm it, as somebody who ticks every warning; nothing where a check is red."""
        draw, shop = self.draw, self.shop
        segment, keep, only = draw.choice(list(self.segments)), draw.choice([0, 5, 10, 20]), draw.random() < 0.3
        brief = Brief(segment, "The bottle is empty now", "Refill costs less", keep_back=keep, only_informed=only)
        text = draw.choice(["Refill is here", "Hi {name|you}, refill"])
        draft = MessageDraft("Refill", brief, (TextBubble(f"{text} {draw.random()}"),))
        draft = draft.with_variant() if draw.random() < 0.3 else draft
        able = {one.line_id: one for one in self.people if self.may_get(one, segment, only_informed=only)}
        with shop.database.write() as session:
            message = library.save(session, draft, shop.clock())
            shop.make.was_tested(session, message)
            report = gate.inspect(session, message, shop.day, shop.clock(), None)
        assert report.reach.reachable == len(able)
        assert report.kept_back == len(able) * keep // 100
        try:
            with shop.database.write() as session:
                number = freezing.freeze(
                    session,
                    message,
                    report.recipients,
                    shop.day,
                    shop.clock(),
                    AMBER,
                    None,
                    chunk_size=draw.choice([2, 5, 500]),
                )
                kept = select(Delivery.friend_id).where(
                    Delivery.campaign_id == number, Delivery.state == DeliveryState.KEPT_BACK
                )
                held = set(session.scalars(kept))
                unit = session.get_one(Campaign, number).unit
        except ShopError:
            assert self.is_quiet(shop.clock()) or report.recipients == 0
            return
        assert len(held) == report.kept_back
        self.sends.append(Send(number, unit, {user for user, one in able.items() if user and one.id not in held}))

    def go_on(self) -> None:
        """Try every send that is not over, each with its own bad luck."""
        for send in self.sends:
            with self.shop.database.read() as session:
                state = session.get_one(Campaign, send.id).state
            if state in (CampaignState.DONE, CampaignState.STOPPED):
                continue
            self.world.faults.extend(self.draw.choices(FAULTS, k=self.draw.randint(0, 2)))
            self.shop.send(send.id, self.line)
            self.world.faults.clear()
            self.read_ledger()

    def read_ledger(self) -> None:
        """Take what LINE took since, and hold each copy against what is known at this very moment."""
        people = {one.line_id: one for one in self.people}
        for taken in self.world.taken:
            send = next(one for one in self.sends if taken.unit.startswith(one.unit[:26]))
            for user in taken.people:
                if user in send.copies:
                    assert send.copies[user] == taken.at, "one friend, two copies"
                    continue
                assert user in send.may, "not a recipient: out of the segment, over a cap, kept back or not informed"
                assert not self.is_quiet(taken.at), "in quiet hours"
                assert not people[user].refused and not people[user].blocked, "refused or blocked before this try"
                send.copies[user] = taken.at

    def live(self) -> None:
        """Let people say no, and time pass."""
        for one in self.draw.sample(self.people, 2):
            with self.shop.database.write() as session:
                if self.draw.random() < 0.5 and not one.refused:
                    ledger.refuse(session, [one.id], "asked in the chat", self.shop.clock())
                    one.refused = True
                elif not one.blocked:
                    session.get_one(Friend, one.id).is_blocked = one.blocked = True
        self.shop.clock.now += timedelta(minutes=self.draw.choice([1, 40, 300, 700, 1500]))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_the_ledger_never_holds_somebody_it_must_not_hold(
    seed: int, shop: Shopkeeper, world: PracticeWorld, line: SdkLine
) -> None:
    made_up = MadeUpShop(shop, world, line, seed)
    for _act in range(ACTS):
        act = made_up.draw.choice([made_up.confirm, made_up.confirm, made_up.go_on, made_up.go_on, made_up.live])
        act()
    made_up.go_on()
