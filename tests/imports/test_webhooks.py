"""Logs of LINE webhooks: bodies or single events, delivered twice, out of order, of groups, taken back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports import undo
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.layout import Skip
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import Proposal, look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, counts

BEGIN = 1_794_000_000_000


def event(kind: str, user: int | None, second: int, ident: str, **more: Any) -> dict[str, Any]:
    source = {"type": "user", "userId": f"U{user:032x}"} if user is not None else {"type": "group", "groupId": "C1"}
    told = {"mode": "active", "timestamp": BEGIN + second * 1000, "source": source, "webhookEventId": ident}
    return {"type": kind, **told, "deliveryContext": {"isRedelivery": False}, **more}


LOG = (
    event("unfollow", 1, 50, "E5"),
    event("follow", 1, 10, "E1", follow={"isUnblocked": False}, replyToken="x"),
    event("message", 2, 20, "E2", message={"id": "m1", "type": "text", "text": "Is it\nin stock?"}),
    event("message", 2, 21, "E3", message={"id": "m2", "type": "text", "text": "My card number is …"}),
    event("unsend", 2, 22, "E4", unsend={"messageId": "m2"}),
    event("postback", 2, 30, "E6", postback={"data": "menu=tea"}),
    event("message", None, 40, "E7", message={"id": "m3", "type": "sticker"}),
    event("message", 2, 20, "E2", message={"id": "m1", "type": "text", "text": "Is it in stock?"}),
)
Read = Callable[..., tuple[Proposal, Report]]


@pytest.fixture
def read(database: Database, tmp_path: Path, now: datetime) -> Read:
    def work(text: str, name: str = "log.jsonl") -> tuple[Proposal, Report]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        proposal = propose(path, look(path, "TW"))
        plan = ImportPlan(
            *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "TW", "Asia/Taipei", "TWD"),
            *(proposal.date_order, proposal.preset),
        )
        report = importing.run(database, plan, Task(), now)
        assert sum(counts(report)) == report.rows
        return proposal, report

    return work


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(one) for one in LOG),
        json.dumps({"destination": "U0", "events": LOG}),
        json.dumps({"destination": "U0", "events": LOG}, indent=2),
        json.dumps(LOG, indent=1, ensure_ascii=False),
        "\n\n".join(json.dumps({"destination": "U0", "events": [one]}) for one in LOG),
    ],
)
def test_a_log_in_any_form_gives_the_same_friends_and_events(read: Read, database: Database, text: str) -> None:
    proposal, report = read(text)
    assert (proposal.kind, proposal.preset) == (Kind.EVENTS, "line_webhook")
    assert counts(report) == (5, 0, 1, 0)
    assert dict(proposal.found.skip_counts) == {Skip.OTHER_EVENT: 1, Skip.NO_PERSON: 1}
    with database.read() as session:
        blocked = {friend.line_user_id: friend.is_blocked for friend in session.scalars(select(Friend))}
        joined = session.scalar(select(Friend.joined_at).where(Friend.is_blocked))
        events = [(str(one.kind), one.detail) for one in session.scalars(select(Event).order_by(Event.at, Event.key))]
    assert blocked == {f"U{1:032x}": True, f"U{2:032x}": False}
    assert joined == datetime.fromtimestamp(BEGIN / 1000 + 10, UTC)
    assert events == [
        *(("follow", ""), ("reply", "Is it in stock?"), ("reply", ""), ("menu", "menu=tea"), ("block", "")),
    ]


def test_the_same_log_again_changes_nothing_and_a_later_follow_unblocks(read: Read, database: Database) -> None:
    text = "\n".join(json.dumps(one) for one in LOG)
    read(text)
    assert counts(read(text)[1]) == (0, 0, 6, 0)
    _proposal, report = read(json.dumps(event("follow", 1, 99, "E9", follow={"isUnblocked": True})), "later.txt")
    assert counts(report) == (1, 0, 0, 0)
    with database.read() as session:
        assert not any(session.scalars(select(Friend.is_blocked)))


def test_undo_of_a_log_gives_the_block_back(read: Read, database: Database, now: datetime) -> None:
    read(json.dumps(event("unfollow", 1, 1, "E1")))
    report = read(json.dumps(event("follow", 1, 2, "E2")), "b.jsonl")[1]
    assert report.batch_id is not None
    with database.write() as session:
        undo.undo(session, report.batch_id, now)
    with database.read() as session:
        assert list(session.scalars(select(Friend.is_blocked))) == [True]


def test_broken_lines_are_rejected_and_named(read: Read) -> None:
    lines = [json.dumps(LOG[1]), '{"type": "follow", "source": {', json.dumps({"type": "follow", "source": None})]
    lines += [json.dumps(event("follow", 3, 0, "E8") | {"timestamp": "soon"}), "null", '"text"']
    proposal, report = read("\n".join(lines))
    assert counts(report) == (1, 0, 0, 4)
    assert [row.line for row in report.rejected_rows] == [2, 4, 5, 6]
    assert dict(proposal.found.skip_counts) == {Skip.NO_PERSON: 1}


@pytest.mark.parametrize("turn", [1, -1])
def test_what_happens_in_one_second_keeps_its_order_whatever_the_files(
    database: Database, read: Read, turn: int
) -> None:
    def at(moment: int, kind: str, user: int) -> dict[str, Any]:
        return {**event(kind, user, 0, f"E{user}{moment}"), "timestamp": BEGIN + moment}

    back, gone = (at(100, "unfollow", 1), at(900, "follow", 1)), (at(100, "follow", 2), at(900, "unfollow", 2))
    same = (at(500, "follow", 3), {**at(500, "unfollow", 3), "webhookEventId": "E3x"})
    log = [*back, *gone, *same][::turn]
    _proposal, report = read("\n".join(map(json.dumps, log)))
    assert counts(report) == (6, 0, 0, 0)
    with database.read() as session:
        blocked = {one.line_user_id[-1]: one.is_blocked for one in session.scalars(select(Friend)) if one.line_user_id}
        kinds = list(session.scalars(select(Event.kind).order_by(Event.friend_id, Event.id)))
    assert blocked == {"1": False, "2": True, "3": True}
    assert sorted(kinds) == ["block"] * 3 + ["follow"] * 3
