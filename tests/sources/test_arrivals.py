"""A code that a friend wrote, in a chat download or a log of webhooks, puts the source tag on, once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports import undo
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.source import Arrival
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin
from linecrm_desktop.sources import links
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, linking
from linecrm_desktop.tagging.merging import merge
from tests.maker import Maker
from tests.sources.conftest import MakeLinks

ORIGIN = Origin("", "", Answer.UNKNOWN)
BringIn = Callable[..., Report]
Tags = dict[str, list[tuple[str, datetime, str]]]


@pytest.fixture
def bring_in(database: Database, tmp_path: Path, now: datetime) -> BringIn:
    """Import a file as the window would."""

    def work(text: str, name: str = "log.jsonl", *, friend: int | None = None, dry: bool = False) -> Report:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        proposal = propose(path, look(path, "TW"))
        plan = ImportPlan(
            *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "TW", "Asia/Taipei", "TWD"),
            *(proposal.date_order, proposal.preset),
        )
        act = importing.dry_run if dry else importing.run
        return act(database, replace(plan, friend_id=friend), Task(), now)

    return work


def wrote(user: int, at: datetime, text: str, ident: str) -> dict[str, Any]:
    source = {"type": "user", "userId": f"U{user:032x}"}
    told = {"mode": "active", "timestamp": int(at.timestamp() * 1000), "source": source, "webhookEventId": ident}
    return {"type": "message", **told, "message": {"id": ident, "type": "text", "text": text}}


def log(*events: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, events))


def carried(database: Database) -> Tags:
    """Return the friends of each tag as (LINE user id's last digits, since, evidence)."""
    found: Tags = {}
    with database.read() as session:
        rows = session.execute(
            select(Tag.name, Friend.line_user_id, FriendTag)
            .join(FriendTag, FriendTag.tag_id == Tag.id)
            .join(Friend, Friend.id == FriendTag.friend_id)
            .order_by(FriendTag.since)
        )
        for name, user, row in rows:
            found.setdefault(name, []).append((str(user)[-1], row.since, row.evidence))
    return found


def test_a_log_of_webhooks_puts_the_tag_on_with_its_evidence(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    counter = make_links("Counter", "Poster")["Counter"]
    at = now + timedelta(hours=1)
    text = log(wrote(1, at, f"Hello! My code is {counter.code}", "E1"), wrote(2, at, "Hello", "E2"))
    assert bring_in(text, dry=True).tags_given == 1
    assert carried(database) == {}
    assert bring_in(text).tags_given == 1
    assert carried(database) == {"Counter": [("1", at, f"wrote the code {counter.code} on Thu 12 Nov 2026")]}
    with database.read() as session:
        assert session.scalars(select(FriendTag.origin)).all() == [TagOrigin.IMPORT]
        row = links.all_links(session)[0]
    assert (row.friends, row.last_at) == (1, at)


def test_a_chat_download_puts_the_tag_on_by_the_clock_of_the_chat(
    database: Database, make_links: MakeLinks, bring_in: BringIn, make: Maker
) -> None:
    counter = make_links("店頭")["店頭"]
    with database.write() as session:
        friend = make.friend(session, member_number="1", name="王小明", line_user_id=None)
    chat = (
        "帳號名稱,晨霧選物\n時區,'+08:00\n下載時間,2026/11/13 14:34\n"
        "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\n"
        f"Account,晨霧選物,2026/11/12,18:00:00,請回覆 {counter.code}\n"
        f"User,王小明,2026/11/12,18:05:00,你好，我的代碼是{counter.code.lower()}\n"
    )
    assert bring_in(chat, "chat.csv", friend=friend).tags_given == 1
    ((_user, since, evidence),) = carried(database)["店頭"]
    assert since == datetime(2026, 11, 12, 10, 5, tzinfo=UTC)
    assert evidence == f"wrote the code {counter.code} on Thu 12 Nov 2026"


def test_the_first_writing_counts_and_later_ones_and_files_change_nothing(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    code = make_links("Counter")["Counter"].code
    first, later = now + timedelta(hours=1), now + timedelta(hours=9)
    assert bring_in(log(wrote(1, later, code, "E2"), wrote(1, first, code, "E1"))).tags_given == 1
    before = carried(database)
    assert before["Counter"][0][1] == first
    assert bring_in(log(wrote(1, now + timedelta(days=2), code, "E3")), "more.jsonl").tags_given == 0
    assert bring_in(log(wrote(1, first, code, "E1"))).tags_given == 0
    assert carried(database) == before


def test_who_has_the_tag_keeps_it_as_it_is_and_other_sources_stay(
    database: Database, make_links: MakeLinks, bring_in: BringIn, make: Maker, now: datetime
) -> None:
    found = make_links("Counter", "Poster")
    with database.write() as session:
        friend = make.friend(session, line_user_id=f"U{1:032x}", collected_through="Checkout")
        make.give(session, found["Counter"].tag.id, friend, since=make.ago(40), evidence="said so")
    at = now + timedelta(hours=1)
    text = log(wrote(1, at, found["Counter"].code, "E1"), wrote(1, at, found["Poster"].code, "E2"))
    assert bring_in(text).tags_given == 1
    tags = carried(database)
    assert tags["Counter"] == [("1", make.ago(40), "said so")]
    assert len(tags["Poster"]) == 1
    with database.read() as session:
        assert session.scalar(select(Friend.collected_through)) == "Checkout"
        assert [row.friends for row in links.all_links(session)] == [1, 1]


def test_in_an_exclusive_group_the_first_source_stays(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    found = make_links("Counter", "Poster")
    with database.write() as session:
        for tag in session.scalars(select(Tag)):
            tag.exclusive_group = "First source"
    at = now + timedelta(hours=1)
    events = [wrote(1, at, found["Poster"].code, "E1"), wrote(1, at + timedelta(hours=1), found["Counter"].code, "E2")]
    assert bring_in(log(*events)).tags_given == 1
    assert list(carried(database)) == ["Poster"]


def test_texts_of_before_the_link_and_of_after_it_was_stopped_give_nothing(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    row = make_links("Counter")["Counter"]
    with database.write() as session:
        linking.stop(session, [row.id], now + timedelta(days=3))
    moments = [now - timedelta(days=2), now + timedelta(days=4), now + timedelta(days=1)]
    bring_in(log(*(wrote(user, at, row.code, f"E{user}") for user, at in enumerate(moments, start=1))))
    assert [user for user, _since, _evidence in carried(database)["Counter"]] == ["3"]


def test_a_code_gives_the_tag_that_its_tag_was_merged_into_and_none_that_is_retired(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    found = make_links("Counter", "Poster", "Parcel")
    with database.write() as session:
        merge(session, found["Counter"].tag.id, found["Poster"].tag.id, now)
        changing.retire(session, found["Parcel"].tag.id, now)
    at = now + timedelta(hours=1)
    text = log(wrote(1, at, found["Poster"].code, "E1"), wrote(2, at, found["Parcel"].code, "E2"))
    assert bring_in(text).tags_given == 1
    assert {name: [user for user, *_rest in rows] for name, rows in carried(database).items()} == {"Counter": ["1"]}
    with database.read() as session:
        rows = {row.place: row for row in links.all_links(session)}
    assert (rows["Poster"].tag.name, rows["Poster"].friends) == ("Counter", 1)
    assert (rows["Parcel"].is_tag_retired, rows["Parcel"].friends) == (True, 1)


def test_the_undo_of_the_import_takes_tag_and_arrival_back_and_the_file_can_come_again(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    code = make_links("Counter")["Counter"].code
    text = log(wrote(1, now + timedelta(hours=1), code, "E1"))
    batch = bring_in(text).batch_id
    assert batch is not None
    with database.write() as session:
        assert undo.would(session, batch).tags_taken == 1
        undo.undo(session, batch, now)
        assert session.scalars(select(Arrival)).all() == []
        assert session.scalars(select(Tag.name)).all() == ["Counter"]
    assert carried(database) == {}
    assert bring_in(text).tags_given == 1


def test_a_tag_that_was_taken_off_by_hand_does_not_come_back_with_the_same_words(
    database: Database, make_links: MakeLinks, bring_in: BringIn, now: datetime
) -> None:
    code = make_links("Counter")["Counter"].code
    text = log(wrote(1, now + timedelta(hours=1), code, "E1"))
    bring_in(text)
    with database.write() as session:
        session.delete(session.scalars(select(FriendTag)).one())
    bring_in(text)
    bring_in(log(wrote(1, now + timedelta(days=1), code, "E2")), "more.jsonl")
    assert carried(database) == {}
