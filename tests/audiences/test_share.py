"""Who could be shared as an audience: refused, uninformed and sensitive friends stay out, some segments wholly."""

from sqlalchemy.orm import Session

from linecrm_desktop.audiences.share import Share, share
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment, Rule
from linecrm_desktop.settings.limits import LIMITS, Limits
from linecrm_desktop.store.database import Database
from tests.maker import Maker

FEW = Limits(share_tag=2)


def _share(session: Session, make: Maker, rule: Rule, limits: Limits = LIMITS) -> Share:
    return share(session, Counting(session, ShopDay.of(make.now, "Asia/Taipei")), rule, limits)


def test_each_friend_is_taken_out_for_one_reason_in_order(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, skin = make.tag(session, "Serum", TagType.INTEREST), make.tag(session, "Sensitive skin", is_sensitive=True)
        for number in range(10):
            friend = make.friend(
                session,
                marketing=Marketing.REFUSED if number < 2 else Marketing.UNKNOWN,
                informed=Answer.YES if number >= 5 else Answer.UNKNOWN,
                line_user_id=None if number == 7 else f"U{number:032d}",
                is_blocked=number == 8,
            )
            make.give(session, tag, friend)
            if number in (0, 3, 6):
                make.give(session, skin, friend)
    with database.read() as session:
        found = _share(session, make, AllOf((HasTag((tag,)),)), FEW)
    assert found == Share(refused=2, uninformed=3, sensitive=1, no_line_id=1, shared=3)


def test_a_segment_that_asks_for_a_sensitive_tag_inside_another_cannot_be_shared(
    database: Database, make: Maker
) -> None:
    with database.write() as session:
        skin = make.tag(session, "Sensitive skin", is_sensitive=True)
        inner = library.save(session, SegmentDraft("Inner", "x", AllOf((HasTag((skin,)),))), make.now)
        outer = library.save(session, SegmentDraft("Outer", "x", AllOf((InSegment(inner),))), make.now)
    with database.read() as session:
        assert _share(session, make, AllOf((InSegment(outer, inside=False),))).asks_for == "Sensitive skin"


def test_a_tag_that_few_friends_have_makes_a_segment_too_narrow(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = make.tag(session, "Market 2024")
        make.give(session, tag, make.friend(session))
    with database.read() as session:
        rule = AllOf((HasTag((tag,)),))
        assert _share(session, make, rule, FEW).rare == "Market 2024"
        assert _share(session, make, rule, Limits(share_tag=1)).rare == ""
