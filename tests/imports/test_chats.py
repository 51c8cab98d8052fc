"""Chat downloads: one friend a file, named only as the chat shows them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import chats
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.detect import Form
from linecrm_desktop.imports.layout import Skip
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.event import Event
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, counts
from tests.maker import Maker

_NAMES = {
    "zh": ("帳號名稱", "時區", "下載時間", "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容"),
    "ja": ("アカウント名", "タイムゾーン", "ダウンロード日時", "送信者タイプ,送信者名,送信日,送信時刻,内容"),
    "th": ("ชื่อบัญชี", "ไทม์โซน", "วันดาวน์โหลด", "ประเภทผู้ส่ง,ชื่อผู้ส่ง,วันส่ง,เวลาส่ง,ข้อความ"),
}
CHATS = {
    language: (f"{account},晨霧選物", f"{zone},'+09:00", f"{moment},2026/09/15 14:34", header)
    for language, (account, zone, moment, header) in _NAMES.items()
}
TALK = (
    "Account,晨霧選物,2026/09/15,14:34:00,歡迎！",
    "User,王小明,2026/09/15,14:34:55,你好",
    "User,王小明,2026/09/15,14:34:55,你好",
    'User,王小明,2026/09/15,14:35:10,"請問\n有貨嗎？"',
    'Account,晨霧選物,2026/09/15,14:36:00,"有的\n兩件"',
)


def plan_of(path: Path) -> ImportPlan:
    proposal = propose(path, look(path, "TW"))
    assert (proposal.found.form, proposal.preset) == (Form.CHAT, "line_chat")
    return ImportPlan(
        *(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "TW", "Asia/Taipei", "TWD"),
        *(proposal.date_order, proposal.preset),
    )


@pytest.mark.parametrize("language", CHATS)
def test_what_a_friend_wrote_becomes_replies_once(
    database: Database, tmp_path: Path, make: Maker, now: datetime, language: str
) -> None:
    path = tmp_path / "chat.csv"
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join([*CHATS[language], *TALK]).encode())
    with database.write() as session:
        friend = make.friend(session, member_number="1", name="王小明")
    plan = plan_of(path)
    assert plan.found.person == "王小明"
    assert dict(plan.found.skip_counts) == {Skip.ABOVE: 4, Skip.OUR_OWN: 2}
    with pytest.raises(ShopError, match="whose chat"):
        importing.run(database, plan, Task(), now)
    with database.read() as session:
        assert chats.of_name(session, plan.found.person) == [friend]
    plan = replace(plan, friend_id=friend)
    assert counts(importing.run(database, plan, Task(), now)) == (3, 0, 0, 0)
    assert counts(importing.run(database, plan, Task(), now)) == (0, 0, 3, 0)
    with database.read() as session:
        events = list(session.scalars(select(Event).order_by(Event.id)))
        assert [(str(one.kind), one.detail, one.friend_id) for one in events] == [
            *(("reply", "你好", friend), ("reply", "你好", friend), ("reply", "請問 有貨嗎？", friend))
        ]
        assert events[0].at == datetime(2026, 9, 15, 5, 34, 55, tzinfo=UTC)
