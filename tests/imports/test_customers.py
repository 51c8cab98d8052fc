"""Customers and friends: who a row is, what it changes, and what it never touches."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import history
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.consent import ConsentEntry
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin, TagType, TagWord
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, BringIn, counts
from tests.maker import Maker


def by_member(session: Session, member: str) -> Friend:
    return session.scalars(select(Friend).where(Friend.member_number == member)).one()


def why(database: Database, batch: int | None) -> list[tuple[int, str]]:
    assert batch is not None
    with database.read() as session:
        return [(row.line, row.why) for row in history.rejected(session, batch)]


def test_new_changed_and_the_same(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        same = make.friend(session, member_number="1001", name="Mei", phone="+886912345678")
        make.friend(session, member_number="1002", name="Lin")
    report = bring_in("member number,name,phone", "1001,Mei,0912345678", "1002,Lin Ya,", "1003,王小明,0922333444")
    assert counts(report) == (1, 1, 1, 0)
    with database.read() as session:
        assert by_member(session, "1001").id == same
        assert by_member(session, "1002").name == "Lin Ya"
        assert by_member(session, "1003").phone == "+886922333444"


def test_a_blank_cell_never_erases(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="Mei", email="mei@example.tw")
    assert counts(bring_in("member number,name,email", "1,,")) == (0, 0, 1, 0)
    with database.read() as session:
        assert (by_member(session, "1").name, by_member(session, "1").email) == ("Mei", "mei@example.tw")


def test_each_key_finds_a_friend_the_strongest_first(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=f"U{1:032x}", name="a")
        make.friend(session, line_user_id=f"U{2:032x}", member_number="2", name="b")
        make.friend(session, line_user_id=f"U{3:032x}", email="c@example.tw", name="c")
        make.friend(session, line_user_id=f"U{4:032x}", phone="+886912345678", name="d")
    report = bring_in(
        "line user id,member number,email,phone,name",
        f"U{1:032x},1,,,A",
        ",2,,,B",
        ",,c@example.tw,,C",
        ",,,0912345678,D",
    )
    assert counts(report) == (0, 4, 0, 0)
    with database.read() as session:
        assert list(session.scalars(select(Friend.name).order_by(Friend.line_user_id))) == ["A", "B", "C", "D"]


def test_a_family_that_shares_a_phone_is_never_joined(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", phone="+886912345678")
        make.friend(session, member_number="2", phone="+886912345678")
    nameless = bring_in("phone,name", "0912345678,Somebody")
    assert (counts(nameless), nameless.reasons) == ((0, 0, 0, 1), {"conflict": 1})
    assert counts(bring_in("member number,phone,name", "3,0912345678,Third")) == (1, 0, 0, 0)


def test_two_rows_that_claim_the_same_friend_by_phone_are_two_people(
    database: Database, bring_in: BringIn, make: Maker
) -> None:
    with database.write() as session:
        make.friend(session, phone="+886912345678")
    assert counts(bring_in("member number,phone", "1,0912345678", "2,0912345678")) == (2, 0, 0, 0)
    assert counts(bring_in("member number,phone", "3,0922333444", "4,0922333444")) == (2, 0, 0, 0)


def test_a_row_with_a_phone_alone_gives_way_to_the_one_that_says_more(bring_in: BringIn) -> None:
    report = bring_in("member number,phone,name", ",0912345678,M", "1,0912345678,Mei")
    assert (counts(report), report.reasons) == ((1, 0, 0, 1), {"twice": 1})


def test_rows_that_cannot_be_taken_say_why_and_are_kept_as_they_stood(
    database: Database, bring_in: BringIn, make: Maker
) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=f"U{1:032x}", member_number="1")
        make.friend(session, line_user_id=f"U{2:032x}", member_number="2")
    report = bring_in(
        "line user id,member number,name,phone",
        ",,Nobody,",
        ",9,Short,0912",
        f"U{1:032x},2,Torn,",
        ",7,First,",
        ",7,Second,",
        ",8,Long,,surplus",
    )
    assert counts(report) == (1, 0, 0, 5)
    assert report.reasons == {"nobody": 1, "phone": 1, "conflict": 1, "twice": 1, "cells": 1}
    assert why(database, report.batch_id) == [(2, "nobody"), (3, "phone"), (4, "conflict"), (5, "twice"), (7, "cells")]
    assert report.batch_id is not None
    with database.read() as session:
        assert by_member(session, "7").name == "Second"
        rejected = {row.line: row for row in history.rejected(session, report.batch_id)}
    assert rejected[7].cells == ("", "8", "Long", "", "surplus")
    assert "row 6" in rejected[5].sentence
    assert "member number to 2" in rejected[4].sentence


def test_a_refusal_wins_and_an_allowed_never_turns_it_back(
    database: Database, bring_in: BringIn, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        refused = make.friend(session, member_number="1")
        ledger.refuse(session, [refused], "by phone", now)
        make.friend(session, member_number="2")
        make.friend(session, member_number="3")
    report = bring_in("member number,accepts marketing", "1,yes", "2,no", "3,yes")
    assert (report.refused, report.allowed) == (1, 1)
    with database.read() as session:
        asked = [by_member(session, member).marketing for member in "123"]
    assert asked == [Marketing.REFUSED, Marketing.REFUSED, Marketing.ALLOWED]


def test_the_origin_of_everybody_is_in_the_ledger(database: Database, bring_in: BringIn) -> None:
    origin = Origin("market stall", "news", Answer.UNKNOWN, "sign-up sheet", Answer.YES)
    bring_in("member number,was informed", "1,yes", "2,", "3,no", origin=origin)
    with database.read() as session:
        told = [by_member(session, member) for member in "123"]
        assert [friend.informed for friend in told] == [Answer.YES, Answer.UNKNOWN, Answer.NO]
        assert {friend.can_opt_out for friend in told} == {Answer.YES}
        assert {friend.collected_through for friend in told} == {"market stall"}
        assert session.scalar(select(func.count()).select_from(ConsentEntry)) == 3


def test_cells_become_tags_with_their_origin(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        tea = make.tag(session, "tea")
        friend = make.friend(session, member_number="1")
        make.give(session, tea, friend, since=make.ago(40))
    report = bring_in("member number,tags", "1,Tea", "2,Tea、Gift")
    assert (counts(report), report.new_tags, report.tags_given) == ((1, 0, 1, 0), ("Gift",), 2)
    with database.read() as session:
        carried = session.scalars(select(FriendTag).where(FriendTag.tag_id == tea).order_by(FriendTag.friend_id)).all()
        assert [row.origin for row in carried] == [TagOrigin.HAND, TagOrigin.IMPORT]
        assert carried[1].evidence == "export.csv"
        assert session.scalars(select(Tag.type).where(Tag.name == "Gift")).one() in set(TagType)
    assert counts(bring_in("member number,tags", "1,Gift")) == (0, 1, 0, 0)


def test_what_a_field_held_before_is_in_the_journal(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="Mei")
    report = bring_in("member number,name,joined on", "1,Mei Lin,2026-05-01")
    with database.read() as session:
        lines = session.scalars(select(Change).where(Change.action == f"import:{report.batch_id}")).all()
        assert {(line.field, line.before, line.after) for line in lines if line.field == "name"} == {
            ("name", "Mei", "Mei Lin")
        }
        assert {line.field for line in lines} == {"name", "joined_at", "collected_through", "informed"}
        assert by_member(session, "1").joined_at == datetime(2026, 4, 30, 16, tzinfo=UTC)


def test_blocked_friends_of_a_list_of_friends(database: Database, bring_in: BringIn) -> None:
    rows = [f"U{number:032x},{word}" for number, word in enumerate(("yes", "no", ""))]
    assert counts(bring_in("line user id,blocked", *rows, kind=Kind.FRIENDS)) == (3, 0, 0, 0)
    with database.read() as session:
        assert list(session.scalars(select(Friend.is_blocked).order_by(Friend.line_user_id))) == [True, False, False]


def test_a_refusal_in_any_row_of_the_file_wins(database: Database, bring_in: BringIn) -> None:
    report = bring_in("member number,name,accepts marketing", "1,Mei,no", "1,Mei Lin,yes", "2,Lin,yes")
    assert (counts(report), report.refused) == ((2, 0, 0, 1), 1)
    with database.read() as session:
        assert [by_member(session, member).marketing for member in "12"] == [Marketing.REFUSED, Marketing.ALLOWED]


def test_a_refusal_beside_a_bad_cell_is_not_lost(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", marketing=Marketing.ALLOWED)
    report = bring_in("member number,phone,accepts marketing", "1,123,不同意")
    assert (counts(report), report.refused) == ((0, 0, 0, 1), 1)
    with database.read() as session:
        assert by_member(session, "1").marketing is Marketing.REFUSED


def test_a_refusal_of_somebody_who_is_not_found_is_counted(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, member_number="1")
    report = bring_in(
        "member number,phone,name,accepts marketing", ",123,Mei,no", "1,456,,no", ",,Lin,no", "2,,Ann,yes"
    )
    with database.read() as session:
        options = session.get_one(ImportBatch, report.batch_id).options
    assert (report.refused, options["counts"]["unmatched_refusals"]) == (1, 2)


def test_a_file_without_answers_says_nothing_of_refusals(database: Database, bring_in: BringIn) -> None:
    report = bring_in("member number,phone", ",123")
    with database.read() as session:
        options = session.get_one(ImportBatch, report.batch_id).options
    assert options["counts"]["unmatched_refusals"] is None


def test_a_refusal_by_e_mail_counts_for_the_row_that_says_more(database: Database, bring_in: BringIn) -> None:
    report = bring_in("member number,email,accepts marketing", ",a@example.tw,退訂", "1,a@example.tw,")
    assert (counts(report), report.refused) == ((1, 0, 0, 1), 1)
    with database.read() as session:
        assert by_member(session, "1").marketing is Marketing.REFUSED


def test_our_own_words_come_back_as_they_were_written(database: Database, bring_in: BringIn) -> None:
    bring_in("member,name,marketing,informed", "1,Mei,refused,unknown", "2,Lin,allowed,yes", "3,Wu,unknown,no")
    with database.read() as session:
        asked = [by_member(session, member).marketing for member in "123"]
    assert asked == [Marketing.REFUSED, Marketing.ALLOWED, Marketing.UNKNOWN]


def test_a_cell_that_finds_nobody_is_left_out_and_named(database: Database, bring_in: BringIn) -> None:
    report = bring_in(
        "member number,phone,e-mail,line user id",
        "1,0912***678,,",
        "2,9.12E+08,x@pc.fw.rakuten.ne.jp,",
        "3,,,u0123",
        ",9.12E+08,,",
        ",,,U0123",
    )
    assert counts(report) == (3, 0, 0, 2)
    assert report.reasons == {"damaged": 1, "line_id": 1}
    assert [(row.line, row.why) for row in report.rejected_rows] == [(5, "damaged"), (6, "line_id")]
    assert report.flagged == {"masked": 1, "damaged": 1, "relay": 1, "line_id": 1}
    assert [row.line for row in report.flagged_rows] == [2, 3, 3, 4]
    with database.read() as session:
        assert {friend.phone for friend in session.scalars(select(Friend))} == {None}


def test_a_column_of_marks_gives_one_tag_and_the_file_a_source(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    path = tmp_path / "clerk.csv"
    path.write_text("會員編號,VIP,敏感肌,黑名單\n1,○,×,Y\n2,,○,N\n3,,,\n", encoding="utf-8")
    proposal = propose(path, look(path, "TW"))
    plan = ImportPlan(
        *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "TW", "Asia/Taipei", "TWD"),
        source_tag="Spring market",
    )
    assert importing.run(database, plan, Task(), now).tags_given == 5
    with database.read() as session:
        rows = session.execute(
            select(Friend.member_number, Tag.name, Tag.type).join(FriendTag, FriendTag.friend_id == Friend.id).join(Tag)
        )
        carried = {(number, name): str(kind) for number, name, kind in rows}
    source = {(number, "Spring market"): "source" for number in "123"}
    assert carried == {("1", "VIP"): "none", ("2", "敏感肌"): "none", **source}


def test_a_line_id_with_another_member_number_than_the_shop_knows_is_a_decision(
    database: Database, bring_in: BringIn
) -> None:
    bring_in("line user id,member number,name", f"U{1:032x},7,Mei")
    report = bring_in("line user id,member number,name", f"U{1:032x},8,Lin", f"U{2:032x},7,Kai", f"U{1:032x},,Ann")
    assert counts(report) == (0, 1, 0, 2)
    assert set(report.reasons) == {"conflict"}


def test_a_name_that_a_tag_had_before_means_that_tag(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        serum = make.tag(session, "Serum")
        session.add(TagWord(tag_id=serum, key="drops", word="Drops"))
        make.tag(session, "Essence", merged_into=serum, retired_at=make.now)
    report = bring_in("member number,tags", "1,Drops", "2,ESSENCE", "3,serum")
    assert (report.new_tags, report.tags_given) == ((), 3)
    with database.read() as session:
        assert set(session.scalars(select(FriendTag.tag_id))) == {serum}


def test_a_tag_that_runs_out_is_renewed_by_a_file_that_names_it_again(
    database: Database, bring_in: BringIn, make: Maker
) -> None:
    with database.write() as session:
        tea, gift = make.tag(session, "Tea", runs_out_days=60), make.tag(session, "Gift")
        one, two = (make.friend(session, member_number=member) for member in "12")
        for friend in (one, two):
            make.give(session, tea, friend, since=make.ago(40))
            make.give(session, gift, friend, since=make.ago(40))
    assert counts(bring_in("member number,tags", "1,Tea、Gift", "2,Gift")) == (0, 0, 2, 0)
    with database.read() as session:
        renewed = session.execute(select(FriendTag.tag_id, FriendTag.friend_id).where(FriendTag.renewed_at == make.now))
        assert [tuple(row) for row in renewed] == [(tea, one)]


def test_the_second_of_two_columns_of_one_name_fills_what_the_first_leaves_empty(
    database: Database, bring_in: BringIn
) -> None:
    rows = (
        *("會員編號,姓名,手機,手機,姓名", "1,王小明,,0912345678,", "2,,0922333444,none,陳雅婷"),
        *("3,林美,0912***678,0933222111,林美華", "4,李,,0912,"),
    )
    report = bring_in(*rows)
    assert (counts(report), report.reasons, report.flagged) == ((3, 0, 0, 1), {"phone": 1}, {"masked": 1})
    with database.read() as session:
        told = {one.member_number: (one.name, one.phone) for one in session.scalars(select(Friend))}
    assert told["1"] == ("王小明", "+886912345678")
    assert told["2"] == ("陳雅婷", "+886922333444")
    assert told["3"] == ("林美", "+886933222111")
    assert counts(bring_in(*rows)) == (0, 0, 3, 1)
