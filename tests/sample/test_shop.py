from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences import share
from linecrm_desktop.audiences.share import Share
from linecrm_desktop.campaigns import audience, gate
from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.channels import ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.listed import Listed
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.data_request import Ending, Wants
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.requests import register
from linecrm_desktop.results import outcome
from linecrm_desktop.sample.questions import SERUM_SEGMENT
from linecrm_desktop.sample.shop import make_sample_shop
from linecrm_desktop.segments import counts, library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import AllOf, AnyOf, Did, HasTag
from linecrm_desktop.segments.used import uses_of_tags
from linecrm_desktop.settings import limits, prices
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.tags import health
from linecrm_desktop.tags.library import TagRow, all_tags

NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
REACHES = {
    "New friends, no first purchase": Reach(806, 64, 22, 0, 33, 687),
    "Buyers ready to repurchase": Reach(1412, 148, 41, 0, 96, 1127),
    "High-engagement non-buyers": Reach(398, 31, 12, 0, 20, 335),
    "Serum buyers ready to repurchase": Reach(612, 71, 23, 0, 32, 486),
    "11.11 early access": Reach(2214, 40, 11, 0, 96, 2067),
    "Linen lovers": Reach(611, 50, 14, 0, 137, 410),
}
MATCH_AND_REACH = {
    "Clicks often, bought Serum": (655, 548),
    "IG, dresses, no first order": (268, 214),
    "松菸市集 + VIP + Serum": (17, 14),
}
CORE = ("New friends, no first purchase", "Buyers ready to repurchase", "High-engagement non-buyers")
COUNTS = {
    Listed.ALL: 4862,
    Listed.REACHABLE: 4057,
    Listed.NO_SOURCE: 1215,
    Listed.NO_PURCHASE: 2004,
    Listed.BOUGHT_TWICE: 903,
    Listed.QUIET_30: 1377,
    Listed.REFUSED: 187,
    Listed.BLOCKED: 618,
}


def _reaches(database: Database, day: ShopDay, now: datetime) -> dict[str, Reach]:
    with database.read() as session:
        rows = library.all_segments(session)
        return {row.name: audience.reach(session, row.rule, day, now) for row in rows}


def _check_reaches(found: dict[str, Reach]) -> None:
    assert {name: found[name] for name in REACHES} == REACHES
    assert {name: (found[name].match, found[name].reachable) for name in MATCH_AND_REACH} == MATCH_AND_REACH


def _check_history(session: Session, day: ShopDay, reaches: dict[str, Reach]) -> None:
    found = counts.history(session, day)
    lines = {row.name: found[row.id] for row in library.all_segments(session)}
    for name, reach in reaches.items():
        last = lines[name][-1]
        assert (last.matching, last.reachable) == (reach.match, reach.reachable)
        assert [day.age(line.at) for line in lines[name]] == list(range(56, -1, -1))
        assert min(line.reachable for line in lines[name]) > 0
    week = [lines[name][-1].reachable - lines[name][-8].reachable for name in CORE]
    assert week == [12, -23, 9]


def _tags(database: Database) -> dict[str, TagRow]:
    with database.read() as session:
        return {tag.name: tag for tag in all_tags(session)}


