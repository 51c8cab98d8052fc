"""A shop in which one friend, Zelda, has something to find in every place that can hold words of hers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.erasing.erase import Erased, erase
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.campaign import Chunk, ChunkState, DeliveryState
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.tester import SentTest, SentTestState, Tester
from linecrm_desktop.store.database import Database
from tests.maker import Maker

ZONE = "Asia/Taipei"
LINE_ID = "U" + "5a" * 16
WORDS = {
    "name": "澤爾達 Quixotova",
    "old name": "Quixotova-Früher",
    "line": LINE_ID,
    "member": "ZMEMBER-77123",
    "phone": "+886987654321",
    "old phone": "+886911222333",
    "email": "zelda.unique@example.org",
    "own field": "loves-wombat-soap",
    "old field": "used-to-love-yak-milk",
    "reply": "my secret zaffre wish",
    "answer": "survey-grobble",
    "event id": "01ZELDAEVENT",
    "evidence": "note-about-zelda-paper",
    "through": "stall-of-zelda",
    "order": "ZORDER-4711",
    "product": "cake for Quixotova wedding",
    "rejected cell": "zeldas-odd-address 9",
    "greeting": "hello Quixotova, your soap",
    "tester": "handset-of-quixotova",
}


@dataclass(frozen=True, slots=True)
class Shop:
    """The filled shop's ids."""

    zelda: int
    other: int
    campaign: int
    personal: int
    batch: int


@pytest.fixture
def shop(database: Database, make: Maker, now: datetime) -> Shop:
    with database.write() as session:
        zelda = make.friend(
            session,
            name=WORDS["name"],
            line_user_id=LINE_ID,
            member_number=WORDS["member"],
            phone=WORDS["phone"],
            email=WORDS["email"],
            joined_at=make.ago(50),
        )
        other = make.friend(session, name="Mei", member_number="1001", phone="+886900000001")
        tag = make.tag(session, "Tea")
        make.give(session, tag, zelda, evidence=WORDS["evidence"])
        make.give(session, tag, other)
        field = Field(name="likes", name_key="likes", created_at=now)
        session.add(field)
        session.flush()
        session.add(FriendField(field_id=field.id, friend_id=zelda, text=WORDS["own field"], since=now))
        make.event(session, zelda, EventKind.REPLY, detail=WORDS["reply"], key=WORDS["event id"])
        make.event(session, zelda, EventKind.SURVEY, category=WORDS["answer"])
        make.event(session, zelda, EventKind.CLICK, 4)
        made = make.order(
            session, zelda, 4, 120_000, [(WORDS["product"], "Care", 1), ("Soap", "Care", 2)], number=WORDS["order"]
        )
        make.order(session, other, 4, 50_000, [("Soap", "Care", 1)])
        ledger.record_collected(session, [zelda], Origin(WORDS["through"], "news", Answer.YES, WORDS["evidence"]), now)
        campaign, personal = _sends(session, make, zelda, other)
        _tests(session, now)
        batch = _import(session, now, zelda, made)
    return Shop(zelda, other, campaign, personal, batch)


def _sends(session: Any, make: Maker, zelda: int, other: int) -> tuple[int, int]:
    brief = {"metric": "clicks", "metric_days": 7, "why_now": "", "what": "", "good_if": 5, "keep_back": 10}
    begun = {"started_at": make.now - timedelta(days=5), "recipients": 2, "reach_then": 2, "brief": brief}
    campaign, personal = make.campaign(session, **begun), make.campaign(session, **begun)
    for send in (campaign, personal):
        make.delivery(session, send, zelda, line_user_id=LINE_ID, chunk=0)
    make.delivery(session, campaign, other, DeliveryState.KEPT_BACK)
    body = {"to": [LINE_ID, "U" + "0" * 32], "messages": [{"type": "text", "text": "hi"}]}
    mine = {"to": LINE_ID, "messages": [{"type": "text", "text": WORDS["greeting"]}]}
    for send, sent in ((campaign, body), (personal, mine)):
        session.add(Chunk(campaign_id=send, number=0, state=ChunkState.ACCEPTED, body=sent, answer=f"ok {LINE_ID}"))
    session.flush()
    return campaign, personal


def _tests(session: Any, now: datetime) -> None:
    """Zelda is a tester, and another tester read what Zelda would have read."""
    message = Message(name="Soap", created_at=now, changed_at=now)
    session.add(message)
    session.add(Tester(name=WORDS["tester"], line_user_id=LINE_ID, created_at=now))
    session.flush()
    for place, (name, ident) in enumerate(((WORDS["tester"], LINE_ID), ("Boss", "U" + "0" * 32))):
        body = {"to": ident, "messages": [{"type": "text", "text": f"[Test] Hi {WORDS['name']}"}]}
        told = {"fingerprint": "x", "state": SentTestState.ACCEPTED, "retry_key": str(place), "at": now}
        session.add(SentTest(message_id=message.id, tester_name=name, line_user_id=ident, body=body, **told))
    session.flush()


def _import(session: Any, now: datetime, zelda: int, order: int) -> int:
    options = {"targets": ["member", "name", "field_text"], "header": ["no", "name", "x"], "form": "csv"}
    batch = ImportBatch(file_name="customers.csv", kind="customers", at=now, options=options, rows=2, rejected=2)
    session.add(batch)
    session.flush()
    for line, cells in ((2, ["", WORDS["name"], WORDS["rejected cell"]]), (3, ["1001", "Mei", "kept cell"])):
        row = RejectedRow(batch_id=batch.id, line=line, cells=cells, why="date", sentence="The date is odd.")
        session.add(row)
    told = f"LINE user ID belongs to Mei, member number to {WORDS['member']}. Decide which friend it is."
    session.add(RejectedRow(batch_id=batch.id, line=4, cells=["1001", "Mei", "x"], why="conflict", sentence=told))
    action = {"action": f"import:{batch.id}", "at": now}
    for entity, which, field, before, after in (
        ("friend", zelda, "name", WORDS["old name"], WORDS["name"]),
        ("friend", zelda, "phone", WORDS["old phone"], WORDS["phone"]),
        ("friend_field", zelda, "", {"friend_id": zelda, "text": WORDS["old field"]}, None),
        ("orders", order, "total", 1, 120_000),
        ("order_line", order, "", {"friend_id": zelda, "product": WORDS["product"]}, None),
    ):
        session.add(Change(entity=entity, entity_id=which, field=field, before=before, after=after, **action))
    session.flush()
    return batch.id


def erased(database: Database, friend: int, now: datetime, confirm: str = WORDS["member"]) -> Erased:
    """Erase a friend."""
    return erase(database, friend, confirm, Task(), now, ZONE)
