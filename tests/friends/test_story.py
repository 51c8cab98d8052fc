from typing import Any

import pytest

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends.happened import What
from linecrm_desktop.friends.story import story
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_what_happened_is_told_newest_first_with_how_much_there_is(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        tina = make.friend(session, joined_at=make.ago(90))
        make.event(session, tina, EventKind.CLICK, days_ago=8, category="serum")
        make.order(session, tina, days_ago=20, number="MM-1", lines=[("Serum", "serum", 1), ("Soap", "soap", 1)])
        make.order(session, tina, days_ago=30, number="MM-2", state=OrderState.CANCELLED)
        columns: dict[str, Any] = {"segment_rule": {}, "brief": {}, "bubbles": [], "unit": "u", "segment_name": "s"}
        for name, state in (("Refill", DeliveryState.ACCEPTED), ("Never", DeliveryState.KEPT_BACK)):
            campaign = Campaign(name=name, recipients=1, reach_then=1, created_at=make.now, **columns)
            session.add(campaign)
            session.flush()
            session.add(Delivery(campaign_id=campaign.id, friend_id=tina, state=state, at=make.ago(9)))
        session.flush()
        whole, short = story(session, tina, day, None), story(session, tina, day, 3)
    told = [(one.what, one.about) for one in whole.happened]
    assert told == [
        (What.CLICK, "serum"),
        (What.MESSAGE, "Refill"),
        (What.ORDER, "MM-1"),
        (What.ORDER, "MM-2"),
        (What.JOINED, ""),
    ]
    assert (whole.happened[2].items, whole.happened[2].is_counted) == (2, True)
    assert whole.happened[3].is_counted is False
    assert short.happened == whole.happened[:3]
    assert short.happened_total == whole.happened_total == 5
    assert whole.friend_days == 90


def test_tags_come_by_type_with_where_each_came_from(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tina = make.friend(session)
        repeat = make.tag(session, "Repeat buyer", TagType.STAGE)
        source = make.tag(session, "Instagram ads", TagType.SOURCE)
        make.give(session, repeat, tina, TagOrigin.RULE, evidence="2 or more orders")
        make.give(session, source, tina, TagOrigin.IMPORT, evidence="friends.csv", since=make.ago(7))
        make.give(session, make.tag(session, "Old", retired_at=make.now), tina)
        told = story(session, tina, day)
    assert [(tag.chip.name, tag.origin, tag.evidence) for tag in told.tags] == [
        ("Instagram ads", TagOrigin.IMPORT, "friends.csv"),
        ("Repeat buyer", TagOrigin.RULE, "2 or more orders"),
    ]
    assert [tag.chip.id for tag in told.sources] == [source]
    assert told.tags[0].since == make.ago(7)


def test_the_three_answers_come_with_their_evidence(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
        origin = Origin("Instagram form", "Offers", Answer.YES, "Notice v3", Answer.NO)
        ledger.record_collected(session, [tina], origin, make.ago(90))
        ledger.refuse(session, [tina], "chat", make.now)
        told, blank = story(session, tina, day), story(session, bo, day)
    assert (told.where_from.answer, told.where_from.evidence, told.where_from.at) == (
        Answer.YES,
        "Instagram form",
        make.ago(90),
    )
    assert (told.informed.answer, told.informed.evidence) == (Answer.YES, "Notice v3")
    assert told.can_opt_out.answer is Answer.NO
    assert [line.kind for line in told.ledger] == [ConsentKind.REFUSED, ConsentKind.COLLECTED]
    assert {blank.where_from.answer, blank.informed.answer, blank.can_opt_out.answer} == {Answer.UNKNOWN}
    assert blank.friend_days is None


def test_nobody_has_no_story(database: Database, day: ShopDay) -> None:
    with database.read() as session, pytest.raises(ShopError):
        story(session, 99, day)