def test_the_lists_of_friends_have_the_promised_numbers(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        assert directory.counts(session, sample_day) == COUNTS
        assert ids.reachable(session, None) == 4244


def test_the_segments_match_and_reach_the_promised_numbers(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        rows = library.all_segments(session)
    assert len(rows) == 9
    assert sum(row.core is not None for row in rows) == 3
    assert all(row.helps_decide for row in rows)
    _check_reaches(_reaches(sample, sample_day, NOW))


def test_of_the_warm_friends_294_can_be_shared(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        row = next(row for row in library.all_segments(session) if row.name == "High-engagement non-buyers")
        found = share.share(session, Counting(session, sample_day), row.rule, limits.limits(session))
    assert found == Share(refused=12, uninformed=57, sensitive=26, no_line_id=9, shared=294)


def test_one_request_about_data_waits_and_six_are_closed(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        first, *others = register.rows(session, sample_day)
        assert register.waiting(session) == 1
    assert (first.name, first.friend, first.wants, first.left(sample_day.today)) == ("R-0007", "黃柏翰", Wants.COPY, 6)
    assert [row.ending for row in others] == [Ending.DONE] * 6
    assert all(row.steps[-1].at.date() <= row.answer_by for row in others)


def test_the_segments_have_eight_weeks_behind_them(sample: Database, sample_day: ShopDay) -> None:
    reaches = _reaches(sample, sample_day, NOW)
    with sample.read() as session:
        _check_history(session, sample_day, reaches)
        assert all(
            row.created_at == sample_day.days_ago(56) + timedelta(hours=9) for row in library.all_segments(session)
        )


def test_the_serum_segment_narrows_row_by_row(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        rule = next(row.rule for row in library.all_segments(session) if row.name == SERUM_SEGMENT)
        narrowing = [library.count(session, AllOf(rule.rules[: n + 1]), sample_day) for n in range(5)]
        ripe, active = rule.rules[:3], (Did(EventKind.CLICK), Did(EventKind.MENU))
        each = [library.count(session, AllOf((*ripe, one)), sample_day) for one in active]
        returns = session.scalars(select(Tag.id).where(Tag.name == "Often returns")).one()
        sent_back = AllOf((*ripe, AnyOf(active), HasTag((returns,))))
        assert library.count(session, sent_back, sample_day) == 29
    assert narrowing == [1386, 918, 701, 641, 612]
    assert each == [588, 207]


def test_the_tags_have_the_promised_numbers(sample: Database, sample_day: ShopDay) -> None:
    tags = _tags(sample)
    assert Counter(tag.type for tag in tags.values()) == {
        TagType.SOURCE: 11,
        TagType.INTEREST: 17,
        TagType.STAGE: 8,
        TagType.VALUE: 9,
        TagType.ENGAGEMENT: 10,
        TagType.CONSENT: 4,
        TagType.NONE: 5,
    }
    assert sum(bool(tag.helps_decide) for tag in tags.values()) == 41
    asked = ("Instagram ads", "Store QR code", "Package card", "Website", "Referral", "Serum", "精華液", "Anti-ageing")
    assert [tags[name].friends for name in asked] == [1104, 962, 611, 548, 217, 1204, 388, 1386]
    assert tags["Livestream"].friends + tags["松菸市集"].friends == 205
    others = ("FB", "VIP客", "2024 夏日市集", "Sensitive skin", "Dresses", "New friend", "Repeat buyer", "Clicks often")
    assert [tags[name].friends for name in others] == [640, 812, 41, 173, 741, 806, 903, 731]
    assert [tags[name].friends for name in ("Waits for discount", "Often returns")] == [517, 96]
    assert [name for name, tag in tags.items() if tag.is_sensitive] == ["Sensitive skin"]
    undecided = sorted((tag.friends, name) for name, tag in tags.items() if not tag.helps_decide)
    assert undecided[-2:] == [(640, "FB"), (812, "VIP客")]


def test_some_tags_have_not_been_used_for_long(sample: Database, sample_day: ShopDay) -> None:
    tags = _tags(sample)
    assert health.unused_days(tags["VIP客"], sample_day) == 255
    assert health.unused_days(tags["2024 夏日市集"], sample_day) == 310
    with sample.read() as session:
        used = uses_of_tags(session)
    unused = [
        tag.name
        for tag in tags.values()
        if any(sign.health is health.Health.UNUSED for sign in health.signs(tag, len(used.get(tag.id, [])), sample_day))
    ]
    assert len(unused) == 17


def test_most_friends_with_the_chinese_serum_tag_have_the_english_one_too(sample: Database) -> None:
    with sample.read() as session:
        ids = {name: tag for tag, name in session.execute(select(Tag.id, Tag.name))}
        serum = select(FriendTag.friend_id).where(FriendTag.tag_id == ids["Serum"])
        both = select(func.count()).where(FriendTag.tag_id == ids["精華液"], FriendTag.friend_id.in_(serum))
        assert session.scalar(both) == 353


def test_nobody_got_a_tag_before_becoming_a_friend(sample: Database) -> None:
    with sample.read() as session:
        early = select(func.count()).select_from(FriendTag).join(Friend, Friend.id == FriendTag.friend_id)
        assert session.scalar(early.where(FriendTag.since < Friend.joined_at)) == 0


def test_the_three_questions_have_the_promised_numbers(sample: Database) -> None:
    through, informed = Friend.collected_through.is_not(None), Friend.informed == Answer.YES
    can_opt_out = Friend.can_opt_out == Answer.YES
    with sample.read() as session:
        counted = [
            session.scalar(select(func.count()).select_from(Friend).where(*conditions))
            for conditions in ((through,), (informed,), (can_opt_out,), (through, informed, can_opt_out))
        ]
        sources = select(Tag.id).where(Tag.type == TagType.SOURCE)
        sourced = select(func.count(distinct(FriendTag.friend_id))).where(FriendTag.tag_id.in_(sources))
        assert session.scalar(sourced) == 3647
    assert counted == [3647, 3209, 4405, 2987]


def test_five_sends_are_over(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        sends = list(reversed(outcome.all_campaigns(session, sample_day)))
        assert {campaign.state for campaign in session.scalars(select(Campaign))} == {CampaignState.DONE}
    assert [(send.name, send.accepted, send.kept_back) for send in sends] == [
        ("Serum refill", 474, 52),
        ("Welcome step 2", 312, 34),
        ("Retinal or bakuchiol?", 274, 30),
        ("11.11 early access", 1860, 207),
        ("Linen new arrivals", 492, 55),
    ]
    days = [sample_day.local(send.window.begins).day for send in sends if send.window is not None]
    assert days == [3, 5, 7, 10, 11]
    assert [send.sent.orders for send in sends] == [41, 19, 24, 96, 5]
    assert [send.sent.revenue // 100 for send in sends] == [61_090, 22_610, 33_360, 161_280, 10_400]
    assert [send.reactions.blocked for send in sends] == [2, 6, 3, 0, 0]
    assert [(send.line.seen.people, send.line.pressed.people) for send in sends] == [
        (331, 98),
        (219, 61),
        (205, 88),
        (1153, 372),
        (334, 79),
    ]
    assert sum(send.not_sent for send in sends) == 17808


def test_line_said_what_is_left_of_the_month(sample: Database) -> None:
    with sample.read() as session:
        shop = session.scalars(select(Shop)).one()
        assert (shop.line_limit, shop.line_used, shop.line_reach, shop.line_read_at) == (6000, 3412, 4244, NOW)
        assert shop.is_practice
        plan = prices.plan(shop.country, shop.plan, date(2026, 11, 12))
        assert plan is not None
        assert plan.included == 6000


def test_the_draft_can_be_sent_to_438_friends(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        draft = next(row for row in messages.all_messages(session) if row.name == "Serum refill, November")
        report = gate.inspect(session, draft.id, sample_day, NOW, Quota(6000, 3412))
    assert draft.unanswered == 0
    assert not report.blocking
    assert (report.recipients, report.kept_back) == (438, 48)


def test_tina_is_as_the_pictures_show_her(sample: Database, sample_day: ShopDay) -> None:
    with sample.read() as session:
        [row] = directory.rows(session, directory.ids(session, directory.FriendQuery(search="M-20418"), sample_day))
    assert (row.name, row.phone, row.spent, row.orders, row.answered) == ("林雅婷 Tina", "+886912345678", 542000, 3, 3)
    assert row.last_order_at is not None
    assert sample_day.local(row.last_order_at).date() == date(2026, 9, 2)


def test_the_numbers_stay_on_any_other_day(tmp_path: Path) -> None:
    later = NOW + timedelta(days=200, hours=9)
    database = open_shop(make_sample_shop(tmp_path / "later.tagwell", later, Task()))
    day = ShopDay.of(later, "Asia/Taipei")
    reaches = _reaches(database, day, later)
    with database.read() as session:
        assert directory.counts(session, day) == COUNTS
        newest = session.scalars(select(func.max(Friend.joined_at))).one()
        _check_history(session, day, reaches)
    database.close()
    _check_reaches(reaches)
    assert newest is not None
    assert day.age(newest) == 3


@pytest.mark.parametrize("step", [0, 3, 7])
def test_stopping_leaves_nothing_behind(tmp_path: Path, step: int) -> None:
    def stop_there(done: int, _total: int, _what: str) -> None:
        if done == step:
            task.stop()

    task = Task(stop_there)
    path = tmp_path / "stopped.tagwell"
    with pytest.raises(Stopped):
        make_sample_shop(path, NOW, task)
    assert not [file for file in tmp_path.iterdir() if file.name.startswith("stopped")]


def test_a_shop_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "mine.tagwell"
    path.write_text("mine")
    with pytest.raises(Exception, match="is there already"):
        make_sample_shop(path, NOW, Task())
    assert path.read_text() == "mine"
